//! Leaving, removing, changing roles.

mod common;

use common::commands::{accept, change_role, invite_again, remove};
use common::given::{acme, invited, joined, left, rejoined, removed, role_changed, transferred};
use common::people::{ANA, BEN, CLEO, DAN, EVA, operator};
use common::story::Story;
use domain::{Membership, OrganizationCommand as C, OrganizationEvent as E, Refusal, Role};

#[test]
fn a_member_leaves() {
    Story::of(acme()).when(CLEO, C::LeaveOrganization).then([left(CLEO)]);
}

#[test]
fn an_admin_leaves_like_any_member() {
    Story::of(acme()).when(BEN, C::LeaveOrganization).then([left(BEN)]);
}

#[test]
fn cleo_leaves_through_a_backend_and_it_is_she_who_left() {
    Story::of(acme()).when(CLEO.through_a_backend(), C::LeaveOrganization).then([left(CLEO)]);
}

#[test]
fn cleo_leaves_through_an_operator_who_has_her_rights_and_no_others() {
    Story::of(acme()).when(CLEO.through_an_operator(), C::LeaveOrganization).then([left(CLEO)]);
    Story::of(acme()).when(ANA.through_an_operator(), C::LeaveOrganization).refused(Refusal::OwnerCannotLeave);
    Story::of(acme()).when(DAN.through_an_operator(), C::LeaveOrganization).refused(Refusal::OrganizationNotFound);
    let transfer = C::TransferOwnership { member_id: BEN.member() };
    Story::of(acme()).when(CLEO.through_an_operator(), transfer).refused(Refusal::NotTheOwner);
    Story::of(acme()).when(operator(), C::LeaveOrganization).refused(Refusal::BelowAdmin);
}

#[test]
fn whoever_has_left_is_no_member() {
    let story = Story::of(acme()).after(CLEO, C::LeaveOrganization);
    assert_eq!(story.state().membership(&CLEO.user()), None);
    story.when(CLEO, C::LeaveOrganization).refused(Refusal::OrganizationNotFound);
}

#[test]
fn the_owner_cannot_leave() {
    Story::of(acme()).when(ANA, C::LeaveOrganization).refused(Refusal::OwnerCannotLeave);
}

#[test]
fn a_former_owner_can_leave_and_the_new_one_cannot() {
    let story = Story::of(acme()).and([transferred(ANA, BEN)]);
    story.when(ANA, C::LeaveOrganization).then([left(ANA)]);
    story.when(BEN, C::LeaveOrganization).refused(Refusal::OwnerCannotLeave);
}

#[test]
fn somebody_outside_cannot_leave() {
    Story::of(acme()).when(DAN, C::LeaveOrganization).refused(Refusal::OrganizationNotFound);
}

#[test]
fn an_operator_is_nowhere_a_member_and_cannot_leave() {
    Story::of(acme()).when(operator(), C::LeaveOrganization).refused(Refusal::BelowAdmin);
}

#[test]
fn an_admin_removes_a_member() {
    Story::of(acme()).when(BEN, remove(CLEO)).then([removed(CLEO, BEN)]);
}

#[test]
fn an_admin_removes_another_admin() {
    Story::of(acme()).and([joined(EVA, Role::Admin)]).when(BEN, remove(EVA)).then([removed(EVA, BEN)]);
}

