//! A journal in Postgres, for as many servers as one likes. The twin of `sqlite`, function by function.
//!
//! - `open`: what the database must be, settings, schema
//! - `mistakes`: what is wrong with the URL rather than with the database
//! - `look_up`, `concerned`: what a group needs to know
//! - `append`: one statement per group, one transaction where slugs or addresses change hands
//! - `write`: the connection they share
//! - `follow`: history and the whole journal in order
//! - `lease`: which of several servers does what only one may do
//! - `archive`: what was
//! - `people`, `sessions`: the tables that can be erased; `erasure`: erases somebody there; `webhooks`: where events are sent

mod append;
mod archive;
mod concerned;
mod erasure;
mod follow;
mod lease;
mod look_up;
mod mistakes;
mod open;
mod people;
mod sessions;
mod time;
mod webhooks;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use domain::{MemberId, Organization, OrganizationId, Position, Recorded, Sequence, Timestamp, UserId};
use postgres_es::PostgresEventRepository;
use sqlx::postgres::PgPool;
use tokio::sync::Mutex;
use uuid::Uuid;

pub use self::archive::PostgresArchive;
pub use self::open::check;
use self::write::{Write, patiently, within};
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

/// How soon what another server wrote is noticed by whoever follows.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// The store.
pub struct PostgresStore {
    /// What groups append on, shared in order of arrival.
    write: Mutex<Write>,
    /// What groups are read on before: one group is read and decided while another commits.
    look: Mutex<Write>,
    /// Whether the last write went wrong. Beside the connection, so that whoever asks waits for nobody.
    failing: AtomicBool,
    /// Membership checks, and whether the journal is there: a connection for each that can be under way.
    check: PgPool,
    /// Other short reads. Many may wait for these; nobody who checks stands in their queue.
    read: PgPool,
    /// What the relay and projections follow, leases, and what is kept of people, so that no list holds them up.
    follow: PgPool,
    /// Webhooks: many may wait for these, and nobody else stands in their queue.
    deliver: PgPool,
    /// Lists, searches and histories, which may take their time.
    browse: PgPool,
}

#[async_trait]
impl Store for PostgresStore {
    async fn look_up(&self, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
        let mut look = self.look.lock().await;
        let looked_up = within(look_up::look_up(look.open().await?, asks)).await;
        self.went(&mut look, looked_up.is_ok());
        looked_up
    }

    async fn look_up_and_read(
        &self,
        asks: &[Ask],
        foreseen: &[Wanted],
    ) -> Result<(Timestamp, Vec<LookedUp>, Option<Vec<Found>>), StoreError> {
        let mut look = self.look.lock().await;
        let told = within(look_up::look_up_and_read(look.open().await?, asks, foreseen)).await;
        self.went(&mut look, told.is_ok());
        told.map(|(at, looked_up, found)| (at, looked_up, Some(found)))
    }

    async fn concerned(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
        let mut look = self.look.lock().await;
        let found = within(concerned::concerned(look.open().await?, wanted)).await;
        self.went(&mut look, found.is_ok());
        found
    }

