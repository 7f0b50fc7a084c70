//! Founding an organization: the first one, or another.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::{MemberId, Name, OrganizationCommand, OrganizationId, Slug};
use journal::OrganizationRef;
use uuid::Uuid;

use super::VIA;
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/onboarding", get(show).post(found))
}

#[derive(Template)]
#[template(path = "onboarding.html")]
struct OnboardingPage {
    frame: Frame,
    first: bool,
    name: String,
    slug: String,
}

async fn show(State(roster): State<Roster>, visitor: Visitor) -> Result<Response, Problem> {
    page(&roster, &visitor, &Form::default(), None).await
}

async fn found(State(roster): State<Roster>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    match founding(&roster, &visitor, &form).await {
        Ok(response) => Ok(response),
        Err(problem) => page(&roster, &visitor, &form, Some(visitor.visit.shown_again(problem)?)).await,
    }
}

async fn founding(roster: &Roster, visitor: &Visitor, form: &Form) -> Result<Response, Problem> {
    let id = OrganizationId(Uuid::now_v7());
    let (name, slug, member_id) = (form.parse("name")?, form.parse("slug")?, MemberId(Uuid::now_v7()));
    let command = OrganizationCommand::FoundOrganization { name, slug, logo: None, metadata: None, member_id };
    match roster.ask(&visitor.caller, id.into(), command, VIA).await {
        Ok(_) => roster.known.used(&visitor.caller, id),
        // Asked twice, as by a double click: the first one did it.
        Err(problem) if problem.code() == "slug-taken" && is_theirs(roster, visitor, form).await => {}
        Err(problem) => return Err(problem),
    }
    let notice = Notice::Founded(form.field("name").trim().to_owned());
    Ok(visitor.visit.redirect_with(&format!("/app/{}", form.field("slug")), &notice))
}

/// Whether the organization with this slug is the visitor's own, and called so.
async fn is_theirs(roster: &Roster, visitor: &Visitor, form: &Form) -> bool {
    let (Ok(slug), Ok(name)) = (form.parse::<Slug>("slug"), form.parse::<Name>("name")) else { return false };
    let found = Inside::of(roster, &visitor.caller, &OrganizationRef::Slug(slug)).await;
    found.is_ok_and(|inside| inside.is_owner() && inside.name == name.as_str())
}

async fn page(roster: &Roster, visitor: &Visitor, form: &Form, problem: Option<Problem>) -> Result<Response, Problem> {
    let first = roster.journal.held_by(&visitor.caller.user).await?.is_empty();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let frame = Frame::of(roster, visitor, visitor.visit.language.say("onboarding-title")).after(problem);
    let (name, slug) = (form.field("name").to_owned(), form.field("slug").to_owned());
    Ok(visitor.visit.page(status, &OnboardingPage { frame, first, name, slug }))
}
