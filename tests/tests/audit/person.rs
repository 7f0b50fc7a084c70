//! Every membership of a person.

use serde_json::{Value, json};

use crate::{Scene, ndjson, printed};

const CLEOS: &str = "/v1/people/cleo/memberships";

#[tokio::test]
async fn every_tenure_is_told_with_its_end_and_who_ended_it() {
    let scene = Scene::set().await;
    let bolt = scene.cleo.founds("bolt").await.expect(201).text("/id");
    scene.cleo.deletes("/v1/organizations/bolt").await.expect(204);
    let core = scene.cleo.founds("core").await.expect(201).text("/id");
    let all = scene.cleo.gets(CLEOS).await.expect(200).body["memberships"].clone();
    let told: Vec<Value> = all
        .as_array()
        .expect("memberships")
        .iter()
        .map(|one| json!([one["organization_id"], one["slug"], one["role"], one["ended_by"], one["ended_how"]]))
        .collect();
    let expected = [
        json!([scene.acme, "acme", "member", "person:cleo", "left"]),
        json!([scene.acme, "acme", "admin", "person:ben", "removed"]),
        json!([bolt, "bolt", "owner", "person:cleo", "organization-deleted"]),
        json!([core, "core", "owner", null, null]),
    ];
    assert_eq!(told, expected);
    assert_ne!(all[0]["member_id"], all[1]["member_id"]);
    assert_eq!((&all[3]["to"], all[0]["to"].is_string()), (&Value::Null, true));
    assert_eq!(scene.auditor.gets(CLEOS).await.expect(200).body["memberships"], all);
    assert_eq!(json!(ndjson(&printed(scene.audit(&["person", "cleo", "--format", "ndjson"])))), all);
    assert!(printed(scene.audit(&["person", "cleo"])).contains("organization-deleted"));
    let csv = printed(scene.audit(&["person", "cleo", "--format", "csv"]));
    assert_eq!(csv.split_terminator("\r\n").count(), 5, "{csv}");
}

#[tokio::test]
async fn as_of_a_time_what_came_later_is_not_known() {
    let scene = Scene::set().await;
    let all = scene.cleo.gets(CLEOS).await.expect(200).body["memberships"].clone();
    let joined = all[1]["from"].as_str().expect("a time");
    let then = scene.cleo.gets(&format!("{CLEOS}?as_of={joined}")).await.expect(200).body["memberships"].clone();
    assert_eq!(then[0], all[0]);
    assert_eq!((&then[1]["member_id"], &then[1]["to"]), (&all[1]["member_id"], &Value::Null));
    let flags = ["person", "cleo", "--format", "ndjson", "--as-of", joined];
    assert_eq!(json!(ndjson(&printed(scene.audit(&flags)))), then);
    assert_eq!(
        scene.cleo.gets(&format!("{CLEOS}?as_of=2020-01-01T00:00Z")).await.expect(200).body["memberships"],
        json!([])
    );
    for bad in ["as_of=2026-03-01", "as_of=9999-01-01T00:00Z", "as_of="] {
        scene.cleo.gets(&format!("{CLEOS}?{bad}")).await.invalid("/as_of");
    }
}

#[tokio::test]
async fn a_persons_memberships_are_theirs_and_the_auditors() {
    let scene = Scene::set().await;
    scene.ben.gets(CLEOS).await.refused(403, "permission-denied");
    let backend = scene.server.with_scope("backend", "roster:act-as");
    let asked = backend.request(reqwest::Method::GET, CLEOS).header("roster-actor", "cleo");
    backend.sends(asked).await.expect(200);
    backend.gets(CLEOS).await.refused(403, "permission-denied");
    for nobody in ["nobody", "an%00a", "%20"] {
        let path = format!("/v1/people/{nobody}/memberships");
        scene.ben.gets(&path).await.refused(403, "permission-denied");
        let told = scene.auditor.gets(&path).await;
        match nobody {
            "nobody" => assert_eq!(told.expect(200).body["memberships"], json!([])),
            _ => drop(told.invalid("/user")),
        }
    }
    scene.server.bearer("anybody", "").gets(CLEOS).await.expect(401);
}

#[tokio::test]
async fn no_persons_id_becomes_a_formula() {
    let scene = Scene::set().await;
    let eve = scene.server.person("=eve");
    eve.founds("evil").await.expect(201);
    let csv = printed(scene.audit(&["members", "evil", "--format", "csv"]));
    assert!(csv.contains("\r\n'=eve,"), "{csv}");
    let ndjson = ndjson(&printed(scene.audit(&["members", "evil", "--format", "ndjson"])));
    assert_eq!(ndjson[0]["user_id"], "=eve");
}
