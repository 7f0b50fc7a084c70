//! What was written once is what subscribers may rely on for ever: the fixtures of the first version are as they were, are understood, and
//! keep to the schemas of today.

use std::path::PathBuf;

use aws_lc_rs::digest::{SHA256, digest};
use domain::OrganizationEvent;
use serde_json::{Value, json};
use tests::schemas::judged;

fn read(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../domain/tests").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fixtures that must stay as they are, with their sums, as `sha256sum -c ../fixtures.sha256` reads them too. Lines are only ever added.
fn first() -> Vec<(String, String)> {
    let lines = read("fixtures.sha256");
    let lines = lines.lines().map(|line| line.split_once("  ").expect("a sum and a file"));
    lines.map(|(sum, file)| (file.to_owned(), sum.to_owned())).collect()
}

/// An event's name, and its data.
fn data(file: &str) -> (String, Value) {
    let event: Value = serde_json::from_str(&read(&format!("fixtures/{file}"))).expect("JSON");
    let (name, data) = event.as_object().and_then(|event| event.iter().next()).expect("one field, named as the event");
    (name.clone(), data.clone())
}

#[test]
fn fixtures_are_never_edited() {
    assert!(first().len() >= 22, "a line is gone");
    for (file, sum) in first() {
        let now = digest(&SHA256, read(&format!("fixtures/{file}")).as_bytes());
        let now: String = now.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            now, sum,
            "{file} was edited, and somewhere a journal is full of what it said before: add a further file"
        );
    }
}

#[test]
fn what_was_written_first_is_understood_and_keeps_to_the_schemas() {
    let written: Vec<(String, Value)> = first().iter().map(|(file, _)| data(file)).collect();
    for (name, data) in &written {
        let understood: OrganizationEvent = serde_json::from_value(json!({ name: data })).expect("it is understood");
        assert_eq!(understood.name(), name);
    }
    let values: Vec<(&str, &Value)> = written.iter().map(|(name, data)| (name.as_str(), data)).collect();
    for ((name, data), wrong) in values.iter().zip(judged(&values)) {
        assert_eq!(wrong, None, "{name}: {data}");
    }
}

#[test]
fn the_schemas_say_no_to_what_is_no_event_and_yes_to_what_is_added() {
    let uuid = "019ca8a2-2000-7000-8000-000000000103";
    let left = json!({ "member_id": uuid, "user_id": "ana" });
    let wrong = [
        ("MemberLeft", json!({ "member_id": uuid })),
        ("MemberLeft", json!({ "member_id": "3", "user_id": "ana" })),
        ("MemberLeft", json!({ "member_id": uuid, "user_id": "" })),
        ("MemberJoined", json!({ "member_id": uuid, "user_id": "ana", "role": "guest" })),
        ("MemberInvited", json!({ "invitation_id": uuid, "role": "admin", "expires_at": "soon", "invited_by": "ana" })),
        ("SlugChanged", json!({ "slug": "Acme" })),
        ("OrganizationRenamed", json!({ "name": "x".repeat(101) })),
        ("LogoChanged", json!({})),
        ("OwnershipTransferred", json!({ "from": left, "to": null })),
        ("OrganizationDeleted", json!(null)),
        ("envelope", json!({ "specversion": "1.0" })),
        ("MemberPaused", json!({})),
    ];
    let values: Vec<(&str, &Value)> = wrong.iter().map(|(name, value)| (*name, value)).collect();
    for ((name, value), wrong) in values.iter().zip(judged(&values)) {
        assert!(wrong.is_some(), "{name} {value}");
    }
    let more = json!({ "member_id": uuid, "user_id": "ana", "more": 1 });
    assert_eq!(judged(&[("MemberLeft", &more), ("MemberLeft", &left)]), [None, None]);
}
