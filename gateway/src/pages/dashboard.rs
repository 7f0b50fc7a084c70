//! An organization at a glance: how many members, which role is the reader's, what happened lately.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use projections::{MembersQuery, ProjectionName};

use super::changes::{Change, told};
use super::frame::Frame;
use super::visitor::{Inside, Visitor};
use crate::extract::Org;
use crate::problem::Problem;
use crate::roster::Roster;

/// Changes on the page.
const SHOWN: usize = 10;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}", get(show))
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage {
    frame: Frame,
    address: String,
    /// Unknown while the lists can't be shown.
    members: Option<String>,
    role: String,
    changes: Vec<Change>,
}

async fn show(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let now = roster.views_of_now(ProjectionName::Members).await;
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    let organization = inside.excerpt.organization;
    roster.known.used(&visitor.caller, organization);
    let one = MembersQuery { limit: 1, ..MembersQuery::default() };
    // Whoever has just come here must not be turned away because a list can't be shown.
    let (total, is_now) = match now {
        Ok((views, is_now)) => (views.members(organization, &one).await.ok().map(|page| page.total), is_now),
        Err(_) => (None, false),
    };
    let latest = roster.latest_changes(organization, inside.excerpt.sequence, inside.membership.role, SHOWN).await?;
    let frame = Frame::inside(&roster, &visitor, &inside, "dashboard", inside.name.clone());
    let frame = frame.as_of_now(is_now && total.is_some());
    let page = DashboardPage {
        address: inside.at(""),
        members: total.map(|total| language.tell("dashboard-members", &[("number", total.into())])),
        role: frame.role(&inside.membership.role),
        changes: told(&roster, language, latest).await?,
        frame,
    };
    Ok(visitor.visit.page(StatusCode::OK, &page))
}
