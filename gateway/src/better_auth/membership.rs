//! Who belongs: remove, change a role, leave.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::{EmailAddress, MemberId, Membership, OrganizationCommand, OrganizationId, Permission, Refusal, Role};
use journal::Outcome;
use serde_json::json;

use super::bodies::MemberBody;
use super::call::Incoming;
use super::codes::NO_ACTIVE_ORGANIZATION;
use super::failure::Failure;
use super::place::{by_id, meant};
use super::refused::Call;
use super::roles::{highest, not_found};
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::Terms;
use crate::problem::Problem;
use crate::roster::{MemberDetails, Roster};

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/remove-member", post(remove))
        .route("/api/auth/organization/update-member-role", post(update_role))
        .route("/api/auth/organization/leave", post(leave))
}

/// Of oneself it is leaving, which needs no permission: the domain's rule, here as behind every door.
async fn remove(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let whom = body.text("memberIdOrEmail").to_owned();
    let id = body.optional_text("organizationId").map(str::to_owned);
    body.done()?;
    let caller = call.caller(&roster).await?;
    if let Some(again) = ended_before(Call::Remove, &roster, &caller, call.terms()).await? {
        let (outcome, details) = again;
        return Ok(done(&outcome, Json(json!({ "member": removed(&whom, outcome.organization, details) }))));
    }
    let place = meant(Call::Remove, &roster, &caller, id.as_deref()).await?;
    let place = place.ok_or_else(|| Failure::bad(NO_ACTIVE_ORGANIZATION))?;
    let failed = Call::Remove.failed();
    let (excerpt, _) = roster.as_member(&caller, &place, &[]).await.map_err(&failed)?;
    let organization = excerpt.organization;
    let details = found(&roster, &caller, organization, &whom).await.map_err(&failed)?;

    let command = OrganizationCommand::RemoveMember { member_id: details.membership.member_id };
    let asked = roster.ask_on(call.terms(), &caller, organization.into(), command, VIA).await;
    let outcome = asked.map_err(|problem| {
        // That the owner stays is said also to those who may remove nobody.
        let of_the_owner = problem.refusal() == Some(Refusal::BelowAdmin) && details.membership.role == Role::Owner;
        if of_the_owner { Call::Remove.refused(Refusal::OwnerCannotBeRemoved) } else { failed(problem) }
    })?;
    Ok(done(&outcome, Json(json!({ "member": removed(&whom, organization, details) }))))
}

/// With who they are, where they were named by their address.
fn removed(whom: &str, organization: OrganizationId, details: MemberDetails) -> MemberBody {
    match whom.contains('@') {
        true => MemberBody::with_user(organization, details),
        false => MemberBody::of(organization, &details),
    }
}

/// Whose membership this request ended when it came for the first time: there is no longer a member to be found, nor, where it was one's own, a
/// place to look.
async fn ended_before(
    call: Call,
    roster: &Roster,
    caller: &Caller,
    terms: Terms,
) -> Result<Option<(Outcome, MemberDetails)>, Failure> {
    let before = roster.done_before(terms, caller, OrganizationCommand::LeaveOrganization).await;
    let Some(outcome) = before.map_err(call.failed())? else { return Ok(None) };
    let details = roster.ended(caller, &outcome).await.map_err(call.failed())?;
    Ok(details.map(|details| (outcome, details)))
}

/// A member by e-mail address or by member id, never by user id.
async fn found(
    roster: &Roster,
    caller: &Caller,
    organization: OrganizationId,
    whom: &str,
) -> Result<MemberDetails, Problem> {
    if whom.contains('@') {
        let email: EmailAddress = whom.parse().map_err(|_| Refusal::MemberNotFound)?;
        return roster.member_known_by(caller, organization, &email).await;
    }
    let member_id: MemberId = whom.parse().map_err(|_| Refusal::MemberNotFound)?;
    roster.member_now(organization, member_id).await
}

/// To make somebody the owner is to hand ownership over: there is one.
async fn update_role(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let texts = body.texts("role");
    let (nothing, role) = (texts == [""], highest(&texts));
    let member = body.text("memberId").to_owned();
    let id = body.optional_text("organizationId").map(str::to_owned);
    body.done()?;
    let caller = call.caller(&roster).await?;
    if nothing {
        return Err(Failure::bare(StatusCode::BAD_REQUEST));
    }
    let place = meant(Call::UpdateRole, &roster, &caller, id.as_deref()).await?;
    let place = place.ok_or_else(|| Failure::bad(NO_ACTIVE_ORGANIZATION))?;
    let role = role.ok_or_else(|| Failure::bare(StatusCode::BAD_REQUEST))?;
    let (excerpt, own) = roster.as_member(&caller, &place, &[]).await.map_err(Call::UpdateRole.failed())?;
    let organization = excerpt.organization;
    let member_id: MemberId = member.parse().map_err(|_| Call::UpdateRole.refused(Refusal::MemberNotFound))?;
    let failed = if member_id == own.member_id { Call::UpdateOwnRole } else { Call::UpdateRole }.failed();
    let target = roster.member_now(organization, member_id).await.map_err(&failed)?;
    let role = match role {
        Ok(role) => role,
        Err(unknown) => {
            // Who may not change roles is told that, and nothing of roles.
            own.must(Permission::MemberUpdate).map_err(|refusal| failed(refusal.into()))?;
            return Err(not_found(&unknown, true));
        }
    };
    let command = match role {
        Role::Owner => OrganizationCommand::TransferOwnership { member_id },
        role => OrganizationCommand::ChangeMemberRole { member_id, role },
    };
    let outcome = match roster.ask_on(call.terms(), &caller, organization.into(), command, VIA).await {
        Ok(outcome) => Some(outcome),
        // The owner is made what they are: nothing is recorded, and that is well.
        Err(problem) if problem.refusal() == Some(Refusal::AlreadyTheOwner) && own.member_id == member_id => None,
        Err(problem) => return Err(failed(problem)),
    };
    let membership = Membership { member_id, role };
    let body = Json(MemberBody::of(organization, &MemberDetails { membership, ..target }));
    Ok(match outcome {
        Some(outcome) => done(&outcome, body),
        None => body.into_response(),
    })
}

async fn leave(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let id = body.text("organizationId").to_owned();
    body.done()?;
    let caller = call.caller(&roster).await?;
    if let Some((outcome, details)) = ended_before(Call::Leave, &roster, &caller, call.terms()).await? {
        return Ok(done(&outcome, Json(MemberBody::with_user(outcome.organization, details))));
    }
    let (place, failed) = (by_id(Call::Leave, &id)?, Call::Leave.failed());
    let (excerpt, membership) = roster.as_member(&caller, &place, &[]).await.map_err(&failed)?;
    let organization = excerpt.organization;
    let details = roster.details(Some(excerpt), caller.user.clone(), membership.member_id).await.map_err(&failed)?;
    let outcome = roster.ask_on(call.terms(), &caller, place, OrganizationCommand::LeaveOrganization, VIA).await;
    Ok(done(&outcome.map_err(&failed)?, Json(MemberBody::with_user(organization, details))))
}
