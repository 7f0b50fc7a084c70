//! Moving in: what was kept elsewhere is taken over by an operator, under the rules that hold for everybody.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]

mod common;

use common::commands::{accept, import, import_invitation, import_member, invite_again};
use common::given::{
    accepted, acme, declined, deleted_acme, founded, invited, joined, left, rejoined, revoked, transferred,
};
use common::people::{ANA, BEN, CLEO, DAN, EVA, days, noon, operator};
use common::story::Story;
use domain::{Logo, Metadata, OrganizationCommand as C, OrganizationEvent as E, Refusal, Role};

#[test]
fn an_organization_comes_with_its_owner_as_if_they_had_founded_it() {
    Story::of([]).when(operator(), import(ANA)).then(founded());
}

#[test]
fn its_logo_and_metadata_come_with_it() {
    let logo: Logo = "/logo.svg".parse().unwrap();
    let metadata: Metadata = serde_json::from_str(r#"{"plan": "team"}"#).unwrap();
    let (name, slug) = ("Acme".parse().unwrap(), "acme".parse().unwrap());
    let whole = C::ImportOrganization {
        name,
        slug,
        logo: Some(logo.clone()),
        metadata: Some(metadata.clone()),
        owner: ANA.tenure(),
    };
    let state = Story::of([]).after(operator(), whole).state();
    let profile = state.profile().unwrap();
    assert_eq!((&profile.logo, &profile.metadata), (&Some(logo), &Some(metadata)));
}

#[test]
fn what_is_there_already_is_not_taken_over_again_nor_what_was_deleted() {
    for there in [acme(), deleted_acme()] {
        Story::of(there).when(operator(), import(ANA)).refused(Refusal::AlreadyFounded);
    }
}

#[test]
fn a_slug_that_is_taken_is_not_taken_over() {
    Story::of([]).with_slug_taken("acme").when(operator(), import(ANA)).refused(Refusal::SlugTaken);
}

#[test]
fn members_and_admins_come_without_an_invitation() {
    for role in [Role::Member, Role::Admin] {
        Story::of(founded()).when(operator(), import_member(BEN, role)).then([joined(BEN, role)]);
    }
}

#[test]
fn there_is_one_owner_however_many_there_were() {
    Story::of(founded()).when(operator(), import_member(BEN, Role::Owner)).refused(Refusal::OwnerRoleNotGiven);
}

#[test]
fn a_member_does_not_come_twice_and_the_owner_not_as_somebody_else() {
    let story = Story::of(acme());
    story.when(operator(), import_member(CLEO, Role::Member)).refused(Refusal::AlreadyAMember);
    story.when(operator(), import_member(ANA, Role::Admin)).refused(Refusal::AlreadyAMember);
}

#[test]
fn whoever_left_may_come_back_as_anybody_may() {
    let again = C::ImportMember { member_id: CLEO.member_again(), user_id: CLEO.user(), role: Role::Member };
    Story::of(acme()).and([left(CLEO)]).when(operator(), again).then([rejoined(CLEO, Role::Member)]);
}

#[test]
fn nobody_comes_into_an_organization_that_is_not_there() {
    for nowhere in [vec![], deleted_acme()] {
        let story = Story::of(nowhere);
        story.when(operator(), import_member(DAN, Role::Member)).refused(Refusal::OrganizationNotFound);
        story.when(operator(), import_invitation(DAN, BEN)).refused(Refusal::OrganizationNotFound);
    }
}

#[test]
fn an_invitation_keeps_who_sent_it_and_until_when_it_counts() {
    let story = Story::of(acme());
    story.when(operator(), import_invitation(DAN, BEN)).then([invited(DAN, BEN)]);
    let story = story.after(operator(), import_invitation(DAN, BEN)).later(days(6));
    story.when(DAN, accept(DAN, DAN.verified())).accepted();
    story.later(days(1)).when(DAN, accept(DAN, DAN.verified())).refused(Refusal::InvitationExpired);
}

#[test]
fn an_invitation_that_nobody_could_accept_does_not_come() {
    let story = Story::of(acme());
    let late = story.clone().later(days(7));
    late.when(operator(), import_invitation(DAN, BEN)).refused(Refusal::InvitationExpired);
    story.when(operator(), import_invitation(DAN, EVA)).refused(Refusal::InviterNoLongerAMember);
    let gone = story.clone().and([left(BEN)]);
    gone.when(operator(), import_invitation(DAN, BEN)).refused(Refusal::InviterNoLongerAMember);
    story.when(operator(), import_invitation(CLEO, BEN)).refused(Refusal::AlreadyAMember);
}

#[test]
fn nobody_is_invited_as_owner_elsewhere_either() {
    let as_owner = C::ImportInvitation {
        invitation_id: DAN.invitation(),
        email: DAN.email(),
        role: Role::Owner,
        expires_at: noon() + days(7),
        invited_by: ANA.user(),
    };
    Story::of(acme()).when(operator(), as_owner).refused(Refusal::OwnerRoleNotGiven);
}

#[test]
fn an_address_has_one_invitation_and_an_expired_one_makes_room() {
    let again = C::ImportInvitation {
        invitation_id: DAN.invitation_again(),
        email: DAN.email(),
        role: Role::Member,
        expires_at: noon() + days(30),
        invited_by: ANA.user(),
    };
    let story = Story::of(acme()).and([invited(DAN, BEN)]);
    story.when(operator(), again.clone()).refused(Refusal::AlreadyInvited);
    let recorded = story.later(days(8)).when(operator(), again).accepted();
    assert_eq!(recorded[0], revoked(DAN));
    assert_eq!(recorded.len(), 2);
}

#[test]
fn a_settled_invitation_is_in_nobodys_way() {
    for end in [revoked(DAN), declined(DAN), accepted(DAN)] {
        let story = Story::of(acme()).and([invited(DAN, BEN), end]);
        let again = C::ImportInvitation {
            invitation_id: DAN.invitation_again(),
            email: DAN.email(),
            role: Role::Member,
            expires_at: noon() + days(7),
            invited_by: BEN.user(),
        };
        story.when(operator(), again).accepted();
    }
}

#[test]
fn the_address_of_what_came_is_taken_for_those_who_invite_later() {
    let story = Story::of(acme()).after(operator(), import_invitation(DAN, BEN));
    story.when(BEN, invite_again(DAN)).refused(Refusal::AlreadyInvited);
}

#[test]
fn only_operators_move_anything_in_neither_people_nor_backends() {
    for actor in [ANA.into(), DAN.into(), ANA.through_a_backend()] {
        let actor: domain::Actor = actor;
        Story::of([]).when(actor.clone(), import(ANA)).refused(Refusal::BelowAdmin);
        for there in [vec![], acme()] {
            let story = Story::of(there);
            story.when(actor.clone(), import_member(EVA, Role::Member)).refused(Refusal::BelowAdmin);
            story.when(actor.clone(), import_invitation(EVA, BEN)).refused(Refusal::BelowAdmin);
        }
    }
}

#[test]
fn whoever_came_in_is_a_member_like_all_others() {
    let story = Story::of([])
        .after(operator(), import(ANA))
        .after(operator(), import_member(BEN, Role::Admin))
        .after(operator(), import_member(CLEO, Role::Member));
    assert_eq!(story.state(), Story::of(acme()).state());
    story.when(CLEO, C::LeaveOrganization).then([left(CLEO)]);
    story.when(ANA, C::LeaveOrganization).refused(Refusal::OwnerCannotLeave);
    let moved = story.and([transferred(ANA, BEN)]);
    assert_eq!(moved.state().owner().map(|owner| owner.user_id.clone()), Some(BEN.user()));
    assert!(moved.when(ANA, C::LeaveOrganization).accepted().iter().all(|event| matches!(event, E::MemberLeft { .. })));
}
