//! The contract on SQLite, and what only a file has.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "in a test, what must not happen is best said by stopping"
)]

mod contract;
#[path = "sqlite/erasure.rs"]
mod erasure;
#[path = "sqlite/file.rs"]
mod file;

use std::sync::Arc;

use async_trait::async_trait;
use journal::Store;
use journal::sqlite::SqliteStore;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Executor};
use tempfile::TempDir;

/// A journal in a folder of its own.
struct InAFolder {
    folder: TempDir,
    store: Arc<SqliteStore>,
}

/// The file, opened behind the journal's back as any tool would.
async fn behind_the_back(folder: &std::path::Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("roster.sqlite")).connect().await.unwrap()
}

#[async_trait]
impl contract::Database for InAFolder {
    /// One server per file: another writer shares the store.
    async fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    async fn run(&self, sql: &str) -> Result<u64, String> {
        let done = behind_the_back(self.folder.path()).await.execute(sql).await;
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }

    fn unguarded(&self) -> &'static str {
        "drop trigger if exists events_are_never_deleted"
    }
}

async fn fresh() -> contract::Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).await.unwrap());
    Box::new(InAFolder { folder, store })
}

mod on_sqlite {
    crate::contract::every_contract_test!(crate::fresh);
}
