//! The caller's own invitations: accept, reject, read. For whoever has the address, as their identity provider vouches for it.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{InvitationId, InvitationState, MemberId, Name, OrganizationCommand, Refusal, Slug, Timestamp};
use journal::OrganizationRef;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::bodies::{InvitationBody, MemberBody};
use super::call::Incoming;
use super::failure::Failure;
use super::refused::Call;
use super::{VIA, done};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/accept-invitation", post(accept))
        .route("/api/auth/organization/reject-invitation", post(reject))
        .route("/api/auth/organization/get-invitation", get(read))
        .route("/api/auth/organization/list-user-invitations", get(list))
}

/// The invitation a body names; what is no id is nobody's invitation.
fn named(call: Call, incoming: &Incoming) -> Result<Result<InvitationId, Failure>, Failure> {
    let mut body = incoming.body();
    let id = body.text("invitationId").parse();
    body.done()?;
    Ok(id.map_err(|_| call.refused(Refusal::InvitationNotFound)))
}

async fn accept(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let (id, failed) = (named(Call::Accept, &call)?, Call::Accept.failed());
    let caller = call.caller(&roster).await?;
    let invitation_id = id?;
    let mut details = roster.invitation_for(&caller, invitation_id).await.map_err(&failed)?;
    let (member_id, claimed) = (MemberId(Uuid::now_v7()), roster.claimed(&caller).await?);
    let command = OrganizationCommand::AcceptInvitation { invitation_id, member_id, caller: claimed };
    let place = OrganizationRef::OfInvitation(invitation_id);
    let outcome = roster.ask_on(call.terms(), &caller, place, command, VIA).await.map_err(&failed)?;
    let joined = roster.joined(&outcome).await;
    let joined = joined.ok_or_else(|| Problem::internal("accepting was recorded without joining"))?;
    // They have joined: that the session does not look there yet must not read as a failure to join.
    let _told_in_the_log = roster.activate(&caller, outcome.organization, joined.membership.member_id).await;
    details.state = InvitationState::Accepted;
    let member = MemberBody::of(outcome.organization, &joined);
    Ok(done(&outcome, Json(json!({ "invitation": InvitationBody::from(&details), "member": member }))))
}

async fn reject(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let (id, failed) = (named(Call::Reject, &call)?, Call::Reject.failed());
    let caller = call.caller(&roster).await?;
    let invitation_id = id?;
    let mut details = roster.invitation_for(&caller, invitation_id).await.map_err(&failed)?;
    let command = OrganizationCommand::DeclineInvitation { invitation_id, caller: roster.claimed(&caller).await? };
    let place = OrganizationRef::OfInvitation(invitation_id);
    let outcome = roster.ask_on(call.terms(), &caller, place, command, VIA).await.map_err(&failed)?;
    details.state = InvitationState::Declined;
    Ok(done(&outcome, Json(json!({ "invitation": InvitationBody::from(&details), "member": null }))))
}

/// An invitation with where it leads.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OwnInvitationBody {
    #[serde(flatten)]
    invitation: InvitationBody,
    organization_name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_slug: Option<Slug>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inviter_email: Option<String>,
}

async fn read(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let id = fields.text("id");
    fields.done()?;
    let strangers = Failure::saying(StatusCode::UNAUTHORIZED, None, "Not authenticated");
    let caller = call.caller(&roster).await.map_err(|failure| failure.for_strangers(strangers))?;
    let not_found = || Call::ReadInvitation.refused(Refusal::InvitationNotFound);
    let id: InvitationId = id.parse().map_err(|_| not_found())?;
    let failed = Call::ReadInvitation.failed();
    let details = roster.invitation_for(&caller, id).await.map_err(&failed)?;
    if !details.is_open(now()) {
        return Err(not_found());
    }
    let inviter = roster.journal.access(&details.organization.into(), &details.invited_by).await;
    if inviter.map_err(Problem::from)?.is_none_or(|inviter| inviter.membership.is_none()) {
        return Err(Call::ReadInvitation.refused(Refusal::InviterNoLongerAMember));
    }
    let inviter = roster.person(&details.invited_by).await?;
    let body = OwnInvitationBody {
        invitation: InvitationBody::from(&details),
        organization_name: details.name,
        organization_slug: Some(details.slug),
        inviter_email: Some(inviter.email.map(String::from).unwrap_or_default()),
    };
    Ok(Json(body).into_response())
}

async fn list(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let email = fields.optional_text("email");
    fields.done()?;
    let bad = |says: &'static str| Failure::saying(StatusCode::BAD_REQUEST, None, says);
    let caller = call.caller(&roster).await;
    if email.is_some() {
        return Err(bad("User email cannot be passed for client side API calls."));
    }
    let missing = bad("Missing session headers, or email query parameter.");
    let caller = caller.map_err(|failure| failure.for_strangers(missing))?;
    let invitations = roster.invitations_for(&caller).await.map_err(Call::ReadInvitation.failed())?;
    let bodies = invitations.into_iter().map(|details| OwnInvitationBody {
        invitation: InvitationBody::from(&details),
        organization_name: details.name,
        organization_slug: None,
        inviter_email: None,
    });
    Ok(Json(bodies.collect::<Vec<_>>()).into_response())
}

fn now() -> Timestamp {
    SystemTime::now().into()
}
