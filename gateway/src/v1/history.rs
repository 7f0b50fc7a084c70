//! What happened, oldest first.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::{Notes, Permission, Recorded, Timestamp, UserId};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Caller;
use crate::extract::{Org, Query};
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(history))
}

/// A page of history.
#[derive(Serialize, ToSchema)]
struct HistoryBody {
    events: Vec<EventBody>,
    /// Where the next page begins (`after`); null at the end.
    next_after: Option<u64>,
}

/// One event as written.
#[derive(Serialize, ToSchema)]
pub(super) struct EventBody {
    pub(super) position: u64,
    sequence: u64,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    subject: String,
    actor: String,
    /// Beside a service, or an operator: the person it acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    acts_for: Option<UserId>,
    /// What the request it came from was called (`X-Request-Id`, else its trace), if it was called anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<String>,
    /// Why, where that was told: in an operator's words, or `erasure`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// When it happened, where it was taken over from elsewhere (`roster import`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    happened_at: Option<Timestamp>,
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

impl From<Recorded> for EventBody {
    fn from(recorded: Recorded) -> Self {
        let kind = recorded.event.name();
        let (subject, actor) = (recorded.event.subject().to_string(), recorded.actor.to_string());
        // In JSON an event is an object with one field, named as the event.
        let data = match serde_json::to_value(recorded.event) {
            Ok(serde_json::Value::Object(mut event)) => event.remove(kind).unwrap_or_default(),
            _ => serde_json::Value::Null,
        };
        let acts_for = recorded.actor.acts_for().cloned();
        let (position, sequence, at) = (recorded.position, recorded.sequence, recorded.recorded_at);
        let Notes { reason, correlationid, happened_at, .. } = recorded.notes;
        Self { position, sequence, kind, subject, actor, acts_for, correlationid, reason, at, happened_at, data }
    }
}

/// What happened, oldest first. The owner, admins, and `roster:audit` may read it.
#[utoipa::path(get, path = "/v1/organizations/{org}/history", tag = "history",
    params(("org" = String, Path, description = "Id or slug"), ("after" = Option<u64>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = HistoryBody), (status = "4XX", body = Problem)))]
async fn history(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    query: Query,
) -> Result<Response, Problem> {
    let limit = query.limit()?;
    let after = match query.get::<String>("after")?.map(|text| text.parse()) {
        None => 0,
        Some(Ok(after)) => after,
        Some(Err(_)) => return Err(Problem::invalid("/after", "must be a whole number: the last sequence you have")),
    };
    let organization = if caller.may(Scope::Audit) {
        roster.audited(&org).await?.organization
    } else {
        roster.as_permitted(&caller, &org, Permission::HistoryRead).await?
    };
    let one_more = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut events = roster.journal.history(organization, after, one_more).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next_after = events.last().filter(|_| more).map(|last| last.sequence);
    let events = events.into_iter().map(EventBody::from).collect();
    Ok(axum::Json(HistoryBody { events, next_after }).into_response())
}