    async fn read(&self, wanted: &[Wanted]) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
        again(|| async { concerned::with_mark(&mut *self.check.acquire().await?, wanted).await }).await
    }

    async fn read_apart(&self, wanted: &[Wanted]) -> Result<(Position, Vec<Found>), StoreError> {
        again(|| async {
            let mut connection = self.browse.acquire().await?;
            let position = follow::position(&mut *connection).await?;
            Ok((position, concerned::concerned(&mut connection, wanted).await?))
        })
        .await
    }

    async fn append(&self, batch: &Batch) -> Result<Appended, AppendError> {
        let mut write = self.write.lock().await;
        let appended = match tokio::time::timeout(write::WITHIN, append::append(write.open().await?, batch)).await {
            Ok(appended) => appended,
            // It may be committed this very moment.
            Err(_) => Err(AppendError::Unknown(write::too_slow())),
        };
        self.went(&mut write, matches!(appended, Ok(_) | Err(AppendError::Conflict)));
        appended
    }

    async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        patiently(follow::history(&self.browse, organization, after, limit)).await
    }

    async fn rows_of(&self, organization: OrganizationId, after: Sequence, limit: u32) -> Result<Vec<Row>, StoreError> {
        patiently(follow::rows_of(&self.deliver, organization, after, limit)).await
    }

    async fn rows(&self, after: Position, limit: u32) -> Result<Vec<Row>, StoreError> {
        patiently(follow::rows(&self.follow, after, limit)).await
    }

    async fn news(&self, from: Position, limit: u32) -> Result<Vec<Passing>, StoreError> {
        again(|| follow::news(&self.check, from, limit)).await
    }

    async fn lease(&self, name: &str, holder: Uuid, lasts: Duration) -> Result<Option<Epoch>, StoreError> {
        within(lease::lease(&self.follow, name, holder, lasts)).await
    }

    async fn give_up_leases(&self, holder: Uuid) -> Result<(), StoreError> {
        within(lease::give_up(&self.follow, holder)).await
    }

    /// One reads and decides while the other commits.
    fn writers(&self) -> usize {
        2
    }

    fn look_every(&self) -> Duration {
        LOOK_EVERY
    }

    async fn held_by(&self, user: &UserId) -> Result<Vec<Held>, StoreError> {
        again(|| follow::held_by(&self.read, user)).await
    }

    async fn tenure(&self, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError> {
        again(|| follow::tenure(&self.read, member)).await
    }

    async fn position(&self) -> Result<Position, StoreError> {
        again(|| follow::position(&self.check)).await
    }

    async fn writable(&self) -> Result<(), StoreError> {
        if !self.failing.load(Ordering::Relaxed) {
            return Ok(());
        }
        // Whoever holds the connection is finding out just now: to wait in line would only keep the next command waiting.
        let Ok(mut write) = self.write.try_lock() else { return Err(write::still_failing()) };
        let works = write.works().await;
        self.failing.store(works.is_err(), Ordering::Relaxed);
        works
    }

    async fn bind(&self, issuer: &str) -> Result<Bound, StoreError> {
        within(open::bind(self.write.lock().await.open().await?, issuer)).await
    }

    async fn issuer(&self) -> Result<Option<String>, StoreError> {
        let read = sqlx::query_scalar("select issuer from journal").fetch_optional(&self.browse);
        patiently(async { Ok(read.await?.flatten()) }).await
    }

    async fn replay(&self, organization: OrganizationId) -> Result<Organization, StoreError> {
        let events =
            PersistedEventStore::<_, Organization>::new_event_store(PostgresEventRepository::new(self.browse.clone()));
        let context = events
            .load_aggregate(&organization.to_string())
            .await
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(context.aggregate)
    }

    async fn forget_keys(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        self.forget(
            "delete from commands where id in (
                 select id from commands where keyed_at < clock_timestamp() - make_interval(secs => $1)
                 limit $2 for update skip locked)",
            older_than,
        )
        .await
    }

    fn archive(&self) -> Arc<dyn Archive> {
        Arc::new(PostgresArchive::new(self.browse.clone()))
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

impl PostgresStore {
    /// Connections for lists in the same database.
    pub fn browsing(&self) -> PgPool {
        self.browse.clone()
    }

    /// Connections for what follows the journal in the same database.
    pub fn following(&self) -> PgPool {
        self.follow.clone()
    }

    /// Deletes what is older than `$1`, at most `$2` rows at a time, until there is none; says how many. What another server is
    /// deleting just now is left to it.
    async fn forget(&self, delete: &'static str, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let delete = sqlx::query(delete).bind(older_than.num_seconds() as f64).bind(FORGOTTEN_AT_ONCE);
            let some = patiently(async { Ok(delete.execute(&self.browse).await?.rows_affected()) }).await?;
            if some == 0 {
                return Ok(forgotten);
            }
            forgotten += some;
        }
    }

    /// To be told how each use of the writing connection went.
    fn went(&self, write: &mut Write, well: bool) {
        write.went(well);
        self.failing.store(!well, Ordering::Relaxed);
    }
}

/// After the server went away each connection fails once; reading again changes nothing.
async fn again<T, F>(read: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    within(async {
        for _ in 0..open::CONNECTIONS_OF_A_KIND {
            match read().await {
                Err(StoreError::Database(error)) if is_gone(&error) => {}
                told => return told,
            }
        }
        read().await
    })
    .await
}

/// Whether the connection is dead, or was told that the server is about to stop (class 57P).
fn is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

/// An id as it lies in the table.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("an id is no id".into()))
}
