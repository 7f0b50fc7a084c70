//! A NATS that is not there at start, is killed, frozen, wiped: commands and checks don't notice, lists go on, and what was
//! written meanwhile is carried when it is back.

use servers::{Nats, Postgres};
use tests::carried::{messages, of_organization};
use tests::{Person, Server, carried, eventually, told};

async fn reports(ana: &Person, status: &str, nats: &str) {
    eventually(&format!("NATS {nats}"), async || {
        let ready = ana.gets("/readyz").await.expect(200);
        (ready.body["status"] == status && ready.body["nats"] == nats).then_some(())
    })
    .await;
}

/// Ben joins and leaves as if nothing were the matter, and lists show it.
async fn ben_comes_and_goes(ana: &Person, ben: &Person) -> u64 {
    ana.takes_in("acme", ben, "member").await;
    ben.checks("acme").await.expect(200);
    let position = ben.leaves("acme").await.expect(200).position();
    ben.checks("acme").await.refused(403, "not-a-member");
    let shown = ana.lists("/v1/organizations/acme/members", position).await;
    assert_eq!(shown.body["total"], 1, "{shown:#?}");
    position
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nats_that_is_away_hinders_nobody_and_catches_up() {
    let mut nats = Nats::start();
    nats.kill();
    let server = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    reports(&ana, "degraded", "away").await;
    let mut position = ben_comes_and_goes(&ana, &ben).await;
    for fault in ["killed", "frozen", "wiped"] {
        if fault == "frozen" {
            nats.thaw();
        } else {
            nats.restart();
        }
        reports(&ana, "ready", "connected").await;
        eventually("all is carried", async || (carried(&nats.url()).await == position).then_some(())).await;
        match fault {
            "killed" => nats.freeze(),
            "frozen" => {
                nats.kill();
                nats.wipe();
            }
            _ => break,
        }
        reports(&ana, "degraded", "away").await;
        position = ben_comes_and_goes(&ana, &ben).await;
    }
    let organization = ana.gets("/v1/organizations/acme").await.text("/id");
    let carried = of_organization(&messages(&nats.url()).await, &organization);
    let history = told::told(&ana.history("acme").await);
    assert_eq!(carried.len(), history.len());
    for (there, here) in carried.iter().zip(history) {
        assert_eq!((there.position, &there.event), (here.position, &here.event));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_that_relays_is_killed_another_goes_on() {
    let ([mut first, second, third], nats) = super::three();
    let (ana, ben) = (first.person("ana"), first.person("ben"));
    ana.founds("acme").await.expect(201);
    eventually("the first relays", async || (carried(&nats.url()).await == 2).then_some(())).await;
    first.kill();
    let ana = ana.at(&second.url);
    ana.takes_in("acme", &ben.at(&third.url), "member").await;
    let position = ben.at(&third.url).leaves("acme").await.expect(200).position();
    eventually("another relays", async || (carried(&nats.url()).await == position).then_some(())).await;
    messages(&nats.url()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn republish_makes_the_stream_anew() {
    let ([first, ..], nats) = super::three();
    let ana = first.person("ana");
    ana.founds("acme").await.expect(201);
    eventually("all is carried", async || (carried(&nats.url()).await == 2).then_some(())).await;
    let republish = |url: &str| Server::command(first.data()).env("NATS_URL", url).arg("republish").output();
    let done = republish(&nats.url()).expect("roster runs");
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("from position 1"), "{done:?}");
    let position = ben_comes_and_goes(&ana, &first.person("ben")).await;
    eventually("all is carried again", async || (carried(&nats.url()).await == position).then_some(())).await;
    messages(&nats.url()).await;
    let without = republish("").expect("roster runs");
    assert!(!without.status.success() && String::from_utf8_lossy(&without.stderr).contains("NATS_URL is not set"));
}
