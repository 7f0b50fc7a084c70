//! `decide`: which file answers which command, and the guards they share.

use super::{Membership, Organization};
use crate::command::OrganizationCommand as C;
use crate::event::OrganizationEvent;
use crate::facts::Circumstances;
use crate::ids::{MemberId, UserId};
use crate::permission::Permission;
use crate::refusal::Refusal;
use crate::slug::NewSlug;

/// What is recorded, possibly nothing (what is asked is so already), or the broken rule.
pub type Decision = Result<Vec<OrganizationEvent>, Refusal>;

impl Organization {
    /// Decides a command on this state. Pure: the same question has the same answer.
    pub fn decide(&self, command: &C, given: &Circumstances) -> Decision {
        match command {
            C::FoundOrganization { name, slug, logo, metadata, member_id } => {
                self.found(given, name, slug.as_slug(), logo.as_ref(), metadata.as_ref(), *member_id)
            }
            C::UpdateOrganization { name, slug, logo, metadata } => {
                self.update(given, name.as_ref(), slug.as_ref().map(NewSlug::as_slug), logo.as_ref(), metadata.as_ref())
            }
            C::DeleteOrganization => self.delete(given),
            C::InviteMember { invitation_id, email: _, role, valid_for } => {
                self.invite(given, *invitation_id, *role, *valid_for)
            }
            C::ResendInvitation { invitation_id, valid_for } => self.resend(given, *invitation_id, *valid_for),
            C::RevokeInvitation { invitation_id } => self.revoke(given, *invitation_id),
            C::DeclineInvitation { invitation_id, caller } => self.decline(given, *invitation_id, caller),
            C::AcceptInvitation { invitation_id, member_id, caller } => {
                self.accept(given, *invitation_id, *member_id, caller)
            }
            C::ChangeMemberRole { member_id, role } => self.change_role(given, *member_id, *role),
            C::LeaveOrganization => self.leave(given),
            C::RemoveMember { member_id } => self.remove(given, *member_id),
            C::TransferOwnership { member_id } => self.transfer(given, *member_id),
            C::ImportOrganization { name, slug, logo, metadata, owner } => {
                self.import(given, name, slug.as_slug(), logo.as_ref(), metadata.as_ref(), owner)
            }
            C::ImportMember { member_id, user_id, role } => self.import_member(given, *member_id, user_id, *role),
            C::ImportInvitation { invitation_id, email: _, role, expires_at, invited_by } => {
                self.import_invitation(given, *invitation_id, *role, *expires_at, invited_by)
            }
        }
    }

    /// The acting person and their membership. To somebody outside, the organization does not exist.
    pub(super) fn acting_member<'g>(&self, given: &'g Circumstances) -> Result<(&'g UserId, Membership), Refusal> {
        let person = given.actor.person().ok_or(Refusal::BelowAdmin)?;
        let membership = self.membership(person).ok_or(Refusal::OrganizationNotFound)?;
        Ok((person, membership))
    }

    /// The acting person, whose role must permit this.
    pub(super) fn acting_with<'g>(
        &self,
        given: &'g Circumstances,
        permission: Permission,
    ) -> Result<&'g UserId, Refusal> {
        let (person, membership) = self.acting_member(given)?;
        membership.must(permission)?;
        Ok(person)
    }

    /// The person whose *current* tenure has this member id.
    pub(super) fn target<'g>(
        &self,
        given: &'g Circumstances,
        member_id: MemberId,
    ) -> Result<(&'g UserId, Membership), Refusal> {
        let user = given.facts.target.as_ref().ok_or(Refusal::MemberNotFound)?;
        match self.membership(user) {
            Some(membership) if membership.member_id == member_id => Ok((user, membership)),
            _ => Err(Refusal::MemberNotFound),
        }
    }
}
