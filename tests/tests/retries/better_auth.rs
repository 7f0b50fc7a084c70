//! The same on better-auth's wire, for whoever sends the headers there: its client does not.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

use super::sends;

async fn posts(person: &Person, call: &str, headers: &[(&str, &str)], body: Value) -> Answer {
    sends(person, Method::POST, &format!("/api/auth/organization/{call}"), headers, Some(body)).await
}

/// Twice the same, the second time as it was the first.
async fn twice(person: &Person, call: &str, body: Value) -> Answer {
    let key = [("idempotency-key", call)];
    let first = posts(person, call, &key, body.clone()).await.expect(200);
    assert_eq!(first.header("idempotency-replayed"), None, "{call}");
    let again = posts(person, call, &key, body).await.expect(200);
    assert_eq!(again.header("idempotency-replayed"), Some("true"), "{call}");
    assert_eq!(again.body, first.body, "{call}");
    again
}

#[tokio::test]
async fn every_command_of_a_membership_is_done_once_under_its_key() {
    let server = Server::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| server.person(id));
    let acme = twice(&ana, "create", json!({ "name": "Acme", "slug": "acme" })).await.text("/id");
    twice(&ana, "update", json!({ "data": { "name": "Apex" }, "organizationId": acme })).await;
    let inviting = json!({ "email": ben.email(), "role": "member", "organizationId": acme });
    let invitation = twice(&ana, "invite-member", inviting).await.text("/id");
    let member = twice(&ben, "accept-invitation", json!({ "invitationId": invitation })).await.text("/member/id");
    let role = json!({ "memberId": member, "role": "admin", "organizationId": acme });
    twice(&ana, "update-member-role", role).await;
    let cleos = ana.takes_in("acme", &cleo, "member").await;
    twice(&ana, "remove-member", json!({ "memberIdOrEmail": cleos, "organizationId": acme })).await;
    twice(&ben, "leave", json!({ "organizationId": acme })).await;
    ben.checks("acme").await.refused(403, "not-a-member");
    let history = ana.history("acme").await;
    let of = |kind: &str| history.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((of("MemberLeft"), of("MemberRemoved"), of("MemberInvited")), (1, 1, 2));
    twice(&ana, "delete", json!({ "organizationId": acme })).await;
    // Without a key, the second time there is nothing to leave: the control.
    let left = posts(&ben, "leave", &[], json!({ "organizationId": acme })).await;
    assert_eq!(left.status, 400, "{left:#?}");
}

#[tokio::test]
async fn what_is_not_as_it_was_is_told_in_the_words_of_that_wire() {
    let server = Server::start();
    let ana = server.person("ana");
    let acme = ana.founds("acme").await.expect(201);
    let seen = acme.header("etag").expect("a version").to_owned();
    let renaming = |name: &str| json!({ "data": { "name": name }, "organizationId": acme.text("/id") });
    posts(&ana, "update", &[("idempotency-key", "k")], renaming("Apex")).await.expect(200);
    let other = posts(&ana, "update", &[("idempotency-key", "k")], renaming("Zenith")).await.expect(422);
    assert_eq!(other.body["code"], "UNPROCESSABLE_ENTITY");
    let late = posts(&ana, "update", &[("if-match", &seen)], renaming("Zenith")).await.expect(412);
    assert_eq!(late.body["code"], "PRECONDITION_FAILED");
    let odd = posts(&ana, "update", &[("idempotency-key", "")], renaming("Zenith")).await.expect(400);
    assert_eq!(odd.body["code"], "VALIDATION_ERROR");
    assert_eq!(ana.gets("/v1/organizations/acme").await.expect(200).text("/name"), "Apex");
}
