//! Erasing a person.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Actor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::VIA;
use crate::caller::Caller;
use crate::correlation::Correlation;
use crate::erasing::{Erasing, NotErased, served};
use crate::extract::{NoBody, Whom};
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(erase_person))
}

/// Erase a person: they leave every organization, and their name, addresses and sessions are forgotten. The history stays, with their user
/// id. The person themself may, a backend that acts for them, and `roster:admin` anybody. An owner must transfer or delete first:
/// `organizations` says which. Asked again, it changes nothing. Of oneself a few times a minute at most.
#[utoipa::path(delete, path = "/v1/people/{user}", tag = "people",
    params(("user" = String, Path, description = "The user id, percent-encoded")),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn erase_person(
    State(roster): State<Roster>,
    caller: Caller,
    Whom(user): Whom,
    NoBody(_terms): NoBody,
) -> Result<Response, Problem> {
    let themself = user.as_ref().is_ok_and(|user| *user == caller.user);
    if !themself && !caller.may(Scope::Admin) {
        return Err(Problem::new("permission-denied", "Erasing somebody else needs the scope roster:admin."));
    }
    let user = user?;
    roster.admit_erasure(&caller, &user)?;
    let actor = match &caller.actor {
        Actor::Person(_) if themself => caller.actor.clone(),
        _ => Actor::Service { sub: caller.claims.user.clone(), acts_for: user.clone() },
    };
    let correlationid = caller.correlation.as_ref().and_then(Correlation::noted);
    let token = Some(caller.claims.issued_at);
    served::carry_out(&roster, Erasing { token, ..Erasing::new(user, actor, VIA, correlationid) }).await?;
    let position = [(HeaderName::from_static("roster-position"), HeaderValue::from(roster.journal.position()))];
    Ok((StatusCode::NO_CONTENT, position).into_response())
}

impl From<NotErased> for Problem {
    fn from(why: NotErased) -> Self {
        match why {
            NotErased::Owner { organizations, meanwhile } => {
                let problem = Self::from(domain::Refusal::OwnerCannotLeave).about(organizations);
                match meanwhile {
                    true => problem.with_detail("This person became the owner meanwhile, and may have left other organizations already. Transfer ownership, then ask again."),
                    false => problem,
                }
            }
            NotErased::Ask(why) => why.into(),
            NotErased::Contended => journal::ask::Unavailable::Contended.into(),
        }
    }
}
