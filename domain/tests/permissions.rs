//! The table of permissions is what `decide` goes by: who lacks one is refused for just that, who has it is not.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]

mod common;

use common::commands::{change_role, remove, rename, resend, revoke, transfer_to};
use common::given::{acme, invited, joined};
use common::people::{ANA, BEN, CLEO, DAN, EVA, days};
use common::story::Story;
use domain::{OrganizationCommand as C, Permission, Role};

/// The commands that need each permission. Dan is a member, Eva is invited.
fn commands(permission: Permission) -> Vec<C> {
    match permission {
        Permission::OrganizationUpdate => vec![rename("Apex")],
        Permission::OrganizationDelete => vec![C::DeleteOrganization],
        Permission::OwnershipTransfer => vec![transfer_to(DAN)],
        Permission::MemberUpdate => vec![change_role(DAN, Role::Admin)],
        Permission::MemberDelete => vec![remove(DAN)],
        Permission::InvitationCreate => vec![resend(EVA), invite_fay()],
        Permission::InvitationCancel => vec![revoke(EVA)],
        // Reading is no command.
        Permission::HistoryRead => vec![],
    }
}

fn invite_fay() -> C {
    let (invitation_id, email) = (DAN.invitation_again(), "fay@acme.test".parse().unwrap());
    C::InviteMember { invitation_id, email, role: Role::Member, valid_for: days(7) }
}

#[test]
fn who_lacks_a_permission_is_refused_for_that_and_nobody_else_is() {
    let story = Story::of(acme()).and([joined(DAN, Role::Member), invited(EVA, BEN)]);
    for permission in Permission::ALL {
        for command in commands(permission) {
            for (who, role) in [(ANA, Role::Owner), (BEN, Role::Admin), (CLEO, Role::Member)] {
                let outcome = story.when(who, command.clone());
                if role.may(permission) {
                    assert!(!outcome.accepted().is_empty(), "{role} may {permission}");
                } else {
                    outcome.refused(permission.lacking());
                }
            }
        }
    }
}
