//! The door to the journal: ask, check, read, follow.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::{
    MemberId, Membership, Organization, OrganizationEvent, OrganizationId, Position, Profile, Recorded, Sequence,
    Subject, Tenure, Timestamp, UserId,
};
use tokio::sync::{Mutex, mpsc, oneshot, watch};
use uuid::Uuid;

use crate::ask::{Ask, AskError, OrganizationRef, Outcome, Unavailable};
use crate::checks::Checks;
use crate::erasure::Erasure;
use crate::excerpt;
use crate::feed::{Feed, LocalFeed};
use crate::group::{self, Verdict};
use crate::lease::Lease;
use crate::memberships::Memberships;
use crate::memberships::remembered::Reading;
use crate::nats::{JetStreamFeed, Nats, Relay};
use crate::past::Past;
use crate::people::People;
use crate::row::{Read, Row};
use crate::sessions::Sessions;
use crate::sqlite::SqliteStore;
use crate::store::{Bound, Held, OpenError, Store};
use crate::supervise::supervise;
use crate::webhooks::Webhooks;
use crate::writer::{self, Turn, Waiting};

/// Commands waiting at most for each writer; more are turned away, so that memory stays bounded.
const WAITING: usize = 4096;

/// The longest a command waits for its turn: a database that is slow must not hold everybody. Whoever waited in vain is
/// told so, and nothing was done.
const TURN_WITHIN: Duration = Duration::from_secs(2);

/// The log of one Roster. Cheap to clone; the writer ends when the last clone is dropped.
#[derive(Clone)]
pub struct Journal {
    store: Arc<dyn Store>,
    /// One for each writer.
    asks: Arc<[mpsc::Sender<Waiting>]>,
    checks: Checks,
    memberships: Memberships,
    written: watch::Receiver<Position>,
    bound: Arc<Bound>,
    /// Who this process is among those on the same store.
    holder: Uuid,
}

/// The answer to a membership check, true at the moment the journal was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Where.
    pub organization: OrganizationId,
    /// The membership, if there is one.
    pub membership: Option<Membership>,
    /// The organization's head: an answer at a higher sequence is a later one.
    pub sequence: Sequence,
}

/// Some subjects of an organization, folded and as events with their times.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// Which organization.
    pub organization: OrganizationId,
    /// Its head.
    pub sequence: Sequence,
    /// The events read, oldest first.
    pub events: Vec<Read>,
    /// What they come to.
    pub state: Organization,
}

/// An organization as it presents itself.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which.
    pub id: OrganizationId,
    /// Name, slug, logo, metadata.
    pub profile: Profile,
    /// The owner.
    pub owner: Tenure,
    /// When it was founded.
    pub created_at: Timestamp,
    /// Its head.
    pub sequence: Sequence,
}

impl Journal {
    /// Opens the embedded journal in this folder, for user ids of this issuer.
    pub async fn open(folder: &Path, issuer: &str) -> Result<Self, OpenError> {
        Self::on(Arc::new(SqliteStore::open(folder).await?), issuer).await
    }

    /// A journal on a store that is open.
    pub async fn on(store: Arc<dyn Store>, issuer: &str) -> Result<Self, OpenError> {
        let bound = store.bind(issuer).await?;
        if bound.issuer != issuer {
            return Err(OpenError::OtherIssuer { bound: bound.issuer, wanted: issuer.to_owned() });
        }
        let (tell, written) = watch::channel(store.position().await?);
        let (checks, memberships) = (Checks::start(&store), Memberships::start(&store));
        let writers = store.writers().max(1);
        let asks = (0..writers).map(|_| {
            let (asks, inbox) = mpsc::channel(WAITING);
            let (inbox, on, tell) = (Arc::new(Mutex::new(inbox)), store.clone(), tell.clone());
            tokio::spawn(supervise("writer", move || writer::run(on.clone(), inbox.clone(), tell.clone())));
            asks
        });
        let asks = asks.collect();
        Ok(Self { store, asks, checks, memberships, written, bound: Arc::new(bound), holder: Uuid::now_v7() })
    }

