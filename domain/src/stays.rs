//! Who was a member when, since when, and by whose act: recorded events folded into stays, one for each tenure. What [`Organization`]
//! forgets as soon as it no longer matters for a decision is kept here.
//!
//! [`Organization`]: crate::Organization

use std::collections::HashMap;
use std::fmt;

use crate::actor::Actor;
use crate::event::{OrganizationEvent as E, Tenure};
use crate::ids::UserId;
use crate::recorded::{Notes, Recorded};
use crate::role::Role;
use crate::{Position, Sequence, Timestamp};

/// Something that was done: when, by whom, and what was noted with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Place in the whole journal.
    pub position: Position,
    /// Place within the organization.
    pub sequence: Sequence,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whose act.
    pub actor: Actor,
    /// What else was noted.
    pub notes: Notes,
}

impl From<&Recorded> for Act {
    fn from(recorded: &Recorded) -> Self {
        let Recorded { position, sequence, recorded_at, actor, notes, .. } = recorded;
        let (actor, notes) = (actor.clone(), notes.clone());
        Self { position: *position, sequence: *sequence, at: *recorded_at, actor, notes }
    }
}

/// One tenure from beginning to end, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Stay {
    /// Which, and whose.
    pub tenure: Tenure,
    /// The role they have, or had last.
    pub role: Role,
    /// How it began.
    pub joined: Act,
    /// What gave them that role: at first how it began.
    pub role_given: Act,
    /// How it ended, if it has.
    pub ended: Option<Ended>,
}

/// The end of a stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// In which way.
    pub how: Departure,
    /// By whose act, and when.
    pub by: Act,
}

/// In which way somebody stopped being a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Departure {
    /// By their own act.
    Left,
    /// By somebody else's.
    Removed,
    /// With the organization.
    OrganizationDeleted,
}

impl Departure {
    /// As it is written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
            Self::OrganizationDeleted => "organization-deleted",
        }
    }
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The stays in one organization after some of its events, in order. Folded from all events it is the whole truth; folded from those about
/// the organization and some people it is true about those.
#[derive(Clone, Debug, Default)]
pub struct Stays {
    all: Vec<Stay>,
    open: HashMap<UserId, usize>,
}

impl Stays {
    /// The stays after these events.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut stays = Self::default();
        for recorded in events {
            stays.add(recorded);
        }
        stays
    }

    /// One event more. Never refuses, as [`Organization`](crate::Organization)'s `apply`.
    pub fn add(&mut self, recorded: &Recorded) {
        match &recorded.event {
            E::MemberJoined { member_id, user_id, role, invitation_id: _ } => {
                let (act, tenure) = (Act::from(recorded), Tenure { member_id: *member_id, user_id: user_id.clone() });
                // Nobody joins who is there already; were it so, the new tenure would take the place of the other.
                self.end(user_id, Departure::Left, recorded);
                self.open.insert(user_id.clone(), self.all.len());
                self.all.push(Stay { tenure, role: *role, joined: act.clone(), role_given: act, ended: None });
            }
            E::MemberRoleChanged { member_id: _, user_id, role } => self.give(user_id, *role, recorded),
            E::OwnershipTransferred { from, to } => {
                self.give(&from.user_id, Role::Admin, recorded);
                self.give(&to.user_id, Role::Owner, recorded);
            }
            E::MemberLeft { member_id: _, user_id } => self.end(user_id, Departure::Left, recorded),
            E::MemberRemoved { member_id: _, user_id, removed_by: _ } => {
                self.end(user_id, Departure::Removed, recorded);
            }
            E::OrganizationDeleted {} => {
                for n in std::mem::take(&mut self.open).into_values() {
                    let how = Departure::OrganizationDeleted;
                    self.all[n].ended = Some(Ended { how, by: recorded.into() });
                }
            }
            E::OrganizationFounded { .. }
            | E::OrganizationRenamed { .. }
            | E::SlugChanged { .. }
            | E::LogoChanged { .. }
            | E::MetadataChanged { .. }
            | E::MemberInvited { .. }
            | E::InvitationExtended { .. }
            | E::InvitationRevoked { .. }
            | E::InvitationDeclined { .. }
            | E::InvitationAccepted { .. } => {}
        }
    }

    /// Every stay, in order of joining, also those that have ended.
    pub fn all(&self) -> &[Stay] {
        &self.all
    }

    /// The stays that have not ended, in order of joining.
    pub fn current(&self) -> impl Iterator<Item = &Stay> {
        self.all.iter().filter(|stay| stay.ended.is_none())
    }

    /// The stay of somebody who is a member.
    pub fn of(&self, user: &UserId) -> Option<&Stay> {
        self.open.get(user).map(|n| &self.all[*n])
    }

    fn give(&mut self, user: &UserId, role: Role, recorded: &Recorded) {
        // Somebody this fold never loaded: nothing to change.
        if let Some(n) = self.open.get(user) {
            (self.all[*n].role, self.all[*n].role_given) = (role, recorded.into());
        }
    }

    fn end(&mut self, user: &UserId, how: Departure, recorded: &Recorded) {
        if let Some(n) = self.open.remove(user) {
            self.all[n].ended = Some(Ended { how, by: recorded.into() });
        }
    }
}
