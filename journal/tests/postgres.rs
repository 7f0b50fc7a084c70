//! The contract on Postgres, and what only a server has.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "in a test, what must not happen is best said by stopping"
)]

mod contract;
#[path = "postgres/server.rs"]
mod server;
#[path = "postgres/settings.rs"]
mod settings;

use std::sync::Arc;

use async_trait::async_trait;
use journal::Store;
use journal::postgres::PostgresStore;
use servers::Postgres;
use sqlx::{Connection, Executor, PgConnection};

/// A journal in a database of its own.
struct InADatabase {
    url: String,
}

#[async_trait]
impl contract::Database for InADatabase {
    /// Another server on the same database.
    async fn store(&self) -> Arc<dyn Store> {
        Arc::new(PostgresStore::open(&self.url, true).await.unwrap())
    }

    async fn run(&self, sql: &str) -> Result<u64, String> {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        connection.execute(sql).await.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }

    fn unguarded(&self) -> &'static str {
        "drop trigger if exists events_are_never_updated on events"
    }
}

async fn fresh() -> contract::Fixture {
    let url = tokio::task::spawn_blocking(|| Postgres::shared().create_database()).await.unwrap();
    PostgresStore::open(&url, true).await.unwrap();
    Box::new(InADatabase { url })
}

mod on_postgres {
    crate::contract::every_contract_test!(crate::fresh);
}