    /// Sends a command and learns the outcome. Dropping the future does not take the command back.
    pub async fn ask(&self, ask: Ask) -> Result<Outcome, AskError> {
        let (reply, mut outcome) = oneshot::channel();
        let turn = Turn::default();
        let writer = &self.asks[ask.organization.spread() as usize % self.asks.len()];
        writer.try_send(Waiting { ask, reply, turn: turn.clone() }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Unavailable::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Closed,
        })?;
        match tokio::time::timeout(TURN_WITHIN, &mut outcome).await {
            Ok(told) => return told.map_err(|_| Unavailable::Closed)?,
            // Taken back before its turn came; it never will.
            Err(_) if turn.take() => return Err(Unavailable::Overloaded.into()),
            // In the writer's hands: what becomes of it must be told.
            Err(_) => {}
        }
        outcome.await.map_err(|_| Unavailable::Closed)?
    }

    /// What came of a command with this id, if it was carried out before; asks for nothing. Fails where something else was asked
    /// under it.
    pub async fn done_before(&self, ask: &Ask) -> Result<Option<Outcome>, AskError> {
        let looked_up = self.store.look_up(std::slice::from_ref(ask)).await.map_err(Unavailable::from)?;
        let Some(known) = looked_up.1.into_iter().find_map(|one| one.known) else { return Ok(None) };
        match group::known_to(ask, known) {
            Verdict::Known(known) => {
                let head = self.store.position().await.map_err(Unavailable::from);
                writer::known(self.store.as_ref(), known, head).await.map(Some)
            }
            _ => Err(AskError::OtherAsked),
        }
    }

    /// Whether this person belongs: by the journal, right at commit. `None` where there is no such organization.
    pub async fn access(&self, organization: &OrganizationRef, user: &UserId) -> Result<Option<Access>, Unavailable> {
        if let Some(access) = self.memberships.confirmed(organization, user).await? {
            return Ok(Some(access));
        }
        let asked = [(organization.clone(), vec![Subject::User(user.clone())])];
        let (found, at) = self.checks.read(excerpt::wanted(&asked)).await?;
        let excerpt = excerpt::put_together(&asked, found)?.pop().flatten();
        let access = excerpt.map(|excerpt| excerpt.access(user));
        if let (Some(at), Some(access)) = (at, access) {
            self.memberships.note(Reading { at, organization: organization.clone(), user: user.clone(), access });
        }
        Ok(access)
    }

    /// An organization as it is now, with these subjects beside `organization`; `None` where there never was one.
    pub async fn excerpt(
        &self,
        organization: &OrganizationRef,
        subjects: &[Subject],
    ) -> Result<Option<Excerpt>, Unavailable> {
        let mut excerpts = self.excerpts(&[(organization.clone(), subjects.to_vec())]).await?;
        Ok(excerpts.pop().flatten())
    }

    /// Excerpts of several organizations, all from one snapshot, in the order asked.
    pub async fn excerpts(
        &self,
        asked: &[(OrganizationRef, Vec<Subject>)],
    ) -> Result<Vec<Option<Excerpt>>, Unavailable> {
        let (found, _) = self.checks.read(excerpt::wanted(asked)).await?;
        excerpt::put_together(asked, found)
    }

    /// The same of very many, read on their own: checks neither share their statement nor wait for it. With a position that the
    /// snapshot is not older than.
    pub async fn excerpts_apart(
        &self,
        asked: &[(OrganizationRef, Vec<Subject>)],
    ) -> Result<(Position, Vec<Option<Excerpt>>), Unavailable> {
        let (position, found) = self.store.read_apart(&excerpt::wanted(asked)).await?;
        Ok((position, excerpt::put_together(asked, found)?))
    }

    /// An organization's history after a sequence, oldest first; fails as a whole where one event can't be read.
    pub async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Recorded>, Unavailable> {
        let rows = self.store.history(organization, after, limit).await?;
        rows.into_iter().collect::<Result<_, _>>().map_err(|_| Unavailable::Unreadable(organization))
    }

    /// A person's current memberships over all organizations, oldest first: from the journal, so that no index that
    /// lags sends anybody to the wrong place.
    pub async fn held_by(&self, user: &UserId) -> Result<Vec<Held>, Unavailable> {
        Ok(self.store.held_by(user).await?)
    }

    /// Whose tenure this is, or was, in this organization.
    pub async fn whose(&self, organization: OrganizationId, member: MemberId) -> Result<Option<UserId>, Unavailable> {
        let tenure = self.store.tenure(member).await?;
        Ok(tenure.filter(|(place, _)| *place == organization).map(|(_, user)| user))
    }

    /// One organization's state from its whole stream, by cqrs-es's own store.
    pub async fn replay(&self, organization: OrganizationId) -> Result<Organization, Unavailable> {
        Ok(self.store.replay(organization).await?)
    }

    /// The last position this process knows to be written.
    pub fn position(&self) -> Position {
        *self.written.borrow()
    }

    /// Whether commands can be answered: tried, where the last write failed.
    pub async fn writable(&self) -> Result<(), Unavailable> {
        Ok(self.store.writable().await?)
    }

    /// The journal's own id.
    pub fn id(&self) -> &str {
        &self.bound.journal
    }

    /// What projections follow, every event after this position: the journal itself, in process.
    pub fn feed(&self, after: Position) -> Feed {
        Feed::Local(LocalFeed::new(self.store.clone(), self.written.clone(), after))
    }

    /// The same by way of NATS, where a relay carries it.
    pub fn feed_from(&self, nats: &Nats, after: Position) -> Feed {
        let (store, journal) = (self.store.clone(), self.bound.journal.clone());
        Feed::JetStream(Box::new(JetStreamFeed::new(store, nats.clone(), journal, after)))
    }

    /// What carries events to JetStream, on this server or, while another holds the lease, not.
    pub fn relay(&self, nats: &Nats) -> Relay {
        let (store, written) = (self.store.clone(), self.written.clone());
        Relay::new(store, nats.clone(), self.bound.journal.clone(), written, self.holder)
    }

    /// The right to do something that only one server may do at a time.
    pub fn lease(&self, name: impl Into<String>) -> Lease {
        Lease::new(self.store.clone(), name, self.holder)
    }

    /// Lets others do at once what this process had the right to; for when it stops.
    pub async fn give_up_leases(&self) -> Result<(), Unavailable> {
        Ok(self.store.give_up_leases(self.holder).await?)
    }

    /// The row at this position, whether or not it can be read; `None` where there is none.
    pub async fn row_at(&self, position: Position) -> Result<Option<Row>, Unavailable> {
        let rows = self.store.rows(position.saturating_sub(1), 1).await?;
        Ok(rows.into_iter().find(|row| row.position == position))
    }

    /// Forgets the ids of commands that were kept for whoever asks again, longer ago than this; says how many.
    pub async fn forget_keys(&self, older_than: chrono::TimeDelta) -> Result<u64, Unavailable> {
        Ok(self.store.forget_keys(older_than).await?)
    }

    /// Tells each position this process has written.
    pub fn written(&self) -> watch::Receiver<Position> {
        self.written.clone()
    }

    /// The tables beside the journal that can be erased.
    pub fn people(&self) -> &dyn People {
        self.store.people()
    }

    /// What each session of a person is looking at.
    pub fn sessions(&self) -> &dyn Sessions {
        self.store.sessions()
    }

    /// Where events are sent.
    pub fn webhooks(&self) -> &dyn Webhooks {
        self.store.webhooks()
    }

    /// The door to what was.
    pub fn past(&self) -> Past {
        Past::new(self.store.archive())
    }

    /// Erases people from both.
    pub fn erasure(&self) -> &dyn Erasure {
        self.store.erasure()
    }

    /// The store, for tools that seed or compare.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }
}

