//! What happened in all organizations, in the journal's order: for those who follow it without NATS. As `/history` tells it, or as the
//! very messages that subscribers read from the stream.

use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use domain::{OrganizationId, Position, Sequence, Timestamp};
use journal::{Row, nats};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::history::EventBody;
use crate::caller::Caller;
use crate::extract::Query;
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;

/// Events of a page where no limit is asked for, and at most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 1000;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(events))
}

/// A page of the journal.
#[derive(Serialize, ToSchema)]
struct EventsBody {
    events: Vec<EntryBody>,
    /// Where to go on (`after`): the last position given, or what was asked for if there is nothing after it yet.
    next_after: Position,
    /// The last position there is. One before `after` means that the journal was restored.
    position: Position,
}

/// An event with whose it is. Every position has one.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum EntryBody {
    /// As in an organization's history.
    Told {
        #[schema(value_type = String, format = Uuid)]
        organization: OrganizationId,
        #[serde(flatten)]
        event: EventBody,
    },
    /// One that this version can't read: later versions' above all. Ask for it again after an upgrade.
    Unreadable {
        #[schema(value_type = String, format = Uuid)]
        organization: OrganizationId,
        position: Position,
        sequence: Sequence,
        #[serde(rename = "type")]
        kind: String,
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// Always true.
        unreadable: bool,
    },
}

/// The messages of the stream, as one JSON array (CloudEvents' batched content mode).
pub const CLOUD_EVENTS: &str = "application/cloudevents-batch+json";

/// What happened in all organizations after a position, oldest first, for `roster:audit`. No position is left out: an event that can't
/// be read says so (`unreadable`). Asked with `Accept: application/cloudevents-batch+json`, it answers with the messages as they are in
/// the stream, by the schemas in `docs/events`; the last position there is stands in `Roster-Position`.
#[utoipa::path(get, path = "/v1/events", operation_id = "all_events", tag = "history",
    params(("after" = Option<u64>, Query, description = "The last position you have"),
           ("limit" = Option<u32>, Query, description = "1 to 1000, 100 where it is not given")),
    responses((status = 200, content((EventsBody = "application/json"), (Vec<Object> = "application/cloudevents-batch+json"))),
              (status = "4XX", body = Problem)))]
async fn events(
    State(roster): State<Roster>,
    caller: Caller,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Problem> {
    if !caller.may(Scope::Audit) {
        return Err(Problem::new(
            "permission-denied",
            "Reading the events of all organizations needs the scope roster:audit.",
        ));
    }
    let (after, limit) = (position(&query, "after")?.unwrap_or(0), limit(&query)?);
    let rows = roster.journal.store().rows(after, limit).await?;
    // Read after the rows, so that it is never before the last of them.
    let position = roster.head.read(&roster.journal).await?;
    if wants_cloud_events(&headers) {
        return Ok(cloud_events(&rows, position, roster.journal.id()));
    }
    let next_after = rows.last().map_or(after, |row| row.position);
    let events = rows.into_iter().map(EntryBody::from).collect();
    Ok(axum::Json(EventsBody { events, next_after, position }).into_response())
}

/// Whether they are named among what the caller takes; whoever takes anything is given JSON as ever.
fn wants_cloud_events(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(','));
    accepted.filter_map(|one| one.split(';').next()).any(|kind| kind.trim().eq_ignore_ascii_case(CLOUD_EVENTS))
}

fn cloud_events(rows: &[Row], position: Position, journal: &str) -> Response {
    let messages: Vec<String> = rows.iter().map(nats::encode).collect();
    let mut answer = format!("[{}]", messages.join(",")).into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(CLOUD_EVENTS));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(HeaderName::from_static("roster-position"), HeaderValue::from(position));
    if let Ok(journal) = HeaderValue::from_str(journal) {
        headers.insert(HeaderName::from_static("roster-journal"), journal);
    }
    answer
}

impl From<Row> for EntryBody {
    fn from(row: Row) -> Self {
        let (organization, position, sequence) = (row.organization, row.position, row.sequence);
        let (kind, at) = (row.event_type.clone(), row.recorded_at);
        match row.recorded() {
            Ok(recorded) => Self::Told { organization, event: recorded.into() },
            Err(lost) => {
                tracing::warn!(position, %organization, why = lost.why, "an event can't be read");
                Self::Unreadable { organization, position, sequence, kind, at, unreadable: true }
            }
        }
    }
}

/// A position in the query.
pub(super) fn position(query: &Query, name: &str) -> Result<Option<Position>, Problem> {
    let Some(text) = query.get::<String>(name)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Problem::invalid(format!("/{name}"), "must be a whole number"))
}

fn limit(query: &Query) -> Result<u32, Problem> {
    match query.get::<String>("limit")?.map(|text| text.parse()) {
        None => Ok(PAGE),
        Some(Ok(limit @ 1..=LARGEST_PAGE)) => Ok(limit),
        Some(_) => Err(Problem::invalid("/limit", "must be a whole number from 1 to 1000")),
    }
}
