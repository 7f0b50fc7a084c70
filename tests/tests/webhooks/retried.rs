//! What fails is tried again, later and later, until it is given up, loudly.

use std::time::Duration;

use serde_json::json;
use tests::{Delivery, Receiver, Reply, eventually};

use super::{registers, renames, sequences, server, server_with, shown, taken, webhooks};

/// The time between two attempts.
fn pauses(heard: &[Delivery]) -> Vec<Duration> {
    heard.windows(2).map(|two| two[1].at - two[0].at).collect()
}

#[tokio::test]
async fn pauses_grow_and_what_fails_is_shown() {
    let server = server();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let receiver = Receiver::that(|_| Reply::Status(500)).await;
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    let webhook = eventually("it failed twice", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (webhook["waiting"][0]["failures"] == json!(2)).then_some(webhook)
    })
    .await;
    let waiting = &webhook["waiting"][0];
    assert_eq!((&waiting["sequence"], &waiting["position"]), (&json!(3), &json!(3)), "{webhook:#}");
    assert_eq!((&waiting["last_failure"]["why"], &waiting["last_failure"]["status"]), (&json!("status"), &json!(500)));
    assert!(waiting["since"].is_string() && waiting["next_attempt"].is_string(), "{webhook:#}");
    assert_eq!((&webhook["last_failure"]["status"], &webhook["enabled"]), (&json!(500), &json!(true)));
    eventually("the metrics tell", async || {
        let metrics = ana.gets("/metrics").await.expect(200).raw;
        metrics.contains("roster_webhooks_waiting 1\n").then_some(())
    })
    .await;
    receiver.answers(|_| Reply::Status(204));
    taken(&receiver, 1).await;
    let pauses = pauses(&receiver.heard());
    assert!(pauses.len() >= 2, "{pauses:?}");
    assert!(pauses.iter().zip([800, 3200, 12_800]).all(|(pause, least)| pause.as_millis() >= least), "{pauses:?}");
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_is_given_it() {
    let server = server();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let mut times = 0;
    let receiver = Receiver::that(move |_| {
        times += 1;
        if times == 1 { Reply::Later(4) } else { Reply::Status(204) }
    })
    .await;
    registers(&ana, "acme", &receiver.url).await;
    renames(&ana, "acme", "Acme").await;
    taken(&receiver, 1).await;
    let pauses = pauses(&receiver.heard());
    assert!(pauses[0] >= Duration::from_secs(4), "{pauses:?}");
}

#[tokio::test]
async fn what_fails_for_too_long_is_disabled_loudly_and_goes_on_where_it_stopped_when_enabled() {
    let server = server_with(&[("ROSTER_WEBHOOKS_GIVE_UP_AFTER", "2s")]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let receiver = Receiver::that(|_| Reply::Status(503)).await;
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    renames(&ana, "acme", "Acme Limited").await;
    let webhook = eventually("it is disabled", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (webhook["enabled"] == json!(false)).then_some(webhook)
    })
    .await;
    assert_eq!(webhook["disabled"]["why"], "failing", "{webhook:#}");
    assert_eq!((&webhook["last_failure"]["status"], &webhook["waiting"][0]["sequence"]), (&json!(503), &json!(3)));
    let log = server.log();
    assert!(log.contains("a webhook is disabled") && log.contains(&id), "{log}");
    eventually("the metrics tell", async || {
        let metrics = ana.gets("/metrics").await.expect(200).raw;
        let lines = ["roster_webhooks_given_up 1\n", "roster_webhooks_given_up_total{why=\"failing\"} 1\n"];
        lines.iter().all(|line| metrics.contains(line)).then_some(())
    })
    .await;
    let tried = receiver.heard().len();
    assert!((2..=4).contains(&tried), "{tried} attempts");

    receiver.answers(|_| Reply::Status(204));
    renames(&ana, "acme", "Acme").await;
    let refused = ana.posts(&format!("{}/{id}/redeliveries", webhooks("acme")), json!({ "from": 3, "to": 3 })).await;
    refused.refused(409, "webhook-disabled");
    let enabled = json!({ "enabled": true, "resume": "stopped" });
    let webhook = ana.patches(&format!("{}/{id}", webhooks("acme")), enabled).await.expect(200).body;
    assert_eq!((&webhook["enabled"], &webhook["disabled"]), (&json!(true), &json!(null)), "{webhook:#}");
    assert_eq!(sequences(&taken(&receiver, 3).await), [3, 4, 5]);
    assert_eq!(receiver.heard().len(), tried + 3, "nothing was sent while it was disabled");
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_left_alone_and_goes_on_with_what_is_new_if_it_is_wanted_so() {
    let server = server();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let receiver = Receiver::that(|_| Reply::Status(410)).await;
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    let webhook = eventually("it is disabled", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (webhook["enabled"] == json!(false)).then_some(webhook)
    })
    .await;
    assert_eq!((&webhook["disabled"]["why"], receiver.heard().len()), (&json!("gone"), 1), "{webhook:#}");

    receiver.answers(|_| Reply::Status(204));
    renames(&ana, "acme", "Acme Limited").await;
    let enabled = json!({ "enabled": true, "resume": "now" });
    let webhook = ana.patches(&format!("{}/{id}", webhooks("acme")), enabled).await.expect(200).body;
    assert_eq!((&webhook["waiting"], &webhook["position"]), (&json!([]), &json!(4)), "{webhook:#}");
    renames(&ana, "acme", "Acme").await;
    assert_eq!(sequences(&taken(&receiver, 1).await), [5]);
}
