//! The caller's own invitations, by the address their identity provider vouches for. Straight from the journal.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{MemberId, Name, OrganizationCommand, Refusal, Slug, Subject, Timestamp};
use journal::{Address, Excerpt, OrganizationRef};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bodies::{InvitationBody, MemberBody, StatusBody};
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::{Invited, NoBody};
use crate::problem::Problem;
use crate::roster::Roster;

/// Organizations read in one statement: it may be shared with membership checks, which must not wait for a long list.
const AT_ONCE: usize = 20;

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

/// The caller's invitations that can be accepted now.
#[derive(Serialize, ToSchema)]
struct OwnInvitationsBody {
    invitations: Vec<OwnInvitationBody>,
}

/// The caller's invitations that can be accepted now, newest first.
#[utoipa::path(get, path = "/v1/invitations", operation_id = "list_own_invitations", tag = "invitations",
    responses((status = 200, body = OwnInvitationsBody), (status = "4XX", body = Problem)))]
async fn list(State(roster): State<Roster>, caller: Caller) -> Result<Response, Problem> {
    let claimed = roster.claimed(&caller).await?;
    let Some(email) = claimed.email else {
        return Ok(axum::Json(OwnInvitationsBody { invitations: Vec::new() }).into_response());
    };
    if !claimed.verified {
        return Err(Refusal::EmailNotVerified.into());
    }
    let addresses = roster.journal.people().invited(&email).await?;
    let (mut invitations, now) = (Vec::new(), SystemTime::now().into());
    for some in addresses.chunks(AT_ONCE) {
        let wanted: Vec<_> = some.iter().map(of_address).collect();
        let excerpts = roster.journal.excerpts(&wanted).await?;
        let shown = some.iter().zip(excerpts).filter_map(|(address, excerpt)| own(address, &excerpt?, now));
        invitations.extend(shown.filter(|own| own.invitation.status == StatusBody::Pending));
    }
    Ok(axum::Json(OwnInvitationsBody { invitations }).into_response())
}

/// One invitation of the caller's own, whatever became of it.
#[utoipa::path(get, path = "/v1/invitations/{id}", operation_id = "read_own_invitation", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OwnInvitationBody), (status = "4XX", body = Problem)))]
async fn read(State(roster): State<Roster>, caller: Caller, Invited(id): Invited) -> Result<Response, Problem> {
    let address = roster.journal.people().address(id).await?.ok_or(Refusal::InvitationNotFound)?;
    roster.claimed(&caller).await?.answers_for(&address.email)?;
    let (organization, subjects) = of_address(&address);
    let excerpt = roster.journal.excerpt(&organization, &subjects).await?;
    let own = excerpt.and_then(|excerpt| own(&address, &excerpt, SystemTime::now().into()));
    Ok(axum::Json(own.ok_or(Refusal::InvitationNotFound)?).into_response())
}

/// Accept: the caller becomes a member.
#[utoipa::path(post, path = "/v1/invitations/{id}/accept", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = MemberBody), (status = "4XX", body = Problem)))]
async fn accept(
    State(roster): State<Roster>,
    caller: Caller,
    Invited(invitation_id): Invited,
    _nothing: NoBody,
) -> Result<Response, Problem> {
    let member_id = MemberId(Uuid::now_v7());
    let claimed = roster.claimed(&caller).await?;
    let command = OrganizationCommand::AcceptInvitation { invitation_id, member_id, caller: claimed };
    let outcome = roster.ask(&caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await?;
    roster.known.used(&caller.user, outcome.organization);
    let member =
        roster.joined(&outcome).await.ok_or_else(|| Problem::internal("accepting was recorded without joining"))?;
    Ok(done(StatusCode::OK, outcome.position, axum::Json(MemberBody::from(member))))
}

/// Turn an invitation down.
#[utoipa::path(post, path = "/v1/invitations/{id}/decline", tag = "invitations", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn decline(
    State(roster): State<Roster>,
    caller: Caller,
    Invited(invitation_id): Invited,
    _nothing: NoBody,
) -> Result<Response, Problem> {
    let claimed = roster.claimed(&caller).await?;
    let command = OrganizationCommand::DeclineInvitation { invitation_id, caller: claimed };
    let outcome = roster.ask(&caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await?;
    Ok(done(StatusCode::NO_CONTENT, outcome.position, ()))
}

fn of_address(address: &Address) -> (OrganizationRef, Vec<Subject>) {
    (address.organization.into(), vec![Subject::Profile, Subject::Invitation(address.invitation)])
}

/// The invitation as its person sees it; `None` where the organization is gone.
fn own(address: &Address, excerpt: &Excerpt, now: Timestamp) -> Option<OwnInvitationBody> {
    let profile = excerpt.state.profile().filter(|_| excerpt.state.exists())?;
    let known = excerpt.state.invitation(address.invitation)?;
    Some(OwnInvitationBody {
        invitation: InvitationBody {
            id: address.invitation,
            organization_id: address.organization,
            email: Some(address.email.clone()),
            role: known.role,
            status: StatusBody::of(known.state, known.expires_at, now),
            expires_at: known.expires_at,
            invited_by: known.invited_by.clone(),
        },
        organization_name: profile.name.clone(),
        organization_slug: profile.slug.clone(),
    })
}
