//! The organizations somebody may go to, and the invitations that wait for them.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::{InvitationId, Position, Role};
use projections::ProjectionName;

use super::asked;
use super::frame::Frame;
use super::visitor::Visitor;
use crate::extract::Query;
use crate::problem::Problem;
use crate::roster::Roster;

/// Organizations on a page.
const SHOWN: usize = 50;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/select", get(show))
}

#[derive(Template)]
#[template(path = "select.html")]
struct SelectPage {
    frame: Frame,
    organizations: Vec<Organization>,
    next: Option<Position>,
    invitations: Vec<Invitation>,
}

struct Organization {
    name: String,
    slug: String,
    role: Role,
    since: String,
}

struct Invitation {
    id: InvitationId,
    name: String,
    role: String,
    until: String,
}

async fn show(State(roster): State<Roster>, visitor: Visitor, query: Query) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    let frame = Frame::of(&roster, &visitor, language.say("select-title"));
    let (person, after) = (&visitor.caller.user, asked::after(&query, "after")?);
    // From here people go on when something else fails: without its list, the journal tells.
    let listed = match roster.views_of_now(ProjectionName::UserOrganizations).await {
        Ok(_) => roster.organizations_of(person, SHOWN, after, None).await,
        Err(problem) => Err(problem),
    };
    let page = match listed {
        Ok(page) => page,
        Err(_) => roster.organizations_held(person, SHOWN, after).await?,
    };
    let organizations = page.items.into_iter().map(|row| Organization {
        name: row.name.as_str().to_owned(),
        slug: row.slug.to_string(),
        role: row.role,
        since: language.tell("joined-on", &[("date", language.date(row.joined_at).into())]),
    });
    let invited = match roster.invitations_for(&visitor.caller).await {
        // An address that nobody vouches for has no invitations.
        Err(problem) if problem.code() == "email-not-verified" => Vec::new(),
        told => told?,
    };
    let invitations = invited.into_iter().map(|invitation| Invitation {
        id: invitation.id,
        name: invitation.name.as_str().to_owned(),
        role: language.tell("invitation-role", &[("role", frame.role(&invitation.role).into())]),
        until: language.tell("invitation-until", &[("date", language.date(invitation.expires_at).into())]),
    });
    let (organizations, invitations) = (organizations.collect(), invitations.collect());
    Ok(visitor.visit.page(StatusCode::OK, &SelectPage { frame, organizations, next: page.next, invitations }))
}
