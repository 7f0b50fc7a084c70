//! Events that are delivered once more, and where a webhook begins.

use reqwest::Method;
use serde_json::json;
use tests::{Delivery, Receiver, Reply, eventually};

use super::{is_at, registers, renames, sequences, server, server_with, shown, taken, webhooks};

#[tokio::test]
async fn a_range_is_delivered_once_more_in_its_order_under_the_same_ids() {
    let (server, receiver) = (server(), Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    for n in 0..6 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    let first = taken(&receiver, 6).await;
    is_at(&ana, "acme", &id, 8).await;
    let path = format!("{}/{id}/redeliveries", webhooks("acme"));
    let accepted = ana.posts(&path, json!({ "from": 4, "to": 7 })).await.expect(202);
    assert_eq!(accepted.body, json!({ "organizations": 1 }));
    let again = taken(&receiver, 10).await.split_off(6);
    assert_eq!(sequences(&again), [4, 5, 6, 7]);
    let told = |deliveries: &[Delivery]| {
        deliveries.iter().map(|delivery| (delivery.id().to_owned(), delivery.body.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&again), told(&first[1..5]));
    renames(&ana, "acme", "Acme").await;
    assert_eq!(taken(&receiver, 11).await[10].sequence(), 9, "what is new goes on");

    for (from, to) in [(0, 3), (5, 4), (1, 10), (1, 1_000_000)] {
        ana.posts(&path, json!({ "from": from, "to": to })).await.invalid("/to");
    }
    ana.posts(&path, json!({ "from": 1 })).await.invalid("/to");
    ana.posts(&path, json!({ "from": -1, "to": 3 })).await.invalid("/from");
    assert_eq!(receiver.heard().len(), 11);
}

#[tokio::test]
async fn over_all_organizations_each_has_its_order() {
    let (server, receiver) = (server(), Receiver::start().await);
    let (ana, root) = (server.person("ana"), server.with_scope("root", "roster:admin"));
    let id = root.posts("/v1/webhooks", json!({ "url": receiver.url })).await.expect(201).text("/id");
    for slug in ["acme", "apex", "axis"] {
        ana.founds(slug).await.expect(201);
        renames(&ana, slug, "Renamed").await;
    }
    taken(&receiver, 9).await;
    let webhook = format!("/v1/webhooks/{id}");
    eventually("it is noted", async || {
        let shown = root.gets(&webhook).await.expect(200).body;
        (shown["position"] == json!(9) && shown["waiting"] == json!([])).then_some(())
    })
    .await;
    let accepted = root.posts(&format!("/v1/webhooks/{id}/redeliveries"), json!({ "from": 2, "to": 9 })).await;
    assert_eq!(accepted.expect(202).body["organizations"], json!(3));
    let heard = eventually("all of them came twice", async || {
        let heard = receiver.heard();
        let times = |position: u64| heard.iter().filter(|one| one.event()["position"] == json!(position)).count();
        (2..=9).all(|position| times(position) >= 2).then_some(heard)
    })
    .await;
    // The last time that each came.
    let is_last = |n: &usize| heard[n + 1..].iter().all(|later| later.id() != heard[*n].id());
    let again: Vec<_> = (0..heard.len()).filter(is_last).map(|n| heard[n].clone()).collect();
    for slug in ["acme", "apex", "axis"] {
        let organization = ana.gets(&format!("/v1/organizations/{slug}")).await.expect(200).text("/id");
        let theirs: Vec<_> = again.iter().filter(|one| one.organization() == organization).cloned().collect();
        assert_eq!(sequences(&theirs), [1, 2, 3], "{slug}");
    }
}

#[tokio::test]
async fn what_was_never_delivered_is_not_overtaken_by_a_redelivery() {
    let (server, receiver) = (server_with(&[("ROSTER_WEBHOOKS_RETRY_FIRST", "1h")]), Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    receiver.answers(|one| Reply::Status(if one.sequence() == 5 { 500 } else { 204 }));
    for n in 0..4 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    is_at(&ana, "acme", &id, 6).await;
    assert_eq!(shown(&ana, "acme", &id).await["waiting"][0]["sequence"], json!(5));
    receiver.answers(|_| Reply::Status(204));
    let path = format!("{}/{id}", webhooks("acme"));
    let again = async |from: u64| {
        let asked = ana.posts(&format!("{path}/redeliveries"), json!({ "from": from, "to": 6 })).await;
        asked.expect(202).body["organizations"].clone()
    };
    assert_eq!(again(6).await, json!(0), "it comes anyway, behind 5");
    assert_eq!(again(3).await, json!(1));
    assert_eq!(sequences(&taken(&receiver, 4).await), [3, 4, 3, 4]);
    ana.patches(&path, json!({ "retry": true })).await.expect(200);
    assert_eq!(sequences(&taken(&receiver, 6).await), [3, 4, 3, 4, 5, 6]);
}

#[tokio::test]
async fn an_organization_that_is_deleted_while_events_are_delivered_once_more_takes_its_webhook_along() {
    let (server, receiver) = (server(), Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    taken(&receiver, 1).await;
    is_at(&ana, "acme", &id, 3).await;
    receiver.answers(|one| Reply::Status(if one.sequence() == 3 { 500 } else { 204 }));
    let path = format!("{}/{id}/redeliveries", webhooks("acme"));
    ana.posts(&path, json!({ "from": 3, "to": 3 })).await.expect(202);
    eventually("it fails", async || (receiver.heard().len() > 1).then_some(())).await;
    ana.deletes("/v1/organizations/acme").await.expect(204);
    let last = taken(&receiver, 2).await;
    assert_eq!(last[1].kind(), "OrganizationDeleted");
    receiver.answers(|_| Reply::Status(204));
    taken(&receiver, 3).await;
    eventually("it is gone", async || {
        let metrics = ana.gets("/metrics").await.expect(200).raw;
        metrics.contains("roster_webhooks_enabled 0\n").then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_was_before_is_sent_only_where_it_is_asked_for() {
    let (server, from_now, from_first) = (server(), Receiver::start().await, Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    renames(&ana, "acme", "Acme").await;
    registers(&ana, "acme", &from_now.url).await;
    ana.posts(&webhooks("acme"), json!({ "url": from_first.url, "from": 1 })).await.expect(201);
    ana.posts(&webhooks("acme"), json!({ "url": from_first.url, "from": 5 })).await.invalid("/from");
    renames(&ana, "acme", "Acme Limited").await;
    assert_eq!(sequences(&taken(&from_first, 4).await), [1, 2, 3, 4]);
    assert_eq!(sequences(&taken(&from_now, 1).await), [4]);
    assert_eq!(from_now.heard().len(), 1);
}

#[tokio::test]
async fn a_test_is_answered_with_what_came_back() {
    let (server, receiver) = (server(), Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let registered = registers(&ana, "acme", &receiver.url).await;
    let path = format!("{}/{}/test", webhooks("acme"), registered.text("/id"));
    let tested = ana.calls(Method::POST, &path, None).await.expect(200);
    assert_eq!(tested.body, json!({ "delivered": true, "status": 204, "why": null }));
    let heard = receiver.heard();
    assert_eq!((heard.len(), heard[0].kind()), (1, "WebhookTest".to_owned()));
    assert_eq!(super::signed::verified(&registered.text("/secret"), &heard), ["ok"]);
    receiver.answers(|_| tests::Reply::Status(500));
    let tested = ana.calls(Method::POST, &path, None).await.expect(200);
    assert_eq!(tested.body, json!({ "delivered": false, "status": 500, "why": "status" }));
}

#[tokio::test]
async fn a_webhook_is_tested_once_at_a_time() {
    let server = server();
    let receiver = Receiver::that(|_| Reply::After(std::time::Duration::from_secs(4), 204)).await;
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let path = format!("{}/{}/test", webhooks("acme"), registers(&ana, "acme", &receiver.url).await.text("/id"));
    let second = async {
        eventually("the first is under way", async || (!receiver.heard().is_empty()).then_some(())).await;
        ana.calls(Method::POST, &path, None).await
    };
    let (first, second) = futures::future::join(ana.calls(Method::POST, &path, None), second).await;
    second.refused(429, "rate-limited");
    assert_eq!(first.expect(200).body["delivered"], json!(true));
    ana.calls(Method::POST, &path, None).await.expect(200);
    assert_eq!(receiver.heard().len(), 2);
}
