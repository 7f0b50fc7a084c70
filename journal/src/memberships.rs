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
use news::Passing;
use remembered::{Reading, Remembered};

/// Checks that share a question at most, and waiting at most; more are turned away.
const TOGETHER: usize = 1024;
const WAITING: usize = 8192;

/// Readings at most that wait to be learnt; more are not.
const UNLEARNT: usize = 1024;

/// The longest a check waits for its turn: a database that is slow must not hold everybody.
const TURN_WITHIN: Duration = Duration::from_secs(2);

/// Events told in one answer at most, and how many such answers are followed. After more of them, nobody having asked meanwhile, it is
/// cheaper to forget everything.
const TOLD: u32 = 1000;
const ANSWERS: u32 = 4;

/// That it be up to date: for a check that waits for it, or, where nobody waits, to learn what was read.
struct Wish {
    since: Instant,
    reply: Option<oneshot::Sender<Result<(), Unavailable>>>,
}

#[derive(Default)]
struct Memory {
    remembered: Remembered,
    /// What was read since the last question was sent.
    unlearnt: Vec<Reading>,
}

/// What is remembered, and where checks wait until it is known to be up to date.
#[derive(Clone)]
pub struct Memberships {
    memory: Arc<Held<Memory>>,
    queue: mpsc::Sender<Wish>,
}

impl Memberships {
    /// Starts with nothing; what asks for news ends when the last `Memberships` is dropped.
    pub fn start(store: &Arc<dyn Store>) -> Self {
        let (queue, inbox) = mpsc::channel(WAITING);
        let (inbox, memory) = (Arc::new(Mutex::new(inbox)), Arc::<Held<Memory>>::default());
        let (store, on) = (store.clone(), memory.clone());
        tokio::spawn(supervise("memberships", move || keep_up(store.clone(), on.clone(), inbox.clone())));
        Self { memory, queue }
    }

    /// What is remembered of this person, once the journal has said, after this call began, that it still holds. `None` where it
    /// must be read.
    pub async fn confirmed(
        &self,
        organization: &OrganizationRef,
        user: &UserId,
    ) -> Result<Option<Access>, Unavailable> {
        if lock(&self.memory).remembered.recall(organization, user).is_none() {
            return Ok(None);
        }
        let (reply, up_to_date) = oneshot::channel();
        self.queue.try_send(Wish { since: Instant::now(), reply: Some(reply) }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Unavailable::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Closed,
        })?;
        up_to_date.await.map_err(|_| Unavailable::Closed)??;
        Ok(lock(&self.memory).remembered.recall(organization, user))
    }

    /// Remembers what was read, a moment later; nobody needs to wait for that.
    pub fn note(&self, reading: Reading) {
        let mut memory = lock(&self.memory);
        if memory.unlearnt.len() < UNLEARNT {
            memory.unlearnt.push(reading);
            // Where the queue is full, there is a next time.
            let _ = self.queue.try_send(Wish { since: Instant::now(), reply: None });
        }
    }
}

/// After a panic half of an event may have been taken account of: then nothing counts.
fn lock(memory: &Held<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(|poisoned| {
        memory.clear_poison();
        let mut memory = poisoned.into_inner();
        memory.remembered.start_anew(None);
        memory
    })
}

async fn keep_up(store: Arc<dyn Store>, memory: Arc<Held<Memory>>, inbox: Arc<Mutex<mpsc::Receiver<Wish>>>) {
    let mut inbox = inbox.lock().await;
    // Begun again after a panic: what led to it must not come up with every question.
    *lock(&memory) = Memory::default();
    let mut wishes = Vec::with_capacity(TOGETHER);
    while inbox.recv_many(&mut wishes, TOGETHER).await > 0 {
        gather(&mut inbox, &mut wishes, TOGETHER, 0, Duration::ZERO).await;
        let mut waiting = Vec::with_capacity(wishes.len());
        for Wish { since, reply } in wishes.drain(..) {
            match reply {
                Some(reply) if since.elapsed() > TURN_WITHIN => {
                    let _ = reply.send(Err(Unavailable::Overloaded));
                }
                Some(reply) if !reply.is_closed() => waiting.push(reply),
                _ => {}
            }
        }
        if waiting.is_empty() && lock(&memory).unlearnt.is_empty() {
            continue;
        }
        metrics::histogram!("roster_checks_together", "by" => "news").record(waiting.len() as f64);
        let told = bring_up_to_date(store.as_ref(), &memory).await.map_err(Unavailable::from);
        for reply in waiting {
            let _ = reply.send(told.clone());
        }
    }
}

/// Takes account of all that was recorded until now. Where that can't be done nothing is remembered any more, and checks read.
async fn bring_up_to_date(store: &dyn Store, memory: &Held<Memory>) -> Result<(), StoreError> {
    let unlearnt = std::mem::take(&mut lock(memory).unlearnt);
    for _ in 0..ANSWERS {
        let from = {
            let remembered = &mut lock(memory).remembered;
            if remembered.until().is_none() {
                remembered.start_anew(unlearnt.iter().map(|reading| reading.at).max_by_key(|mark| mark.position));
            }
            remembered.until()
        };
        let Some(from) = from else { return Ok(()) };
        let news = match store.news(from.position, TOLD).await {
            Ok(news) => news,
            // It stops nobody: what is damaged is somebody's, and shows when they are read.
            Err(why) if why.is_damage() => {
                tracing::error!(%why, "what was recorded since can't be read");
                break;
            }
            Err(error) => return Err(error),
        };
        let is_all = news.len() < TOLD as usize;
        let mut memory = lock(memory);
        if !follow(&mut memory.remembered, news) {
            break;
        }
        if is_all {
            unlearnt.into_iter().for_each(|reading| memory.remembered.learn(reading));
            return Ok(());
        }
    }
    lock(memory).remembered.start_anew(None);
    Ok(())
}

/// Our last event comes first. Where another one stands, or none, this is not the journal that was followed: one was restored, or took over
/// without having all.
fn follow(remembered: &mut Remembered, news: Vec<Passing>) -> bool {
    let mut news = news.into_iter();
    news.next().is_some_and(|first| Some(first.mark) == remembered.until())
        && news.all(|passing| remembered.follow(passing))
}
