//! One webhook's way along the journal. It reads a few events, delivers them in the order of each organization, and notes how far it is. What
//! fails lets its organization wait in a lane and goes on with the others.
//!
//! **Nothing is passed over**: how far it is is noted only once every event up to there was delivered or waits. Whatever dies in between leaves the
//! rows as they were, and the same events are delivered again, under the same ids.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use domain::{OrganizationId, Timestamp};
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use journal::webhooks::{Cursor, Disabled, Failure, Lane, LaneKind, Webhook, Why};
use journal::{Journal, Row, StoreError};
use uuid::Uuid;

use super::lanes::Lanes;
use super::now;
use super::round::{Means, Round, Stopped, Wake, is_wanted};
use super::schedule::Schedule;

/// Rows read at once, and events of them that are under way before it is noted how far it is: so many are delivered twice at most.
const READ: u32 = 200;
const DELIVERED: usize = 20;

/// So many organizations may wait beside a walk. Of more, the receiver is taken to be away, and the walk itself waits.
const MOST_WAITING: usize = 100;

/// How long a walk rests after the database could not be asked.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// What walks are made with.
#[derive(Clone)]
pub struct Guide {
    /// What is followed.
    pub journal: Journal,
    /// What delivers.
    pub means: Means,
    /// When what failed is tried again.
    pub schedule: Schedule,
}

/// Why a walk stops.
#[derive(Debug, PartialEq, Eq)]
enum Over {
    /// The webhook is not as it was read: it is read again.
    Changed,
    /// It is gone, or disabled.
    Ended,
}

