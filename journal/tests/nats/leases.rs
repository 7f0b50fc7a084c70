//! One server relays at a time, and another takes over.

use std::time::Duration;

use servers::Nats;
use uuid::Uuid;

use crate::cast::{called, eventually};
use crate::{connected, database, in_a_database, stream};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_one_servers_until_it_is_over() {
    let url = database();
    let (here, there) = (in_a_database(&url).await, in_a_database(&url).await);
    let (ana, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(here.store().lease("relay", ana, LONG).await.unwrap(), Some(1));
    assert_eq!(there.store().lease("relay", ben, LONG).await.unwrap(), None, "it is taken");
    assert_eq!(there.store().lease("another", ben, LONG).await.unwrap(), Some(1), "each name is its own");
    assert_eq!(here.store().lease("relay", ana, SHORT).await.unwrap(), Some(1), "keeping it is no change of hands");
    eventually("it is over", async || there.store().lease("relay", ben, LONG).await.unwrap() == Some(2)).await;
    assert_eq!(here.store().lease("relay", ana, LONG).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_relay_stops_another_servers_goes_on() {
    let (server, url) = (Nats::start(), database());
    let (here, there) = (in_a_database(&url).await, in_a_database(&url).await);
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let nats = [connected(&server).await, connected(&server).await];
    let first = tokio::spawn(here.relay(&nats[0]).run());
    stream::reaches(&server, 2).await;
    let second = tokio::spawn(there.relay(&nats[1]).run());
    ana.renames(acme, "Acme").await.unwrap();
    stream::reaches(&server, 3).await;
    first.abort();
    ana.at(&there).renames(acme, "Acme without the first").await.unwrap();
    stream::equals(&server, &here).await;
    second.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_that_both_think_it_is_their_turn_carry_each_event_once() {
    let server = Nats::start();
    let url = database();
    let (here, there) = (in_a_database(&url).await, in_a_database(&url).await);
    let nats = [connected(&server).await, connected(&server).await];
    // On a file everybody holds the lease; on a database somebody keeps giving it away.
    let relays = [tokio::spawn(here.relay(&nats[0]).run()), tokio::spawn(there.relay(&nats[1]).run())];
    let thief = tokio::spawn({
        let url = url.clone();
        async move {
            use sqlx::{ConnectOptions, Executor};
            let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            loop {
                connection.execute("update leases set until = 'epoch'").await.unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    });
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    for round in 0..1_500 {
        ana.renames(acme, &format!("Acme {round}")).await.unwrap();
    }
    stream::equals(&server, &here).await;
    thief.abort();
    for relay in relays {
        assert!(!relay.is_finished());
        relay.abort();
    }
}
