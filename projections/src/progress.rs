//! How far the lists are, for whoever waits for them, whichever process moves them on.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use domain::Position;
use tokio::sync::{Notify, watch};
use tokio::time::timeout;

/// A target no journal reaches: until somebody says how far to replay, the lists are not ready.
const NOT_SAID: Position = Position::MAX;

/// Of one projection, as this process knows it.
pub struct Progress {
    position: watch::Sender<Position>,
    target: AtomicU64,
    was_ready: AtomicBool,
    waiting: AtomicUsize,
    somebody_waits: Notify,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            position: watch::Sender::new(0),
            target: AtomicU64::new(NOT_SAID),
            was_ready: AtomicBool::new(false),
            waiting: AtomicUsize::new(0),
            somebody_waits: Notify::new(),
        }
    }
}

impl Progress {
    /// How far the lists are.
    pub fn position(&self) -> Position {
        *self.position.borrow()
    }

    /// Tells each new position, for whoever wants to follow.
    pub fn follow(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    /// The lists are at this position. Never backwards: a batch of duplicates ends before where they are.
    pub fn reached(&self, position: Position) {
        self.position.send_if_modified(|now| {
            let forward = position > *now;
            *now = position.max(*now);
            forward
        });
    }

    /// The lists were read to be at this position, which may be an earlier one: a database that lost power keeps the journal, but
    /// not the last of what was projected. A reading that comes late makes somebody wait a little.
    pub fn found_at(&self, position: Position) {
        self.position.send_if_modified(|now| std::mem::replace(now, position) != position);
    }

    /// Says where the journal was at start; before the lists are there, [`Progress::ready`] is false.
    pub fn replay_until(&self, position: Position) {
        self.target.store(position, Ordering::Release);
    }

    /// Whether lists may be shown: they have been where the journal was at start. False until that was said.
    pub fn ready(&self) -> bool {
        if self.position() >= self.target.load(Ordering::Acquire) {
            self.was_ready.store(true, Ordering::Release);
        }
        self.was_ready.load(Ordering::Acquire)
    }

    /// Waits until the lists are at `position`; false if they are not within `at_most`.
    pub async fn wait_for(&self, position: Position, at_most: Duration) -> bool {
        let mut positions = self.position.subscribe();
        if *positions.borrow_and_update() >= position {
            return true;
        }
        let _counted = Waiter::of(self);
        let there = timeout(at_most, positions.wait_for(|now| *now >= position)).await;
        matches!(there, Ok(Ok(_)))
    }

    /// Returns at once while somebody waits, else when somebody begins to: for whoever asks the database only then.
    pub async fn somebody_waits(&self) {
        if self.waiting.load(Ordering::Acquire) == 0 {
            self.somebody_waits.notified().await;
        }
    }
}

/// Counts as waiting as long as it lives, also when the request it belongs to is given up.
struct Waiter<'p>(&'p Progress);

impl<'p> Waiter<'p> {
    fn of(progress: &'p Progress) -> Self {
        progress.waiting.fetch_add(1, Ordering::AcqRel);
        progress.somebody_waits.notify_one();
        Self(progress)
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}