impl Guide {
    /// Walks until the webhook is gone or disabled. Woken whenever there may be something new.
    pub async fn walk(self, id: Uuid, wake: Arc<Wake>) {
        loop {
            match self.follow(id, &wake).await {
                Ok(Over::Ended) => return,
                Ok(Over::Changed) => continue,
                Err(error) => tracing::warn!(webhook = %id, %error, "a webhook's walk was interrupted"),
            }
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }

    async fn follow(&self, id: Uuid, wake: &Wake) -> Result<Over, StoreError> {
        // Before it is read: what is changed from here on is noticed.
        wake.reads();
        let webhook = self.journal.webhooks().webhook(id).await?;
        let Some(webhook) = webhook.filter(|webhook| webhook.disabled.is_none()) else { return Ok(Over::Ended) };
        let waiting = self.journal.webhooks().lanes(id, None, u32::MAX / 2).await?;
        let waiting = waiting.iter().filter(|lane| lane.kind == LaneKind::Waiting).map(|lane| lane.organization);
        let mut walk = Walk {
            guide: self,
            wake,
            scanned: webhook.cursor,
            waiting: waiting.collect(),
            webhook: Arc::new(webhook),
            under_way: 0,
            delivered_at: None,
            is_behind: true,
            may_end: false,
            lanes: Lanes::default(),
            jobs: FuturesUnordered::new(),
        };
        loop {
            // What is known here is not known there yet: the walk goes on from it once the database answers again.
            let pause = match walk.goes_on().await {
                Ok(Some(over)) => return Ok(over),
                Ok(None) => walk.starts_lanes().await,
                Err(error) => Err(error),
            };
            let pause = pause.unwrap_or_else(|error| {
                tracing::warn!(webhook = %id, %error, "a webhook's walk waits for the database");
                TRY_AGAIN
            });
            tokio::select! {
                Some(done) = walk.jobs.next() => if let Some(over) = walk.hears(done?).await? { return Ok(over) },
                () = wake.comes() => walk.is_behind = true,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

/// What a job tells when it is done.
pub(super) enum Done {
    /// Events on the way itself.
    Walked(Round),
    /// Events of a lane.
    Lane(Lane, Round),
    /// A lane has nothing more up to this position.
    Through(Lane, u64),
}

/// A walk under way.
pub(super) struct Walk<'g> {
    pub(super) guide: &'g Guide,
    pub(super) wake: &'g Wake,
    pub(super) webhook: Arc<Webhook>,
    /// Up to where events are delivered, wait, or are under way.
    pub(super) scanned: Cursor,
    /// Organizations whose events are under way, on the way itself.
    under_way: usize,
    delivered_at: Option<Timestamp>,
    is_behind: bool,
    /// Whether its organization may have ended, and it with it.
    pub(super) may_end: bool,
    pub(super) waiting: HashSet<OrganizationId>,
    pub(super) lanes: Lanes,
    pub(super) jobs: FuturesUnordered<BoxFuture<'g, Result<Done, StoreError>>>,
}

impl Walk<'_> {
    /// Notes how far it is, and reads on, unless events are under way.
    async fn goes_on(&mut self) -> Result<Option<Over>, StoreError> {
        while self.under_way == 0 {
            let is_news = self.scanned != self.webhook.cursor || self.delivered_at.is_some();
            if is_news && !self.notes().await? {
                return Ok(Some(Over::Changed));
            }
            if self.may_end && self.waiting.is_empty() {
                self.may_end = false;
                if self.guide.journal.webhooks().remove_orphans().await? > 0 {
                    return Ok(Some(Over::Changed));
                }
            }
            if self.wake.is_stale() {
                return Ok(self.lanes.are_idle().then_some(Over::Changed));
            }
            if !self.is_behind || self.waiting.len() >= MOST_WAITING {
                break;
            }
            self.reads().await?;
        }
        Ok(None)
    }

    async fn notes(&mut self) -> Result<bool, StoreError> {
        let moved = self.guide.journal.webhooks().moved(&self.webhook, self.scanned, self.delivered_at.take()).await?;
        if moved {
            self.webhook = Arc::new(Webhook { cursor: self.scanned, ..Webhook::clone(&self.webhook) });
        }
        Ok(moved)
    }

    async fn reads(&mut self) -> Result<(), StoreError> {
        let (store, scope) = (self.guide.journal.store(), self.webhook.organization);
        let rows = match scope {
            Some(organization) => store.rows_of(organization, self.scanned.sequence, READ).await?,
            None => store.rows(self.scanned.position, READ).await?,
        };
        self.is_behind = !rows.is_empty();
        let mut by_organization: HashMap<OrganizationId, Vec<Row>> = HashMap::new();
        let mut taken = 0;
        for row in rows {
            let sequence = if scope.is_some() { row.sequence } else { 0 };
            self.scanned = Cursor { position: row.position, sequence };
            self.may_end |= scope.is_some() && row.event_type == "OrganizationDeleted";
            if !is_wanted(&self.webhook, &row.event_type) || self.waiting.contains(&row.organization) {
                continue;
            }
            by_organization.entry(row.organization).or_default().push(row);
            taken += 1;
            if taken == DELIVERED {
                break;
            }
        }
        self.under_way = by_organization.len();
        for (organization, rows) in by_organization {
            let (means, webhook) = (self.guide.means.clone(), self.webhook.clone());
            let job = async move { Ok(Done::Walked(means.deliver(&webhook, organization, rows).await)) };
            self.jobs.push(Box::pin(job));
        }
        Ok(())
    }

    async fn hears(&mut self, done: Done) -> Result<Option<Over>, StoreError> {
        match done {
            Done::Walked(round) => {
                self.under_way -= 1;
                self.delivered_at = self.delivered_at.max(round.delivered_at);
                let Some(stopped) = round.stopped else { return Ok(None) };
                let lane = self.lane(round.organization, &stopped);
                self.guide.journal.webhooks().hold(&lane).await?;
                self.waiting.insert(lane.organization);
                self.lanes.may_be_some();
                let Some(failed) = stopped.failed else { return Ok(None) };
                tracing::info!(webhook = %self.webhook.id, organization = %lane.organization, why = failed.why,
                    status = failed.status, "a webhook did not take an event; it is tried again");
                if failed.is_gone() { self.disables(Why::Gone).await.map(Some) } else { Ok(None) }
            }
            Done::Lane(lane, round) => self.hears_of_lane(lane, round).await,
            Done::Through(lane, until) => self.ends_lane(&lane, until).await.map(|()| None),
        }
    }

    async fn hears_of_lane(&mut self, mut lane: Lane, round: Round) -> Result<Option<Over>, StoreError> {
        let from = lane.sequence;
        let why = match round.stopped {
            None => {
                self.delivered_at = self.delivered_at.max(round.delivered_at);
                (lane.sequence, lane.position) = round.next;
                (lane.failures, lane.failing_since, lane.next_attempt, lane.failure) = (0, None, now(), None);
                None
            }
            Some(Stopped { sequence, position, failed: None }) => {
                (lane.sequence, lane.position, lane.next_attempt) = (sequence, position, now());
                if sequence > from {
                    (lane.failures, lane.failing_since, lane.failure) = (0, None, None);
                }
                None
            }
            Some(Stopped { sequence, position, failed: Some(failed) }) => {
                let at = now();
                let is_another = sequence > from;
                (lane.sequence, lane.position) = (sequence, position);
                lane.failures = if is_another { 1 } else { lane.failures.saturating_add(1) };
                let since = lane.failing_since.filter(|_| !is_another).unwrap_or(at);
                lane.failing_since = Some(since);
                lane.next_attempt = at + self.pause(lane.failures, failed.retry_after);
                lane.failure = Some(Failure { at, why: failed.why.into(), status: failed.status });
                let is_over = lane.failures > 1 && self.guide.schedule.is_over(since, at);
                failed.is_gone().then_some(Why::Gone).or(is_over.then_some(Why::Failing))
            }
        };
        let _else_read_again = self.guide.journal.webhooks().lane_moved(&lane, from).await?;
        self.lanes.is_free(&lane);
        match why {
            Some(why) => self.disables(why).await.map(Some),
            None => Ok(None),
        }
    }

    /// A lane that begins where a round stopped; of one that did not fail it is due at once.
    fn lane(&self, organization: OrganizationId, stopped: &Stopped) -> Lane {
        let at = now();
        let failed = stopped.failed.as_ref();
        Lane {
            webhook: self.webhook.id,
            organization,
            kind: LaneKind::Waiting,
            sequence: stopped.sequence,
            position: stopped.position,
            until: None,
            failing_since: failed.map(|_| at),
            failures: u32::from(failed.is_some()),
            next_attempt: failed.map_or(at, |failed| at + self.pause(1, failed.retry_after)),
            failure: failed.map(|failed| Failure { at, why: failed.why.into(), status: failed.status }),
        }
    }

    /// Gives a webhook up, loudly.
    async fn disables(&mut self, why: Why) -> Result<Over, StoreError> {
        let webhooks = self.guide.journal.webhooks();
        let disabled = Webhook { disabled: Some(Disabled { at: now(), why }), ..Webhook::clone(&self.webhook) };
        if webhooks.change(&disabled, None).await? {
            tracing::warn!(webhook = %disabled.id, organization = disabled.organization.map(tracing::field::display),
                why = why.as_str(), "a webhook is disabled: nothing is sent to it until somebody enables it");
            metrics::counter!("roster_webhooks_given_up_total", "why" => why.as_str()).increment(1);
            webhooks.remove_orphans().await?;
        }
        Ok(Over::Changed)
    }

    fn pause(&self, failures: u32, retry_after: Option<Duration>) -> Duration {
        self.guide.schedule.pause(failures, retry_after, Uuid::new_v4().as_bytes()[0])
    }
}
