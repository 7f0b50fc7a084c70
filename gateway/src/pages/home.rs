//! `/app`: where somebody belongs. The organization they used last, the only one, a choice, or the beginning.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::visit::Visit;
use super::visitor::Visitor;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/", get(|| async { Redirect::to("/app") })).route("/app", get(home))
}

async fn home(State(roster): State<Roster>, Visitor { caller, visit }: Visitor) -> Result<Response, Problem> {
    let held = roster.journal.held_by(&caller.user).await?;
    let last_used = held.iter().find(|one| one.last_used);
    let only = held.first().filter(|_| held.len() == 1);
    let to = match last_used.or(only) {
        Some(one) => format!("/app/{}", one.slug),
        None if !held.is_empty() => "/app/select".to_owned(),
        None => match roster.invitations_for(&caller).await {
            Ok(invitations) if !invitations.is_empty() => "/app/select".to_owned(),
            Ok(_) => "/app/onboarding".to_owned(),
            // An address that nobody vouches for has no invitations.
            Err(problem) if problem.code() == "email-not-verified" => "/app/onboarding".to_owned(),
            Err(problem) => return Err(problem),
        },
    };
    Ok(visit.redirect(&to))
}

/// What is at no page's address: to somebody who has signed in, nothing; to others, the way in.
pub(super) async fn nothing(_visit: Visit, _visitor: Visitor) -> Response {
    Problem::new("not-found", "There is nothing at this address.").into_response()
}

/// An address of a page, asked for in a way that it is not made for.
pub(super) async fn not_taken() -> Response {
    Problem::new("method-not-allowed", "This address does not take this method.").into_response()
}
