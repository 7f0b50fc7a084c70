//! The one connection that writes, and what becomes of it when a write fails.
//!
//! On a full disk or an I/O error SQLite rolls back by itself. sqlx does not notice, goes on counting an open transaction,
//! and such a connection never begins another one: it is closed, and the next write opens a new one.

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::store::StoreError;

/// SQLite has one writer; ours is this connection.
pub struct Write {
    options: SqliteConnectOptions,
    connection: Option<SqliteConnection>,
    failing: bool,
}

impl Write {
    /// Writes on this connection, and on others opened like it should it fail.
    pub fn new(options: SqliteConnectOptions, connection: SqliteConnection) -> Self {
        Self { options, connection: Some(connection), failing: false }
    }

    /// The connection, open.
    pub async fn open(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        Ok(self.connection.insert(connection))
    }

    /// To be told how each use of the connection went.
    pub fn went(&mut self, well: bool) {
        self.failing = !well;
        if self.failing {
            self.connection = None;
        }
    }

    /// Whether writing works, as far as known: after a failure it is tried, by moving on the time that the next event must
    /// not be earlier than. (Of a row that does not change SQLite writes nothing.)
    pub async fn works(&mut self) -> Result<(), StoreError> {
        if !self.failing {
            return Ok(());
        }
        let touch = "update journal set recorded_at = max(recorded_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";
        let tried = sqlx::query(touch).execute(self.open().await?).await;
        self.went(tried.is_ok());
        tried?;
        Ok(())
    }
}
