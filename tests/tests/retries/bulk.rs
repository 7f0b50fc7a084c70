//! Many at once: a result per row, one key for all.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server, eventually};

use super::sends;

const INVITE: &str = "/v1/organizations/acme/bulk/invitations";
const REMOVE: &str = "/v1/organizations/acme/bulk/removals";

async fn posts(person: &Person, path: &str, key: &str, body: Value) -> Answer {
    sends(person, Method::POST, path, &[("idempotency-key", key)], Some(body)).await
}

fn inviting(from: usize, to: usize) -> Value {
    let rows: Vec<_> =
        (from..to).map(|n| json!({ "email": format!("guest-{n}@acme.test"), "role": "member" })).collect();
    json!({ "invitations": rows })
}

#[tokio::test]
async fn a_thousand_are_invited_in_one_call_and_again_under_its_key_nobody_is() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let began = Instant::now();
    let first = posts(&ana, INVITE, "all", inviting(0, 1_000)).await.expect(200);
    let took = began.elapsed();
    assert_eq!((&first.body["done"], &first.body["refused"]), (&json!(1_000), &json!(0)));
    assert_eq!(first.body["results"][999]["done"]["email"], "guest-999@acme.test");
    let again = posts(&ana, INVITE, "all", inviting(0, 1_000)).await.expect(200);
    assert_eq!((again.raw == first.raw, again.header("idempotency-replayed")), (true, Some("true")));
    let history = ana.history("acme").await;
    assert_eq!(history.iter().filter(|event| event["type"] == "MemberInvited").count(), 1_000);
    println!("1,000 invitations in one call: {took:?}");
}

#[tokio::test]
async fn each_row_has_its_own_result() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let rows = json!({ "invitations": [
        { "email": "cleo@acme.test", "role": "admin" },
        { "email": "cleo@acme.test", "role": "member" },
        { "email": "no address", "role": "member" },
        { "email": "dan@acme.test", "role": "boss" },
        { "email": "eva@acme.test", "role": "owner" },
        { "email": ben.email(), "role": "member" },
    ]});
    let answer = ana.posts(INVITE, rows.clone()).await.expect(200);
    let codes: Vec<_> =
        answer.body["results"].as_array().expect("results").iter().map(|row| row["problem"]["code"].clone()).collect();
    let expected = [
        json!(null),
        json!("already-invited"),
        json!("invalid-request"),
        json!("invalid-request"),
        json!("permission-denied"),
        json!("already-a-member"),
    ];
    assert_eq!((codes, &answer.body["done"]), (expected.to_vec(), &json!(1)));
    assert_eq!(answer.body["results"][2]["problem"]["errors"][0]["pointer"], "/invitations/2/email");
    // Ben may invite nobody: so every row says.
    let bens = ben.posts(INVITE, inviting(0, 2)).await.expect(200);
    assert_eq!(bens.body["results"][1]["problem"]["code"], "permission-denied");
    server.person("zoe").posts(INVITE, rows).await.refused(404, "organization-not-found");
}

#[tokio::test]
async fn many_are_removed_in_one_call_and_whoever_sends_themselves_leaves() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let people = server.people("guest", 40);
    ana.takes_in_all("acme", &people, "member").await;
    let bens = ana.takes_in("acme", &ben, "admin").await;
    let path = "/v1/organizations/acme/members?limit=200&role=member";
    let mut ids: Vec<Value> = eventually("forty members in the list", async || {
        let members = ana.gets(path).await.expect(200).body["members"].as_array().cloned().unwrap_or_default();
        (members.len() == 40).then(|| members.iter().map(|one| one["id"].clone()).collect())
    })
    .await;
    ids.extend([json!(bens), json!("nonsense")]);
    let body = json!({ "member_ids": ids });
    let answer = posts(&ben, REMOVE, "gone", body.clone()).await.expect(200);
    assert_eq!((&answer.body["done"], &answer.body["refused"]), (&json!(41), &json!(1)));
    // Sent again, by whoever has left meanwhile: what was done has its first answer.
    let again = posts(&ben, REMOVE, "gone", body).await.expect(200);
    assert_eq!(again.body["done"], json!(41));
    let history = ana.history("acme").await;
    let of = |kind: &str| history.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((of("MemberRemoved"), of("MemberLeft")), (40, 1));
    for guest in &people[..3] {
        guest.checks("acme").await.refused(403, "not-a-member");
    }
}

#[tokio::test]
async fn too_many_none_and_what_is_for_a_version_are_refused_and_nothing_is_done() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    ana.posts(INVITE, inviting(0, 1_001)).await.refused(400, "invalid-request");
    ana.posts(INVITE, inviting(0, 0)).await.refused(400, "invalid-request");
    let versioned = sends(&ana, Method::POST, INVITE, &[("if-match", "\"2\"")], Some(inviting(0, 1))).await;
    versioned.invalid("/If-Match");
    let large = json!({ "invitations": [{ "email": "x".repeat(600 * 1024), "role": "member" }] });
    ana.posts(INVITE, large).await.refused(413, "payload-too-large");
    assert_eq!(ana.history("acme").await.len(), 2);
}
