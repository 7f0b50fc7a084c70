//! An organization's invitations: send, send again, take back, list.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{
    EmailAddress, InvitationId, InvitationState, OrganizationCommand, OrganizationEvent, Permission, Refusal, Role,
};
use journal::{OrganizationRef, Outcome};
use projections::{InvitationsQuery, ProjectionName};
use uuid::Uuid;

use super::bodies::{InvitationBody, status};
use super::call::Incoming;
use super::codes::{INVALID_EMAIL, ORGANIZATION_NOT_FOUND, ROLE_NOT_FOUND};
use super::failure::Failure;
use super::place::meant;
use super::reading::MOST_INVITATIONS;
use super::refused::Call;
use super::roles::{highest, not_found};
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::Terms;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::invited::InvitationDetails;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/invite-member", post(invite))
        .route("/api/auth/organization/cancel-invitation", post(cancel))
        .route("/api/auth/organization/list-invitations", get(list))
}

async fn invite(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let (email, role) = (body.text("email").to_owned(), highest(&body.texts("role")));
    let id = body.optional_text("organizationId").map(str::to_owned);
    let resend = body.flag("resend");
    // There are no teams: what is said of them is checked and not looked at.
    let _teams = body.optional_texts("teamId");
    body.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant(Call::Invite, &roster, &caller, id.as_deref()).await?;
    let place = place.ok_or_else(|| Failure::bad(ORGANIZATION_NOT_FOUND))?;
    let email: EmailAddress = email.parse().map_err(|_| Failure::bad(INVALID_EMAIL))?;
    let Some(Ok(role)) = role else {
        // Who may not invite is told that, and nothing of roles.
        let permitted = roster.as_permitted(&caller, &place, Permission::InvitationCreate).await;
        permitted.map_err(Call::Invite.failed())?;
        return Err(match role {
            Some(Err(unknown)) => not_found(&unknown, false),
            _ => Failure::bad(ROLE_NOT_FOUND),
        });
    };
    if resend && let Some((outcome, again)) = invited_again(&roster, call.terms(), &caller, &place, &email).await? {
        return Ok(done(&outcome, Json(again)));
    }
    let (outcome, invitation) = invited(&roster, call.terms(), &caller, place, email, role).await?;
    Ok(done(&outcome, Json(invitation)))
}

/// A new invitation.
async fn invited(
    roster: &Roster,
    terms: Terms,
    caller: &Caller,
    place: OrganizationRef,
    email: EmailAddress,
    role: Role,
) -> Result<(Outcome, InvitationBody), Failure> {
    let (id, valid_for) = (InvitationId(Uuid::now_v7()), roster.invitation_validity);
    let command = OrganizationCommand::InviteMember { invitation_id: id, email: email.clone(), role, valid_for };
    let outcome = roster.ask_on(terms, caller, place, command, VIA).await.map_err(Call::Invite.failed())?;
    let sent = outcome.events.iter().find_map(|recorded| match &recorded.event {
        OrganizationEvent::MemberInvited { invitation_id, expires_at, invited_by, .. } => {
            Some((*invitation_id, *expires_at, invited_by.clone(), recorded.recorded_at))
        }
        _ => None,
    });
    if sent.is_none() && outcome.replayed {
        // The first time there was an open invitation, which was sent again; by now it is settled.
        let refusal = Call::Invite.refused(Refusal::InvitationSettled);
        return Err(refusal);
    }
    let (id, expires_at, inviter_id, created_at) =
        sent.ok_or_else(|| Problem::internal("an invitation was recorded without its event"))?;
    let (organization_id, status) = (outcome.organization, status(InvitationState::Pending));
    let email = email.into();
    let body = InvitationBody { id, organization_id, email, role, status, expires_at, created_at, inviter_id };
    Ok((outcome, body))
}

/// The open invitation of this address, valid anew with the role it had; `None` where there is none, or it was settled just now.
async fn invited_again(
    roster: &Roster,
    terms: Terms,
    caller: &Caller,
    place: &OrganizationRef,
    email: &EmailAddress,
) -> Result<Option<(Outcome, InvitationBody)>, Failure> {
    let failed = Call::Invite.failed();
    let organization = roster.as_permitted(caller, place, Permission::InvitationCreate).await.map_err(&failed)?;
    let pending = roster.journal.people().pending(organization, email).await.map_err(Problem::from)?;
    let Some(invitation_id) = pending else { return Ok(None) };
    let details = match roster.invitation(invitation_id).await {
        Err(problem) if problem.refusal() == Some(Refusal::InvitationNotFound) => return Ok(None),
        details => details.map_err(&failed)?,
    };
    let command = OrganizationCommand::ResendInvitation { invitation_id, valid_for: roster.invitation_validity };
    let outcome = match roster.ask_on(terms, caller, organization.into(), command, VIA).await {
        Err(problem) if problem.refusal() == Some(Refusal::InvitationSettled) => return Ok(None),
        outcome => outcome.map_err(&failed)?,
    };
    let extended = outcome.events.iter().find_map(|recorded| match recorded.event {
        OrganizationEvent::InvitationExtended { expires_at, .. } => Some(expires_at),
        _ => None,
    });
    let state = InvitationState::Pending;
    let expires_at = extended.unwrap_or(details.expires_at);
    let body = InvitationBody::from(&InvitationDetails { state, expires_at, ..details });
    Ok(Some((outcome, body)))
}

async fn cancel(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let id = body.text("invitationId").parse::<InvitationId>();
    body.done()?;
    let caller = call.caller(&roster).await?;
    let failed = Call::Cancel.failed();
    let invitation_id = id.map_err(|_| Call::Cancel.refused(Refusal::InvitationNotFound))?;
    let mut details = roster.invitation(invitation_id).await.map_err(&failed)?;
    let command = OrganizationCommand::RevokeInvitation { invitation_id };
    let asked = roster.ask_on(call.terms(), &caller, details.organization.into(), command, VIA).await;
    let outcome = asked.map_err(&failed)?;
    details.state = InvitationState::Revoked;
    Ok(done(&outcome, Json(InvitationBody::from(&details))))
}

async fn list(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let id = fields.optional_text("organizationId");
    fields.done()?;
    let caller = call.caller(&roster).await?;
    let required = || Failure::saying(StatusCode::BAD_REQUEST, None, "Organization ID is required");
    let place = meant(Call::ListInvitations, &roster, &caller, id).await?.ok_or_else(required)?;
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let views = roster.views_of_now(ProjectionName::Members).await;
    let permitted = roster.as_permitted(&caller, &place, Permission::InvitationCreate).await;
    let organization = permitted.map_err(Call::ListInvitations.failed())?;
    let wanted = InvitationsQuery { limit: MOST_INVITATIONS, after: None, state: None };
    let page = views?.0.invitations(organization, &wanted).await.map_err(Problem::from)?;
    let rows = page.items.into_iter().rev().map(|row| InvitationBody::row(organization, row));
    Ok(Json(rows.collect::<Vec<_>>()).into_response())
}
