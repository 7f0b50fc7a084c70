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
    members: String,
    role: String,
    changes: Vec<Change>,
}

async fn show(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    let organization = inside.excerpt.organization;
    roster.known.used(&visitor.caller.user, organization);
    let views = roster.views_of_now(ProjectionName::Members).await?;
    let one = MembersQuery { limit: 1, ..MembersQuery::default() };
    let total = views.members(organization, &one).await?.total;
    let latest = roster.latest_changes(organization, inside.excerpt.sequence, inside.membership.role, SHOWN).await?;
    let frame = Frame::inside(&roster, &visitor, &inside, "dashboard", inside.name.clone());
    let page = DashboardPage {
        address: inside.at(""),
        members: language.tell("dashboard-members", &[("number", total.into())]),
        role: frame.role(&inside.membership.role),
        changes: told(&roster, language, latest).await?,
        frame,
    };
    Ok(visitor.visit.page(StatusCode::OK, &page))
}
