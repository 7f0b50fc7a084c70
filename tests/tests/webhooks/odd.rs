//! Receivers that answer oddly.

use serde_json::json;
use tests::{Receiver, Reply, eventually};

use super::{registers, renames, server_with, shown, taken};

#[tokio::test]
async fn one_that_never_answers_is_not_waited_for_for_ever() {
    let server = server_with(&[("ROSTER_WEBHOOKS_TIMEOUT", "1s")]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let receiver = Receiver::that(|_| Reply::Never).await;
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    let webhook = eventually("it fails", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (!webhook["last_failure"].is_null()).then_some(webhook)
    })
    .await;
    assert_eq!(
        (&webhook["last_failure"]["why"], &webhook["last_failure"]["status"]),
        (&json!("timeout"), &json!(null))
    );
    receiver.answers(|_| Reply::Status(204));
    assert_eq!(taken(&receiver, 1).await[0].sequence(), 3);
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_it() {
    let server = server_with(&[("ROSTER_WEBHOOKS_TIMEOUT", "10s")]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let receiver = Receiver::that(|_| Reply::Endless).await;
    registers(&ana, "acme", &receiver.url).await;
    for n in 0..5 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    let heard = eventually("all are delivered", async || {
        let heard = receiver.heard();
        (heard.len() >= 5).then_some(heard)
    })
    .await;
    assert_eq!(super::sequences(&heard), [3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn one_that_is_not_there_is_unreachable() {
    let server = server_with(&[]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let url = Receiver::start().await.url.clone();
    let id = registers(&ana, "acme", &url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    let webhook = eventually("it fails", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (!webhook["last_failure"].is_null()).then_some(webhook)
    })
    .await;
    assert_eq!(webhook["last_failure"]["why"], "unreachable", "{webhook:#}");
}
