//! Every event as it lies in the journal, for ever.
//!
//! A file in `fixtures/` is never edited nor removed once a version that writes it was released: somewhere a journal is
//! full of it. An event that changes its shape gets a further file, and the former ones must keep deserialising.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::people::{ANA, BEN, CLEO, DAN, days, noon};
use cqrs_es::DomainEvent;
use domain::{Metadata, OrganizationEvent as E, Role};
use serde_json::{Value, json};

/// The names, and a match over them without a wildcard: a new event does not compile until it is listed here, and once
/// it is listed it needs a fixture.
macro_rules! events {
    ($($name:ident),+ $(,)?) => {
        const EVENTS: &[&str] = &[$(stringify!($name)),+];

        fn variant(event: &E) -> &'static str {
            match event {
                $(E::$name { .. } => stringify!($name),)+
            }
        }
    };
}

events!(
    OrganizationFounded,
    OrganizationRenamed,
    SlugChanged,
    LogoChanged,
    MetadataChanged,
    MemberInvited,
    InvitationExtended,
    InvitationRevoked,
    InvitationDeclined,
    InvitationAccepted,
    MemberJoined,
    MemberRoleChanged,
    OwnershipTransferred,
    MemberLeft,
    MemberRemoved,
    OrganizationDeleted,
);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(file: &str) -> String {
    let path = folder().join(format!("{file}.json"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn team() -> Metadata {
    let flags = json!(["beta", { "ratio": 0.5 }]);
    let team = json!({ "plan": "team", "seats": 12, "trial": false, "contact": null, "flags": flags });
    serde_json::from_value(team).unwrap()
}

/// What each file means.
fn meanings() -> Vec<(&'static str, E)> {
    let dans = DAN.invitation();
    let (cleo, cleos) = (CLEO.user(), CLEO.member());
    vec![
        (
            "OrganizationFounded",
            E::OrganizationFounded {
                name: "Café <Acme> & Söhne 🎉".parse().unwrap(),
                slug: "cafe-acme".parse().unwrap(),
                logo: Some("https://acme.test/logo.svg?v=2".parse().unwrap()),
                metadata: Some(team()),
                owner: ANA.tenure(),
            },
        ),
        (
            "OrganizationFounded.minimal",
            E::OrganizationFounded {
                name: "Acme".parse().unwrap(),
                slug: "acme".parse().unwrap(),
                logo: None,
                metadata: None,
                owner: ANA.tenure(),
            },
        ),
        ("OrganizationRenamed", E::OrganizationRenamed { name: "Acme & Co".parse().unwrap() }),
        ("SlugChanged", E::SlugChanged { slug: "acme-2".parse().unwrap() }),
        ("LogoChanged", E::LogoChanged { logo: Some("/logos/acme.png".parse().unwrap()) }),
        ("LogoChanged.none", E::LogoChanged { logo: None }),
        ("MetadataChanged", E::MetadataChanged { metadata: Some(team()) }),
        ("MetadataChanged.empty", E::MetadataChanged { metadata: Some(Metadata::default()) }),
        ("MetadataChanged.none", E::MetadataChanged { metadata: None }),
        (
            "MemberInvited",
            E::MemberInvited {
                invitation_id: dans,
                role: Role::Admin,
                expires_at: noon() + days(7),
                invited_by: BEN.user(),
            },
        ),
        (
            "MemberInvited.precise",
            E::MemberInvited {
                invitation_id: dans,
                role: Role::Member,
                expires_at: noon() + days(7) + chrono::TimeDelta::microseconds(123_456),
                invited_by: "auth0|5f7c8ec7:33c6".parse().unwrap(),
            },
        ),
        ("InvitationExtended", E::InvitationExtended { invitation_id: dans, expires_at: noon() + days(10) }),
        ("InvitationRevoked", E::InvitationRevoked { invitation_id: dans }),
        ("InvitationDeclined", E::InvitationDeclined { invitation_id: dans }),
        ("InvitationAccepted", E::InvitationAccepted { invitation_id: dans, user_id: DAN.user() }),
        (
            "MemberJoined",
            E::MemberJoined {
                member_id: DAN.member(),
                user_id: DAN.user(),
                role: Role::Member,
                invitation_id: Some(dans),
            },
        ),
        (
            "MemberJoined.founder",
            E::MemberJoined { member_id: ANA.member(), user_id: ANA.user(), role: Role::Owner, invitation_id: None },
        ),
        ("MemberRoleChanged", E::MemberRoleChanged { member_id: cleos, user_id: cleo.clone(), role: Role::Admin }),
        ("OwnershipTransferred", E::OwnershipTransferred { from: ANA.tenure(), to: BEN.tenure() }),
        ("MemberLeft", E::MemberLeft { member_id: cleos, user_id: cleo.clone() }),
        ("MemberRemoved", E::MemberRemoved { member_id: cleos, user_id: cleo, removed_by: BEN.user() }),
        ("OrganizationDeleted", E::OrganizationDeleted {}),
    ]
}

#[test]
fn what_was_written_long_ago_is_still_understood() {
    for (file, meaning) in meanings() {
        let read: E = serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(read, meaning, "{file}");
    }
}

#[test]
fn what_is_written_today_looks_as_it_always_did() {
    for (file, meaning) in meanings() {
        let written = serde_json::to_value(meaning).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(&read(file)).unwrap(), "{file}");
    }
}

#[test]
fn every_event_has_a_fixture_and_every_fixture_is_tested() {
    let tested: BTreeSet<String> = meanings().iter().map(|(file, _)| format!("{file}.json")).collect();
    let kept: BTreeSet<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(tested, kept);
    assert_eq!(EVENTS, E::NAMES);
    for name in EVENTS {
        assert!(kept.contains(&format!("{name}.json")), "{name} has no fixture");
    }
}

#[test]
fn an_event_has_one_name_in_its_column_its_json_and_its_file() {
    for (file, meaning) in meanings() {
        let name = file.split('.').next().unwrap();
        assert_eq!(variant(&meaning), name);
        assert_eq!(meaning.name(), name);
        assert_eq!(meaning.event_type(), name);
        assert_eq!(meaning.event_version(), "1", "a second shape has to be told from the first");
        let written = serde_json::to_value(&meaning).unwrap();
        assert_eq!(written.as_object().unwrap().keys().collect::<Vec<_>>(), [name]);
    }
}
