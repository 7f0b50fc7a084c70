//! What people ask for.

use domain::{Claimed, OrganizationCommand as C, Role};

use super::people::{Somebody, days, noon};

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

/// Take Acme over, with this person as its owner.
pub fn import(owner: Somebody) -> C {
    C::ImportOrganization {
        name: "Acme".parse().unwrap(),
        slug: "acme".parse().unwrap(),
        logo: None,
        metadata: None,
        owner: owner.tenure(),
    }
}

pub fn import_member(who: Somebody, role: Role) -> C {
    C::ImportMember { member_id: who.member(), user_id: who.user(), role }
}

/// Take over an invitation for seven days from noon on, as member.
pub fn import_invitation(who: Somebody, by: Somebody) -> C {
    C::ImportInvitation {
        invitation_id: who.invitation(),
        email: who.email(),
        role: Role::Member,
        expires_at: noon() + days(7),
        invited_by: by.user(),
    }
}
