//! Keeps what tokens say of people, and which organization each used last: written together, once for each newer token.

use std::sync::Arc;
use std::time::Duration;

use domain::{OrganizationId, Person, UserId};
use journal::{Journal, Seen, StoreError};
use quick_cache::sync::Cache;
use tokio::sync::{mpsc, oneshot};

use crate::caller::Caller;

/// People whose last claims are remembered, so that the same token is not written twice: more than verified tokens are, so
/// that a known token never costs a write.
const REMEMBERED: usize = 150_000;

/// Writes gathered into one statement at most, and waiting at most.
const TOGETHER: usize = 512;

/// How long a request waits for its claims to be kept. They are not what it came for.
const WAIT: Duration = Duration::from_secs(1);

enum Note {
    Seen(Seen, Option<oneshot::Sender<()>>),
    Used(UserId, OrganizationId),
}

/// A cheap handle; the keeper ends when the last one is dropped.
#[derive(Clone)]
pub struct Known {
    notes: mpsc::Sender<Note>,
    seen: Arc<Cache<UserId, Arc<(i64, Person)>>>,
    used: Arc<Cache<UserId, (OrganizationId, i64)>>,
}

impl Known {
    /// Starts the keeper.
    pub fn start(journal: Journal) -> Self {
        let (notes, inbox) = mpsc::channel(TOGETHER);
        tokio::spawn(keep(journal, inbox));
        let (seen, used) = (Arc::new(Cache::new(REMEMBERED)), Arc::new(Cache::new(REMEMBERED)));
        Self { notes, seen, used }
    }

    /// A token described this person. Waits until that is kept, so that lists show a name at once; if the keeper is
    /// behind, the request goes on and the next one with this token tries again.
    pub async fn seen(&self, user: &UserId, person: &Person, issued_at: i64) {
        if self.seen.get(user).is_some_and(|known| known.1 == *person) {
            // Nothing to wait for, but how new it is must be kept: a token from in between would undo it.
            return self.seen_in_passing(user, person, issued_at);
        }
        if !self.is_news(user, issued_at) {
            return;
        }
        let (kept, done) = oneshot::channel();
        let seen = Seen { user: user.clone(), person: person.clone(), issued_at };
        if self.notes.try_send(Note::Seen(seen, Some(kept))).is_ok()
            && let Ok(Ok(())) = tokio::time::timeout(WAIT, done).await
        {
            self.seen.insert(user.clone(), Arc::new((issued_at, person.clone())));
        }
    }

    /// The same without waiting, for membership checks.
    pub fn seen_in_passing(&self, user: &UserId, person: &Person, issued_at: i64) {
        if self.is_news(user, issued_at) {
            let seen = Seen { user: user.clone(), person: person.clone(), issued_at };
            if self.notes.try_send(Note::Seen(seen, None)).is_ok() {
                self.seen.insert(user.clone(), Arc::new((issued_at, person.clone())));
            }
        }
    }

    /// The person opened this organization: it is where they go when they leave another. Said again by a newer token it is news, too:
    /// they may have been erased since, by another server.
    pub fn used(&self, caller: &Caller, organization: OrganizationId) {
        let (user, issued_at) = (&caller.user, caller.claims.issued_at.timestamp());
        let known = self.used.get(user).is_some_and(|(place, since)| place == organization && since >= issued_at);
        if !known && self.notes.try_send(Note::Used(user.clone(), organization)).is_ok() {
            self.used.insert(user.clone(), (organization, issued_at));
        }
    }

    /// Whoever was erased is not remembered here either.
    pub fn forget(&self, user: &UserId) {
        self.seen.remove(user);
        self.used.remove(user);
    }

    fn is_news(&self, user: &UserId, issued_at: i64) -> bool {
        self.seen.get(user).is_none_or(|known| known.0 < issued_at)
    }
}

async fn keep(journal: Journal, mut inbox: mpsc::Receiver<Note>) {
    let mut notes = Vec::with_capacity(TOGETHER);
    while inbox.recv_many(&mut notes, TOGETHER).await > 0 {
        let (mut seen, mut used, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        for note in notes.drain(..) {
            match note {
                Note::Seen(one, kept) => {
                    seen.push(one);
                    waiting.extend(kept);
                }
                Note::Used(user, organization) => used.push((user, organization)),
            }
        }
        match write(&journal, &seen, &used).await {
            Ok(()) => waiting.into_iter().for_each(|kept| {
                let _ = kept.send(());
            }),
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "people could not be kept"),
        }
    }
}

async fn write(journal: &Journal, seen: &[Seen], used: &[(UserId, OrganizationId)]) -> Result<(), StoreError> {
    if !seen.is_empty() {
        journal.people().see(seen).await?;
    }
    if !used.is_empty() {
        journal.people().used(used).await?;
    }
    Ok(())
}
