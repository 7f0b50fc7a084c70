//! The REST dialect. A handler reads the caller, names the command, asks, answers; nothing is decided here.
//!
//! - [`organizations`]: found, list, read, change, delete
//! - [`members`], [`leave`], [`ownership`]: who belongs
//! - [`invitations`]: an organization's; [`invited`]: the caller's own
//! - [`access`]: the membership check; [`history`]: what happened; [`stream`]: what happens; [`events`]: both, everywhere
//! - [`bodies`]: the JSON of all answers; [`page`]: cursors

pub mod access;
pub mod bodies;
pub mod events;
pub mod history;
pub mod invitations;
pub mod invited;
pub mod leave;
pub mod members;
pub mod organizations;
pub mod ownership;
pub mod page;
pub mod stream;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Position;
use utoipa_axum::router::OpenApiRouter;

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
        .merge(invited::router())
        .merge(access::router())
        .merge(history::router())
        .merge(stream::router())
        .merge(events::router())
}

/// An answer to a command, with the position lists must have reached to show it.
fn done(status: StatusCode, position: Position, body: impl IntoResponse) -> Response {
    let position = HeaderValue::from(position);
    (status, [(HeaderName::from_static("roster-position"), position)], body).into_response()
}
