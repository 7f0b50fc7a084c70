//! Transferring ownership: from founding to deletion there is exactly one owner, who is a member.

mod common;

use common::commands::{remove, transfer_to};
use common::given::{acme, deleted_acme, joined, left, rejoined, role_changed, transferred};
use common::people::{ANA, BEN, CLEO, DAN, EVA, operator};
use common::story::Story;
use domain::{OrganizationCommand as C, OrganizationEvent as E, Refusal, Role, Tenure};

#[test]
fn the_owner_hands_ownership_to_another_member() {
    for to in [BEN, CLEO] {
        Story::of(acme()).when(ANA, transfer_to(to)).then([transferred(ANA, to)]);
    }
}

#[test]
fn the_former_owner_becomes_admin() {
    let state = Story::of(acme()).after(ANA, transfer_to(CLEO)).state();
    assert_eq!(state.owner(), Some(&CLEO.tenure()));
    assert_eq!(state.membership(&CLEO.user()).map(|found| found.role), Some(Role::Owner));
    assert_eq!(state.membership(&ANA.user()).map(|found| found.role), Some(Role::Admin));
}

#[test]
fn the_owner_transfers_through_a_backend() {
    Story::of(acme()).when(ANA.through_a_backend(), transfer_to(BEN)).then([transferred(ANA, BEN)]);
}

#[test]
fn ownership_can_come_back() {
    let story = Story::of(acme()).after(ANA, transfer_to(BEN)).after(BEN, transfer_to(ANA));
    assert_eq!(story.state().owner(), Some(&ANA.tenure()));
    story.when(BEN, transfer_to(CLEO)).refused(Refusal::NotTheOwner);
}

#[test]
fn neither_admins_nor_members_transfer_ownership() {
    for who in [BEN, CLEO] {
        Story::of(acme()).when(who, transfer_to(who)).refused(Refusal::NotTheOwner);
        Story::of(acme()).when(who, transfer_to(ANA)).refused(Refusal::NotTheOwner);
    }
}

#[test]
fn to_somebody_outside_there_is_no_ownership_to_transfer() {
    Story::of(acme()).when(DAN, transfer_to(BEN)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn ownership_does_not_go_to_who_is_the_owner_already() {
    Story::of(acme()).when(ANA, transfer_to(ANA)).refused(Refusal::AlreadyTheOwner);
    Story::of(acme()).when(operator(), transfer_to(ANA)).refused(Refusal::AlreadyTheOwner);
}

#[test]
fn ownership_goes_to_members_only() {
    Story::of(acme()).when(ANA, transfer_to(DAN)).refused(Refusal::MemberNotFound);
    Story::of(acme()).and([left(BEN)]).when(ANA, transfer_to(BEN)).refused(Refusal::MemberNotFound);
}

#[test]
fn ownership_does_not_go_to_a_former_membership_of_a_member() {
    let story = Story::of(acme()).and([left(BEN), rejoined(BEN, Role::Member)]);
    story.when(ANA, transfer_to(BEN)).refused(Refusal::MemberNotFound);
    let to = Tenure { member_id: BEN.member_again(), user_id: BEN.user() };
    let of_today = C::TransferOwnership { member_id: BEN.member_again() };
    story.when(ANA, of_today).then([E::OwnershipTransferred { from: ANA.tenure(), to }]);
}

#[test]
fn an_operator_may_transfer_when_the_owner_is_gone() {
    let story = Story::of(acme()).after(operator(), transfer_to(CLEO));
    assert_eq!(story.state().owner(), Some(&CLEO.tenure()));
}

#[test]
fn an_operator_transfers_to_members_only() {
    Story::of(acme()).when(operator(), transfer_to(DAN)).refused(Refusal::MemberNotFound);
}

#[test]
fn an_operator_transfers_nothing_where_there_is_nothing() {
    for nothing in [vec![], deleted_acme()] {
        Story::of(nothing).when(operator(), transfer_to(BEN)).refused(Refusal::OrganizationNotFound);
    }
}

#[test]
fn the_former_owner_cannot_remove_the_new_one() {
    let story = Story::of(acme()).and([role_changed(CLEO, Role::Admin)]).after(ANA, transfer_to(CLEO));
    story.when(ANA, remove(CLEO)).refused(Refusal::OwnerCannotBeRemoved);
}

#[test]
fn a_transfer_between_people_who_were_never_loaded_is_no_surprise() {
    // Eva's decision reads `organization` and herself: the transfer in it names two people she does not concern.
    let story = Story::of(acme()).and([joined(EVA, Role::Member), transferred(ANA, BEN)]);
    story.when(EVA, C::LeaveOrganization).then([left(EVA)]);
}
