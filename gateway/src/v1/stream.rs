//! What happens in an organization, as it happens: server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use domain::Position;
use futures::Stream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::history::EventBody;
use crate::caller::Caller;
use crate::extract::{Org, Query};
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::listening::{Begin, Heard, Listener};

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// What happens, as it happens (server-sent events): `id` is the position, `event` the type, `data` an element of `/history`'s
/// `events`. Begins after `Last-Event-ID` or `after`, else now. Members are told what they may see; the owner, admins, and
/// `roster:audit` everything. `event: gone` is the last when the listener is no longer a member, or the organization is no more.
#[utoipa::path(get, path = "/v1/organizations/{org}/events", operation_id = "stream_events", tag = "history",
    params(("org" = String, Path, description = "Id or slug"),
           ("after" = Option<u64>, Query, description = "A position: what follows it is told first"),
           ("Last-Event-ID" = Option<u64>, Header, description = "The same, as browsers send it; comes before `after`")),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = "4XX", body = Problem)))]
async fn stream(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = super::events::position(&query, "after")?;
    let begin = match last_event_id(&headers)?.or(asked) {
        Some(position) => Begin::After(position),
        None => Begin::Now,
    };
    let listener = roster.listen(caller, &org, begin).await?;
    // Nobody between here and the listener keeps it, or holds it back.
    let headers = [(CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    let mut response = Sse::new(told(listener)).into_response();
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    Ok(response)
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<Position>, Problem> {
    let Some(id) = headers.get("last-event-id") else { return Ok(None) };
    let position = id.to_str().ok().and_then(|id| id.parse().ok());
    position.map(Some).ok_or_else(|| Problem::invalid("/Last-Event-ID", "must be a whole number"))
}

/// Everything that is told, until it is over. Nothing is read before it can be sent.
fn told(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold((listener, true), |(mut listener, begins)| async move {
        let event = if begins {
            // At a stop all lose their streams at once; they come back one by one.
            let come_back = Duration::from_millis(1000 + 8 * u64::from(listener.spread()));
            quiet(&listener, "listening").retry(come_back)
        } else {
            match listener.next().await? {
                Heard::Event(recorded) => happened(&EventBody::from(*recorded)),
                Heard::Quiet => quiet(&listener, "still here"),
                Heard::Unreadable(position) => {
                    Event::default().event("unreadable").data(format!("{{\"position\":{position}}}"))
                }
                // An event without data is none to a browser.
                Heard::Gone => Event::default().event("gone").data("{}"),
            }
        };
        Some((Ok(event), (listener, false)))
    })
}

fn happened(body: &EventBody) -> Event {
    let event = Event::default().id(body.position.to_string()).event(body.kind);
    match serde_json::to_string(body) {
        Ok(data) => event.data(data),
        // Texts, numbers and JSON that was read: all of it can be written.
        Err(_) => Event::default().comment("unwritable"),
    }
}

/// Nothing happened, with where to resume all the same: what was not for this listener need not be read again.
fn quiet(listener: &Listener, comment: &str) -> Event {
    Event::default().comment(comment).id(listener.position().to_string())
}