impl From<&Outcome> for Excerpt {
    /// What a command recorded, which is all there is of an organization that it founded.
    fn from(outcome: &Outcome) -> Self {
        let events: Vec<Read> = outcome
            .events
            .iter()
            .map(|recorded| Read {
                sequence: recorded.sequence,
                recorded_at: recorded.recorded_at,
                event: recorded.event.clone(),
            })
            .collect();
        let state = Organization::fold(events.iter().map(|read| &read.event));
        let sequence = events.last().map_or(0, |last| last.sequence);
        Self { organization: outcome.organization, sequence, events, state }
    }
}

impl Excerpt {
    /// The same as it was at this sequence: what was recorded since is left out.
    pub fn as_of(mut self, sequence: Sequence) -> Self {
        self.events.retain(|read| read.sequence <= sequence);
        self.state = Organization::fold(self.events.iter().map(|read| &read.event));
        self.sequence = self.sequence.min(sequence);
        self
    }

    /// The organization as it presents itself, if it exists; the excerpt must have read `profile`.
    pub fn summary(&self) -> Option<Summary> {
        let owner = self.state.owner()?.clone();
        let profile = self.state.profile()?.clone();
        let founded = self.events.first()?;
        Some(Summary {
            id: self.organization,
            profile,
            owner,
            created_at: founded.recorded_at,
            sequence: self.sequence,
        })
    }

    /// Whether this person belongs; the excerpt must have read them.
    pub fn access(&self, user: &UserId) -> Access {
        Access { organization: self.organization, membership: self.state.membership(user), sequence: self.sequence }
    }

    /// When the person's current tenure began; the excerpt must have read them.
    pub fn joined_at(&self, user: &UserId) -> Option<Timestamp> {
        let current = self.state.membership(user)?;
        self.events.iter().find_map(|read| match &read.event {
            OrganizationEvent::MemberJoined { member_id, .. } if *member_id == current.member_id => {
                Some(read.recorded_at)
            }
            _ => None,
        })
    }
}
