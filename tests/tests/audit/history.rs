//! What happened, filtered, in three formats, by two ways that agree.

use std::process::Stdio;

use serde_json::{Value, json};
use tests::Server;

use crate::{Scene, audit, failed, ndjson, printed};

const HISTORY: &str = "/v1/organizations/acme/history";

fn sequences(events: &[Value]) -> Vec<u64> {
    events.iter().filter_map(|event| event["sequence"].as_u64()).collect()
}

#[tokio::test]
async fn the_command_line_and_http_tell_the_same_history_beside_each_other() {
    let scene = Scene::set().await;
    let told = scene.ben.history("acme").await;
    assert_eq!(ndjson(&printed(scene.audit(&["history", "acme", "--format", "ndjson"]))), told);
    let by_id = scene.audit(&["history", &scene.acme, "--format", "ndjson"]);
    assert_eq!(ndjson(&printed(by_id)), told);
    let export = scene.ben.request(reqwest::Method::GET, HISTORY).header("accept", "application/x-ndjson");
    let export = scene.ben.sends(export).await.expect(200);
    assert_eq!(export.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(ndjson(&export.raw), told);
    let left = told.iter().find(|event| event["actor"] == "service:backend").expect("a backend acted");
    assert_eq!((&left["acts_for"], &left["via"], &left["type"]), (&json!("dan"), &json!("v1"), &json!("MemberLeft")));
}

#[tokio::test]
async fn csv_has_a_header_and_a_record_for_each_event() {
    let scene = Scene::set().await;
    let printed = printed(scene.audit(&["history", "acme", "--format", "csv"]));
    let export = scene.auditor.request(reqwest::Method::GET, HISTORY).header("accept", "text/csv");
    let export = scene.auditor.sends(export).await.expect(200);
    assert_eq!(export.raw, printed);
    assert!(export.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")), "{export:#?}");
    let lines: Vec<_> = printed.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + scene.ben.history("acme").await.len());
    assert!(
        lines[0]
            .starts_with("position,sequence,at,happened_at,type,subject,actor,acts_for,via,reason,correlationid,data")
    );
    assert!(lines[1].contains(",OrganizationFounded,organization,person:ana,,v1,,,"), "{}", lines[1]);
}

#[tokio::test]
async fn a_table_shows_the_same_events_to_people() {
    let scene = Scene::set().await;
    let table = printed(scene.audit(&["history", "acme"]));
    assert_eq!(table.lines().count(), 1 + scene.ben.history("acme").await.len());
    assert!(table.lines().next().is_some_and(|header| header.trim_start().starts_with("sequence  at")), "{table}");
    assert!(table.contains("MemberRemoved") && table.contains("person:ben"), "{table}");
}

/// A query, the flags that ask the same, and which events are wanted.
type Case<'a> = (&'a str, &'a [&'a str], &'a dyn Fn(&Value) -> bool);

#[tokio::test]
async fn history_is_asked_for_by_type_person_actor_and_time() {
    let scene = Scene::set().await;
    let all = scene.ben.history("acme").await;
    let at = |n: usize| all[n]["at"].as_str().expect("a time").to_owned();
    let is_of = |event: &Value, person: &str| {
        event["actor"] == format!("person:{person}")
            || event["acts_for"] == person
            || event["data"].to_string().contains(&format!("\"{person}\""))
    };
    let cases: [Case<'_>; 6] = [
        ("type=MemberLeft", &["--type", "MemberLeft"], &|event| event["type"] == "MemberLeft"),
        ("type=MemberLeft,MemberRemoved", &["--type", "MemberLeft,MemberRemoved"], &|event| {
            event["type"] == "MemberLeft" || event["type"] == "MemberRemoved"
        }),
        ("person=dan", &["--person", "dan"], &|event| is_of(event, "dan")),
        ("person=cleo", &["--person", "cleo"], &|event| is_of(event, "cleo")),
        ("actor=person:ana", &["--actor", "person:ana"], &|event| event["actor"] == "person:ana"),
        ("actor=service:backend&type=MemberLeft", &["--actor", "service:backend", "--type", "MemberLeft"], &|event| {
            event["actor"] == "service:backend"
        }),
    ];
    for (query, flags, wanted) in cases {
        let expected: Vec<Value> = all.iter().filter(|event| wanted(event)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{query}");
        let told = scene.ben.gets(&format!("{HISTORY}?limit=200&{query}")).await.expect(200);
        assert_eq!((&told.body["events"], &told.body["next_after"]), (&json!(expected), &json!(null)), "{query}");
        let flags = [&["history", "acme", "--format", "ndjson"], flags].concat();
        assert_eq!(ndjson(&printed(scene.audit(&flags))), expected, "{query}");
    }
    let (from, to) = (at(2), at(6));
    let within: Vec<Value> = all
        .iter()
        .filter(|one| (at(2)..=at(6)).contains(&one["at"].as_str().expect("a time").to_owned()))
        .cloned()
        .collect();
    let told = scene.ben.gets(&format!("{HISTORY}?from={from}&to={to}")).await.expect(200);
    assert_eq!(told.body["events"], json!(within));
    let flags = ["history", "acme", "--format", "ndjson", "--from", &from, "--to", &to];
    assert_eq!(ndjson(&printed(scene.audit(&flags))), within);
    // Page by page, too.
    let (mut paged, mut after) = (Vec::new(), 0);
    loop {
        let page = scene.ben.gets(&format!("{HISTORY}?person=cleo&limit=2&after={after}")).await.expect(200).body;
        paged.extend(page["events"].as_array().cloned().expect("events"));
        let Some(next) = page["next_after"].as_u64() else { break };
        after = next;
    }
    let cleos: Vec<Value> = all.iter().filter(|event| is_of(event, "cleo")).cloned().collect();
    assert_eq!(sequences(&paged), sequences(&cleos));
}

#[tokio::test]
async fn what_makes_no_sense_is_told_and_nothing_is_printed() {
    let scene = Scene::set().await;
    for (query, pointer) in [
        ("from=2026-03-01", "/from"),
        ("to=2026-03-01T00:00", "/to"),
        ("type=MemberVanished", "/type"),
        ("actor=ana", "/actor"),
        ("person=", "/person"),
    ] {
        scene.ben.gets(&format!("{HISTORY}?{query}")).await.invalid(pointer);
    }
    let zoneless = scene.ben.gets(&format!("{HISTORY}?from=2026-03-01T00:00")).await.invalid("/from");
    assert_eq!(zoneless.text("/detail"), "from must say its time zone, as 2026-03-01T00:00Z does");
    let told = failed(&scene.audit(&["history", "acme", "--from", "2026-03-01T00:00"]));
    assert!(told.contains("must say its time zone"), "{told}");
    for flags in [
        &["--type", "MemberVanished"][..],
        &["--actor", "ana"],
        &["--from", "2026-03-02T00:00Z", "--to", "2026-03-01T00:00Z"],
    ] {
        failed(&scene.audit(&[&["history", "acme"], flags].concat()));
    }
    assert!(failed(&scene.audit(&["history", "nobodys"])).contains("no organization has or had the slug nobodys"));
    let nobodys = "0192f0c1-0000-7000-8000-000000000000";
    assert!(failed(&scene.audit(&["history", nobodys])).contains("no organization with this id"));
}

#[tokio::test]
async fn what_was_deleted_is_read_by_its_id_and_by_the_slug_it_had() {
    let mut scene = Scene::set().await;
    scene.ben.deletes("/v1/organizations/acme").await.expect(204);
    let told = scene.auditor.history(&scene.acme).await;
    scene.server.stop();
    // Also without a server.
    for organization in [scene.acme.as_str(), "acme"] {
        assert_eq!(ndjson(&printed(scene.audit(&["history", organization, "--format", "ndjson"]))), told);
    }
}

#[tokio::test]
async fn who_may_not_read_history_gets_no_export() {
    let scene = Scene::set().await;
    for (person, status) in [(&scene.cleo, 404), (&scene.ana, 200)] {
        let export = person.request(reqwest::Method::GET, HISTORY).header("accept", "text/csv");
        person.sends(export).await.expect(status);
    }
    scene.server.bearer("anybody", "").gets(HISTORY).await.expect(401);
}

#[tokio::test]
async fn a_reader_that_stops_ends_it_without_a_panic() {
    let scene = Scene::set().await;
    let mut command = scene.server.command_line();
    let mut child = command
        .args(["audit", "history", "acme", "--format", "ndjson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("roster runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn where_there_is_no_journal_none_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let told =
        failed(&Server::command(folder.path()).args(["audit", "history", "acme"]).output().expect("roster runs"));
    assert!(told.contains("roster.sqlite"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[tokio::test]
async fn auditing_writes_nothing_and_brings_nothing_up_to_date() {
    let scene = Scene::set().await;
    let before = scene.ben.gets("/readyz").await.expect(200).body["position"].clone();
    for arguments in [&["history", "acme"][..], &["members", "acme"], &["person", "cleo"]] {
        printed(audit(&scene.server, arguments));
    }
    assert_eq!(scene.ben.gets("/readyz").await.expect(200).body["position"], before);
}
