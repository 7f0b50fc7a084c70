//! Who may erase whom, and how the history tells it.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

use crate::{erases, is_member, position};

async fn acts(backend: &Person, user: &str, erased: &str) -> Answer {
    let request = backend.request(Method::DELETE, &format!("/v1/people/{erased}"));
    backend.sends(request.header("roster-actor", user)).await
}

/// The last event of a history: its type, who did it, for whom, and why. A departure is one like others.
async fn last(ana: &Person, org: &str) -> [Value; 4] {
    let last = ana.history(org).await.pop().expect("a history");
    ["type", "actor", "acts_for", "reason"].map(|name| last[name].clone())
}

#[tokio::test]
async fn people_erase_themselves_and_leave_everywhere() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    for org in ["acme", "bolt"] {
        ana.founds(org).await.expect(201);
        ana.takes_in(org, &ben, "admin").await;
    }
    let erased = erases(&ben, "ben").await.expect(204);
    assert!(erased.raw.is_empty());
    for org in ["acme", "bolt"] {
        ben.checks(org).await.refused(403, "not-a-member");
        assert_eq!(last(&ana, org).await, [json!("MemberLeft"), json!("person:ben"), Value::Null, Value::Null]);
        let members = ana.lists(&format!("/v1/organizations/{org}/members"), erased.position()).await.expect(200);
        assert_eq!(members.body["total"], 1);
    }
    // Twice is once.
    let before = position(&server).await;
    erases(&ben, "ben").await.expect(204);
    assert_eq!(position(&server).await, before);
    ana.checks("acme").await.expect(200);
}

#[tokio::test]
async fn a_backend_erases_whom_it_acts_for_and_nobody_else() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let backend = server.with_scope("backend", "roster:act-as");
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    acts(&backend, "ana", "ben").await.refused(403, "permission-denied");
    erases(&backend, "ben").await.refused(403, "permission-denied");
    acts(&server.person("zoe"), "ben", "ben").await.refused(403, "permission-denied");
    assert!(is_member(&ana, "acme", "ben").await);
    acts(&backend, "ben", "ben").await.expect(204);
    assert!(!is_member(&ana, "acme", "ben").await);
    let told = [json!("MemberLeft"), json!("service:backend"), json!("ben"), Value::Null];
    assert_eq!(last(&ana, "acme").await, told);
}

#[tokio::test]
async fn an_administrator_erases_anybody_and_nobody_else_does() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let admin = server.with_scope("root", "roster:admin");
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    for scope in ["roster:audit", "roster:act-as", "admin", "roster:administrator"] {
        erases(&server.with_scope("sue", scope), "ben").await.refused(403, "permission-denied");
    }
    erases(&ana, "ben").await.refused(403, "permission-denied");
    server.bearer("nobody", "none").deletes("/v1/people/ben").await.refused(401, "unauthenticated");
    assert!(is_member(&ana, "acme", "ben").await);
    erases(&admin, "ben").await.expect(204);
    let told = [json!("MemberLeft"), json!("service:root"), json!("ben"), Value::Null];
    assert_eq!(last(&ana, "acme").await, told);
    // Whoever was never here is as erased as can be.
    erases(&admin, "nobody-knows-them").await.expect(204);
    erases(&admin, "auth0%7C5f7c%2Fx%20y").await.expect(204);
}

#[tokio::test]
async fn what_is_no_user_id_is_a_mistake_and_says_nothing_to_others() {
    let server = Server::start();
    let admin = server.with_scope("root", "roster:admin");
    for bad in ["%00", "a%0Ab", "%FF", "%20", &"x".repeat(256)] {
        erases(&admin, bad).await.invalid("/user");
        erases(&server.person("ana"), bad).await.refused(403, "permission-denied");
    }
}

#[tokio::test]
async fn auditors_read_that_it_happened_and_when_and_not_to_whom() {
    let server = Server::start();
    let auditor = server.with_scope("sue", "roster:audit");
    let [ben, cleo] = ["ben", "cleo"].map(|id| server.person(id));
    let read = async |query: &str| auditor.gets(&format!("/v1/erasures{query}")).await.expect(200);
    assert_eq!(read("").await.body, json!({ "erasures": [], "next_after": null }));
    for somebody in [&ben, &cleo, &ben] {
        somebody.gets("/v1/organizations").await.expect(200);
        erases(somebody, &somebody.id).await.expect(204);
    }
    let all = read("").await;
    assert_eq!(
        all.body["erasures"].as_array().map(Vec::len),
        Some(2),
        "the third time there was nothing to erase: {all:#?}"
    );
    assert!(!all.raw.contains("ben") && !all.raw.contains("cleo"), "{all:#?}");
    let [first, second] = [0, 1].map(|n| all.body["erasures"][n].clone());
    assert_eq!((&first["number"], &second["number"]), (&json!(1), &json!(2)));
    assert!(first["at"].is_string() && second["at"].is_string(), "{all:#?}");
    assert!(first["at"].as_str().is_some_and(|at| at.contains("T00:00:00")), "the day only: {all:#?}");
    assert_eq!(read("?limit=1").await.body, json!({ "erasures": [first], "next_after": 1 }));
    assert_eq!(read("?limit=1&after=1").await.body, json!({ "erasures": [second], "next_after": null }));
    for (bad, pointer) in
        [("limit=0", "/limit"), ("limit=201", "/limit"), ("after=x", "/after"), ("after=-1", "/after")]
    {
        auditor.gets(&format!("/v1/erasures?{bad}")).await.invalid(pointer);
    }
    server.with_scope("root", "roster:admin").gets("/v1/erasures").await.refused(403, "permission-denied");
}
