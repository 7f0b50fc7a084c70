//! Inviting, and what becomes of an invitation.

use chrono::TimeDelta;

use super::decide::Decision;
use super::{Invitation, InvitationState, Organization};
use crate::Timestamp;
use crate::command::Claimed;
use crate::event::OrganizationEvent as E;
use crate::facts::Circumstances;
use crate::ids::{InvitationId, MemberId, UserId};
use crate::permission::Permission;
use crate::refusal::Refusal;
use crate::role::Role;

impl Organization {
    /// An expired invitation blocks nobody: it is revoked before the new one is recorded.
    pub(super) fn invite(
        &self,
        given: &Circumstances,
        invitation_id: InvitationId,
        role: Role,
        valid_for: TimeDelta,
    ) -> Decision {
        let inviter = self.acting_with(given, Permission::InvitationCreate)?;
        self.invited(given, invitation_id, role, after(given.at, valid_for), inviter)
    }

    /// By whose act ever it comes, an address has one invitation, and no member's address has one.
    pub(super) fn invited(
        &self,
        given: &Circumstances,
        invitation_id: InvitationId,
        role: Role,
        expires_at: Timestamp,
        invited_by: &UserId,
    ) -> Decision {
        if role == Role::Owner {
            return Err(Refusal::OwnerRoleNotGiven);
        }
        let is_member = |user| self.membership(user).is_some();
        if given.facts.users_at_address.iter().any(is_member) {
            return Err(Refusal::AlreadyAMember);
        }
        let mut events = Vec::new();
        if let Some(former_id) = given.facts.open_invitation
            && let Some(former) = self.invitation(former_id)
            && former.state == InvitationState::Pending
        {
            if given.at < former.expires_at {
                return Err(Refusal::AlreadyInvited);
            }
            events.push(E::InvitationRevoked { invitation_id: former_id });
        }
        events.push(E::MemberInvited { invitation_id, role, expires_at, invited_by: invited_by.clone() });
        Ok(events)
    }

    pub(super) fn resend(&self, given: &Circumstances, invitation_id: InvitationId, valid_for: TimeDelta) -> Decision {
        self.acting_with(given, Permission::InvitationCreate)?;
        self.pending(invitation_id)?;
        let expires_at = after(given.at, valid_for);
        Ok(vec![E::InvitationExtended { invitation_id, expires_at }])
    }

    pub(super) fn revoke(&self, given: &Circumstances, invitation_id: InvitationId) -> Decision {
        self.acting_with(given, Permission::InvitationCancel)?;
        self.pending(invitation_id)?;
        Ok(vec![E::InvitationRevoked { invitation_id }])
    }

    pub(super) fn decline(&self, given: &Circumstances, invitation_id: InvitationId, caller: &Claimed) -> Decision {
        given.actor.person().ok_or(Refusal::InvitationNotForYou)?;
        self.addressed_to(given, caller)?;
        self.pending(invitation_id)?;
        Ok(vec![E::InvitationDeclined { invitation_id }])
    }

    /// Whether it is theirs is asked first: nobody else learns what became of it.
    pub(super) fn accept(
        &self,
        given: &Circumstances,
        invitation_id: InvitationId,
        member_id: MemberId,
        caller: &Claimed,
    ) -> Decision {
        let person = given.actor.person().ok_or(Refusal::InvitationNotForYou)?;
        self.addressed_to(given, caller)?;
        let invitation = self.pending(invitation_id)?;
        if given.at >= invitation.expires_at {
            return Err(Refusal::InvitationExpired);
        }
        if self.membership(person).is_some() {
            return Err(Refusal::AlreadyAMember);
        }
        if self.membership(&invitation.invited_by).is_none() {
            return Err(Refusal::InviterNoLongerAMember);
        }
        Ok(vec![
            E::InvitationAccepted { invitation_id, user_id: person.clone() },
            E::MemberJoined {
                member_id,
                user_id: person.clone(),
                role: invitation.role,
                invitation_id: Some(invitation_id),
            },
        ])
    }

    /// The invitation exists and is the caller's own.
    fn addressed_to(&self, given: &Circumstances, caller: &Claimed) -> Result<(), Refusal> {
        let Some(known) = given.facts.invitation.as_ref().filter(|_| self.exists()) else {
            return Err(Refusal::InvitationNotFound);
        };
        caller.answers_for(&known.email)
    }

    fn pending(&self, id: InvitationId) -> Result<&Invitation, Refusal> {
        match self.invitation(id) {
            None => Err(Refusal::InvitationNotFound),
            Some(invitation) if invitation.state == InvitationState::Pending => Ok(invitation),
            Some(_) => Err(Refusal::InvitationSettled),
        }
    }
}

/// Saturates: a validity beyond the calendar means "for ever".
fn after(at: Timestamp, valid_for: TimeDelta) -> Timestamp {
    at.checked_add_signed(valid_for).unwrap_or(Timestamp::MAX_UTC)
}
