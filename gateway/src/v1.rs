//! The REST dialect. A handler reads the caller, names the command, asks, answers; nothing is decided here.
//!
//! - [`organizations`]: found, list, read, change, delete
//! - [`members`], [`leave`], [`ownership`]: who belongs
//! - [`invitations`]: an organization's; [`invited`]: the caller's own
//! - [`bulk`]: many invitations or removals in one call
//! - [`erasure`]: forgets a person; [`erasures`]: that it happened
//! - [`access`]: the membership check; [`batch`]: many of them; [`authorize`]: asked by a proxy; [`permissions`]: what roles may do
//! - [`history`]: what happened, [`export`]: all of it; [`stream`]: what happens; [`events`]: both, everywhere
//! - [`then`]: who was a member; [`people`]: a person's memberships
//! - [`webhooks`]: where events are sent
//! - [`bodies`]: the JSON of all answers; [`page`]: cursors

pub mod access;
pub mod authorize;
pub mod batch;
pub mod bodies;
pub mod bulk;
pub mod erasure;
pub mod erasures;
pub mod events;
pub mod export;
pub mod history;
pub mod invitations;
pub mod invited;
pub mod leave;
pub mod members;
pub mod organizations;
pub mod ownership;
pub mod page;
pub mod people;
pub mod permissions;
pub mod stream;
pub mod then;
pub mod webhooks;

use axum::http::header::ETAG;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use journal::Outcome;
use utoipa_axum::router::OpenApiRouter;

use crate::extract::terms::tag;
use crate::roster::Roster;

/// What is noted as the door these commands came through.
const VIA: &str = "v1";

/// All of `/v1`.
pub fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new()
        .merge(organizations::router())
        .merge(members::router())
        .merge(leave::router())
        .merge(ownership::router())
        .merge(invitations::router())
        .merge(bulk::router())
        .merge(invited::router())
        .merge(erasure::router())
        .merge(erasures::router())
        .merge(access::router())
        .merge(batch::router())
        .merge(authorize::router())
        .merge(permissions::router())
        .merge(history::router())
        .merge(people::router())
        .merge(stream::router())
        .merge(events::router())
        .merge(webhooks::router())
}

/// An answer to a command: with the position lists must have reached to show it, the organization's version after it, and whether it
/// was carried out before.
fn done(status: StatusCode, outcome: &Outcome, body: impl IntoResponse) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("roster-position"), HeaderValue::from(outcome.position));
    headers.extend(HeaderValue::from_str(&tag(outcome.sequence)).map(|tag| (ETAG, tag)));
    if outcome.replayed {
        headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    }
    response
}
