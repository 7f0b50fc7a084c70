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
    let large = json!({ "invitations": [{ "email": "x".repeat(1100 * 1024), "role": "member" }] });
    ana.posts(INVITE, large).await.refused(413, "payload-too-large");
    assert_eq!(ana.history("acme").await.len(), 2);
}

#[tokio::test]
async fn another_list_under_the_same_key_is_refused_as_a_whole() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let bens = ana.takes_in("acme", &ben, "admin").await;
    posts(&ana, INVITE, "k", inviting(0, 2)).await.expect(200);
    let before = ana.history("acme").await.len();
    // One row more, where none was; another row in the place of one; another call.
    posts(&ana, INVITE, "k", inviting(0, 3)).await.refused(422, "idempotency-key-reused");
    posts(&ana, INVITE, "k", inviting(5, 6)).await.refused(422, "idempotency-key-reused");
    posts(&ana, REMOVE, "k", json!({ "member_ids": [bens] })).await.refused(422, "idempotency-key-reused");
    let renaming = Some(json!({ "name": "Apex" }));
    let plain =
        sends(&ana, Method::PATCH, "/v1/organizations/acme", &[("idempotency-key", "k")], renaming.clone()).await;
    plain.refused(422, "idempotency-key-reused");
    assert_eq!(ana.history("acme").await.len(), before);
    // And the other way round.
    sends(&ana, Method::PATCH, "/v1/organizations/acme", &[("idempotency-key", "p")], renaming).await.expect(200);
    posts(&ana, INVITE, "p", inviting(7, 8)).await.refused(422, "idempotency-key-reused");
    // A list of which nothing could be done is as good as any other.
    posts(&ana, INVITE, "n", json!({ "invitations": [{ "email": "none", "role": "member" }] })).await.expect(200);
    posts(&ana, INVITE, "n", inviting(7, 8)).await.refused(422, "idempotency-key-reused");
    // The control: the first list, again.
    let again = posts(&ana, INVITE, "k", inviting(0, 2)).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.body["done"]), (Some("true"), &json!(2)));
    assert_eq!(ana.history("acme").await.len(), before + 1);
}

#[tokio::test]
async fn who_may_change_nothing_leaves_by_a_list_and_may_send_it_again() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let bens = ana.takes_in("acme", &ben, "member").await;
    let body = json!({ "member_ids": [bens] });
    for _ in 0..2 {
        let answer = posts(&ben, REMOVE, "bye", body.clone()).await.expect(200);
        assert_eq!(answer.body["done"], json!(1));
    }
    ben.checks("acme").await.refused(403, "not-a-member");
}
