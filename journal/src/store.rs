//! What a database must do to be a journal. `sqlite` and `postgres` are two, with one silhouette.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{Facts, MemberId, OrganizationId, Position, Recorded, Sequence, Slug, Subject, Timestamp, UserId};
use sqlx::migrate::MigrateError;
use uuid::Uuid;

use crate::archive::Archive;
use crate::ask::{Ask, OrganizationRef};
use crate::batch::{Appended, Batch};
use crate::erasure::Erasure;
use crate::memberships::news::{Mark, Passing};
use crate::people::People;
use crate::row::{Read, Row, Unreadable};
use crate::sessions::Sessions;
use crate::webhooks::Webhooks;

/// Rows forgotten in one transaction at most: commands wait for no more of them.
pub(crate) const FORGOTTEN_AT_ONCE: i64 = 500;

/// How often a lease has changed hands.
pub type Epoch = i64;

/// A journal's database.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The database's clock, and per command, in order, what was looked up for it. Of no commands, the clock alone.
    async fn look_up(&self, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError>;

    /// The same, and where the store can read both in **one snapshot**, these subjects with it: a round trip less for commands
    /// that need no look-up to tell what they concern.
    async fn look_up_and_read(
        &self,
        asks: &[Ask],
        _foreseen: &[Wanted],
    ) -> Result<(Timestamp, Vec<LookedUp>, Option<Vec<Found>>), StoreError> {
        let (at, looked_up) = self.look_up(asks).await?;
        Ok((at, looked_up, None))
    }

    /// The events of these subjects of these organizations with the organizations' heads: **one statement, one snapshot**.
    async fn concerned(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError>;

    /// The same for many who only read, on connections of their own, so that commands don't wait for checks nor checks for commands. With the
    /// last event there was at that moment; `None` before the first.
    async fn read(&self, wanted: &[Wanted]) -> Result<(Vec<Found>, Option<Mark>), StoreError>;

    /// The same for one who wants very many and may wait: on the connections of lists. With a position that the snapshot is not older than.
    async fn read_apart(&self, wanted: &[Wanted]) -> Result<(Position, Vec<Found>), StoreError>;

    /// Appends everything or nothing.
    async fn append(&self, batch: &Batch) -> Result<Appended, AppendError>;

    /// An organization's events after a sequence, oldest first.
    async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError>;

    /// The same as they lie there: also those of a later version's events.
    async fn rows_of(&self, organization: OrganizationId, after: Sequence, limit: u32) -> Result<Vec<Row>, StoreError>;

    /// All rows after a position, in order, as they lie there: also those of a later version's events.
    async fn rows(&self, after: Position, limit: u32) -> Result<Vec<Row>, StoreError>;

    /// All events after a position, in order.
    async fn follow(&self, after: Position, limit: u32) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        Ok(self.rows(after, limit).await?.into_iter().map(Row::recorded).collect())
    }

    /// The event at this position and what was recorded after it, in order, on the connections of checks. Fails as
    /// [unreadable](StoreError::Unreadable) where what a row is about makes no sense.
    async fn news(&self, from: Position, limit: u32) -> Result<Vec<Passing>, StoreError>;

    /// Takes or keeps the lease of this name; `None` while another holder has it. By the database's clock: nobody else gets
    /// it before `lasts` is over, and whoever does gets a higher epoch.
    async fn lease(&self, name: &str, holder: Uuid, lasts: Duration) -> Result<Option<Epoch>, StoreError>;

    /// Ends all of a holder's leases now, so that others need not wait until they are over.
    async fn give_up_leases(&self, holder: Uuid) -> Result<(), StoreError>;

    /// How many groups may be under way at once, of different organizations.
    fn writers(&self) -> usize {
        1
    }

    /// How often a follower that nobody woke looks all the same. Servers wake only their own followers: where others may
    /// write, this is how long their events take to be noticed.
    fn look_every(&self) -> Duration;

    /// A person's current memberships over all organizations, oldest first.
    async fn held_by(&self, user: &UserId) -> Result<Vec<Held>, StoreError>;

    /// Forgets the ids of commands that were kept for whoever asks again, longer ago than this; says how many. A few at a time,
    /// so that no command waits for all of them, and what was forgotten stays so if the rest fails.
    async fn forget_keys(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError>;

    /// Whose tenure this is, or was, and where.
    async fn tenure(&self, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError>;

    /// The last position written.
    async fn position(&self) -> Result<Position, StoreError>;

    /// Whether commands can be written. Costs nothing while the last write went well; after one that did not, it tries.
    async fn writable(&self) -> Result<(), StoreError>;

    /// The journal's own id, and the issuer its user ids belong to: this one if it had none.
    async fn bind(&self, issuer: &str) -> Result<Bound, StoreError>;

    /// Whose user ids the journal holds, if it is settled.
    async fn issuer(&self) -> Result<Option<String>, StoreError>;

    /// The whole stream of one organization through cqrs-es's own store, for replay and as a second opinion.
    async fn replay(&self, organization: OrganizationId) -> Result<domain::Organization, StoreError>;

    /// What was, on the connections of lists.
    fn archive(&self) -> Arc<dyn Archive>;

    /// The tables beside the journal that can be erased.
    fn people(&self) -> &dyn People;

    /// What sessions are looking at.
    fn sessions(&self) -> &dyn Sessions;

    /// Where events are sent.
    fn webhooks(&self) -> &dyn Webhooks;

    /// Erases people from both.
    fn erasure(&self) -> &dyn Erasure;
}

/// What the journal looked up for one command.
#[derive(Debug, Default)]
pub struct LookedUp {
    /// The organization meant, if there is one.
    pub organization: Option<OrganizationId>,
    /// For the decision.
    pub facts: Facts,
    /// Where the outcome lies, if this command id was carried out before.
    pub known: Option<Known>,
}

impl LookedUp {
    /// Of a command for which nothing needs to be looked up: it names its organization by the id.
    pub(crate) fn nothing(ask: &Ask) -> Self {
        let organization = match ask.organization {
            OrganizationRef::Id(id) => Some(id),
            OrganizationRef::Slug(_) | OrganizationRef::OfInvitation(_) => None,
        };
        Self { organization, ..Self::default() }
    }
}

/// Where the events of a command lie that was carried out before.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Of which organization.
    pub organization: OrganizationId,
    /// Its first event.
    pub first: Sequence,
    /// Its last event; one before the first where it recorded none.
    pub last: Sequence,
    /// What was asked, if that was kept.
    pub fingerprint: Option<Uuid>,
}

impl Known {
    /// Where its events lie.
    pub(crate) fn place(&self) -> (OrganizationId, Sequence, Sequence) {
        (self.organization, self.first, self.last)
    }
}

/// One subject of one organization to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// Whose.
    pub organization: OrganizationRef,
    /// Which events.
    pub subject: Subject,
}

