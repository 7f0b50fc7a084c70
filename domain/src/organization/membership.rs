//! Leaving, removing, changing roles.

use super::Organization;
use super::decide::Decision;
use crate::event::OrganizationEvent as E;
use crate::facts::Circumstances;
use crate::ids::MemberId;
use crate::permission::Permission;
use crate::refusal::Refusal;
use crate::role::Role;

impl Organization {
    pub(super) fn leave(&self, given: &Circumstances) -> Decision {
        let (person, membership) = self.acting_member(given)?;
        if membership.role == Role::Owner {
            return Err(Refusal::OwnerCannotLeave);
        }
        Ok(vec![E::MemberLeft { member_id: membership.member_id, user_id: person.clone() }])
    }

    /// Of oneself it is leaving: one rule behind every door. Otherwise an admin's act, never against the owner.
    pub(super) fn remove(&self, given: &Circumstances, member_id: MemberId) -> Decision {
        let (person, acting) = self.acting_member(given)?;
        if acting.member_id == member_id {
            return self.leave(given);
        }
        self.acting_with(given, Permission::MemberDelete)?;
        let (user, target) = self.target(given, member_id)?;
        if target.role == Role::Owner {
            return Err(Refusal::OwnerCannotBeRemoved);
        }
        Ok(vec![E::MemberRemoved { member_id, user_id: user.clone(), removed_by: person.clone() }])
    }

    pub(super) fn change_role(&self, given: &Circumstances, member_id: MemberId, role: Role) -> Decision {
        self.acting_with(given, Permission::MemberUpdate)?;
        if role == Role::Owner {
            return Err(Refusal::OwnerRoleNotGiven);
        }
        let (user, target) = self.target(given, member_id)?;
        if target.role == Role::Owner {
            return Err(Refusal::OwnerRoleNotChanged);
        }
        if target.role == role {
            return Ok(vec![]);
        }
        Ok(vec![E::MemberRoleChanged { member_id, user_id: user.clone(), role }])
    }
}
