//! One row a transaction, with Roster's settings for the file: what a command could cost at best without groups.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Mutex;

use crate::measure::measure;

/// Inserts a second.
pub async fn inserts(time: Duration) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("yardstick.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let create =
        "create table events (aggregate_id text, sequence integer, payload text, primary key (aggregate_id, sequence))";
    sqlx::query(create).execute(&mut connection).await.unwrap();
    let connection = Arc::new(Mutex::new((connection, 0_i64)));
    let insert = move |_| {
        let connection = connection.clone();
        async move {
            let mut guard = connection.lock().await;
            let (connection, sequence) = &mut *guard;
            *sequence += 1;
            sqlx::query("insert into events values ('o', ?1, '{\"MemberLeft\":{\"member_id\":\"01a20a52-e70a-74ef-b553-a286fc875197\"}}')")
                .bind(*sequence)
                .execute(connection)
                .await
                .unwrap();
            true
        }
    };
    measure(1, time, insert).await.rate
}
