//! Inviting, resending and revoking. What the invited person answers is in `answers.rs`.

mod common;

use chrono::TimeDelta;
use common::commands::{invite, invite_again, resend, revoke};
use common::given::{accepted, acme, declined, invited, joined, left, revoked, transferred};
use common::people::{ANA, BEN, CLEO, DAN, days, noon, operator};
use common::story::Story;
use domain::{OrganizationCommand as C, OrganizationEvent as E, Refusal, Role, Timestamp};

/// Ben has invited Dan for seven days.
fn with_dan_invited() -> Story {
    Story::of(acme()).and([invited(DAN, BEN)])
}

#[test]
fn an_admin_invites_somebody_for_a_week() {
    Story::of(acme()).when(BEN, invite(DAN, Role::Member)).then([invited(DAN, BEN)]);
}

#[test]
fn an_invitation_says_with_which_role_somebody_will_join_and_who_asked() {
    Story::of(acme()).when(ANA, invite(DAN, Role::Admin)).then([E::MemberInvited {
        invitation_id: DAN.invitation(),
        role: Role::Admin,
        expires_at: noon() + days(7),
        invited_by: ANA.user(),
    }]);
}

#[test]
fn ben_invites_through_a_backend_and_is_the_inviter_himself() {
    Story::of(acme()).when(BEN.through_a_backend(), invite(DAN, Role::Member)).then([invited(DAN, BEN)]);
}

#[test]
fn an_invitation_may_be_valid_for_ever() {
    let for_ever = C::InviteMember {
        invitation_id: DAN.invitation(),
        email: DAN.email(),
        role: Role::Member,
        valid_for: TimeDelta::MAX,
    };
    Story::of(acme()).when(BEN, for_ever).then([E::MemberInvited {
        invitation_id: DAN.invitation(),
        role: Role::Member,
        expires_at: Timestamp::MAX_UTC,
        invited_by: BEN.user(),
    }]);
}

#[test]
fn a_member_cannot_invite() {
    Story::of(acme()).when(CLEO, invite(DAN, Role::Member)).refused(Refusal::BelowAdmin);
}

#[test]
fn an_operator_cannot_invite() {
    Story::of(acme()).when(operator(), invite(DAN, Role::Member)).refused(Refusal::BelowAdmin);
}

