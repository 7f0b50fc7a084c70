//! Organizations as their members read them: one, one in full, all of somebody's.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::{Membership, Permission, Refusal, Subject};
use journal::{OrganizationRef, Summary};
use projections::{InvitationsQuery, MembersSelection, ProjectionName};
use serde_json::Value;

use super::bodies::{FullOrganizationBody, InvitationBody, MemberBody, OrganizationBody};
use super::call::Incoming;
use super::failure::Failure;
use super::members::{LIMIT, MOST, number};
use super::place::meant_or_spelled;
use super::refused::Call;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::roster::Roster;

/// Organizations listed of one person at most.
const MOST_ORGANIZATIONS: usize = 1_000;

/// Invitations of an organization shown at most: the newest, in order of sending.
pub(super) const MOST_INVITATIONS: usize = 1_000;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/get-organization", get(one))
        .route("/api/auth/organization/get-full-organization", get(in_full))
        .route("/api/auth/organization/list", get(list))
}

/// An organization and the caller's place in it.
pub(super) async fn shown(
    roster: &Roster,
    caller: &Caller,
    place: &OrganizationRef,
) -> Result<(Summary, Membership), Problem> {
    let (excerpt, membership) = roster.as_member(caller, place, &[Subject::Profile]).await?;
    Ok((excerpt.summary().ok_or(Refusal::OrganizationNotFound)?, membership))
}

async fn one(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let (id, slug) = (fields.optional_text("organizationId"), fields.optional_text("organizationSlug"));
    fields.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant_or_spelled(Call::Read, &roster, &caller, id, slug).await?;
    let Some(place) = place else { return Ok(Json(Value::Null).into_response()) };
    let (summary, _) = shown(&roster, &caller, &place).await.map_err(Call::Read.failed())?;
    Ok(Json(OrganizationBody::read(summary)).into_response())
}

async fn in_full(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let (id, slug) = (fields.optional_text("organizationId"), fields.optional_text("organizationSlug"));
    let limit = number(&mut fields, "membersLimit");
    fields.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant_or_spelled(Call::Read, &roster, &caller, id, slug).await?;
    let Some(place) = place else { return Ok(Json(Value::Null).into_response()) };

    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let views = roster.views_of_now(ProjectionName::Members).await;
    let (summary, membership) = shown(&roster, &caller, &place).await.map_err(Call::Read.failed())?;
    let (views, _) = views?;
    let limit = limit.filter(|limit| *limit > 0).unwrap_or(LIMIT).min(MOST);
    let wanted = MembersSelection { limit, ..MembersSelection::default() };
    let members = views.select_members(summary.id, &wanted).await.map_err(Problem::from)?;
    let mut invitations = Vec::new();
    if membership.role.may(Permission::InvitationCreate) {
        let wanted = InvitationsQuery { limit: MOST_INVITATIONS, after: None, state: None };
        invitations = views.invitations(summary.id, &wanted).await.map_err(Problem::from)?.items;
    }
    let body = FullOrganizationBody {
        members: members.items.into_iter().map(|row| MemberBody::row(summary.id, row)).collect(),
        invitations: invitations.into_iter().rev().map(|row| InvitationBody::row(summary.id, row)).collect(),
        organization: OrganizationBody::read(summary),
    };
    Ok(Json(body).into_response())
}

async fn list(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let caller = call.caller(&roster).await?;
    let summaries = roster.summaries_of(&caller.user, MOST_ORGANIZATIONS).await?;
    Ok(Json(summaries.into_iter().map(OrganizationBody::read).collect::<Vec<_>>()).into_response())
}
