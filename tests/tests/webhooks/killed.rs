//! A server that dies in the middle loses nothing, mixes nothing up, and sends twice only under the same id.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;
use tests::{Delivery, Receiver, Reply, eventually};

use super::{registers, renames, server};

/// Nothing is missing; each event came first in its order; one that came twice was the same.
pub fn nothing_is_lost(deliveries: &[Delivery], last: u64) -> usize {
    let mut seen: HashMap<u64, &Delivery> = HashMap::new();
    let (mut highest, mut twice) = (2, 0);
    for delivery in deliveries {
        let sequence = delivery.sequence();
        if let Some(first) = seen.insert(sequence, delivery) {
            assert_eq!((first.id(), &first.body), (delivery.id(), &delivery.body));
            twice += 1;
        } else {
            assert_eq!(sequence, highest + 1, "an event came before one that was before it");
            highest = sequence;
        }
    }
    assert_eq!(highest, last, "events are missing");
    twice
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_the_middle_of_deliveries_goes_on_where_it_was() {
    let mut server = server();
    let receiver = Receiver::that(|_| Reply::Slowly(Duration::from_millis(20))).await;
    let mut ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    let mut last = 2;
    for round in 0..4 {
        let heard = receiver.heard().len();
        for n in 0..25 {
            renames(&ana, "acme", &format!("Acme {round} {n}")).await;
            last += 1;
        }
        eventually("some are delivered", async || (receiver.heard().len() > heard).then_some(())).await;
        server.kill();
        server.restart();
        ana = ana.at(&server.url);
    }
    let webhook = format!("/v1/organizations/acme/webhooks/{id}");
    eventually("all are delivered", async || {
        let shown = ana.gets(&webhook).await.expect(200).body;
        (shown["position"] == json!(last) && shown["waiting"] == json!([])).then_some(())
    })
    .await;
    let twice = nothing_is_lost(&receiver.heard(), last);
    println!("{} events, {twice} of them twice", last - 2);
    assert!(twice <= 4 * 20, "no more than what was under way: {twice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_while_events_wait_keeps_them_waiting() {
    let mut server = server();
    let receiver = Receiver::that(|_| Reply::Status(500)).await;
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    let webhook = format!("/v1/organizations/acme/webhooks/{id}");
    for n in 0..30 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    eventually("it waits", async || {
        let shown = ana.gets(&webhook).await.expect(200).body;
        (shown["waiting"][0]["sequence"] == json!(3)).then_some(())
    })
    .await;
    server.kill();
    receiver.answers(|_| Reply::Status(204));
    server.restart();
    let ana = ana.at(&server.url);
    eventually("all are delivered", async || (receiver.taken().len() >= 30).then_some(())).await;
    nothing_is_lost(&receiver.taken(), 32);
    eventually("nothing waits", async || {
        (ana.gets(&webhook).await.expect(200).body["waiting"] == json!([])).then_some(())
    })
    .await;
}
