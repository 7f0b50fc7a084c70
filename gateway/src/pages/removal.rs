//! Removing a member, asked once more.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::{MemberId, OrganizationCommand};
use journal::OrganizationRef;

use super::VIA;
use super::confirm::Confirm;
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor, address_of, called};
use crate::extract::{Member, Org};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/members/{member}/remove", get(confirm).post(remove))
}

async fn confirm(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member): Member,
) -> Result<Response, Problem> {
    page(&roster, &visitor, &org, member, None).await
}

async fn page(
    roster: &Roster,
    visitor: &Visitor,
    org: &OrganizationRef,
    member: MemberId,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let inside = Inside::as_admin(roster, &visitor.caller, org).await?;
    let (details, language) = (roster.member_now(inside.excerpt.organization, member).await?, visitor.visit.language);
    let name = called(Some(&details.person), &details.user);
    let names = [("organization", inside.name.as_str().into()), ("person", name.as_str().into())];
    let say = |key: &str| language.tell(key, &names);
    let page = Confirm {
        frame: Frame::inside(roster, visitor, &inside, "members", say("remove-title")),
        sentences: vec![say("remove-ends"), say("remove-return")],
        facts: Vec::new(),
        typed: None,
        action: inside.by_id(&format!("/members/{member}/remove")),
        back: inside.at("/members"),
        confirm: say("remove-confirm"),
    };
    Ok(page.page(&visitor.visit, problem))
}

async fn remove(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member_id): Member,
    _nothing: Form,
) -> Result<Response, Problem> {
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    let removed = roster.journal.whose(inside.excerpt.organization, member_id).await?;
    match roster.ask(&visitor.caller, org.clone(), OrganizationCommand::RemoveMember { member_id }, VIA).await {
        Ok(_) => {
            // It is done: a failure to say who it was must not read as a failure to do it.
            let name = match &removed {
                Some(user) => called(roster.person(user).await.ok().as_ref(), user),
                None => visitor.visit.language.say("nobody-known"),
            };
            let to = address_of(&roster, &visitor.caller, inside.excerpt.organization, "/members").await;
            Ok(visitor.visit.redirect_with(&to, &Notice::Removed(name)))
        }
        Err(problem) => page(&roster, &visitor, &org, member_id, Some(visitor.visit.shown_again(problem)?)).await,
    }
}
