//! What the journal keeps beside the events, and looks up for a command. Here it is done on all events and plain maps,
//! with the meaning of the journal's statement.

use std::collections::BTreeMap;

use domain::facts::InvitationFacts;
use domain::{
    EmailAddress, Facts, InvitationId, InvitationState, MemberId, Organization, OrganizationCommand as C,
    OrganizationEvent as E, OrganizationId, Slug, UserId,
};

/// Slugs, `people` and `invitation_addresses`. Of other organizations, too: the keys are unique over all of them.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Who has which slug.
    pub slugs: BTreeMap<Slug, OrganizationId>,
    /// Verified addresses of people, as far as their tokens were seen.
    pub people: BTreeMap<UserId, EmailAddress>,
    /// Where invitations went, and by whom.
    pub addresses: BTreeMap<InvitationId, InvitationFacts>,
}

impl Tables {
    pub fn look_up(&self, events: &[E], command: &C) -> Facts {
        let slug_owner = command.slug().and_then(|slug| self.slugs.get(slug)).copied();
        let mut facts = Facts { slug_owner, ..Facts::default() };
        if let Some(email) = command.invites() {
            facts.open_invitation = self.open_invitation(events, email);
            facts.users_at_address = self.users_at(email);
        }
        match command {
            C::AcceptInvitation { invitation_id, .. } | C::DeclineInvitation { invitation_id, .. } => {
                facts.invitation = self.addresses.get(invitation_id).cloned();
            }
            C::ChangeMemberRole { member_id, .. }
            | C::RemoveMember { member_id }
            | C::TransferOwnership { member_id } => facts.target = ever_had(events, *member_id),
            C::FoundOrganization { .. }
            | C::UpdateOrganization { .. }
            | C::InviteMember { .. }
            | C::ResendInvitation { .. }
            | C::RevokeInvitation { .. }
            | C::LeaveOrganization
            | C::DeleteOrganization
            | C::ImportOrganization { .. }
            | C::ImportMember { .. }
            | C::ImportInvitation { .. } => {}
        }
        facts
    }

    /// The invitation of this organization for the address that is not settled: at most one, whether expired or not.
    fn open_invitation(&self, events: &[E], email: &EmailAddress) -> Option<InvitationId> {
        let state = Organization::fold(events);
        let is_open = |id: &InvitationId| {
            let goes_there = self.addresses.get(id).is_some_and(|known| known.email == *email);
            goes_there && state.invitation(*id).is_some_and(|found| found.state == InvitationState::Pending)
        };
        let sent = events.iter().rev().filter_map(|event| match event {
            E::MemberInvited { invitation_id, .. } => Some(*invitation_id),
            _ => None,
        });
        sent.into_iter().find(is_open)
    }

    fn users_at(&self, email: &EmailAddress) -> Vec<UserId> {
        self.people.iter().filter(|(_, theirs)| *theirs == email).map(|(user, _)| user.clone()).take(8).collect()
    }
}

/// Whose membership it is or was: the index on joined members knows the former ones as well.
fn ever_had(events: &[E], wanted: MemberId) -> Option<UserId> {
    events.iter().find_map(|event| match event {
        E::MemberJoined { member_id, user_id, .. } if *member_id == wanted => Some(user_id.clone()),
        _ => None,
    })
}
