//! Reads straight from the journal: of memberships that are not remembered, and of all else. Those that wait share one statement, as long as
//! it is **not yet sent**: a check that starts after a commit can't be answered from before it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, Notify, mpsc, oneshot};

use crate::ask::Unavailable;
use crate::gather::gather;
use crate::memberships::news::Mark;
use crate::store::{Found, Store, Wanted};
use crate::supervise::supervise;

/// Reads that share a statement at most.
const TOGETHER: usize = 256;

/// Reads waiting at most; more are turned away.
const WAITING: usize = 8192;

/// Statements under way at once.
const LANES: usize = 2;

/// Reads for which a statement beside another one is worth its own costs.
const WORTH_ANOTHER: usize = 16;

/// The longest a read waits for its turn: a database that is slow must not hold everybody.
const TURN_WITHIN: Duration = Duration::from_secs(2);

/// What was found for each that was wanted, and the journal's last event at that moment.
pub type Told = (Vec<Found>, Option<Mark>);

struct Question {
    since: Instant,
    wanted: Vec<Wanted>,
    reply: oneshot::Sender<Result<Told, Unavailable>>,
}

/// Where reads queue.
#[derive(Clone)]
pub struct Checks {
    queue: mpsc::Sender<Question>,
}

impl Checks {
    /// Starts the lanes; they end when the last `Checks` is dropped.
    pub fn start(store: &Arc<dyn Store>) -> Self {
        let (queue, inbox) = mpsc::channel(WAITING);
        let lanes = Arc::new(Lanes { inbox: Mutex::new(inbox), busy: AtomicUsize::new(0), one_done: Notify::new() });
        for _ in 0..LANES {
            let (store, lanes) = (store.clone(), lanes.clone());
            tokio::spawn(supervise("checks", move || lane(store.clone(), lanes.clone())));
        }
        Self { queue }
    }

    /// What the journal holds about these subjects, in one snapshot taken after this call began.
    pub async fn read(&self, wanted: Vec<Wanted>) -> Result<Told, Unavailable> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Question { since: Instant::now(), wanted, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Unavailable::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Closed,
        })?;
        answer.await.map_err(|_| Unavailable::Closed)?
    }
}

/// What the lanes share.
struct Lanes {
    inbox: Mutex<mpsc::Receiver<Question>>,
    busy: AtomicUsize,
    one_done: Notify,
}

/// A statement under way; over also when its lane panics.
struct Busy<'l>(&'l Lanes);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
        self.0.one_done.notify_one();
    }
}

impl Lanes {
    /// The next reads to share a statement; `None` once nobody can ask any more. Beside a statement under way another one
    /// is worth it only for enough of them: those too few wait for the end of that one, or until they are enough.
    async fn next(&self, questions: &mut Vec<Question>) -> Option<Busy<'_>> {
        let mut inbox = self.inbox.lock().await;
        if inbox.recv_many(questions, TOGETHER).await == 0 {
            return None;
        }
        gather(&mut inbox, questions, TOGETHER, 0, Duration::ZERO).await;
        while self.busy.load(Ordering::Acquire) > 0 && questions.len() < WORTH_ANOTHER {
            tokio::select! {
                () = self.one_done.notified() => {}
                more = inbox.recv_many(questions, TOGETHER - questions.len()) => {
                    if more == 0 {
                        break;
                    }
                }
            }
        }
        self.busy.fetch_add(1, Ordering::AcqRel);
        Some(Busy(self))
    }
}

async fn lane(store: Arc<dyn Store>, lanes: Arc<Lanes>) {
    let mut questions = Vec::with_capacity(TOGETHER);
    while let Some(_busy) = lanes.next(&mut questions).await {
        let (mut wanted, mut replies, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        for question in questions.drain(..) {
            if question.since.elapsed() > TURN_WITHIN {
                let _ = question.reply.send(Err(Unavailable::Overloaded));
            } else if !question.reply.is_closed() {
                counts.push(question.wanted.len());
                wanted.extend(question.wanted);
                replies.push(question.reply);
            }
        }
        if replies.is_empty() {
            continue;
        }
        metrics::histogram!("roster_checks_together", "by" => "reading").record(replies.len() as f64);
        match store.read(&wanted).await {
            Ok((found, mark)) => {
                let mut found = found.into_iter();
                for (reply, count) in replies.into_iter().zip(counts) {
                    let _ = reply.send(Ok((found.by_ref().take(count).collect(), mark)));
                }
            }
            Err(error) => {
                let why = Unavailable::from(error);
                for reply in replies {
                    let _ = reply.send(Err(why.clone()));
                }
            }
        }
    }
}
