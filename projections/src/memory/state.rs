//! All that the views know, what is under the lock: organizations, users, the checkpoint and what is parked.

use std::collections::{BTreeMap, HashMap};

use domain::{OrganizationId, Position};

use super::organization::Organization;
use super::slab::Slab;
use super::users::Users;
use crate::entry::Entry;
use crate::views::ViewsError;

#[derive(Default)]
pub(super) struct State {
    /// Of the last entry applied.
    pub(super) position: Position,
    /// Founded and not deleted.
    pub(super) numbers: HashMap<OrganizationId, u32>,
    /// With those deleted until they are swept.
    pub(super) organizations: Slab<Organization>,
    pub(super) users: Users,
    /// Where reading an organization's history came to its end.
    pub(super) parked: BTreeMap<OrganizationId, Position>,
    /// Deleted, with rows still to be swept.
    pub(super) deleted: Vec<u32>,
}

impl State {
    /// Applies what follows and skips what was applied before.
    pub(super) fn apply(&mut self, entry: &Entry) {
        if entry.position() != self.position + 1 {
            return;
        }
        match entry {
            Entry::Event(recorded) if !self.parked.contains_key(&recorded.organization) => self.happened(recorded),
            Entry::Event(_) => {}
            Entry::Poison { position, organization, why: _ } => {
                self.parked.entry(*organization).or_insert(*position);
            }
        }
        self.position = entry.position();
    }

    /// The organization, for its lists; `None` if there is none to list.
    pub(super) fn shown(&self, id: OrganizationId) -> Result<Option<&Organization>, ViewsError> {
        if self.parked.contains_key(&id) {
            return Err(ViewsError::Parked(id));
        }
        Ok(self.numbers.get(&id).and_then(|number| self.organizations.get(*number)))
    }

    /// Takes at most `rows` rows of deleted organizations away; true while there are more.
    pub(super) fn sweep(&mut self, rows: usize) -> bool {
        let Some(&number) = self.deleted.last() else { return false };
        for _ in 0..rows {
            let Some(organization) = self.organizations.get_mut(number) else { break };
            if let Some((_, member)) = organization.members.take_any() {
                self.users.left(member.user, number);
                self.users.release(member.user);
            } else if let Some((_, invitation)) = organization.invitations.take_any() {
                self.users.release(invitation.invited_by);
            } else {
                self.organizations.take(number);
                break;
            }
        }
        if self.organizations.get(number).is_none() {
            self.deleted.pop();
        }
        !self.deleted.is_empty()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use domain::{
        Actor, InvitationId, MemberId, Notes, OrganizationEvent as E, Recorded, Role, Tenure, Timestamp, UserId,
    };
    use uuid::Uuid;

    /// Ana founds an organization and invites somebody; then `end` happens to her or to it.
    fn after(end: E) -> State {
        let (member_id, user_id) = (MemberId(Uuid::nil()), ana());
        let owner = Tenure { member_id, user_id: ana() };
        let (name, slug) = ("Acme".parse().unwrap(), "acme".parse().unwrap());
        let (invitation_id, expires_at) = (InvitationId(Uuid::nil()), Timestamp::MAX_UTC);
        let events = [
            E::OrganizationFounded { name, slug, logo: None, metadata: None, owner },
            E::MemberJoined { member_id, user_id, role: Role::Owner, invitation_id: None },
            E::MemberInvited { invitation_id, role: Role::Member, expires_at, invited_by: "ben".parse().unwrap() },
            end,
        ];
        let recorded = |(position, event)| Recorded {
            position,
            sequence: position,
            organization: OrganizationId(Uuid::nil()),
            event,
            recorded_at: Timestamp::MIN_UTC,
            event_id: Uuid::nil(),
            command_id: Uuid::nil(),
            actor: Actor::Operator("test".parse().unwrap()),
            notes: Notes::default(),
        };
        let mut state = State::default();
        (1..).zip(events).map(recorded).map(Entry::Event).for_each(|entry| state.apply(&entry));
        state
    }

    fn ana() -> UserId {
        "ana".parse().unwrap()
    }

    #[test]
    fn a_deleted_organization_is_hidden_at_once_and_swept_to_the_last_row() {
        let mut state = after(E::OrganizationDeleted {});
        assert_eq!(state.organizations_of(&ana(), 9, None).total, 0);
        let mut sweeps = 0;
        while state.sweep(1) {
            sweeps += 1;
        }
        assert_eq!(sweeps, 2, "a member and an invitation, one at a time");
        assert!(state.users.find(&ana()).is_none() && state.users.find(&"ben".parse().unwrap()).is_none());
        assert!(state.organizations.get(0).is_none() && state.numbers.is_empty());
    }

    #[test]
    fn somebody_whom_no_row_names_any_more_is_not_kept() {
        let state = after(E::MemberLeft { member_id: MemberId(Uuid::nil()), user_id: ana() });
        assert!(state.users.find(&ana()).is_none());
        assert!(state.users.find(&"ben".parse().unwrap()).is_some(), "an invitation names its inviter");
    }
}
