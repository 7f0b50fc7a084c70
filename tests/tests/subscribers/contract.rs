//! What is published is what `docs/events` and `docs/asyncapi.yaml` say.

use std::collections::BTreeSet;
use std::process::Command;

use domain::OrganizationEvent;
use serde_json::Value;
use tests::Server;
use tests::schemas::{installed, keep_to_the_schemas};

use crate::story::{everything, is_carried};
use crate::watched::{events, printed, subscribe};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_its_message_keeps_to_the_schemas() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    let all = events(&printed(subscribe(&server, &["--from", "1", "--until-current"])));
    keep_to_the_schemas(&all);
    let seen: BTreeSet<String> = all.iter().map(|event| event["type"].as_str().expect("a type").to_owned()).collect();
    let every: BTreeSet<String> = OrganizationEvent::NAMES.iter().map(|name| format!("roster.{name}.v1")).collect();
    assert_eq!(seen, every, "everything that can happen did");
}

#[test]
fn asyncapis_own_tools_read_the_document() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/asyncapi.yaml");
    let read = Command::new("node").arg(installed("check.mjs")).arg(document).output().expect("node runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let told: Value = serde_json::from_slice(&read.stdout).expect("JSON");
    assert_eq!(told["version"], "3.0.0");
    let channels = told["channels"].as_array().expect("channels");
    assert_eq!(channels.len(), OrganizationEvent::NAMES.len());
    for name in OrganizationEvent::NAMES {
        let channel = channels.iter().find(|one| one["address"] == format!("roster.events.{{partition}}.{name}"));
        let channel = channel.unwrap_or_else(|| panic!("no channel of {name}"));
        assert_eq!((&channel["type"], &channel["data"]), (&format!("roster.{name}.v1").into(), &name.into()));
    }
}
