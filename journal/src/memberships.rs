//! Membership checks of people who were asked about before. What was read of them is kept, and **no answer is given from it before the
//! journal has been asked, after the check began, what was recorded since**: an answer is right at commit like one that was read
//! whole. Many checks share that one question as long as it is *not yet sent*, and what it costs does not hang on how many they are.
//!
//! - [`remembered`]: what was read, and what makes it worthless
//! - [`news`]: what has been recorded since

pub mod news;
pub mod remembered;

use std::sync::{Arc, Mutex as Held, MutexGuard};
use std::time::{Duration, Instant};

use domain::UserId;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::ask::{OrganizationRef, Unavailable};
use crate::gather::gather;
use crate::journal::Access;
use crate::store::{Store, StoreError};
use crate::supervise::supervise;
use remembered::{Before, Remembered};

/// Checks that share a question at most, and waiting at most; more are turned away.
const TOGETHER: usize = 1024;
const WAITING: usize = 8192;

/// The longest a check waits for its turn: a database that is slow must not hold everybody.
const TURN_WITHIN: Duration = Duration::from_secs(2);

/// Events since that are taken account of. After more of them, nobody having asked meanwhile, it is cheaper to forget everything.
const NEWS: u32 = 1000;

struct Check {
    since: Instant,
    reply: oneshot::Sender<Result<(), Unavailable>>,
}

/// What is remembered, and where checks wait until it is known to be up to date.
#[derive(Clone)]
pub struct Memberships {
    remembered: Arc<Held<Remembered>>,
    queue: mpsc::Sender<Check>,
}

impl Memberships {
    /// Starts with nothing; what asks for news ends when the last `Memberships` is dropped.
    pub fn start(store: &Arc<dyn Store>) -> Self {
        let (queue, inbox) = mpsc::channel(WAITING);
        let (inbox, remembered) = (Arc::new(Mutex::new(inbox)), Arc::<Held<Remembered>>::default());
        let (store, on) = (store.clone(), remembered.clone());
        tokio::spawn(supervise("memberships", move || keep_up(store.clone(), on.clone(), inbox.clone())));
        Self { remembered, queue }
    }

    /// What is remembered of this person, once the journal has said, after this call began, that it still holds. `None` where it
    /// must be read.
    pub async fn confirmed(
        &self,
        organization: &OrganizationRef,
        user: &UserId,
    ) -> Result<Option<Access>, Unavailable> {
        if lock(&self.remembered).recall(organization, user).is_none() {
            return Ok(None);
        }
        self.is_up_to_date().await?;
        Ok(lock(&self.remembered).recall(organization, user))
    }

    /// To be asked before a reading that is to be [learnt](Self::learn).
    pub async fn before(&self) -> Result<Option<Before>, Unavailable> {
        if let Some(before) = lock(&self.remembered).before() {
            return Ok(Some(before));
        }
        self.is_up_to_date().await?;
        Ok(lock(&self.remembered).before())
    }

    /// Remembers what was read after `before`.
    pub fn learn(&self, before: Before, organization: &OrganizationRef, user: &UserId, read: &Access) {
        lock(&self.remembered).learn(before, organization, user, read);
    }

    /// Waits until all that was recorded before this call is taken account of.
    async fn is_up_to_date(&self) -> Result<(), Unavailable> {
        let (reply, told) = oneshot::channel();
        self.queue.try_send(Check { since: Instant::now(), reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Unavailable::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Closed,
        })?;
        told.await.map_err(|_| Unavailable::Closed)?
    }
}

/// After a panic half of an event may have been taken account of: then nothing counts.
fn lock(remembered: &Held<Remembered>) -> MutexGuard<'_, Remembered> {
    remembered.lock().unwrap_or_else(|poisoned| {
        remembered.clear_poison();
        let mut guard = poisoned.into_inner();
        guard.start_anew(None);
        guard
    })
}

async fn keep_up(store: Arc<dyn Store>, remembered: Arc<Held<Remembered>>, inbox: Arc<Mutex<mpsc::Receiver<Check>>>) {
    let mut inbox = inbox.lock().await;
    let mut checks = Vec::with_capacity(TOGETHER);
    while inbox.recv_many(&mut checks, TOGETHER).await > 0 {
        gather(&mut inbox, &mut checks, TOGETHER, 0, Duration::ZERO).await;
        checks.retain(|check| !check.reply.is_closed());
        let late = checks.extract_if(.., |check| check.since.elapsed() > TURN_WITHIN);
        for check in late {
            let _ = check.reply.send(Err(Unavailable::Overloaded));
        }
        if checks.is_empty() {
            continue;
        }
        metrics::histogram!("roster_checks_together").record(checks.len() as f64);
        let told = ask_for_news(store.as_ref(), &remembered).await.map_err(Unavailable::from);
        for check in checks.drain(..) {
            let _ = check.reply.send(told.clone());
        }
    }
}

/// Takes account of all that was recorded until now.
async fn ask_for_news(store: &dyn Store, remembered: &Held<Remembered>) -> Result<(), StoreError> {
    let until = lock(remembered).until().cloned();
    if let Some(until) = until {
        let news = store.news(until.position, NEWS).await?;
        let whole = news.len() < NEWS as usize;
        let mut news = news.into_iter();
        // Our last event comes first. Where another one stands, or none, this is not the journal that was read from.
        if whole && news.next().is_some_and(|first| first.mark == until) {
            let mut remembered = lock(remembered);
            news.for_each(|noted| remembered.follow(noted));
            return Ok(());
        }
        // From here on nothing is remembered until it is known where to go on.
        lock(remembered).start_anew(None);
    }
    let newest = store.newest().await?;
    lock(remembered).start_anew(newest);
    Ok(())
}
