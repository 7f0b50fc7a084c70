//! The messages of the stream, from `/v1/events`.

use serde_json::Value;
use tests::carried::messages;
use tests::{Answer, Person, Server};

use crate::story::{everything, is_carried};

const BATCH: &str = "application/cloudevents-batch+json";

async fn batch(auditor: &Person, query: &str, accept: &str) -> Answer {
    let request = auditor.request(reqwest::Method::GET, &format!("/v1/events{query}"));
    auditor.sends(request.header("accept", accept)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_the_same_from_the_server_and_from_the_stream() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    let auditor = server.with_scope("auditor", "roster:audit");
    let all = batch(&auditor, "?limit=1000", BATCH).await.expect(200);
    assert_eq!(all.header("content-type"), Some(BATCH));
    assert_eq!(all.header("roster-position"), Some(last.to_string().as_str()));
    assert!(all.header("roster-journal").is_some_and(|id| !id.is_empty()));
    let told = all.body.as_array().expect("a batch").clone();
    assert_eq!(
        told.iter().map(|event| event["position"].clone()).collect::<Vec<Value>>(),
        (1..=last).map(Value::from).collect::<Vec<_>>()
    );
    if let Some(url) = server.nats_url() {
        assert_eq!(messages(url).await, told);
    }
    let page =
        batch(&auditor, "?after=3&limit=2", "text/html, Application/CloudEvents-Batch+JSON;q=0.9").await.expect(200);
    assert_eq!(page.body.as_array(), Some(&told[3..5].to_vec()));
    let beyond = batch(&auditor, "?after=5000", BATCH).await.expect(200);
    assert_eq!(beyond.body, serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_anything_is_given_json_and_without_the_scope_there_is_nothing() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let auditor = server.with_scope("auditor", "roster:audit");
    for accept in ["*/*", "application/json", "application/cloudevents+json"] {
        let page = batch(&auditor, "", accept).await.expect(200);
        assert_eq!(page.body["position"], 2, "{accept}");
    }
    batch(&ana, "", BATCH).await.refused(403, "permission-denied");
    batch(&auditor, "?limit=0", BATCH).await.invalid("/limit");
}
