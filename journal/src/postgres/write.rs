//! The one connection of this process that writes, and what becomes of it when a write fails or nobody answers.

use std::io::ErrorKind;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::open::is_no_standby;
use crate::store::StoreError;

/// The longest a command or a check waits for the database. A server that hangs still accepts connections and says
/// nothing: only a limit on our side notices.
pub const WITHIN: Duration = Duration::from_secs(2);

/// The longest a list waits for it.
const PATIENTLY: Duration = Duration::from_secs(10);

/// Groups of one process follow one another on this connection.
pub struct Write {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
}

impl Write {
    /// Opens a connection when it is first needed, and others should it fail.
    pub fn new(options: PgConnectOptions) -> Self {
        Self { options, connection: None }
    }

    /// The connection, open.
    pub async fn open(&mut self) -> Result<&mut PgConnection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => within(self.connect()).await?,
        };
        Ok(self.connection.insert(connection))
    }

    async fn connect(&self) -> Result<PgConnection, StoreError> {
        let mut connection = self.options.connect().await?;
        is_no_standby(&mut connection).await?;
        Ok(connection)
    }

    /// To be told how each use of the connection went. One that failed is closed: who knows what is still under way on it.
    pub fn went(&mut self, well: bool) {
        if !well {
            self.connection = None;
        }
    }

    /// Whether writing works: tried by moving on the time that the next event must not be earlier than.
    pub async fn works(&mut self) -> Result<(), StoreError> {
        let touch = sqlx::query("update journal set recorded_at = greatest(recorded_at, clock_timestamp())");
        let open = self.open().await?;
        let tried = within(async { Ok(touch.execute(open).await?) }).await;
        self.went(tried.is_ok());
        tried?;
        Ok(())
    }
}

/// What the database says, unless it takes too long.
pub async fn within<T>(asked: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(WITHIN, asked).await.unwrap_or_else(|_| Err(too_slow()))
}

/// The same for lists, searches and histories, which may take their time.
pub async fn patiently<T>(asked: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(PATIENTLY, asked).await.unwrap_or_else(|_| Err(too_slow()))
}

/// The database did not answer in time.
pub fn too_slow() -> StoreError {
    StoreError::Database(sqlx::Error::Io(std::io::Error::new(
        ErrorKind::TimedOut,
        "the database did not answer in time",
    )))
}

/// The last write failed, and the next one is under way.
pub fn still_failing() -> StoreError {
    StoreError::Database(sqlx::Error::Io(std::io::Error::other("the last write failed; it is being tried again")))
}
