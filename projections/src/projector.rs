//! The hand that turns: applies what a feed delivers, tells how far the views are, and is loud about what it can't read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use domain::{Position, Timestamp};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::entry::Entry;
use crate::views::{Views, ViewsError};

/// A target no journal reaches: until somebody says how far to replay, the views are not ready.
const NOT_SAID: Position = Position::MAX;

/// Moves one view store along the journal.
pub struct Projector {
    views: Arc<dyn Views>,
    position: watch::Sender<Position>,
    target: AtomicU64,
}

impl Projector {
    /// Of these views. Call [`Projector::resume`] before the first turn.
    pub fn new(views: Arc<dyn Views>) -> Self {
        Self { views, position: watch::Sender::new(0), target: AtomicU64::new(NOT_SAID) }
    }

    /// Reads where the views are, publishes it and returns it: the feed goes on behind. 0 for views in memory.
    pub async fn resume(&self) -> Result<Position, ViewsError> {
        let position = self.views.position().await?;
        self.publish(position);
        self.count_parked().await?;
        Ok(position)
    }

    /// Applies a batch and moves the checkpoint. After an error nothing is published; on [`ViewsError::Hole`] the caller
    /// reads again from what was expected.
    pub async fn turn(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        let Some(last) = batch.last() else { return Ok(()) };
        let before = self.position();
        self.views.apply(batch).await?;
        self.publish(last.position());
        let mut parked = false;
        for entry in batch {
            if let Entry::Poison { position, organization, why } = entry
                && *position > before
            {
                parked = true;
                tracing::error!(position, %organization, why, "an event could not be read; its organization is parked");
            }
        }
        if parked {
            self.count_parked().await?;
        }
        // While old events are replayed, their age says nothing about the lag of new ones.
        if self.ready() {
            record_lag(batch);
        }
        Ok(())
    }

    /// How far the views are.
    pub fn position(&self) -> Position {
        *self.position.borrow()
    }

    /// Tells each new position, for whoever wants to follow.
    pub fn follow(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    /// Says where the journal was at start; before the views are there, [`Projector::ready`] is false.
    pub fn replay_until(&self, position: Position) {
        self.target.store(position, Ordering::Release);
    }

    /// Whether lists may be shown: the views are where the journal was at start. False until that was said.
    pub fn ready(&self) -> bool {
        self.position() >= self.target.load(Ordering::Acquire)
    }

    /// Waits until the views are at `position`; false if they are not within `at_most`.
    pub async fn wait_for(&self, position: Position, at_most: Duration) -> bool {
        let mut positions = self.position.subscribe();
        let there = timeout(at_most, positions.wait_for(|now| *now >= position)).await;
        matches!(there, Ok(Ok(_)))
    }

    /// Never backwards: a batch of duplicates ends before where the views are.
    fn publish(&self, position: Position) {
        self.position.send_if_modified(|now| {
            let forward = position > *now;
            *now = position.max(*now);
            forward
        });
        metrics::gauge!("roster_projection_position").set(self.position() as f64);
    }

    async fn count_parked(&self) -> Result<(), ViewsError> {
        let parked = self.views.parked().await?.len();
        metrics::gauge!("roster_projection_parked").set(parked as f64);
        Ok(())
    }
}

/// From commit to the views, for the newest event of a batch. Two clocks may disagree, so never below zero.
fn record_lag(batch: &[Entry]) {
    let newest = batch.iter().rev().find_map(|entry| match entry {
        Entry::Event(recorded) => Some(recorded.recorded_at),
        Entry::Poison { .. } => None,
    });
    if let Some(recorded_at) = newest {
        let lag = (Timestamp::from(SystemTime::now()) - recorded_at).to_std().unwrap_or_default();
        metrics::histogram!("roster_projection_lag_seconds").record(lag.as_secs_f64());
    }
}