#[test]
fn whoever_was_removed_is_no_member() {
    let story = Story::of(acme()).after(ANA, remove(BEN));
    assert_eq!(story.state().membership(&BEN.user()), None);
    story.when(BEN, remove(CLEO)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn removing_oneself_is_leaving_whatever_ones_role() {
    Story::of(acme()).when(CLEO, remove(CLEO)).then([left(CLEO)]);
    Story::of(acme()).when(BEN, remove(BEN)).then([left(BEN)]);
    Story::of(acme()).when(BEN.through_a_backend(), remove(BEN)).then([left(BEN)]);
}

#[test]
fn the_owner_cannot_leave_by_removing_herself() {
    Story::of(acme()).when(ANA, remove(ANA)).refused(Refusal::OwnerCannotLeave);
}

#[test]
fn nobody_removes_the_owner() {
    Story::of(acme()).when(BEN, remove(ANA)).refused(Refusal::OwnerCannotBeRemoved);
}

#[test]
fn a_member_removes_nobody_and_does_not_learn_who_is_there() {
    for whom in [ANA, BEN, DAN] {
        Story::of(acme()).when(CLEO, remove(whom)).refused(Refusal::BelowAdmin);
    }
}

#[test]
fn an_operator_removes_nobody() {
    Story::of(acme()).when(operator(), remove(CLEO)).refused(Refusal::BelowAdmin);
}

#[test]
fn to_somebody_outside_there_is_nobody_to_remove() {
    Story::of(acme()).when(DAN, remove(CLEO)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn who_is_no_member_cannot_be_removed() {
    Story::of(acme()).when(ANA, remove(DAN)).refused(Refusal::MemberNotFound);
}

#[test]
fn nobody_is_removed_twice() {
    Story::of(acme()).after(BEN, remove(CLEO)).when(BEN, remove(CLEO)).refused(Refusal::MemberNotFound);
}

#[test]
fn cleo_rejoins_under_a_new_member_id_and_the_old_one_is_nobodys() {
    let story = Story::of(acme()).after(CLEO, C::LeaveOrganization).after(BEN, invite_again(CLEO));
    let accept_again = C::AcceptInvitation {
        invitation_id: CLEO.invitation_again(),
        member_id: CLEO.member_again(),
        caller: CLEO.verified(),
    };
    let story = story.after(CLEO, accept_again);
    let now = Membership { member_id: CLEO.member_again(), role: Role::Member };
    assert_eq!(story.state().membership(&CLEO.user()), Some(now));

    story.when(ANA, remove(CLEO)).refused(Refusal::MemberNotFound);
    story.when(ANA, change_role(CLEO, Role::Admin)).refused(Refusal::MemberNotFound);
    let of_today = C::RemoveMember { member_id: CLEO.member_again() };
    story.when(ANA, of_today).then([E::MemberRemoved {
        member_id: CLEO.member_again(),
        user_id: CLEO.user(),
        removed_by: ANA.user(),
    }]);
}

#[test]
fn ones_own_former_member_id_is_not_oneself() {
    let rejoined_admin = Story::of(acme()).and([left(BEN), rejoined(BEN, Role::Admin)]);
    rejoined_admin.when(BEN, remove(BEN)).refused(Refusal::MemberNotFound);
    let rejoined_member = Story::of(acme()).and([left(CLEO), rejoined(CLEO, Role::Member)]);
    rejoined_member.when(CLEO, remove(CLEO)).refused(Refusal::BelowAdmin);
}

#[test]
fn an_admin_who_rejoins_as_member_is_no_admin() {
    let story = Story::of(acme()).and([left(BEN), rejoined(BEN, Role::Member)]);
    story.when(BEN, remove(CLEO)).refused(Refusal::BelowAdmin);
}

#[test]
fn an_admin_makes_a_member_admin_and_an_admin_member() {
    Story::of(acme()).when(BEN, change_role(CLEO, Role::Admin)).then([role_changed(CLEO, Role::Admin)]);
    Story::of(acme()).when(ANA, change_role(BEN, Role::Member)).then([role_changed(BEN, Role::Member)]);
}

#[test]
fn an_admin_may_step_down() {
    let story = Story::of(acme()).after(BEN, change_role(BEN, Role::Member));
    story.when(BEN, change_role(BEN, Role::Admin)).refused(Refusal::BelowAdmin);
}

#[test]
fn the_role_somebody_has_already_records_nothing() {
    Story::of(acme()).when(ANA, change_role(BEN, Role::Admin)).then_nothing();
    Story::of(acme()).when(BEN, change_role(CLEO, Role::Member)).then_nothing();
}

#[test]
fn nobody_is_promoted_to_owner_not_even_the_owner() {
    Story::of(acme()).when(ANA, change_role(BEN, Role::Owner)).refused(Refusal::OwnerRoleNotGiven);
    Story::of(acme()).when(ANA, change_role(ANA, Role::Owner)).refused(Refusal::OwnerRoleNotGiven);
}

#[test]
fn the_owners_role_is_not_changed() {
    for who in [ANA, BEN] {
        Story::of(acme()).when(who, change_role(ANA, Role::Admin)).refused(Refusal::OwnerRoleNotChanged);
    }
}

#[test]
fn a_member_changes_nobodys_role_least_of_all_their_own() {
    Story::of(acme()).when(CLEO, change_role(CLEO, Role::Admin)).refused(Refusal::BelowAdmin);
    Story::of(acme()).when(CLEO, change_role(BEN, Role::Member)).refused(Refusal::BelowAdmin);
}

#[test]
fn an_operator_changes_nobodys_role() {
    Story::of(acme()).when(operator(), change_role(CLEO, Role::Admin)).refused(Refusal::BelowAdmin);
}

#[test]
fn to_somebody_outside_nobody_has_a_role() {
    Story::of(acme()).when(DAN, change_role(CLEO, Role::Admin)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn who_is_no_member_has_no_role_to_change() {
    Story::of(acme()).when(ANA, change_role(DAN, Role::Admin)).refused(Refusal::MemberNotFound);
    Story::of(acme()).and([left(CLEO)]).when(ANA, change_role(CLEO, Role::Admin)).refused(Refusal::MemberNotFound);
}

#[test]
fn who_is_only_invited_is_no_member() {
    let story = Story::of(acme()).and([invited(DAN, BEN)]);
    story.when(DAN, C::LeaveOrganization).refused(Refusal::OrganizationNotFound);
    story.when(ANA, remove(DAN)).refused(Refusal::MemberNotFound);
    story.after(DAN, accept(DAN, DAN.verified())).when(DAN, C::LeaveOrganization).then([left(DAN)]);
}
