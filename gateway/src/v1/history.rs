//! What happened, oldest first.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::{Notes, OrganizationId, Permission, Recorded, Timestamp, UserId};
use journal::ask::Unavailable;
use journal::{OrganizationRef, Span, Unreadable, Written};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Caller;
use crate::extract::{Org, Query};
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::wanted;

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
    /// Through which door: `v1`, `pages`, `better-auth`, `import`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<String>,
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
        let Notes { via, reason, correlationid, happened_at } = recorded.notes;
        Self { position, sequence, kind, subject, actor, acts_for, via, reason, correlationid, at, happened_at, data }
    }
}

/// What happened, oldest first, or of it what was asked for. The owner, admins, and `roster:audit` may read it. Asked for as
/// `application/x-ndjson` or `text/csv` all of it comes at once, up to the last event there was when it was asked for.
// Those two are only told here: with three kinds of 200, clients generated from the contract could not say what a page of history is.
#[utoipa::path(get, path = "/v1/organizations/{org}/history", tag = "history",
    params(("org" = String, Path, description = "Id or slug"), ("after" = Option<u64>, Query), ("limit" = Option<u32>, Query),
           ("type" = Option<String>, Query, description = "Only events of these types, with commas between"),
           ("person" = Option<String>, Query, description = "Only what is about this person, or was done by or for them"),
           ("actor" = Option<String>, Query, description = "Only what this actor did"),
           ("from" = Option<String>, Query, description = "Only what was recorded at this time or later"),
           ("to" = Option<String>, Query, description = "Only what was recorded at this time or earlier")),
    responses((status = 200, body = HistoryBody), (status = "4XX", body = Problem)))]
async fn history(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let limit = query.limit()?;
    let after = match query.get::<String>("after")?.map(|text| text.parse()) {
        None => 0,
        Some(Ok(after)) => after,
        Some(Err(_)) => return Err(Problem::invalid("/after", "must be a whole number: the last sequence you have")),
    };
    let (filter, (from, to)) = (wanted::filter(&query)?, wanted::times(&query)?);
    let organization = may_read(&roster, &caller, &org).await?;
    let past = roster.journal.past();
    let span = past.span(organization, from.map(|from| from.0), to.map(|to| to.0)).await?;
    let span = Span { after: span.after.max(after), ..span };
    if let Some(format) = super::export::wanted(&headers) {
        return Ok(super::export::answer(format, past.export(organization, filter, span)));
    }
    let mut events = past.events(organization, &filter, span, limit + 1).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next_after = events.last().filter(|_| more).map(|last| last.row.sequence);
    let events: Result<Vec<Recorded>, Unreadable> = events.into_iter().map(Written::recorded).collect();
    let events = events.map_err(|_| Unavailable::Unreadable(organization))?.into_iter().map(EventBody::from).collect();
    Ok(axum::Json(HistoryBody { events, next_after }).into_response())
}

/// The organization, for those who may read its history: the owner and admins, and `roster:audit` also of one that was deleted.
pub(super) async fn may_read(
    roster: &Roster,
    caller: &Caller,
    org: &OrganizationRef,
) -> Result<OrganizationId, Problem> {
    match caller.may(Scope::Audit) {
        true => Ok(roster.audited(org).await?.organization),
        false => roster.as_permitted(caller, org, Permission::HistoryRead).await,
    }
}
