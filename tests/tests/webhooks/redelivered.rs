//! Events that are delivered once more, and where a webhook begins.

use reqwest::Method;
use serde_json::json;
use tests::{Delivery, Receiver, eventually};

use super::{registers, renames, sequences, server, taken, webhooks};

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
