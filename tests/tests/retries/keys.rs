//! `Idempotency-Key`: the same request again has the first answer again, and is done once.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

use super::sends;

async fn posts(person: &Person, path: &str, key: &str, body: Value) -> Answer {
    sends(person, Method::POST, path, &[("idempotency-key", key)], Some(body)).await
}

fn replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

#[tokio::test]
async fn a_hundred_leaves_under_one_key_are_one_leave_with_one_answer() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.founds("apex").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ana.takes_in("apex", &ben, "member").await;
    let leaves =
        (0..100).map(|_| sends(&ben, Method::POST, "/v1/organizations/acme/leave", &[("idempotency-key", "k1")], None));
    let answers = join_all(leaves).await;
    let first = &answers[0].clone().expect(200);
    for answer in &answers {
        assert_eq!((&answer.raw, answer.position()), (&first.raw, first.position()), "{answer:#?}");
        assert_eq!(answer.header("etag"), first.header("etag"));
    }
    assert_eq!(answers.iter().filter(|answer| !replayed(answer)).count(), 1);
    let history = ana.history("acme").await;
    assert_eq!(history.iter().filter(|event| event["type"] == "MemberLeft").count(), 1);
    // Without the key each is a leave of its own: the control.
    let answers = join_all((0..100).map(|_| ben.leaves("apex"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[tokio::test]
async fn every_command_of_the_story_can_be_sent_again() {
    let server = Server::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| server.person(id));
    let founding = json!({ "name": "Acme", "slug": "acme" });
    let first = posts(&ana, "/v1/organizations", "found", founding.clone()).await.expect(201);
    let again = posts(&ana, "/v1/organizations", "found", founding).await.expect(201);
    assert_eq!((&first.raw, first.header("location")), (&again.raw, again.header("location")));
    assert!(!replayed(&first) && replayed(&again));

    let invitations = "/v1/organizations/acme/invitations";
    let inviting = json!({ "email": ben.email(), "role": "member" });
    let first = posts(&ana, invitations, "invite", inviting.clone()).await.expect(201);
    let again = posts(&ana, invitations, "invite", inviting).await.expect(201);
    assert_eq!(first.text("/id"), again.text("/id"), "the id of the invitation that was sent, not a new one");
    let accept = format!("/v1/invitations/{}/accept", first.text("/id"));
    let accepted = posts(&ben, &accept, "accept", json!({})).await.expect(200);
    assert_eq!(posts(&ben, &accept, "accept", json!({})).await.expect(200).raw, accepted.raw);

    let member = format!("/v1/organizations/acme/members/{}", accepted.text("/id"));
    for role in ["admin", "member"] {
        // Undone by somebody else in between, it is not done again.
        let key = [("idempotency-key", role)];
        let body = Some(json!({ "role": role }));
        let first = sends(&ana, Method::PATCH, &member, &key, body.clone()).await.expect(200);
        ana.patches(&member, json!({ "role": if role == "admin" { "member" } else { "admin" } })).await.expect(200);
        let again = sends(&ana, Method::PATCH, &member, &key, body).await.expect(200);
        assert_eq!((again.text("/role").as_str(), &again.raw), (role, &first.raw), "as it was then");
    }
    let cleos = ana.takes_in("acme", &cleo, "member").await;
    let removal = format!("/v1/organizations/acme/members/{cleos}");
    for _ in 0..2 {
        sends(&ana, Method::DELETE, &removal, &[("idempotency-key", "remove")], None).await.expect(204);
    }
    let transfer = json!({ "member_id": accepted.text("/id") });
    for _ in 0..2 {
        let answer = posts(&ana, "/v1/organizations/acme/ownership", "transfer", transfer.clone()).await.expect(200);
        assert_eq!(answer.body["owner"]["user_id"], "ben");
    }
    for _ in 0..2 {
        sends(&ben, Method::DELETE, "/v1/organizations/acme", &[("idempotency-key", "delete")], None).await.expect(204);
    }
}

#[tokio::test]
async fn something_else_under_the_same_key_is_refused_and_not_done() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let path = "/v1/organizations/acme";
    let key = [("idempotency-key", "k")];
    sends(&ana, Method::PATCH, path, &key, Some(json!({ "name": "Apex" }))).await.expect(200);
    let other = sends(&ana, Method::PATCH, path, &key, Some(json!({ "name": "Zenith" }))).await;
    other.refused(422, "idempotency-key-reused");
    sends(&ana, Method::POST, "/v1/organizations/acme/leave", &key, None).await.refused(422, "idempotency-key-reused");
    sends(&ana, Method::DELETE, path, &key, None).await.refused(422, "idempotency-key-reused");
    assert_eq!(ana.gets(path).await.expect(200).text("/name"), "Apex");
}

#[tokio::test]
async fn a_key_belongs_to_whoever_sends_it_and_for_whom() {
    let server = Server::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| server.person(id));
    let backend = server.with_scope("backend", "roster:act-as");
    ana.founds("acme").await.expect(201);
    for person in [&ben, &cleo] {
        ana.takes_in("acme", person, "member").await;
    }
    let leave = "/v1/organizations/acme/leave";
    let as_ben = [("idempotency-key", "k"), ("roster-actor", "ben")];
    let as_cleo = [("idempotency-key", "k"), ("roster-actor", "cleo")];
    for headers in [&as_ben, &as_cleo] {
        let first = sends(&backend, Method::POST, leave, headers, None).await.expect(200);
        assert!(!replayed(&first));
        assert!(replayed(&sends(&backend, Method::POST, leave, headers, None).await.expect(200)));
    }
    // Ben's own key of that name is another one.
    sends(&ben, Method::POST, leave, &[("idempotency-key", "k")], None).await.refused(404, "organization-not-found");
}

#[tokio::test]
async fn what_is_refused_may_be_sent_again_and_a_key_must_be_one() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let bens = ana.takes_in("acme", &ben, "admin").await;
    let leave = "/v1/organizations/acme/leave";
    sends(&ana, Method::POST, leave, &[("idempotency-key", "go")], None).await.refused(409, "owner-cannot-leave");
    ana.transfers("acme", &bens).await.expect(200);
    sends(&ana, Method::POST, leave, &[("idempotency-key", "go")], None).await.expect(200);
    for bad in ["", &"k".repeat(256), "caf\u{e9}"] {
        let answer = sends(&ben, Method::POST, leave, &[("idempotency-key", bad)], None).await;
        answer.invalid("/Idempotency-Key");
    }
}

#[tokio::test]
async fn an_answer_given_again_tells_a_former_member_nobodys_name() {
    let server = Server::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "admin").await;
    let cleos = ana.takes_in("acme", &cleo, "member").await;
    let member = format!("/v1/organizations/acme/members/{cleos}");
    let change = async || {
        let body = Some(json!({ "role": "admin" }));
        sends(&ben, Method::PATCH, &member, &[("idempotency-key", "k")], body).await.expect(200)
    };
    let first = change().await;
    assert_eq!(first.text("/email"), cleo.email());
    // The control: while he is there, it is the first answer again.
    assert_eq!(change().await.raw, first.raw);
    ben.leaves("acme").await.expect(200);
    let again = change().await;
    assert!(replayed(&again));
    assert_eq!((again.text("/id"), again.text("/role")), (first.text("/id"), first.text("/role")));
    for name in ["name", "email", "image"] {
        assert_eq!(again.body[name], Value::Null, "{again:#?}");
    }
}
