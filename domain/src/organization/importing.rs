//! Moving in: what was kept elsewhere is taken over by an operator, under the rules that hold for everybody.

use super::Organization;
use super::decide::Decision;
use crate::Timestamp;
use crate::actor::Actor;
use crate::event::{OrganizationEvent as E, Tenure};
use crate::facts::Circumstances;
use crate::ids::{InvitationId, MemberId, UserId};
use crate::profile::{Logo, Metadata};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::slug::Slug;
use crate::text::Name;

impl Organization {
    pub(super) fn import(
        &self,
        given: &Circumstances,
        name: &Name,
        slug: &Slug,
        logo: Option<&Logo>,
        metadata: Option<&Metadata>,
        owner: &Tenure,
    ) -> Decision {
        by_an_operator(given)?;
        self.begin(given, name, slug, logo, metadata, owner)
    }

    /// Nobody comes as owner: there is one already.
    pub(super) fn import_member(
        &self,
        given: &Circumstances,
        member_id: MemberId,
        user_id: &UserId,
        role: Role,
    ) -> Decision {
        self.open_to_import(given)?;
        if role == Role::Owner {
            return Err(Refusal::OwnerRoleNotGiven);
        }
        if self.membership(user_id).is_some() {
            return Err(Refusal::AlreadyAMember);
        }
        Ok(vec![E::MemberJoined { member_id, user_id: user_id.clone(), role, invitation_id: None }])
    }

    /// Only what could be accepted: by whom it was sent, and until when, stay as they were.
    pub(super) fn import_invitation(
        &self,
        given: &Circumstances,
        invitation_id: InvitationId,
        role: Role,
        expires_at: Timestamp,
        invited_by: &UserId,
    ) -> Decision {
        self.open_to_import(given)?;
        if given.at >= expires_at {
            return Err(Refusal::InvitationExpired);
        }
        if self.membership(invited_by).is_none() {
            return Err(Refusal::InviterNoLongerAMember);
        }
        self.invited(given, invitation_id, role, expires_at, invited_by)
    }

    fn open_to_import(&self, given: &Circumstances) -> Result<(), Refusal> {
        by_an_operator(given)?;
        if self.exists() { Ok(()) } else { Err(Refusal::OrganizationNotFound) }
    }
}

/// People invite and accept; nobody is put into an organization but by whoever runs the server.
fn by_an_operator(given: &Circumstances) -> Result<(), Refusal> {
    match given.actor {
        Actor::Operator(_) => Ok(()),
        Actor::Person(_) | Actor::Service { .. } | Actor::OperatorFor { .. } => Err(Refusal::BelowAdmin),
    }
}
