//! A journal in one SQLite file: the embedded default. One server at a time, held by a lock beside the file.
//!
//! - [`open`]: file, lock, settings, schema
//! - [`look_up`], [`concerned`]: what a group needs to know
//! - [`append`]: one transaction per group
//! - [`follow`]: history and the whole journal in order
//! - [`people`]: the tables that can be erased

mod append;
mod concerned;
mod follow;
mod look_up;
mod open;
mod people;
#[cfg(test)]
mod settings;

use async_trait::async_trait;
use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use domain::{MemberId, Organization, OrganizationId, Position, Recorded, Sequence, Timestamp, UserId};
use sqlite_es::SqliteEventRepository;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use tokio::sync::Mutex;

use crate::ask::Ask;
use crate::batch::{Appended, Batch};
use crate::people::People;
use crate::row::Unreadable;
use crate::store::{AppendError, Bound, Found, Held, LookedUp, Store, StoreError, Wanted};

/// The store.
pub struct SqliteStore {
    /// SQLite has one writer; ours is this connection, shared in order of arrival.
    write: Mutex<SqliteConnection>,
    /// Read-only, see only what is committed.
    read: SqlitePool,
    /// Lists and exports, apart from checks.
    browse: SqlitePool,
    /// Held as long as the store lives; the system releases it also after `kill -9`.
    _lock: std::fs::File,
}

#[async_trait]
impl Store for SqliteStore {
    async fn look_up(&self, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
        look_up::look_up(&mut *self.write.lock().await, asks).await
    }

    async fn concerned(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
        concerned::concerned(&mut *self.write.lock().await, wanted).await
    }

    async fn read(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
        concerned::concerned(&mut *self.read.acquire().await?, wanted).await
    }

    async fn append(&self, batch: &Batch) -> Result<Appended, AppendError> {
        append::append(&mut *self.write.lock().await, batch).await
    }

    async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        follow::history(&self.browse, organization, after, limit).await
    }

    async fn follow(&self, after: Position, limit: u32) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        follow::follow(&self.browse, after, limit).await
    }

    async fn held_by(&self, user: &UserId) -> Result<Vec<Held>, StoreError> {
        follow::held_by(&self.browse, user).await
    }

    async fn tenure(&self, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError> {
        follow::tenure(&self.read, member).await
    }

    async fn position(&self) -> Result<Position, StoreError> {
        let position: i64 = sqlx::query_scalar("select position from journal").fetch_one(&self.read).await?;
        Ok(position.unsigned_abs())
    }

    async fn bind(&self, issuer: &str) -> Result<Bound, StoreError> {
        open::bind(&mut *self.write.lock().await, issuer).await
    }

    async fn replay(&self, organization: OrganizationId) -> Result<Organization, StoreError> {
        let events =
            PersistedEventStore::<_, Organization>::new_event_store(SqliteEventRepository::new(self.browse.clone()));
        let context = events
            .load_aggregate(&organization.to_string())
            .await
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(context.aggregate)
    }

    fn people(&self) -> &dyn People {
        self
    }
}

/// Rows of parameters as one JSON text, for `json_each`: one statement whatever the number of rows.
fn json(rows: &serde_json::Value) -> String {
    rows.to_string()
}

/// A time as it lies in the file.
fn time(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("recorded_at is no time".into()))
}

/// A time as it is laid into the file: of one length, because SQLite compares it as text.
fn text(time: Timestamp) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// An id as it lies in the file.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("an id is no id".into()))
}
