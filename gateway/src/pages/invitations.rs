//! An organization's invitations, on the page of its members, for the owner and admins: sent, extended, taken back. Roster
//! sends no mail: whoever invites sends the link.

use std::time::SystemTime;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use domain::{InvitationId, InvitationState, OrganizationCommand, Role, Timestamp};
use projections::{InvitationsQuery, Views};
use uuid::Uuid;

use super::VIA;
use super::asked;
use super::form::Form;
use super::members;
use super::notice::Notice;
use super::visitor::{Inside, Visitor, address_of};
use crate::extract::{Invited, Org, Query};
use crate::language::Language;
use crate::problem::Problem;
use crate::roster::Roster;

/// Invitations on a page.
const SHOWN: usize = 20;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        // Where a form that failed was posted, somebody may reload the page.
        .route("/app/{org}/invitations", post(invite).get(at_the_list))
        .route("/app/{org}/invitations/{id}/extend", post(extend))
        .route("/app/{org}/invitations/{id}/revoke", post(revoke))
}

/// A pending invitation as the page shows it.
pub struct Pending {
    /// Which.
    pub id: InvitationId,
    /// Where it went.
    pub email: String,
    /// Role on joining.
    pub role: Role,
    /// Until when it can be accepted, or could.
    pub validity: String,
    /// What the buttons are called, each with its address.
    pub extend: String,
    /// Likewise.
    pub revoke: String,
}

/// The pending invitations, newest first, and where the next ones are.
pub(super) async fn pending(
    views: &dyn Views,
    language: Language,
    inside: &Inside,
    query: &Query,
) -> Result<(Vec<Pending>, Option<String>), Problem> {
    let after = asked::after(query, "invitations_after")?;
    let wanted = InvitationsQuery { limit: SHOWN, after, state: Some(InvitationState::Pending) };
    let page = views.invitations(inside.excerpt.organization, &wanted).await?;
    let now: Timestamp = SystemTime::now().into();
    let shown = page.items.into_iter().map(|row| {
        let email = row.email.map_or_else(|| language.say("nobody-known"), |email| email.as_str().to_owned());
        let validity = if row.expires_at > now { "invitation-expires" } else { "invitation-expired-on" };
        Pending {
            id: row.id,
            role: row.role,
            validity: language.tell(validity, &[("date", language.date(row.expires_at).into())]),
            extend: language.tell("invitation-again-for", &[("email", email.as_str().into())]),
            revoke: language.tell("invitation-revoke-for", &[("email", email.as_str().into())]),
            email,
        }
    });
    let more = page.next.map(|next| format!("{}?invitations_after={next}", inside.at("/members")));
    Ok((shown.collect(), more))
}

async fn invite(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    form: Form,
) -> Result<Response, Problem> {
    match invited(&roster, &visitor, &org, &form).await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let problem = visitor.visit.shown_again(problem)?;
            members::page(&roster, &visitor, &org, &Query::default(), Some((problem, form))).await
        }
    }
}

async fn at_the_list(State(roster): State<Roster>, visitor: Visitor, Org(org): Org) -> Result<Response, Problem> {
    Ok(visitor.visit.redirect(&Inside::of(&roster, &visitor.caller, &org).await?.at("/members")))
}

async fn invited(
    roster: &Roster,
    visitor: &Visitor,
    org: &journal::OrganizationRef,
    form: &Form,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::InviteMember {
        invitation_id: InvitationId(Uuid::now_v7()),
        email: form.parse("email")?,
        role: form.parse("role")?,
        valid_for: roster.invitation_validity,
    };
    back(roster, visitor, org, command, Notice::Invited).await
}

async fn extend(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Invited(invitation_id): Invited,
    _nothing: Form,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::ResendInvitation { invitation_id, valid_for: roster.invitation_validity };
    back(&roster, &visitor, &org, command, Notice::Extended).await
}

async fn revoke(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Invited(invitation_id): Invited,
    _nothing: Form,
) -> Result<Response, Problem> {
    back(&roster, &visitor, &org, OrganizationCommand::RevokeInvitation { invitation_id }, Notice::Revoked).await
}

/// Asks, and goes back to the list.
async fn back(
    roster: &Roster,
    visitor: &Visitor,
    org: &journal::OrganizationRef,
    command: OrganizationCommand,
    notice: Notice,
) -> Result<Response, Problem> {
    let outcome = roster.ask(&visitor.caller, org.clone(), command, VIA).await?;
    let to = address_of(roster, &visitor.caller, outcome.organization, "/members").await;
    Ok(visitor.visit.redirect_with(&to, &notice))
}
