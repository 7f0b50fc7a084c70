//! How many posts are under way at once. Receivers may be slow, and whoever registers them may mean them to be: what one of them holds, no other has.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use domain::OrganizationId;
use journal::webhooks::Webhook;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Posts for the webhooks of one organization, and to one host. A host that many use is not filled by one of them.
const OF_ORGANIZATION: usize = 4;
const TO_HOST: usize = 8;

/// Posts over all organizations' webhooks; and beside them, over those that are for all organizations, which are the operator's.
const OVER_ALL: usize = 256;
const OF_OPERATOR: usize = 80;

/// So many names are remembered before those are looked for that nobody needs.
const REMEMBERED: usize = 1024;

/// Who may post. It takes the owners of 64 organizations and 32 hosts to make other organizations wait, and nobody but operators makes them wait.
pub struct Bounds {
    owners: Each<OrganizationId>,
    hosts: Each<String>,
    over_all: Arc<Semaphore>,
    of_operator: Arc<Semaphore>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            owners: Each::of(OF_ORGANIZATION),
            hosts: Each::of(TO_HOST),
            over_all: Arc::new(Semaphore::new(OVER_ALL)),
            of_operator: Arc::new(Semaphore::new(OF_OPERATOR)),
        }
    }
}

impl Bounds {
    /// Waits until this webhook may be posted to; it may as long as what is answered is kept. What is shared by all is taken last, so that nobody
    /// holds it while they wait for their own.
    pub async fn admit(&self, webhook: &Webhook) -> Vec<OwnedSemaphorePermit> {
        let Some(owner) = webhook.organization else {
            return Vec::from_iter(self.of_operator.clone().acquire_owned().await);
        };
        let url = Url::parse(&webhook.url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        // They are never closed; were they, too many at once would be better than none.
        let mut permits = Vec::from_iter(self.owners.semaphore(owner).acquire_owned().await);
        permits.extend(self.hosts.semaphore(host.to_owned()).acquire_owned().await);
        permits.extend(self.over_all.clone().acquire_owned().await);
        permits
    }
}

/// As many of each.
struct Each<K> {
    most: usize,
    semaphores: Mutex<HashMap<K, Weak<Semaphore>>>,
}

impl<K: Eq + Hash> Each<K> {
    fn of(most: usize) -> Self {
        Self { most, semaphores: Mutex::default() }
    }

    fn semaphore(&self, of: K) -> Arc<Semaphore> {
        let mut semaphores = self.semaphores.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = semaphores.get(&of).and_then(Weak::upgrade) {
            return known;
        }
        if semaphores.len() >= REMEMBERED {
            semaphores.retain(|_, semaphore| semaphore.strong_count() > 0);
        }
        let semaphore = Arc::new(Semaphore::new(self.most));
        semaphores.insert(of, Arc::downgrade(&semaphore));
        semaphore
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use domain::Timestamp;
    use futures::FutureExt;
    use journal::webhooks::Cursor;
    use uuid::Uuid;

    use super::*;

    fn webhook(organization: Option<OrganizationId>, host: &str) -> Webhook {
        Webhook {
            id: Uuid::now_v7(),
            organization,
            url: format!("https://{host}/hook"),
            types: None,
            secrets: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
            created_by: None,
            changed_by: None,
            revision: 0,
            cursor: Cursor { position: 0, sequence: 0 },
            delivered_at: None,
            failure: None,
            disabled: None,
        }
    }

    fn new() -> Option<OrganizationId> {
        Some(OrganizationId(Uuid::now_v7()))
    }

    #[test]
    fn slow_receivers_of_one_organization_or_behind_one_host_leave_the_others_room() {
        let bounds = Bounds::default();
        let now = |webhook: &Webhook| bounds.admit(webhook).now_or_never();
        let (eve, ana) = (new(), new());
        let mut held = Vec::new();
        for n in 0..300 {
            held.extend(now(&webhook(eve, &format!("{n}.slow.test"))));
        }
        assert_eq!(held.len(), OF_ORGANIZATION, "however many hosts she has");
        held.extend(now(&webhook(ana, "slow.test")));
        assert_eq!(held.len(), OF_ORGANIZATION + 1);
        for _ in 0..300 {
            held.extend(now(&webhook(new(), "slow.test")));
        }
        assert_eq!(held.len(), OF_ORGANIZATION + TO_HOST, "however many organizations there are");
        assert!(now(&webhook(ana, "quick.test")).is_some());
        for n in 0..300 {
            held.extend(now(&webhook(new(), &format!("{n}.other.test"))));
        }
        assert_eq!(held.len(), OVER_ALL);
        assert!(now(&webhook(None, "slow.test")).is_some(), "the operator's stand apart");
        held.clear();
        assert!(now(&webhook(eve, "slow.test")).is_some());
    }
}
