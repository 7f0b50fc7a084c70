//! What people ask for.

use domain::{Claimed, OrganizationCommand as C, Role};

use super::people::{Somebody, days};

/// Found Acme, with this person's first member id for the owner.
pub fn found(who: Somebody) -> C {
    C::FoundOrganization {
        name: "Acme".parse().unwrap(),
        slug: "acme".parse().unwrap(),
        logo: None,
        metadata: None,
        member_id: who.member(),
    }
}

/// Change nothing; the tests fill in what they change.
pub fn update() -> C {
    C::UpdateOrganization { name: None, slug: None, logo: None, metadata: None }
}

pub fn rename(name: &str) -> C {
    C::UpdateOrganization { name: Some(name.parse().unwrap()), slug: None, logo: None, metadata: None }
}

pub fn change_slug(slug: &str) -> C {
    C::UpdateOrganization { name: None, slug: Some(slug.parse().unwrap()), logo: None, metadata: None }
}

/// Invite their address for seven days.
pub fn invite(who: Somebody, role: Role) -> C {
    C::InviteMember { invitation_id: who.invitation(), email: who.email(), role, valid_for: days(7) }
}

/// Invite their address for seven days, with the id of a second invitation.
pub fn invite_again(who: Somebody) -> C {
    C::InviteMember {
        invitation_id: who.invitation_again(),
        email: who.email(),
        role: Role::Member,
        valid_for: days(7),
    }
}

pub fn resend(who: Somebody) -> C {
    C::ResendInvitation { invitation_id: who.invitation(), valid_for: days(7) }
}

pub fn revoke(who: Somebody) -> C {
    C::RevokeInvitation { invitation_id: who.invitation() }
}

pub fn decline(who: Somebody, caller: Claimed) -> C {
    C::DeclineInvitation { invitation_id: who.invitation(), caller }
}

pub fn accept(who: Somebody, caller: Claimed) -> C {
    C::AcceptInvitation { invitation_id: who.invitation(), member_id: who.member(), caller }
}

pub fn change_role(who: Somebody, role: Role) -> C {
    C::ChangeMemberRole { member_id: who.member(), role }
}

pub fn remove(who: Somebody) -> C {
    C::RemoveMember { member_id: who.member() }
}

pub fn transfer_to(who: Somebody) -> C {
    C::TransferOwnership { member_id: who.member() }
}
