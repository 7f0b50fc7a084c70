//! Changing an organization records what changed and nothing else; slugs move at once.

use serde_json::{Value, json};
use tests::{Person, Server};

const ACME: &str = "/v1/organizations/acme";

/// What one change recorded, by name.
async fn records(ana: &Person, path: &str, changes: Value) -> Vec<String> {
    let before = ana.gets(path).await.expect(200);
    let changed = ana.patches(path, changes).await.expect(200);
    let id = before.text("/id");
    let after = before.body["sequence"].as_u64().expect("a sequence");
    let history = ana.gets(&format!("/v1/organizations/{id}/history?after={after}")).await.expect(200);
    let events = history.body["events"].as_array().expect("events");
    assert_eq!(changed.body["sequence"].as_u64(), Some(after + events.len() as u64), "{changed:#?}");
    assert_eq!(ana.gets(&format!("/v1/organizations/{id}")).await.expect(200).body, changed.body);
    events.iter().filter_map(|event| event["type"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn only_what_changed_is_recorded() {
    let server = Server::start();
    let ana = server.person("ana");
    let metadata = json!({ "plan": "team", "seats": [1, { "a": null }] });
    let body = json!({ "name": "Acme", "slug": "acme", "logo": "/a.svg", "metadata": metadata });
    let founded = ana.posts("/v1/organizations", body.clone()).await.expect(201);
    assert_eq!((&founded.body["metadata"], &founded.body["logo"]), (&metadata, &json!("/a.svg")));

    for same in [json!({}), body, json!({ "name": "  Acme " }), json!({ "metadata": metadata, "unknown": 1 })] {
        assert_eq!(records(&ana, ACME, same).await, [""; 0]);
    }
    let changes = json!({ "name": "Acme 2", "slug": "acme", "logo": "/a.svg", "metadata": { "plan": "solo" } });
    assert_eq!(records(&ana, ACME, changes).await, ["OrganizationRenamed", "MetadataChanged"]);
    assert_eq!(records(&ana, ACME, json!({ "logo": "/b.svg" })).await, ["LogoChanged"]);
    assert_eq!(
        records(&ana, ACME, json!({ "logo": null, "metadata": null })).await,
        ["LogoChanged", "MetadataChanged"]
    );
    assert_eq!(records(&ana, ACME, json!({ "logo": null, "metadata": null })).await, [""; 0]);
    let read = ana.gets(ACME).await.expect(200);
    assert_eq!(
        (&read.body["logo"], &read.body["metadata"], &read.body["name"]),
        (&json!(null), &json!(null), &json!("Acme 2"))
    );
    assert_eq!(records(&ana, ACME, json!({ "metadata": {} })).await, ["MetadataChanged"]);
    assert_eq!(ana.gets(ACME).await.expect(200).body["metadata"], json!({}), "empty is not none");
}

#[tokio::test]
async fn a_slug_that_changed_is_free_and_the_new_one_works_at_once() {
    let server = Server::start();
    let [ana, ben, zoe] = ["ana", "ben", "zoe"].map(|id| server.person(id));
    let id = ana.founds("acme").await.expect(201).text("/id");
    ana.takes_in("acme", &ben, "member").await;
    assert_eq!(records(&ana, ACME, json!({ "slug": "apex" })).await, ["SlugChanged"]);
    assert_eq!(ana.gets("/v1/organizations/apex").await.expect(200).text("/id"), id);
    assert_eq!(ben.checks("apex").await.expect(200).text("/organization_id"), id);
    ana.gets(ACME).await.refused(404, "organization-not-found");
    ben.checks("acme").await.refused(403, "not-a-member");

    let new = zoe.founds("acme").await.expect(201).text("/id");
    assert_eq!(zoe.checks("acme").await.expect(200).text("/organization_id"), new);
    ana.gets(ACME).await.refused(404, "organization-not-found");
    ana.patches("/v1/organizations/apex", json!({ "name": "Apex", "slug": "acme" })).await.refused(409, "slug-taken");
    assert_eq!(ana.gets("/v1/organizations/apex").await.expect(200).body["name"], "acme", "all or nothing");
    zoe.founds("apex").await.refused(409, "slug-taken");
    assert_eq!(records(&zoe, ACME, json!({ "slug": "zenith" })).await, ["SlugChanged"]);
    assert_eq!(records(&ana, "/v1/organizations/apex", json!({ "slug": "acme" })).await, ["SlugChanged"]);
    let listed = ben.lists("/v1/organizations", 10).await.expect(200);
    assert_eq!(listed.body["organizations"][0]["slug"], "acme");
}
