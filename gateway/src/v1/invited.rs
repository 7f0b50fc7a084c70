//! The caller's own invitations, by the address their identity provider vouches for. Straight from the journal.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{MemberId, Name, OrganizationCommand, Slug, Timestamp};
use journal::OrganizationRef;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bodies::{InvitationBody, MemberBody};
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::{Invited, NoBody};
use crate::links::PublicUrl;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::invited::InvitationDetails;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read)).routes(routes!(accept)).routes(routes!(decline))
}

/// An invitation with what the person invited needs to know to decide.
#[derive(Serialize, ToSchema)]
struct OwnInvitationBody {
    #[serde(flatten)]
    invitation: InvitationBody,
    #[schema(value_type = String)]
    organization_name: Name,
    #[schema(value_type = String)]
    organization_slug: Slug,
}

impl OwnInvitationBody {
    fn of(own: InvitationDetails, now: Timestamp, pages: &PublicUrl) -> Self {
        let (organization_name, organization_slug) = (own.name.clone(), own.slug.clone());
        Self { invitation: InvitationBody::one(own, now, pages), organization_name, organization_slug }
    }
}

/// The caller's invitations that can be accepted now.
#[derive(Serialize, ToSchema)]
struct OwnInvitationsBody {
    invitations: Vec<OwnInvitationBody>,
}

/// The caller's invitations that can be accepted now, newest first.
#[utoipa::path(get, path = "/v1/invitations", operation_id = "list_own_invitations", tag = "invitations",
    responses((status = 200, body = OwnInvitationsBody), (status = "4XX", body = Problem)))]
async fn list(State(roster): State<Roster>, caller: Caller) -> Result<Response, Problem> {
    let now = SystemTime::now().into();
    let own = roster.invitations_for(&caller).await?;
    let invitations = own.into_iter().map(|own| OwnInvitationBody::of(own, now, &roster.public_url)).collect();
    Ok(axum::Json(OwnInvitationsBody { invitations }).into_response())
}

/// One invitation of the caller's own, whatever became of it.
#[utoipa::path(get, path = "/v1/invitations/{id}", operation_id = "read_own_invitation", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OwnInvitationBody), (status = "4XX", body = Problem)))]
async fn read(State(roster): State<Roster>, caller: Caller, Invited(id): Invited) -> Result<Response, Problem> {
    let own = roster.invitation_for(&caller, id).await?;
    Ok(axum::Json(OwnInvitationBody::of(own, SystemTime::now().into(), &roster.public_url)).into_response())
}

/// Accept: the caller becomes a member.
#[utoipa::path(post, path = "/v1/invitations/{id}/accept", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = MemberBody), (status = "4XX", body = Problem)))]
async fn accept(
    State(roster): State<Roster>,
    caller: Caller,
    Invited(invitation_id): Invited,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let member_id = MemberId(Uuid::now_v7());
    let claimed = roster.claimed(&caller).await?;
    let command = OrganizationCommand::AcceptInvitation { invitation_id, member_id, caller: claimed };
    let outcome = roster.ask_on(terms, &caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await?;
    roster.known.used(&caller, outcome.organization);
    let member =
        roster.joined(&outcome).await.ok_or_else(|| Problem::internal("accepting was recorded without joining"))?;
    Ok(done(StatusCode::OK, &outcome, axum::Json(MemberBody::from(member))))
}

/// Turn an invitation down.
#[utoipa::path(post, path = "/v1/invitations/{id}/decline", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn decline(
    State(roster): State<Roster>,
    caller: Caller,
    Invited(invitation_id): Invited,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let claimed = roster.claimed(&caller).await?;
    let command = OrganizationCommand::DeclineInvitation { invitation_id, caller: claimed };
    let outcome = roster.ask_on(terms, &caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await?;
    Ok(done(StatusCode::NO_CONTENT, &outcome, ()))
}
