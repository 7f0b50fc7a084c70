//! The pages: HTML for people, rendered here, with forms that post here; script improves what works without it. They share commands
//! and queries with every other dialect and decide nothing.
//!
//! - [`visit`]: a request for a page, its language, and how it is answered; [`visitor`]: with somebody who signed in
//! - [`frame`]: what stands around each page; [`notice`]: the one sentence that a redirect brings along
//! - [`form`]: what a form says, [`asked`] what a query; [`failed`]: problems as pages and redirects; [`shield`]: headers; [`assets`]: style and script
//! - [`sign_in`], [`home`], [`onboarding`], [`select`], [`invitation`]: before one is inside an organization
//! - [`dashboard`], [`members`], [`invitations`], [`history`], [`settings`]: inside
//! - [`changes`]: events as sentences; [`confirm`]: asks once more, before
//!   [`leave`], [`removal`], [`transfer`], [`deletion`] are done
//! - [`live`]: tells an open page that something happened

pub mod asked;
pub mod assets;
pub mod changes;
pub mod confirm;
pub mod dashboard;
pub mod deletion;
pub mod failed;
pub mod form;
pub mod frame;
pub mod history;
pub mod home;
pub mod invitation;
pub mod invitations;
pub mod leave;
pub mod live;
pub mod members;
pub mod notice;
pub mod onboarding;
pub mod removal;
pub mod select;
pub mod settings;
pub mod shield;
pub mod sign_in;
pub mod transfer;
pub mod visit;
pub mod visitor;

use axum::Router;
use axum::middleware;
use axum::routing::any;

use crate::roster::Roster;

/// What is noted as the door these commands came through.
const VIA: &str = "pages";

/// All pages.
pub fn router(roster: Roster) -> Router {
    let pages = Router::new()
        .merge(sign_in::router())
        .merge(home::router())
        .merge(onboarding::router())
        .merge(select::router())
        .merge(invitation::router())
        .merge(dashboard::router())
        .merge(members::router())
        .merge(invitations::router())
        .merge(history::router())
        .merge(settings::router())
        .merge(leave::router())
        .merge(removal::router())
        .merge(transfer::router())
        .merge(deletion::router())
        .route("/app/", any(home::nothing))
        .route("/app/{org}/{*else}", any(home::nothing))
        .method_not_allowed_fallback(home::not_taken)
        .layer(middleware::from_fn_with_state(roster.answer_within, failed::as_pages));
    let pages = pages.merge(live::router()).with_state(roster).layer(middleware::from_fn(shield::shielded));
    pages.merge(assets::router())
}
