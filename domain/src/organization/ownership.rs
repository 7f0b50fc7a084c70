//! Transferring ownership: from founding to deletion there is exactly one owner, who is a member.

use super::Organization;
use super::decide::Decision;
use crate::actor::Actor;
use crate::event::{OrganizationEvent as E, Tenure};
use crate::facts::Circumstances;
use crate::ids::MemberId;
use crate::permission::Permission;
use crate::refusal::Refusal;

impl Organization {
    /// The owner's act, or an operator's when the owner is gone.
    pub(super) fn transfer(&self, given: &Circumstances, member_id: MemberId) -> Decision {
        if !matches!(given.actor, Actor::Operator(_)) {
            self.acting_with(given, Permission::OwnershipTransfer)?;
        }
        let from = self.owner().ok_or(Refusal::OrganizationNotFound)?;
        if from.member_id == member_id {
            return Err(Refusal::AlreadyTheOwner);
        }
        let (user, _) = self.target(given, member_id)?;
        let to = Tenure { member_id, user_id: user.clone() };
        Ok(vec![E::OwnershipTransferred { from: from.clone(), to }])
    }
}
