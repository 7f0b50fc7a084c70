//! Deleting an organization, asked once more with the name typed.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::OrganizationCommand;
use journal::OrganizationRef;

use super::VIA;
use super::confirm::{Confirm, is_typed};
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor};
use crate::extract::Org;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/delete", get(confirm).post(delete))
}

async fn confirm(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    page(&roster, &visitor, &org, None).await
}

async fn page(
    roster: &Roster,
    visitor: &Visitor,
    org: &OrganizationRef,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let inside = Inside::as_owner(roster, &visitor.caller, org).await?;
    let of_it = |key: &str| visitor.visit.language.tell(key, &[("organization", inside.name.as_str().into())]);
    let page = Confirm {
        frame: Frame::inside(roster, visitor, &inside, "settings", of_it("delete-title")),
        sentences: vec![of_it("delete-ends")],
        facts: Vec::new(),
        typed: Some(inside.name.clone()),
        action: inside.by_id("/delete"),
        back: inside.at("/settings"),
        confirm: of_it("delete-confirm"),
    };
    Ok(page.page(&visitor.visit, problem))
}

async fn delete(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    form: Form,
) -> Result<Response, Problem> {
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    let done = match is_typed(form.field("typed"), &inside.name) {
        Ok(()) => {
            let organization = inside.excerpt.organization.into();
            roster.ask(&visitor.caller, organization, OrganizationCommand::DeleteOrganization, VIA).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(visitor.visit.redirect_with("/app", &Notice::Deleted(inside.name))),
        Err(problem) => page(&roster, &visitor, &org, Some(visitor.visit.shown_again(problem)?)).await,
    }
}
