//! The wire of better-auth's organization client (1.7), on Roster's commands and queries. What comes in is checked as there, what
//! goes out is shaped as there; nothing is decided here. Where Roster differs on purpose is told in `docs/better-auth.md`.
//!
//! - [`call`]: a request on its way in; [`checked`]: its fields, with the messages clients know; [`place`]: which organization is meant
//! - [`codes`]: better-auth's codes and messages; [`refused`]: the one table from our refusals to them; [`failure`]: what is answered
//! - [`session`]: who is asking; [`active`]: the organization they look at
//! - [`organizations`], [`reading`], [`invitations`], [`invited`], [`members`], [`membership`], [`permissions`]: the calls
//! - [`bodies`]: the JSON of all answers; [`roles`]: roles as they are written there

pub mod active;
pub mod bodies;
pub mod call;
pub mod checked;
pub mod codes;
pub mod failure;
pub mod invitations;
pub mod invited;
pub mod members;
pub mod membership;
pub mod organizations;
pub mod permissions;
pub mod place;
pub mod reading;
pub mod refused;
pub mod roles;
pub mod session;

use std::time::Duration;

use axum::Router;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use journal::Outcome;
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

use crate::roster::Roster;
use crate::timely;

/// Below it lies all that is better-auth's.
pub const BASE: &str = "/api/auth/";

/// What is noted as the door these commands came through.
const VIA: &str = "better-auth";

/// Says of an answer that it is the first one again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How long browsers remember that an origin is trusted.
const PREFLIGHT_LASTS: Duration = Duration::from_secs(600);

/// All of `/api/auth`.
pub fn router(roster: Roster) -> Router {
    let (trusted, within) = (roster.trusted_origins.header_values(), roster.answer_within);
    let router = Router::new()
        .merge(session::router())
        .merge(active::router())
        .merge(organizations::router())
        .merge(reading::router())
        .merge(invitations::router())
        .merge(invited::router())
        .merge(members::router())
        .merge(membership::router())
        .merge(permissions::router())
        .route("/api/auth", any(nothing))
        .route("/api/auth/", any(nothing))
        .route("/api/auth/{*else}", any(nothing))
        .method_not_allowed_fallback(nothing)
        .layer(middleware::from_fn_with_state(within, timely::better_auth))
        .with_state(roster);
    // Without any there is nothing to tell browsers.
    if trusted.is_empty() { router } else { router.layer(cors(trusted)) }
}

/// An answer to a command, which says whether it was carried out before.
fn done(outcome: &Outcome, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    if outcome.replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// Unknown addresses and methods are answered alike, without a word.
async fn nothing() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Pages of trusted origins may call with a person's cookie and read the answers.
fn cors(trusted: Vec<HeaderValue>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(trusted))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([HeaderName::from_static("set-auth-token"), RETRY_AFTER, REPLAYED])
        .max_age(PREFLIGHT_LASTS)
}
