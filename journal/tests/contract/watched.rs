//! A store that stands before another one: counts what is asked of it, holds commands back until they are a group, and
//! tells the writer what a database in trouble would.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex as Held};
use std::time::Duration;

use async_trait::async_trait;
use domain::{MemberId, Organization, OrganizationId, Position, Recorded, Sequence, Subject, Timestamp, UserId};
use futures::future::{join, join_all};
use journal::batch::{Appended, Batch};
use journal::group;
use journal::memberships::news::{Mark, Passing};
use journal::row::Row;
use journal::store::{AppendError, Bound, Epoch, Found, LookedUp, Wanted};
use journal::{
    Archive, Ask, AskError, Erasure, Held as Membership, Journal, Outcome, People, Sessions, Store, StoreError,
    Unreadable, Webhooks,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::cast::{Someone, eventually};

/// What becomes of an append.
pub enum Fate {
    /// It goes through.
    Written,
    /// Somebody was first, it is said.
    Beaten,
    /// It is written, but the answer is lost.
    WrittenUnheard,
    /// It is lost on the way, but nobody can tell.
    LostUnheard,
    /// The database says no.
    Failed,
    /// It is written at whatever head is there: **without the head check**, as check-then-insert would.
    WhereverTheHeadIs,
}

type Decree = Box<dyn Fn(&Batch, usize) -> Fate + Send + Sync>;
type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The store before the store.
pub struct Watched {
    inner: Arc<dyn Store>,
    fate: Decree,
    /// Held while commands are to gather.
    pub gate: Mutex<()>,
    /// Happens once, between a look-up and the reading that follows it.
    pub between: Held<Option<Pause>>,
    /// How long each look-up takes.
    pub look_up_takes: Held<Duration>,
    /// For how many commands something was looked up together, and how many subjects they concern as far as was foreseen, each time.
    pub groups: Held<Vec<(usize, usize)>>,
    pub arrivals: AtomicUsize,
    pub appends: AtomicUsize,
    pub conflicts: AtomicUsize,
    pub follows: AtomicUsize,
    pub reads: AtomicUsize,
    /// How often it was asked what had been recorded since.
    pub news: AtomicUsize,
    /// While it is set, nothing has been recorded since.
    pub news_withheld: AtomicBool,
    renumbering: Mutex<()>,
}

impl Watched {
    /// A store that only counts.
    pub fn honest(inner: Arc<dyn Store>) -> Arc<Self> {
        Self::with(inner, |_, _| Fate::Written)
    }

    /// A store where `fate` is told each batch and how many came before it.
    pub fn with(inner: Arc<dyn Store>, fate: impl Fn(&Batch, usize) -> Fate + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            inner,
            fate: Box::new(fate),
            gate: Mutex::default(),
            between: Held::default(),
            look_up_takes: Held::default(),
            groups: Held::default(),
            arrivals: AtomicUsize::new(0),
            appends: AtomicUsize::new(0),
            conflicts: AtomicUsize::new(0),
            follows: AtomicUsize::new(0),
            reads: AtomicUsize::new(0),
            news: AtomicUsize::new(0),
            news_withheld: AtomicBool::new(false),
            renumbering: Mutex::default(),
        })
    }

    /// A journal on it.
    pub async fn journal(self: &Arc<Self>) -> Journal {
        Journal::on(self.clone(), super::ISSUER).await.unwrap()
    }

    /// Asks all of these so that they are decided as one group, in this order, and proves that they were.
    pub async fn in_one_group(&self, somebody: &Someone, asks: Vec<Ask>) -> Vec<Result<Outcome, AskError>> {
        let journal = &somebody.journal;
        let (size, arrived) = (asks.len(), self.arrivals.load(SeqCst));
        let looked_up = asks.iter().filter(|ask| group::must_be_looked_up(ask)).count();
        let seen_as = (looked_up, group::foreseen(&asks).1.len());
        let gate = self.gate.lock().await;
        // Keeps the writer busy while the group gathers behind it.
        let ahead = tokio::spawn({
            let (journal, ask) = (journal.clone(), somebody.founding(&format!("ahead-{arrived}")));
            async move { journal.ask(ask).await }
        });
        eventually("the writer is busy", async || self.arrivals.load(SeqCst) > arrived).await;
        let all = join_all(asks.into_iter().map(|ask| journal.ask(ask)));
        // The first poll of `all` puts every command into the queue; only then the gate opens.
        let (outcomes, ()) = join(all, async move { drop(gate) }).await;
        ahead.await.unwrap().unwrap();
        assert!(self.groups.lock().unwrap().contains(&seen_as), "these {size} were no group");
        outcomes
    }

    async fn append_wherever(&self, batch: &Batch) -> Result<Appended, AppendError> {
        let _one_at_a_time = self.renumbering.lock().await;
        let mut batch = Batch { events: batch.events.clone(), commands: batch.commands.clone(), ..Batch::default() };
        let mut places: Vec<OrganizationId> = batch.events.iter().map(|new| new.organization).collect();
        places.dedup();
        for place in places {
            let wanted = Wanted { organization: place.into(), subject: Subject::Organization };
            let head = self.inner.concerned(&[wanted]).await?.first().unwrap().head;
            let mut of_it = batch.events.iter_mut().filter(|new| new.organization == place).peekable();
            let shift = head + 1 - of_it.peek().unwrap().sequence;
            of_it.for_each(|new| new.sequence += shift);
            for command in batch.commands.iter_mut().filter(|command| command.organization == place) {
                (command.first, command.last) = (command.first + shift, command.last + shift);
            }
        }
        self.inner.append(&batch).await
    }
}

