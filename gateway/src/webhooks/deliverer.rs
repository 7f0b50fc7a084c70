//! A walk for every webhook, on the one server whose turn it is. It follows the journal once for all of them, and wakes those that something may
//! be for.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::OrganizationId;
use journal::{Feed, Journal, StoreError};
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::post::Post;
use super::round::{Means, Wake};
use super::schedule::Schedule;
use super::walk::Guide;

/// What the lease is called.
const LEASE: &str = "webhooks";

/// How often webhooks are looked for that were changed, on any server.
const LOOK: Duration = Duration::from_millis(500);

/// How often they are counted.
const COUNT: Duration = Duration::from_secs(5);

/// How long a deliverer that was interrupted waits.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// What delivers, or waits for its turn.
pub struct Deliverer {
    guide: Guide,
}

/// A webhook that is walked for.
struct Walking {
    revision: i64,
    organization: Option<OrganizationId>,
    wake: Arc<Wake>,
    task: AbortOnDropHandle<()>,
}

impl Deliverer {
    /// Delivers what is in this journal.
    pub fn new(journal: Journal, post: Post, schedule: Schedule) -> Self {
        Self { guide: Guide { journal, means: Means::new(post), schedule } }
    }

    /// Delivers whenever it is this server's turn, for ever.
    pub async fn run(self) {
        let lease = self.guide.journal.lease(LEASE);
        metrics::gauge!("roster_webhooks_leader").set(0);
        count(Default::default());
        loop {
            let _epoch_of_which_rows_know_nothing = lease.taken().await;
            metrics::gauge!("roster_webhooks_leader").set(1);
            let why = tokio::select! {
                why = lease.lost() => why,
                Err(error) = self.lead() => error.to_string(),
            };
            metrics::gauge!("roster_webhooks_leader").set(0);
            // Whoever delivers now tells how many there are.
            count(Default::default());
            tracing::warn!(why, "the delivery of webhooks was interrupted");
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }

    async fn lead(&self) -> Result<Infallible, StoreError> {
        let webhooks = self.guide.journal.webhooks();
        webhooks.remove_orphans().await?;
        let (mut walking, mut seen, mut feed, mut counted) = (HashMap::new(), None, None, None::<Instant>);
        loop {
            let revision = webhooks.revision().await?;
            // One that ended between two changes of its webhook is begun again.
            let is_over = walking.values().any(|one: &Walking| one.task.is_finished());
            if seen != Some(revision) || is_over {
                self.look(&mut walking).await?;
                (seen, counted) = (Some(revision), None);
            }
            if counted.is_none_or(|at| at.elapsed() > COUNT) {
                count(webhooks.numbers().await?);
                counted = Some(Instant::now());
            }
            match &mut feed {
                _ if walking.is_empty() => {
                    feed = None;
                    tokio::time::sleep(LOOK).await;
                }
                None => {
                    let position = self.guide.journal.store().position().await?;
                    feed = Some(self.guide.journal.feed(position));
                    // Written between their last look and now.
                    walking.values().for_each(|one: &Walking| one.wake.up());
                }
                Some(feed) => {
                    if let Ok(heard) = tokio::time::timeout(LOOK, heard(feed)).await {
                        wake(&walking, &heard?);
                    }
                }
            }
        }
    }

    /// Walks for each webhook as it is now, and for no other.
    async fn look(&self, walking: &mut HashMap<Uuid, Walking>) -> Result<(), StoreError> {
        let enabled = self.guide.journal.webhooks().enabled().await?;
        let wanted: HashSet<Uuid> = enabled.iter().map(|webhook| webhook.id).collect();
        walking.retain(|id, one| wanted.contains(id) && !one.task.is_finished());
        for webhook in enabled {
            if let Some(one) = walking.get_mut(&webhook.id) {
                if one.revision != webhook.revision {
                    one.revision = webhook.revision;
                    one.wake.to_read_again();
                }
                continue;
            }
            let wake = Arc::new(Wake::default());
            let guide = Guide { means: self.guide.means.for_another(wake.clone()), ..self.guide.clone() };
            let task = AbortOnDropHandle::new(tokio::spawn(guide.walk(webhook.id, wake.clone())));
            let (revision, organization) = (webhook.revision, webhook.organization);
            walking.insert(webhook.id, Walking { revision, organization, wake, task });
        }
        Ok(())
    }
}

/// The organizations of the next events.
async fn heard(feed: &mut Feed) -> Result<HashSet<OrganizationId>, StoreError> {
    let rows = feed.next().await?;
    let organization = |row: &Result<domain::Recorded, journal::Unreadable>| match row {
        Ok(recorded) => recorded.organization,
        Err(unreadable) => unreadable.organization,
    };
    Ok(rows.iter().map(organization).collect())
}

fn wake(walking: &HashMap<Uuid, Walking>, organizations: &HashSet<OrganizationId>) {
    for one in walking.values() {
        if one.organization.is_none_or(|organization| organizations.contains(&organization)) {
            one.wake.up();
        }
    }
}

fn count(numbers: journal::webhooks::Numbers) {
    metrics::gauge!("roster_webhooks_enabled").set(numbers.enabled as f64);
    metrics::gauge!("roster_webhooks_given_up").set(numbers.given_up as f64);
    metrics::gauge!("roster_webhooks_waiting").set(numbers.waiting as f64);
}
