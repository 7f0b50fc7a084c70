//! The events of one organization, delivered one after the other until one fails: that is the order that receivers can rely on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use domain::{OrganizationId, Position, Sequence, Timestamp};
use journal::Row;
use journal::nats::{encode, told_id};
use journal::webhooks::Webhook;
use tokio::sync::{Notify, Semaphore};

use super::now;
use super::post::{Failed, Post};

/// Posts under way at once to one webhook, at most, and over all of them. Of a receiver that is slow others notice nothing.
const AT_ONCE: usize = 4;
const AT_ONCE_OVER_ALL: usize = 256;

/// Wakes a walk, and tells it when its webhook is no longer as it was read.
#[derive(Default)]
pub struct Wake {
    woken: Notify,
    is_stale: AtomicBool,
}

impl Wake {
    /// Something may be there.
    pub fn up(&self) {
        self.woken.notify_one();
    }

    /// The webhook was changed: what is under way is finished, and then it is read again.
    pub fn to_read_again(&self) {
        self.is_stale.store(true, Ordering::Release);
        self.woken.notify_one();
    }

    /// To be told that it is read now.
    pub fn reads(&self) {
        self.is_stale.store(false, Ordering::Release);
    }

    /// Whether it was changed since it was read.
    pub fn is_stale(&self) -> bool {
        self.is_stale.load(Ordering::Acquire)
    }

    /// Waits for either.
    pub async fn comes(&self) {
        self.woken.notified().await;
    }
}

/// What a walk delivers with.
#[derive(Clone)]
pub struct Means {
    post: Post,
    of_all: Arc<Semaphore>,
    of_one: Arc<Semaphore>,
    wake: Arc<Wake>,
}

/// What became of a few events of an organization.
#[derive(Debug)]
pub struct Round {
    /// Whose they are.
    pub organization: OrganizationId,
    /// When the last one of those delivered was.
    pub delivered_at: Option<Timestamp>,
    /// Where the first is that was not delivered, and why.
    pub stopped: Option<Stopped>,
    /// What follows the last one.
    pub next: (Sequence, Position),
}

/// Where a round stopped.
#[derive(Debug)]
pub struct Stopped {
    /// The event that was not delivered, in its organization.
    pub sequence: Sequence,
    /// The same in the journal.
    pub position: Position,
    /// Why; `None` where the webhook was changed meanwhile and the rest is for the changed one.
    pub failed: Option<Failed>,
}

/// Whether a webhook is sent events of this name.
pub fn is_wanted(webhook: &Webhook, event_type: &str) -> bool {
    webhook.types.as_ref().is_none_or(|types| types.iter().any(|name| name == event_type))
}

impl Means {
    /// Means that post so.
    pub fn new(post: Post) -> Self {
        Self {
            post,
            of_all: Arc::new(Semaphore::new(AT_ONCE_OVER_ALL)),
            of_one: Arc::new(Semaphore::new(AT_ONCE)),
            wake: Arc::default(),
        }
    }

    /// The same for one more webhook.
    pub fn for_another(&self, wake: Arc<Wake>) -> Self {
        Self { of_one: Arc::new(Semaphore::new(AT_ONCE)), wake, ..self.clone() }
    }

    /// Delivers these events of one organization in their order. What is not wanted is passed over.
    pub async fn deliver(&self, webhook: &Webhook, organization: OrganizationId, rows: Vec<Row>) -> Round {
        let mut round = Round { organization, delivered_at: None, stopped: None, next: (0, 0) };
        for row in rows {
            if is_wanted(webhook, &row.event_type) {
                let failed = match self.wake.is_stale() {
                    true => Some(None),
                    false => self.attempt(webhook, &row).await.err().map(Some),
                };
                if let Some(failed) = failed {
                    round.stopped = Some(Stopped { sequence: row.sequence, position: row.position, failed });
                    return round;
                }
                round.delivered_at = Some(now());
            }
            round.next = (row.sequence + 1, row.position + 1);
        }
        round
    }

    async fn attempt(&self, webhook: &Webhook, row: &Row) -> Result<u16, Failed> {
        // They are never closed; were they, too many at once would be better than none.
        let _of_one = self.of_one.acquire().await.ok();
        let _of_all = self.of_all.acquire().await.ok();
        let started = Instant::now();
        let attempted = self.post.attempt(webhook, &told_id(row), encode(row)).await;
        let outcome = match &attempted {
            Ok(_) => "delivered",
            Err(failed) => failed.why,
        };
        metrics::histogram!("roster_webhook_attempt_seconds", "outcome" => outcome)
            .record(started.elapsed().as_secs_f64());
        if attempted.is_ok() {
            let lag = (now() - row.recorded_at).to_std().unwrap_or_default();
            metrics::histogram!("roster_webhook_lag_seconds").record(lag.as_secs_f64());
        }
        attempted
    }
}