fn out_of_order() -> StoreError {
    StoreError::Unreadable("the disk is on fire".into())
}

#[async_trait]
impl Store for Watched {
    async fn look_up(&self, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
        self.arrivals.fetch_add(1, SeqCst);
        drop(self.gate.lock().await);
        let takes = *self.look_up_takes.lock().unwrap();
        if !takes.is_zero() {
            tokio::time::sleep(takes).await;
        }
        self.inner.look_up(asks).await
    }

    async fn look_up_and_read(
        &self,
        asks: &[Ask],
        foreseen: &[Wanted],
    ) -> Result<(Timestamp, Vec<LookedUp>, Option<Vec<Found>>), StoreError> {
        let (at, looked_up) = self.look_up(asks).await?;
        self.groups.lock().unwrap().push((asks.len(), foreseen.len()));
        Ok((at, looked_up, None))
    }

    async fn concerned(&self, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
        let between = self.between.lock().unwrap().take();
        if let Some(between) = between {
            between.await;
        }
        self.inner.concerned(wanted).await
    }

    async fn read(&self, wanted: &[Wanted]) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
        self.reads.fetch_add(1, SeqCst);
        self.inner.read(wanted).await
    }

    async fn read_apart(&self, wanted: &[Wanted]) -> Result<(Position, Vec<Found>), StoreError> {
        self.inner.read_apart(wanted).await
    }

    async fn append(&self, batch: &Batch) -> Result<Appended, AppendError> {
        let before = self.appends.fetch_add(1, SeqCst);
        let outcome = match (self.fate)(batch, before) {
            Fate::Written => self.inner.append(batch).await,
            Fate::Beaten => Err(AppendError::Conflict),
            Fate::WrittenUnheard => match self.inner.append(batch).await {
                Ok(_) => Err(AppendError::Unknown(out_of_order())),
                error => error,
            },
            Fate::LostUnheard => Err(AppendError::Unknown(out_of_order())),
            Fate::Failed => Err(AppendError::Failed(out_of_order())),
            Fate::WhereverTheHeadIs => self.append_wherever(batch).await,
        };
        self.conflicts.fetch_add(usize::from(matches!(outcome, Err(AppendError::Conflict))), SeqCst);
        outcome
    }

    async fn history(
        &self,
        organization: OrganizationId,
        after: Sequence,
        limit: u32,
    ) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        self.inner.history(organization, after, limit).await
    }

    async fn rows_of(&self, organization: OrganizationId, after: Sequence, limit: u32) -> Result<Vec<Row>, StoreError> {
        self.inner.rows_of(organization, after, limit).await
    }

    async fn rows(&self, after: Position, limit: u32) -> Result<Vec<Row>, StoreError> {
        self.inner.rows(after, limit).await
    }

    async fn give_up_leases(&self, holder: Uuid) -> Result<(), StoreError> {
        self.inner.give_up_leases(holder).await
    }

    async fn news(&self, from: Position, limit: u32) -> Result<Vec<Passing>, StoreError> {
        self.news.fetch_add(1, SeqCst);
        let mut news = self.inner.news(from, limit).await?;
        if self.news_withheld.load(SeqCst) {
            news.truncate(1);
        }
        Ok(news)
    }

    async fn lease(&self, name: &str, holder: Uuid, lasts: Duration) -> Result<Option<Epoch>, StoreError> {
        self.inner.lease(name, holder, lasts).await
    }

    async fn follow(&self, after: Position, limit: u32) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        let rows = self.inner.follow(after, limit).await;
        self.follows.fetch_add(1, SeqCst);
        rows
    }

    fn look_every(&self) -> Duration {
        self.inner.look_every()
    }

    async fn forget_keys(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        self.inner.forget_keys(older_than).await
    }

    async fn held_by(&self, user: &UserId) -> Result<Vec<Membership>, StoreError> {
        self.inner.held_by(user).await
    }

    async fn tenure(&self, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError> {
        self.inner.tenure(member).await
    }

    async fn position(&self) -> Result<Position, StoreError> {
        self.inner.position().await
    }

    async fn writable(&self) -> Result<(), StoreError> {
        self.inner.writable().await
    }

    async fn bind(&self, issuer: &str) -> Result<Bound, StoreError> {
        self.inner.bind(issuer).await
    }

    async fn issuer(&self) -> Result<Option<String>, StoreError> {
        self.inner.issuer().await
    }

    async fn replay(&self, organization: OrganizationId) -> Result<Organization, StoreError> {
        self.inner.replay(organization).await
    }

    fn archive(&self) -> Arc<dyn Archive> {
        self.inner.archive()
    }

    fn people(&self) -> &dyn People {
        self.inner.people()
    }

    fn sessions(&self) -> &dyn Sessions {
        self.inner.sessions()
    }

    fn webhooks(&self) -> &dyn Webhooks {
        self.inner.webhooks()
    }

    fn erasure(&self) -> &dyn Erasure {
        self.inner.erasure()
    }
}
