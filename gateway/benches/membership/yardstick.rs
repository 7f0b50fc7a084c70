//! What the same machine does without Roster, in the same run.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use gateway::server::{self, Limits};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use tokio::net::TcpListener;

use crate::measure::measure;

/// One row a transaction, with Roster's settings for the file: what a command could cost at best without groups.
pub async fn sqlite(time: Duration) -> f64 {
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
    let connection = tokio::sync::Mutex::new((connection, 0_i64));
    measure(1, time, |_| async {
        let mut guard = connection.lock().await;
        let (connection, sequence) = &mut *guard;
        *sequence += 1;
        sqlx::query("insert into events values ('o', ?1, '{\"MemberLeft\":{\"member_id\":\"01a20a52-e70a-74ef-b553-a286fc875197\"}}')")
            .bind(*sequence)
            .execute(connection)
            .await
            .unwrap();
        true
    })
    .await
    .rate
}

/// A server whose only handler answers at once: the cost of HTTP itself.
pub async fn bare_axum() -> std::net::SocketAddr {
    let app = Router::new().route("/", get(async || "{}"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits { connections: 1000, drain: Duration::ZERO };
    tokio::spawn(server::serve(listener, app, limits, std::future::pending()));
    address
}
