//! Leaving: the hero of the story. Asked once more, done, and sent on to where one still belongs.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::OrganizationCommand;

use super::VIA;
use super::confirm::Confirm;
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor};
use crate::extract::Org;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/leave", get(confirm).post(leave))
}

async fn confirm(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    if inside.is_owner() {
        // There they are told why not, and what else they can do.
        return Ok(visitor.visit.redirect(&inside.at("/settings#danger")));
    }
    let language = visitor.visit.language;
    let of_it = |key: &str| language.tell(key, &[("organization", inside.name.as_str().into())]);
    let frame = Frame::inside(&roster, &visitor, &inside, "", of_it("leave-title"));
    let page = Confirm {
        sentences: vec![of_it("leave-ends"), language.say("leave-return"), language.say("leave-own-decision")],
        facts: vec![
            (language.say("leave-account"), account(&visitor)),
            (language.say("leave-role"), frame.role(&inside.membership.role)),
        ],
        typed: None,
        action: inside.by_id("/leave"),
        back: inside.at("/settings"),
        confirm: of_it("leave-confirm"),
        frame,
    };
    Ok(page.page(&visitor.visit, None))
}

/// The account that leaves: the name, and the address beside it.
fn account(visitor: &Visitor) -> String {
    let (name, email) = (visitor.name(), visitor.caller.person.as_ref().and_then(|person| person.email.as_ref()));
    match email.map(|email| email.as_str().to_owned()).filter(|email| *email != name) {
        Some(email) => format!("{name} ({email})"),
        None => name,
    }
}

async fn leave(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    _nothing: Form,
) -> Result<Response, Problem> {
    let left = match roster.ask(&visitor.caller, org.clone(), OrganizationCommand::LeaveOrganization, VIA).await {
        // They have left: a failure to say what it was called must not read as a failure to leave.
        Ok(outcome) => roster.summary(&outcome).await.ok(),
        // Asked twice, as by a double click: the first one did it.
        Err(problem) if problem.code() == "organization-not-found" => {
            Some(roster.left_before(&visitor.caller, &org).await?.ok_or(problem)?)
        }
        Err(problem) => return Err(problem),
    };
    let to = match roster.next_for(&visitor.caller.user).await.unwrap_or(None) {
        Some(next) => format!("/app/{}", next.slug),
        None => "/app/onboarding".to_owned(),
    };
    let visit = &visitor.visit;
    Ok(match left {
        Some(left) => visit.redirect_with(&to, &Notice::Left(left.profile.name.as_str().to_owned())),
        None => visit.redirect(&to),
    })
}
