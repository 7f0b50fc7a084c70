//! Name and address of an organization, and what can't be undone: leaving, transferring, deleting.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::{NewSlug, OrganizationCommand, OrganizationId};
use journal::OrganizationRef;

use super::VIA;
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor};
use crate::extract::Org;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/settings", get(show).post(save))
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    frame: Frame,
    address: String,
    posts: String,
    id: OrganizationId,
    name: String,
    slug: String,
    /// As the form was given out: what is still so was not changed in it.
    was_name: String,
    was_slug: String,
    role: String,
    is_owner: bool,
    is_admin: bool,
}

async fn show(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    page(&roster, &visitor, &org, None).await
}

async fn save(State(roster): State<Roster>, visitor: Visitor, Org(org): Org, form: Form) -> Result<Response, Problem> {
    match saved(&roster, &visitor, &org, &form).await {
        Ok(response) => Ok(response),
        Err(problem) => page(&roster, &visitor, &org, Some((visitor.visit.shown_again(problem)?, form))).await,
    }
}

async fn saved(roster: &Roster, visitor: &Visitor, org: &OrganizationRef, form: &Form) -> Result<Response, Problem> {
    // What somebody else has changed meanwhile stays, unless it was changed here too.
    let name = form.is_changed("name").then(|| form.parse("name")).transpose()?;
    let slug = form.is_changed("slug").then(|| form.parse::<NewSlug>("slug")).transpose()?;
    let command = OrganizationCommand::UpdateOrganization { name, slug, logo: None, metadata: None };
    let outcome = roster.ask(&visitor.caller, org.clone(), command, VIA).await?;
    let to = match roster.summary(&outcome).await {
        Ok(changed) => format!("/app/{}/settings", changed.profile.slug),
        Err(_) => format!("/app/{}/settings", outcome.organization),
    };
    Ok(visitor.visit.redirect_with(&to, &Notice::Saved))
}

async fn page(
    roster: &Roster,
    visitor: &Visitor,
    org: &OrganizationRef,
    failed: Option<(Problem, Form)>,
) -> Result<Response, Problem> {
    let inside = Inside::of(roster, &visitor.caller, org).await?;
    roster.known.used(&visitor.caller, inside.excerpt.organization);
    let (problem, form) = failed.unzip();
    let typed = |name: &str, is: &str| form.as_ref().map_or(is, |form: &Form| form.field(name)).to_owned();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let title = visitor.visit.language.say("settings-title");
    let frame = Frame::inside(roster, visitor, &inside, "settings", title).after(problem);
    let page = SettingsPage {
        address: inside.at(""),
        id: inside.excerpt.organization,
        posts: inside.by_id(""),
        name: typed("name", &inside.name),
        slug: typed("slug", inside.slug.as_str()),
        was_name: typed("was_name", &inside.name),
        was_slug: typed("was_slug", inside.slug.as_str()),
        role: frame.role(&inside.membership.role),
        is_owner: inside.is_owner(),
        is_admin: inside.is_admin(),
        frame,
    };
    Ok(visitor.visit.page(status, &page))
}
