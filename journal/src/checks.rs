//! Reads straight from the journal, the membership check before all. Those that wait share one statement, as long as it is
//! **not yet sent**: a check that starts after a commit can't be answered from before it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, mpsc, oneshot};

use crate::ask::Unavailable;
use crate::store::{Found, Store, Wanted};
use crate::supervise::supervise;

/// Reads that share a statement at most.
const TOGETHER: usize = 256;

/// Reads waiting at most; more are turned away.
const WAITING: usize = 8192;

/// Statements under way at once.
const LANES: usize = 2;

/// The longest a read waits for its turn: a database that is slow must not hold everybody.
const TURN_WITHIN: Duration = Duration::from_secs(2);

struct Question {
    since: Instant,
    wanted: Vec<Wanted>,
    reply: oneshot::Sender<Result<Vec<Found>, Unavailable>>,
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
        let inbox = Arc::new(Mutex::new(inbox));
        for _ in 0..LANES {
            let (store, inbox) = (store.clone(), inbox.clone());
            tokio::spawn(supervise("checks", move || lane(store.clone(), inbox.clone())));
        }
        Self { queue }
    }

    /// What the journal holds about these subjects, in one snapshot taken after this call began.
    pub async fn read(&self, wanted: Vec<Wanted>) -> Result<Vec<Found>, Unavailable> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Question { since: Instant::now(), wanted, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Unavailable::Overloaded,
            mpsc::error::TrySendError::Closed(_) => Unavailable::Closed,
        })?;
        answer.await.map_err(|_| Unavailable::Closed)?
    }
}

async fn lane(store: Arc<dyn Store>, inbox: Arc<Mutex<mpsc::Receiver<Question>>>) {
    let mut questions = Vec::with_capacity(TOGETHER);
    loop {
        if inbox.lock().await.recv_many(&mut questions, TOGETHER).await == 0 {
            return;
        }
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
        metrics::histogram!("roster_checks_together").record(replies.len() as f64);
        match store.read(&wanted).await {
            Ok(found) => {
                let mut found = found.into_iter();
                for (reply, count) in replies.into_iter().zip(counts) {
                    let _ = reply.send(Ok(found.by_ref().take(count).collect()));
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