#[test]
fn somebody_outside_cannot_invite_not_even_themselves() {
    Story::of(acme()).when(DAN, invite(DAN, Role::Member)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn an_admin_who_has_left_cannot_invite() {
    Story::of(acme()).and([left(BEN)]).when(BEN, invite(DAN, Role::Member)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn nobody_is_invited_as_owner() {
    Story::of(acme()).when(ANA, invite(DAN, Role::Owner)).refused(Refusal::OwnerRoleNotGiven);
}

#[test]
fn a_member_is_not_invited_again() {
    for whom in [ANA, BEN, CLEO] {
        Story::of(acme()).when(BEN, invite(whom, Role::Member)).refused(Refusal::AlreadyAMember);
    }
}

#[test]
fn a_member_whose_address_nobody_knows_can_be_invited_and_nothing_breaks() {
    // The look-up by address is a hint: a token with another address joined, or none was seen yet.
    Story::of(acme()).with_nobody_known().when(BEN, invite(CLEO, Role::Member)).then([invited(CLEO, BEN)]);
}

#[test]
fn who_has_left_can_be_invited_again() {
    Story::of(acme()).and([left(CLEO)]).when(BEN, invite(CLEO, Role::Member)).then([invited(CLEO, BEN)]);
}

#[test]
fn an_address_with_a_pending_invitation_is_not_invited_twice() {
    with_dan_invited().when(ANA, invite_again(DAN)).refused(Refusal::AlreadyInvited);
}

#[test]
fn an_invitation_blocks_the_next_one_until_the_moment_it_expires() {
    let moment = TimeDelta::milliseconds(1);
    with_dan_invited().later(days(7) - moment).when(BEN, invite_again(DAN)).refused(Refusal::AlreadyInvited);
    assert_eq!(with_dan_invited().later(days(7)).when(BEN, invite_again(DAN)).accepted().len(), 2);
}

#[test]
fn an_expired_invitation_blocks_nobody_and_is_revoked_before_the_new_one() {
    with_dan_invited().later(days(8)).when(ANA, invite_again(DAN)).then([
        revoked(DAN),
        E::MemberInvited {
            invitation_id: DAN.invitation_again(),
            role: Role::Member,
            expires_at: noon() + days(15),
            invited_by: ANA.user(),
        },
    ]);
}

#[test]
fn a_settled_invitation_blocks_nobody_and_is_left_alone() {
    let again = E::MemberInvited {
        invitation_id: DAN.invitation_again(),
        role: Role::Member,
        expires_at: noon() + days(7),
        invited_by: BEN.user(),
    };
    let ends = [vec![revoked(DAN)], vec![declined(DAN)], vec![accepted(DAN), joined(DAN, Role::Member), left(DAN)]];
    for end in ends {
        with_dan_invited().and(end).when(BEN, invite_again(DAN)).then([again.clone()]);
    }
}

#[test]
fn somebody_elses_invitation_blocks_nobody() {
    with_dan_invited().and([left(CLEO)]).when(BEN, invite(CLEO, Role::Member)).then([invited(CLEO, BEN)]);
}

#[test]
fn an_admin_resends_an_invitation_which_is_then_valid_from_today() {
    let story = with_dan_invited().later(days(3));
    let expires_at = noon() + days(10);
    story.when(ANA, resend(DAN)).then([E::InvitationExtended { invitation_id: DAN.invitation(), expires_at }]);
}

#[test]
fn an_expired_invitation_comes_back_to_life_when_it_is_resent() {
    let story = with_dan_invited().later(days(8)).after(BEN, resend(DAN));
    story.when(BEN, invite_again(DAN)).refused(Refusal::AlreadyInvited);
}

#[test]
fn neither_members_nor_operators_resend_an_invitation() {
    with_dan_invited().when(CLEO, resend(DAN)).refused(Refusal::BelowAdmin);
    with_dan_invited().when(operator(), resend(DAN)).refused(Refusal::BelowAdmin);
}

#[test]
fn somebody_outside_does_not_resend_their_own_invitation() {
    with_dan_invited().when(DAN, resend(DAN)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn an_invitation_that_never_was_cannot_be_resent() {
    Story::of(acme()).when(BEN, resend(DAN)).refused(Refusal::InvitationNotFound);
}

#[test]
fn a_settled_invitation_cannot_be_resent() {
    for end in [revoked(DAN), declined(DAN), accepted(DAN)] {
        with_dan_invited().and([end]).when(BEN, resend(DAN)).refused(Refusal::InvitationSettled);
    }
}

#[test]
fn any_admin_revokes_an_invitation() {
    with_dan_invited().when(ANA, revoke(DAN)).then([revoked(DAN)]);
    with_dan_invited().when(BEN, revoke(DAN)).then([revoked(DAN)]);
}

#[test]
fn an_expired_invitation_can_be_revoked() {
    with_dan_invited().later(days(8)).when(BEN, revoke(DAN)).then([revoked(DAN)]);
}

#[test]
fn neither_members_nor_operators_revoke_an_invitation() {
    with_dan_invited().when(CLEO, revoke(DAN)).refused(Refusal::BelowAdmin);
    with_dan_invited().when(operator(), revoke(DAN)).refused(Refusal::BelowAdmin);
}

#[test]
fn a_former_owner_is_an_admin_and_still_revokes() {
    with_dan_invited().and([transferred(ANA, CLEO)]).when(ANA, revoke(DAN)).then([revoked(DAN)]);
}

#[test]
fn somebody_outside_does_not_revoke_their_own_invitation() {
    with_dan_invited().when(DAN, revoke(DAN)).refused(Refusal::OrganizationNotFound);
}

#[test]
fn an_invitation_that_never_was_cannot_be_revoked() {
    Story::of(acme()).when(BEN, revoke(DAN)).refused(Refusal::InvitationNotFound);
}

#[test]
fn a_settled_invitation_cannot_be_revoked() {
    for end in [revoked(DAN), declined(DAN), accepted(DAN)] {
        with_dan_invited().and([end]).when(BEN, revoke(DAN)).refused(Refusal::InvitationSettled);
    }
}
