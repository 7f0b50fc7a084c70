//! The relay and the feed on real NATS servers, of both versions, that are killed, frozen, wiped and lied to.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "in a test, what must not happen is best said by stopping"
)]

#[path = "nats/beforehand.rs"]
mod beforehand;
#[path = "nats/carried.rs"]
mod carried;
#[expect(dead_code, reason = "the people of the contract's tests; not all of their acts happen here")]
#[path = "contract/cast.rs"]
mod cast;
#[path = "nats/faults.rs"]
mod faults;
#[path = "nats/followed.rs"]
mod followed;
#[path = "nats/leases.rs"]
mod leases;
#[path = "nats/stream.rs"]
mod stream;

use std::sync::Arc;

use journal::postgres::PostgresStore;
use journal::{Journal, Nats, NatsSettings};
use servers::Postgres;
use tempfile::TempDir;

const ISSUER: &str = "https://id.acme.test";

/// A connection to it.
async fn connected(server: &servers::Nats) -> Nats {
    Nats::connect(&NatsSettings::at(server.url())).await.unwrap()
}

/// Hears so many events, together or one by one, as they arrive.
async fn hear(feed: &mut journal::Feed, many: usize) {
    let mut heard = 0;
    while heard < many {
        heard += feed.next().await.unwrap().len();
    }
    assert_eq!(heard, many);
}

/// A journal in a folder of its own, which goes with it.
async fn in_a_file() -> (Journal, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Journal::open(folder.path(), ISSUER).await.unwrap(), folder)
}

/// A server's journal in this database.
async fn in_a_database(url: &str) -> Journal {
    Journal::on(Arc::new(PostgresStore::open(url, true).await.unwrap()), ISSUER).await.unwrap()
}

/// A database of its own.
fn database() -> String {
    Postgres::shared().create_database()
}
