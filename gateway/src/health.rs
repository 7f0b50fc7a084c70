//! How it is doing, for whoever runs it.

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::Position;
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::roster::Roster;

/// `/healthz` and `/readyz`.
pub fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz))
}

/// The process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operating", security(()), responses((status = 200, body = String)))]
async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether requests can be sent here.
#[derive(Serialize, ToSchema)]
struct ReadyBody {
    /// `ready`, or `degraded`: commands and checks are answered, some lists are not or may lag.
    status: &'static str,
    /// The last position in the journal.
    position: Position,
    /// The position the lists show.
    views: Position,
    /// Organizations whose lists are not shown because their history could not be read on; `null` where that can't be told.
    parked: Option<usize>,
    /// `connected`, `away`, `failing`: it is there and does not take what is carried there, or `stopped`: the stream does not agree with the
    /// journal, and nothing is carried there until somebody decides. Missing where there is no NATS in the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    nats: Option<&'static str>,
}

/// 200 as long as tokens can be verified and commands and checks answered; lists may still be behind.
#[utoipa::path(get, path = "/readyz", tag = "operating", security(()),
    responses((status = 200, body = ReadyBody), (status = 503, body = Problem)))]
async fn readyz(State(roster): State<Roster>) -> Result<Response, Problem> {
    if !roster.verifier.can_verify().await {
        return Err(Problem::unavailable("Tokens can't be verified just now."));
    }
    roster.journal.writable().await?;
    // Read on the connections of checks, so it tells whether those are answered; one reads for all who ask, so that they keep no check waiting.
    let position = roster.head.read(&roster.journal).await?;
    // Lists are no reason to send nobody here: checks and commands are.
    let parked = roster.views.parked().await.ok().map(|parked| parked.len());
    let nats = roster.nats.as_ref().map(|nats| match nats.is_there() {
        false => "away",
        true if nats.is_stopped() => "stopped",
        true if nats.is_failing() => "failing",
        true => "connected",
    });
    let well = roster.lists.ready() && parked == Some(0) && matches!(nats, None | Some("connected"));
    let status = if well { "ready" } else { "degraded" };
    Ok(Json(ReadyBody { status, position, views: roster.lists.position(), parked, nats }).into_response())
}

/// What was counted, in Prometheus' text format.
pub fn metrics(roster: &Roster, handle: &PrometheusHandle) -> Response {
    metrics::gauge!("roster_journal_position").set(roster.journal.position() as f64);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
}
