//! Webhooks: delivered by one server at a time, whichever that is.

use std::collections::HashMap;

use serde_json::json;
use servers::{Nats, Postgres};
use tests::{Delivery, Receiver, Server, eventually};

async fn leads(server: &Server) -> bool {
    server.person("ana").gets("/metrics").await.raw.contains("roster_webhooks_leader 1\n")
}

async fn renames(server: &Server, name: &str) {
    let ana = server.person("ana");
    ana.patches("/v1/organizations/acme", json!({ "name": name })).await.expect(200);
}

async fn heard(receiver: &Receiver, last: u64) -> Vec<Delivery> {
    eventually(&format!("event {last} is delivered"), async || {
        let heard = receiver.heard();
        heard.iter().any(|delivery| delivery.sequence() == last).then_some(heard)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_server_delivers_and_when_it_goes_another_goes_on() {
    let nats = Nats::start();
    let settings = [("ROSTER_WEBHOOKS_ALLOW_PRIVATE", "on"), ("ROSTER_WEBHOOKS_RETRY_FIRST", "1s")];
    let (database, url) = (Postgres::shared().create_database(), nats.url());
    let all: Vec<_> =
        [("DATABASE_URL", database.as_str()), ("NATS_URL", url.as_str())].into_iter().chain(settings).collect();
    let first = Server::in_folder(tempfile::tempdir().expect("a folder"), &[], &all);
    eventually("the first delivers", async || leads(&first).await.then_some(())).await;
    let (second, third) = (first.another(), first.another());
    let receiver = Receiver::start().await;
    let ana = second.person("ana");
    ana.founds("acme").await.expect(201);
    // Registered at one server, delivered by another.
    ana.posts("/v1/organizations/acme/webhooks", json!({ "url": receiver.url })).await.expect(201);
    for n in 0..30 {
        renames(if n % 2 == 0 { &second } else { &third }, &format!("Acme {n}")).await;
    }
    let deliveries = heard(&receiver, 32).await;
    let sequences: Vec<_> = deliveries.iter().map(Delivery::sequence).collect();
    assert_eq!(sequences, (3..=32).collect::<Vec<_>>(), "three servers, each event once and in order");
    let mut leaders = 0;
    for server in [&first, &second, &third] {
        leaders += usize::from(leads(server).await);
    }
    assert_eq!(leaders, 1);

    // One is killed, its successor told to stop.
    let (mut servers, mut last) = (vec![first, second, third], 32);
    for kill in [true, false] {
        let mut at = 0;
        for (n, server) in servers.iter().enumerate() {
            if leads(server).await {
                at = n;
            }
        }
        for n in 0..25 {
            let server = &servers[(at + 1) % servers.len()];
            renames(server, &format!("Acme {kill} {n}")).await;
            last += 1;
        }
        let mut leader = servers.remove(at);
        if kill {
            leader.kill();
        } else {
            leader.stop();
        }
        eventually("another one delivers", async || {
            for server in &servers {
                if leads(server).await {
                    return Some(());
                }
            }
            None
        })
        .await;
        renames(&servers[0], &format!("Acme {kill}")).await;
        last += 1;
        heard(&receiver, last).await;
    }
    let (mut seen, mut highest) = (HashMap::new(), 2);
    for delivery in receiver.heard() {
        let (sequence, id) = (delivery.sequence(), delivery.id().to_owned());
        if let Some(first) = seen.insert(sequence, id.clone()) {
            assert_eq!(first, id, "the same event under another id");
        } else {
            assert_eq!(sequence, highest + 1, "an event came before one that was before it");
            highest = sequence;
        }
    }
    assert_eq!(highest, last);
}
