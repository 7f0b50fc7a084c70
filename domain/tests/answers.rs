//! What the invited person answers: accepting and declining.

mod common;

use chrono::TimeDelta;
use common::commands::{accept, decline, invite_again};
use common::given::{accepted, acme, declined, invited, joined, left, rejoined, removed, revoked, role_changed};
use common::people::{ANA, BEN, CLEO, DAN, EVA, days, noon, operator};
use common::story::Story;
use domain::{Claimed, OrganizationEvent as E, Refusal, Role};

/// Ben has invited Dan as member for seven days.
fn with_dan_invited() -> Story {
    Story::of(acme()).and([invited(DAN, BEN)])
}

fn joined_by_invitation() -> E {
    E::MemberJoined {
        member_id: DAN.member(),
        user_id: DAN.user(),
        role: Role::Member,
        invitation_id: Some(DAN.invitation()),
    }
}

#[test]
fn dan_accepts_and_is_a_member() {
    let story = with_dan_invited();
    story.when(DAN, accept(DAN, DAN.verified())).then([accepted(DAN), joined_by_invitation()]);
    let state = story.after(DAN, accept(DAN, DAN.verified())).state();
    assert_eq!(state.membership(&DAN.user()).map(|found| found.role), Some(Role::Member));
}

#[test]
fn dan_accepts_through_a_backend() {
    let outcome = with_dan_invited().when(DAN.through_a_backend(), accept(DAN, DAN.verified()));
    outcome.then([accepted(DAN), joined_by_invitation()]);
}

#[test]
fn dan_joins_with_the_role_he_was_invited_for() {
    let as_admin = E::MemberInvited {
        invitation_id: DAN.invitation(),
        role: Role::Admin,
        expires_at: noon() + days(7),
        invited_by: ANA.user(),
    };
    let state = Story::of(acme()).and([as_admin]).after(DAN, accept(DAN, DAN.verified())).state();
    assert_eq!(state.membership(&DAN.user()).map(|found| found.role), Some(Role::Admin));
}

#[test]
fn whoever_proves_the_address_may_accept_the_user_id_does_not_matter() {
    let story = with_dan_invited().after(EVA, accept(DAN, DAN.verified()));
    assert!(story.state().membership(&EVA.user()).is_some());
    assert!(story.state().membership(&DAN.user()).is_none());
}

#[test]
fn an_invitation_that_never_was_cannot_be_accepted() {
    Story::of(acme()).when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationNotFound);
}

#[test]
fn an_invitation_whose_address_was_erased_is_found_by_nobody() {
    let story = with_dan_invited().with_address_erased(DAN);
    story.when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationNotFound);
    story.when(DAN, decline(DAN, DAN.verified())).refused(Refusal::InvitationNotFound);
}

#[test]
fn an_invitation_for_another_address_is_not_accepted() {
    with_dan_invited().when(EVA, accept(DAN, EVA.verified())).refused(Refusal::InvitationNotForYou);
    with_dan_invited().when(DAN, accept(DAN, Claimed::default())).refused(Refusal::InvitationNotForYou);
}

#[test]
fn an_address_nobody_vouches_for_accepts_nothing() {
    with_dan_invited().when(DAN, accept(DAN, DAN.unverified())).refused(Refusal::EmailNotVerified);
}

#[test]
fn an_operator_accepts_for_nobody() {
    with_dan_invited().when(operator(), accept(DAN, DAN.verified())).refused(Refusal::InvitationNotForYou);
}

#[test]
fn a_settled_invitation_cannot_be_accepted() {
    for end in [revoked(DAN), declined(DAN), accepted(DAN)] {
        with_dan_invited().and([end]).when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationSettled);
    }
}

#[test]
fn an_invitation_is_accepted_once_even_by_a_member_who_left_since() {
    let story = with_dan_invited().after(DAN, accept(DAN, DAN.verified())).and([left(DAN)]);
    story.when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationSettled);
}

#[test]
fn nobody_else_learns_what_became_of_an_invitation() {
    let story = with_dan_invited().and([revoked(DAN)]).later(days(8));
    story.when(EVA, accept(DAN, EVA.verified())).refused(Refusal::InvitationNotForYou);
    story.when(EVA, decline(DAN, EVA.verified())).refused(Refusal::InvitationNotForYou);
}

#[test]
fn an_invitation_can_be_accepted_until_the_moment_it_expires() {
    let moment = TimeDelta::milliseconds(1);
    let just_in_time = with_dan_invited().later(days(7) - moment).when(DAN, accept(DAN, DAN.verified()));
    just_in_time.then([accepted(DAN), joined_by_invitation()]);
    with_dan_invited().later(days(7)).when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationExpired);
}

#[test]
fn an_invitation_that_was_sent_again_is_valid_longer() {
    let extended = E::InvitationExtended { invitation_id: DAN.invitation(), expires_at: noon() + days(10) };
    let story = with_dan_invited().and([extended]).later(days(9));
    story.when(DAN, accept(DAN, DAN.verified())).then([accepted(DAN), joined_by_invitation()]);
}

#[test]
fn an_invitation_replaced_after_it_expired_is_settled() {
    let story = with_dan_invited().later(days(8)).after(BEN, invite_again(DAN));
    story.when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationSettled);
}

#[test]
fn a_member_does_not_join_twice() {
    let story = with_dan_invited().and([joined(DAN, Role::Member)]);
    story.when(DAN, accept(DAN, DAN.verified())).refused(Refusal::AlreadyAMember);
}

#[test]
fn an_invitation_ends_with_the_membership_of_whoever_sent_it() {
    for gone in [left(BEN), removed(BEN, ANA)] {
        let story = with_dan_invited().and([gone]);
        story.when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InviterNoLongerAMember);
    }
}

#[test]
fn an_inviter_who_is_admin_no_more_or_has_rejoined_is_a_member() {
    for still_there in [vec![role_changed(BEN, Role::Member)], vec![left(BEN), rejoined(BEN, Role::Member)]] {
        let story = with_dan_invited().and(still_there);
        story.when(DAN, accept(DAN, DAN.verified())).then([accepted(DAN), joined_by_invitation()]);
    }
}

#[test]
fn dan_declines() {
    with_dan_invited().when(DAN, decline(DAN, DAN.verified())).then([declined(DAN)]);
}

#[test]
fn an_expired_invitation_and_one_whose_sender_is_gone_can_be_declined() {
    with_dan_invited().and([left(BEN)]).later(days(8)).when(DAN, decline(DAN, DAN.verified())).then([declined(DAN)]);
}

#[test]
fn an_invitation_that_never_was_cannot_be_declined() {
    Story::of(acme()).when(DAN, decline(DAN, DAN.verified())).refused(Refusal::InvitationNotFound);
}

#[test]
fn an_invitation_for_another_address_is_not_declined_not_even_by_the_owner() {
    for who in [EVA, CLEO, ANA] {
        with_dan_invited().when(who, decline(DAN, who.verified())).refused(Refusal::InvitationNotForYou);
    }
    with_dan_invited().when(DAN, decline(DAN, Claimed::default())).refused(Refusal::InvitationNotForYou);
}

#[test]
fn an_address_nobody_vouches_for_declines_nothing() {
    with_dan_invited().when(DAN, decline(DAN, DAN.unverified())).refused(Refusal::EmailNotVerified);
}

#[test]
fn a_settled_invitation_cannot_be_declined() {
    for end in [revoked(DAN), declined(DAN), accepted(DAN)] {
        with_dan_invited().and([end]).when(DAN, decline(DAN, DAN.verified())).refused(Refusal::InvitationSettled);
    }
}
