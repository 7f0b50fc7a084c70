//! What a request is called is carried along: into the answer, the log, and the events it leads to.

use reqwest::Method;
use serde_json::json;
use tests::{Server, eventually};

use super::sends;

const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn a_requests_name_comes_back_and_stands_in_the_log() {
    let server = Server::with(&[], &[("ROSTER_LOG", "info,gateway=debug"), ("ROSTER_LOG_FORMAT", "json")]);
    let ana = server.person("ana");
    let headers = [("x-request-id", "order-17/a"), ("traceparent", TRACE)];
    let body = Some(json!({ "name": "Acme", "slug": "acme" }));
    let answer = sends(&ana, Method::POST, "/v1/organizations", &headers, body).await.expect(201);
    assert_eq!((answer.header("x-request-id"), answer.header("traceparent")), (Some("order-17/a"), Some(TRACE)));
    eventually("the command in the log under its name", async || {
        let log = server.log();
        let line = log.lines().find(|line| line.contains("FoundOrganization"))?.to_owned();
        assert!(line.contains("order-17/a") && line.contains("4bf92f3577b34da6a3ce929d0e0e4736"), "{line}");
        Some(())
    })
    .await;
    let own = ana.gets("/v1/organizations").await.expect(200).header("x-request-id").map(str::to_owned);
    assert!(own.is_some_and(|name| uuid::Uuid::parse_str(&name).is_ok()), "one without a name is given one");
    for odd in ["order 17; drop", "ana@acme.test"] {
        let answer = sends(&ana, Method::GET, "/v1/organizations", &[("x-request-id", odd)], None).await;
        assert_ne!(answer.header("x-request-id"), Some(odd), "odd, or somebody's address");
    }
}

#[tokio::test]
async fn an_event_tells_the_request_it_came_from_and_the_backend_with_the_person_it_acted_for() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let backend = server.with_scope("backend", "roster:act-as");
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let leave = "/v1/organizations/acme/leave";
    sends(&ana, Method::POST, leave, &[("roster-actor", "ben")], None).await.refused(403, "permission-denied");
    let headers = [("roster-actor", "ben"), ("x-request-id", "job-5")];
    sends(&backend, Method::POST, leave, &headers, None).await.expect(200);
    let history = ana.history("acme").await;
    let left = history.last().expect("an event");
    assert_eq!(
        (&left["type"], &left["actor"], &left["acts_for"], &left["correlationid"]),
        (&json!("MemberLeft"), &json!("service:backend"), &json!("ben"), &json!("job-5"))
    );
    assert_eq!(history[0]["correlationid"], json!(null), "a name of ours is not noted");
}