/// What was found for one [`Wanted`].
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The organization meant, if there is one with events.
    pub organization: Option<OrganizationId>,
    /// Its last sequence; told where the subject is `organization`.
    pub head: Sequence,
    /// Its events about the subject, oldest first.
    pub events: Vec<Read>,
    /// Whether one of them could not be read: then nothing is decided on the others.
    pub unreadable: bool,
}

/// A current membership, found by person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where.
    pub organization: OrganizationId,
    /// The organization's slug now.
    pub slug: Slug,
    /// Which tenure.
    pub member_id: MemberId,
    /// Since when, in the journal's order.
    pub joined: Position,
    /// Whether it is the organization the person used last.
    pub last_used: bool,
}

/// Whose user ids a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The journal's own id.
    pub journal: String,
    /// The first issuer it was opened with.
    pub issuer: String,
}

/// The store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said so.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// What was read makes no sense, and is not guessed at.
    #[error("unreadable: {0}")]
    Unreadable(String),
}

impl StoreError {
    /// Whether what lies there can't be read: asked again, the same is told.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Unreadable(_) => true,
            // Postgres' class of internal errors: damaged pages, tables and indexes.
            Self::Database(sqlx::Error::Database(told)) => told.code().is_some_and(|code| code.starts_with("XX")),
            Self::Database(_) => false,
        }
    }
}

/// An append that did not go through.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else was first: read and decide again.
    #[error("another writer was first")]
    Conflict,
    /// It may or may not be written: send the same batch again; an empty look-up proves nothing.
    #[error("outcome unknown: {0}")]
    Unknown(#[source] StoreError),
    /// It is not written.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

/// The journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// One server per file.
    #[error(
        "another Roster server is using {0}; one server at a time per data folder (choose another with --data, or stop the other server)"
    )]
    InUse(String),
    /// The folder or file can't be used.
    #[error("can't use {path}: {source}")]
    Folder {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database would not keep what is acknowledged, or can't be meant.
    #[error("{0}")]
    Unsafe(String),
    /// The schema could not be brought up to date.
    #[error("can't bring the schema up to date: {0}")]
    Migrate(#[from] MigrateError),
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// User ids of another identity provider would mean other people.
    #[error(
        "this journal holds the members of issuer {bound}, but the server is set up for {wanted}; the same user ids would mean other people"
    )]
    OtherIssuer {
        /// The journal's.
        bound: String,
        /// The server's.
        wanted: String,
    },
}

impl OpenError {
    /// Whether it may pass by itself: the database is away, or not ready yet.
    pub fn may_pass(&self) -> bool {
        let error = match self {
            Self::Store(StoreError::Database(error)) | Self::Migrate(MigrateError::Execute(error)) => error,
            _ => return false,
        };
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
            // Connection exceptions, no place left, shutting down or starting up.
            sqlx::Error::Database(told) => {
                told.code().is_some_and(|code| ["08", "53", "57P"].iter().any(|class| code.starts_with(class)))
            }
            _ => false,
        }
    }
}
