//! One organization as the lists need it.

use std::collections::HashMap;

use domain::{InvitationId, InvitationState, Logo, MemberId, Name, OrganizationId, Position, Role, Slug, Timestamp};

use super::shelves::Shelves;

pub(super) struct Organization {
    pub(super) id: OrganizationId,
    pub(super) name: Name,
    pub(super) slug: Slug,
    pub(super) logo: Option<Logo>,
    /// Hidden at once, swept later: its million rows must not hold up the readers of others.
    pub(super) deleted: bool,
    pub(super) members: Shelves<Role, Member>,
    pub(super) invitations: Shelves<InvitationState, Invitation>,
    /// Where the pending ones lie. What is settled never changes again and needs no index.
    pub(super) pending: HashMap<InvitationId, Position>,
}

/// A member by the position of joining; the role is the shelf.
pub(super) struct Member {
    pub(super) member_id: MemberId,
    pub(super) joined_at: Timestamp,
    pub(super) user: u32,
}

/// An invitation by the position of inviting; the state is the shelf.
pub(super) struct Invitation {
    pub(super) id: InvitationId,
    pub(super) expires_at: Timestamp,
    pub(super) invited_at: Timestamp,
    pub(super) invited_by: u32,
    pub(super) role: Role,
}

impl Organization {
    pub(super) fn new(id: OrganizationId, name: Name, slug: Slug, logo: Option<Logo>) -> Self {
        Self {
            id,
            name,
            slug,
            logo,
            deleted: false,
            members: Shelves::default(),
            invitations: Shelves::default(),
            pending: HashMap::new(),
        }
    }

    pub(super) fn settle(&mut self, id: InvitationId, state: InvitationState) {
        if let Some(position) = self.pending.remove(&id) {
            self.invitations.relabel(position, state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_small() {
        assert_eq!((size_of::<Member>(), size_of::<Invitation>()), (32, 48));
    }
}
