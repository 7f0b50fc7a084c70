//! What has happened so far, as events.

use domain::{OrganizationEvent as E, Role};

use super::people::{ANA, BEN, CLEO, Somebody, days, noon};

/// Ana founds Acme, without a logo or metadata.
pub fn founded() -> Vec<E> {
    vec![
        E::OrganizationFounded {
            name: "Acme".parse().unwrap(),
            slug: "acme".parse().unwrap(),
            logo: None,
            metadata: None,
            owner: ANA.tenure(),
        },
        joined(ANA, Role::Owner),
    ]
}

/// Acme with Ana as owner, Ben as admin and Cleo as member.
pub fn acme() -> Vec<E> {
    [founded(), vec![joined(BEN, Role::Admin), joined(CLEO, Role::Member)]].concat()
}

/// Acme after Ana deleted it.
pub fn deleted_acme() -> Vec<E> {
    [acme(), vec![E::OrganizationDeleted {}]].concat()
}

pub fn joined(who: Somebody, role: Role) -> E {
    E::MemberJoined { member_id: who.member(), user_id: who.user(), role, invitation_id: None }
}

/// Who was a member before is one again, with a new member id.
pub fn rejoined(who: Somebody, role: Role) -> E {
    E::MemberJoined { member_id: who.member_again(), user_id: who.user(), role, invitation_id: None }
}

pub fn left(who: Somebody) -> E {
    E::MemberLeft { member_id: who.member(), user_id: who.user() }
}

pub fn removed(who: Somebody, by: Somebody) -> E {
    E::MemberRemoved { member_id: who.member(), user_id: who.user(), removed_by: by.user() }
}

/// Invited at noon, as member, for seven days.
pub fn invited(who: Somebody, by: Somebody) -> E {
    E::MemberInvited {
        invitation_id: who.invitation(),
        role: Role::Member,
        expires_at: noon() + days(7),
        invited_by: by.user(),
    }
}

pub fn revoked(who: Somebody) -> E {
    E::InvitationRevoked { invitation_id: who.invitation() }
}

pub fn declined(who: Somebody) -> E {
    E::InvitationDeclined { invitation_id: who.invitation() }
}

pub fn accepted(who: Somebody) -> E {
    E::InvitationAccepted { invitation_id: who.invitation(), user_id: who.user() }
}

pub fn role_changed(who: Somebody, role: Role) -> E {
    E::MemberRoleChanged { member_id: who.member(), user_id: who.user(), role }
}

pub fn transferred(from: Somebody, to: Somebody) -> E {
    E::OwnershipTransferred { from: from.tenure(), to: to.tenure() }
}
