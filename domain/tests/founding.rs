//! Founding, changing the profile, deleting.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]

mod common;

use common::commands::{accept, change_role, decline, remove, transfer_to};
use common::commands::{change_slug, found, invite, rename, resend, revoke, update};
use common::given::{acme, deleted_acme, founded, invited, joined, transferred};
use common::people::{ANA, BEN, CLEO, DAN, operator};
use common::story::Story;
use domain::{Logo, Metadata, OrganizationCommand as C, OrganizationEvent as E, Refusal, Role};

fn logo() -> Logo {
    "https://acme.test/logo.svg".parse().unwrap()
}

fn metadata() -> Metadata {
    serde_json::from_str(r#"{"plan": "team"}"#).unwrap()
}

#[test]
fn whoever_founds_an_organization_is_its_owner_and_a_member() {
    Story::of([]).when(ANA, found(ANA)).then(founded());
}

#[test]
fn ana_founds_through_a_backend_and_is_the_owner_herself() {
    Story::of([]).when(ANA.through_a_backend(), found(ANA)).then(founded());
}

#[test]
fn an_organization_is_founded_with_its_logo_and_metadata() {
    let (name, slug) = ("Acme".parse().unwrap(), "acme".parse().unwrap());
    let whole =
        C::FoundOrganization { name, slug, logo: Some(logo()), metadata: Some(metadata()), member_id: ANA.member() };
    Story::of([]).when(ANA, whole).then([
        E::OrganizationFounded {
            name: "Acme".parse().unwrap(),
            slug: "acme".parse().unwrap(),
            logo: Some(logo()),
            metadata: Some(metadata()),
            owner: ANA.tenure(),
        },
        joined(ANA, Role::Owner),
    ]);
}

#[test]
fn nobody_founds_what_is_founded_already() {
    Story::of(acme()).when(DAN, found(DAN)).refused(Refusal::AlreadyFounded);
}

#[test]
fn an_id_is_not_used_again_after_its_organization_was_deleted() {
    Story::of(deleted_acme()).when(ANA, found(ANA)).refused(Refusal::AlreadyFounded);
}

#[test]
fn nobody_founds_with_a_slug_that_is_taken() {
    Story::of([]).with_slug_taken("acme").when(ANA, found(ANA)).refused(Refusal::SlugTaken);
}

#[test]
fn an_operator_founds_nothing_because_nobody_would_own_it() {
    Story::of([]).when(operator(), found(ANA)).refused(Refusal::BelowAdmin);
}

#[test]
fn an_admin_renames_the_organization() {
    Story::of(acme())
        .when(BEN, rename("Acme & Co"))
        .then([E::OrganizationRenamed { name: "Acme & Co".parse().unwrap() }]);
}

#[test]
fn only_what_changes_is_recorded_one_event_for_each() {
    let change = C::UpdateOrganization {
        name: Some("Acme".parse().unwrap()),
        slug: Some("acme-2".parse().unwrap()),
        logo: Some(Some(logo())),
        metadata: Some(Some(metadata())),
    };
    Story::of(acme()).when(ANA, change).then([
        E::SlugChanged { slug: "acme-2".parse().unwrap() },
        E::LogoChanged { logo: Some(logo()) },
        E::MetadataChanged { metadata: Some(metadata()) },
    ]);
}

#[test]
fn a_logo_and_metadata_can_be_taken_away_again() {
    let with_both = [E::LogoChanged { logo: Some(logo()) }, E::MetadataChanged { metadata: Some(metadata()) }];
    let without = C::UpdateOrganization { name: None, slug: None, logo: Some(None), metadata: Some(None) };
    Story::of(acme())
        .and(with_both)
        .when(BEN, without)
        .then([E::LogoChanged { logo: None }, E::MetadataChanged { metadata: None }]);
}

#[test]
fn an_update_to_what_is_so_already_records_nothing() {
    let same = C::UpdateOrganization {
        name: Some("Acme".parse().unwrap()),
        slug: Some("acme".parse().unwrap()),
        logo: Some(None),
        metadata: Some(None),
    };
    // The journal finds Acme itself as owner of its slug, which must not read as "taken".
    Story::of(acme()).with_slug_taken("acme").when(BEN, same).then_nothing();
}

#[test]
fn an_update_of_nothing_records_nothing() {
    Story::of(acme()).when(BEN, update()).then_nothing();
}

#[test]
fn a_slug_that_another_organization_has_is_refused_and_the_new_name_with_it() {
    let change = C::UpdateOrganization {
        name: Some("Globex".parse().unwrap()),
        slug: Some("globex".parse().unwrap()),
        logo: None,
        metadata: None,
    };
    Story::of(acme()).with_slug_taken("globex").when(ANA, change).refused(Refusal::SlugTaken);
}

#[test]
fn a_member_cannot_update_the_organization() {
    Story::of(acme()).when(CLEO, rename("Cleo's")).refused(Refusal::BelowAdmin);
}

#[test]
fn an_operator_cannot_update_the_organization() {
    Story::of(acme()).when(operator(), rename("Ours")).refused(Refusal::BelowAdmin);
}

#[test]
fn to_somebody_outside_there_is_nothing_to_update() {
    let outside = Story::of(acme()).with_slug_taken("globex");
    outside.when(DAN, rename("Dan's")).refused(Refusal::OrganizationNotFound);
    outside.when(DAN, change_slug("globex")).refused(Refusal::OrganizationNotFound);
}

#[test]
fn the_owner_deletes_the_organization() {
    Story::of(acme()).when(ANA, C::DeleteOrganization).then([E::OrganizationDeleted {}]);
}

#[test]
fn a_former_owner_cannot_delete_what_the_new_one_can() {
    let story = Story::of(acme()).and([transferred(ANA, CLEO)]);
    story.when(ANA, C::DeleteOrganization).refused(Refusal::NotTheOwner);
    story.when(CLEO, C::DeleteOrganization).then([E::OrganizationDeleted {}]);
}

#[test]
fn neither_admins_nor_members_delete_the_organization() {
    for who in [BEN, CLEO] {
        Story::of(acme()).when(who, C::DeleteOrganization).refused(Refusal::NotTheOwner);
    }
}

#[test]
fn an_operator_cannot_delete_the_organization() {
    Story::of(acme()).when(operator(), C::DeleteOrganization).refused(Refusal::BelowAdmin);
}

#[test]
fn to_somebody_outside_there_is_nothing_to_delete() {
    Story::of(acme()).when(DAN, C::DeleteOrganization).refused(Refusal::OrganizationNotFound);
}

#[test]
fn a_deleted_organization_has_no_owner_no_members_and_no_memberships() {
    let state = Story::of(deleted_acme()).state();
    assert!(!state.exists());
    assert_eq!(state.owner(), None);
    assert_eq!(state.membership(&ANA.user()), None);
    assert_eq!(state.members().count(), 0);
}

#[test]
fn a_deleted_organization_looks_like_one_that_never_was() {
    let deleted = [acme(), vec![invited(DAN, BEN), E::OrganizationDeleted {}]].concat();
    let everything = [
        rename("Acme 2"),
        C::DeleteOrganization,
        invite(DAN, Role::Member),
        resend(DAN),
        revoke(DAN),
        decline(DAN, DAN.verified()),
        accept(DAN, DAN.verified()),
        change_role(CLEO, Role::Admin),
        C::LeaveOrganization,
        remove(CLEO),
        transfer_to(BEN),
    ];
    for command in everything {
        let expected = match command {
            C::AcceptInvitation { .. } | C::DeclineInvitation { .. } => Refusal::InvitationNotFound,
            _ => Refusal::OrganizationNotFound,
        };
        // Dan may answer an invitation, everybody else was a member; neither learns that there was something once.
        for who in [ANA, BEN, CLEO, DAN] {
            Story::of(deleted.clone()).when(who, command.clone()).refused(expected);
            Story::of([]).when(who, command.clone()).refused(expected);
        }
    }
    Story::of(deleted).when(operator(), transfer_to(BEN)).refused(Refusal::OrganizationNotFound);
    Story::of([]).when(operator(), transfer_to(BEN)).refused(Refusal::OrganizationNotFound);
}
