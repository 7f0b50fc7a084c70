//! How each event changes the views in memory. Like the aggregate's `apply` it never refuses and knows every variant.

use domain::{
    InvitationState, MemberId, OrganizationEvent as E, OrganizationId, Position, Recorded, Role, Timestamp, UserId,
};

use super::organization::{Invitation, Member, Organization};
use super::state::State;

impl State {
    /// An event of an organization that is not parked.
    pub(super) fn happened(&mut self, recorded: &Recorded) {
        let (id, position, at) = (recorded.organization, recorded.position, recorded.recorded_at);
        match &recorded.event {
            E::OrganizationFounded { name, slug, logo, metadata: _, owner: _ } => {
                let founded = Organization::new(id, name.clone(), slug.clone(), logo.clone());
                let number = self.organizations.put(founded);
                self.numbers.insert(id, number);
            }
            E::OrganizationRenamed { name } => self.change(id, |organization| organization.name = name.clone()),
            E::SlugChanged { slug } => self.change(id, |organization| organization.slug = slug.clone()),
            E::LogoChanged { logo } => self.change(id, |organization| organization.logo.clone_from(logo)),
            // The host application's data is read from the journal; in no list.
            E::MetadataChanged { metadata: _ } => {}
            E::MemberInvited { invitation_id, role, expires_at, invited_by } => {
                let Some(&number) = self.numbers.get(&id) else { return };
                let invited_by = self.users.hold(invited_by);
                let (id, role, expires_at, invited_at) = (*invitation_id, *role, *expires_at, at);
                let invitation = Invitation { id, expires_at, invited_at, invited_by, role };
                if let Some(organization) = self.organizations.get_mut(number) {
                    organization.pending.insert(id, position);
                    organization.invitations.put(InvitationState::Pending, position, invitation);
                }
            }
            E::InvitationExtended { invitation_id, expires_at } => self.change(id, |organization| {
                let position = organization.pending.get(invitation_id);
                if let Some(invitation) = position.and_then(|p| organization.invitations.get_mut(*p)) {
                    invitation.expires_at = *expires_at;
                }
            }),
            E::InvitationRevoked { invitation_id } => {
                self.change(id, |organization| organization.settle(*invitation_id, InvitationState::Revoked));
            }
            E::InvitationDeclined { invitation_id } => {
                self.change(id, |organization| organization.settle(*invitation_id, InvitationState::Declined));
            }
            E::InvitationAccepted { invitation_id, user_id: _ } => {
                self.change(id, |organization| organization.settle(*invitation_id, InvitationState::Accepted));
            }
            E::MemberJoined { member_id, user_id, role, invitation_id: _ } => {
                self.joined(id, *member_id, user_id, *role, position, at);
            }
            E::MemberRoleChanged { member_id: _, user_id, role } => self.set_role(id, user_id, *role),
            E::OwnershipTransferred { from, to } => {
                self.set_role(id, &from.user_id, Role::Admin);
                self.set_role(id, &to.user_id, Role::Owner);
            }
            E::MemberLeft { member_id: _, user_id } | E::MemberRemoved { member_id: _, user_id, removed_by: _ } => {
                self.left(id, user_id);
            }
            E::OrganizationDeleted {} => {
                if let Some(number) = self.numbers.remove(&id) {
                    self.deleted.push(number);
                    if let Some(organization) = self.organizations.get_mut(number) {
                        organization.deleted = true;
                    }
                }
            }
        }
    }

    fn change(&mut self, id: OrganizationId, change: impl FnOnce(&mut Organization)) {
        if let Some(organization) = self.numbers.get(&id).and_then(|number| self.organizations.get_mut(*number)) {
            change(organization);
        }
    }

    fn joined(
        &mut self,
        id: OrganizationId,
        member_id: MemberId,
        user: &UserId,
        role: Role,
        at: Position,
        time: Timestamp,
    ) {
        // One tenure at a time, as in the aggregate: a second joining would replace the first.
        self.left(id, user);
        let Some(&number) = self.numbers.get(&id) else { return };
        let user = self.users.hold(user);
        self.users.joined(user, number, at);
        if let Some(organization) = self.organizations.get_mut(number) {
            organization.members.put(role, at, Member { member_id, joined_at: time, user });
        }
    }

    fn left(&mut self, id: OrganizationId, user: &UserId) {
        let Some((number, joined)) = self.tenure(id, user) else { return };
        let member = self.organizations.get_mut(number).and_then(|organization| organization.members.take(joined));
        if let Some(member) = member {
            self.users.left(member.user, number);
            self.users.release(member.user);
        }
    }

    fn set_role(&mut self, id: OrganizationId, user: &UserId, role: Role) {
        if let Some((number, joined)) = self.tenure(id, user)
            && let Some(organization) = self.organizations.get_mut(number)
        {
            organization.members.relabel(joined, role);
        }
    }

    /// The organization's number, and when the person joined it, if they are a member.
    pub(super) fn tenure(&self, id: OrganizationId, user: &UserId) -> Option<(u32, Position)> {
        let number = *self.numbers.get(&id)?;
        Some((number, self.users.by_id(user)?.memberships.joined(number)?))
    }
}
