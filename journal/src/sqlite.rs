//! A journal in one SQLite file: the embedded default. One server at a time, held by a lock beside the file.
//!
//! - `open`: file, lock, settings, schema
//! - `look_up`, `concerned`: what a group needs to know
//! - `append`: one transaction per group
//! - `write`: the connection they share
//! - `follow`: history and the whole journal in order
//! - `archive`: what was
//! - `people`, `sessions`: the tables that can be erased; `erasure`: erases somebody there; `webhooks`: where events are sent

mod append;
mod archive;
mod concerned;
mod erasure;
mod follow;
mod look_up;
mod open;
mod people;
mod sessions;
#[cfg(test)]
mod settings;
mod webhooks;
mod write;

use std::sync::Arc;
use std::time::Duration;

pub use self::archive::SqliteArchive;
use self::write::Write;
use async_trait::async_trait;
use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use domain::{MemberId, Organization, OrganizationId, Position, Recorded, Sequence, Timestamp, UserId};
use sqlite_es::SqliteEventRepository;
use sqlx::Sqlite;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqlitePool};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::archive::Archive;
use crate::ask::Ask;
use crate::batch::{Appended, Batch};
use crate::erasure::Erasure;
use crate::memberships::news::{Mark, Passing};
use crate::people::People;
use crate::row::{Row, Unreadable};
use crate::sessions::Sessions;
use crate::store::{AppendError, Bound, Epoch, FORGOTTEN_AT_ONCE, Found, Held, LookedUp, Store, StoreError, Wanted};
use crate::webhooks::Webhooks;

/// One server a file: its followers are always woken.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The store.
pub struct SqliteStore {
    /// Shared in order of arrival.
    write: Mutex<Write>,
    /// Membership checks and other short reads. This pool and the next two are read-only and see only what is committed.
    read: SqlitePool,
    /// What projections follow, so that no list holds them up.
    follow: SqlitePool,
    /// Webhooks: many may wait for these, and nobody else stands in their queue.
    deliver: SqlitePool,
    /// Lists, searches and histories, which may take their time.
    browse: SqlitePool,
    /// Held as long as the store lives; the system releases it also after `kill -9`.
    _lock: std::fs::File,
}

#[async_trait]
impl Store for SqliteStore {
    async fn look_up(&self, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
        let mut write = self.write.lock().await;
        let looked_up = look_up::look_up(write.open().await?, asks).await;
        write.went(looked_up.is_ok());
        looked_up
    }

    async fn concerned(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
        let mut write = self.write.lock().await;
        let found = concerned::concerned(write.open().await?, wanted).await;
        write.went(found.is_ok());
        found
    }

    async fn read(&self, wanted: &[Wanted]) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
        concerned::with_mark(&mut *self.read.acquire().await?, wanted).await
    }

    async fn read_apart(&self, wanted: &[Wanted]) -> Result<(Position, Vec<Found>), StoreError> {
        let mut connection = self.browse.acquire().await?;
        let position = follow::position(&mut *connection).await?;
        Ok((position, concerned::concerned(&mut connection, wanted).await?))
    }

    async fn append(&self, batch: &Batch) -> Result<Appended, AppendError> {
        let mut write = self.write.lock().await;
        let appended = append::append(write.open().await?, batch).await;
        write.went(matches!(appended, Ok(_) | Err(AppendError::Conflict)));
        appended
    }

    async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        follow::history(&self.browse, organization, after, limit).await
    }

    async fn rows_of(&self, organization: OrganizationId, after: Sequence, limit: u32) -> Result<Vec<Row>, StoreError> {
        follow::rows_of(&self.deliver, organization, after, limit).await
    }

    async fn rows(&self, after: Position, limit: u32) -> Result<Vec<Row>, StoreError> {
        follow::rows(&self.follow, after, limit).await
    }

    async fn news(&self, from: Position, limit: u32) -> Result<Vec<Passing>, StoreError> {
        follow::news(&self.read, from, limit).await
    }

    /// One server at a time uses the file: nobody else could hold it.
    async fn lease(&self, _name: &str, _holder: Uuid, _lasts: Duration) -> Result<Option<Epoch>, StoreError> {
        Ok(Some(1))
    }

    async fn give_up_leases(&self, _holder: Uuid) -> Result<(), StoreError> {
        Ok(())
    }

    fn look_every(&self) -> Duration {
        LOOK_EVERY
    }

    async fn held_by(&self, user: &UserId) -> Result<Vec<Held>, StoreError> {
        follow::held_by(&self.read, user).await
    }

    async fn tenure(&self, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError> {
        follow::tenure(&self.read, member).await
    }

    async fn position(&self) -> Result<Position, StoreError> {
        follow::position(&self.read).await
    }

    async fn writable(&self) -> Result<(), StoreError> {
        self.write.lock().await.works().await
    }

    async fn bind(&self, issuer: &str) -> Result<Bound, StoreError> {
        open::bind(self.write.lock().await.open().await?, issuer).await
    }

    async fn issuer(&self) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("select issuer from journal").fetch_optional(&self.browse).await?.flatten())
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

    async fn forget_keys(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        self.forget(
            "delete from commands where id in (
                 select id from commands where keyed_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?1) limit ?2)",
            older_than,
        )
        .await
    }

    fn archive(&self) -> Arc<dyn Archive> {
        Arc::new(SqliteArchive::new(self.browse.clone()))
    }

    fn people(&self) -> &dyn People {
        self
    }

    fn sessions(&self) -> &dyn Sessions {
        self
    }

    fn webhooks(&self) -> &dyn Webhooks {
        self
    }

    fn erasure(&self) -> &dyn Erasure {
        self
    }
}

impl SqliteStore {
    /// A single statement that writes; how many rows it changed.
    async fn execute<'q>(&self, statement: Query<'q, Sqlite, SqliteArguments<'q>>) -> Result<u64, StoreError> {
        let mut write = self.write.lock().await;
        let done = statement.execute(write.open().await?).await;
        write.went(done.is_ok());
        Ok(done?.rows_affected())
    }
}

impl SqliteStore {
    /// Deletes what is older than `?1`, at most `?2` rows at a time, until there is none; says how many. Whoever waits for the
    /// connection has it in between.
    async fn forget(&self, delete: &'static str, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        let (age, mut forgotten) = (format!("{} seconds", -older_than.num_seconds()), 0);
        loop {
            let some = self.execute(sqlx::query(delete).bind(age.clone()).bind(FORGOTTEN_AT_ONCE)).await?;
            if some == 0 {
                return Ok(forgotten);
            }
            forgotten += some;
            tokio::task::yield_now().await;
        }
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
