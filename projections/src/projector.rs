//! The hand that turns: applies what a feed delivers, tells how far the lists are, and is loud about what it can't read.

use std::sync::Arc;
use std::time::SystemTime;

use domain::Timestamp;

use crate::entry::Entry;
use crate::progress::Progress;
use crate::projection::{Checkpoint, Projection};
use crate::views::ViewsError;

/// Moves one projection along the journal.
pub struct Projector {
    projection: Arc<dyn Projection>,
    progress: Arc<Progress>,
}

impl Projector {
    /// Of this projection. Call [`Projector::resume`] before the first turn.
    pub fn new(projection: Arc<dyn Projection>, progress: Arc<Progress>) -> Self {
        Self { projection, progress }
    }

    /// The projection's name.
    pub fn name(&self) -> &'static str {
        self.projection.name()
    }

    /// Reads where the projection is, publishes it and returns it: the feed goes on behind.
    pub async fn resume(&self) -> Result<Checkpoint, ViewsError> {
        let checkpoint = self.projection.checkpoint().await?;
        self.progress.found_at(checkpoint.position);
        self.publish(checkpoint.position);
        self.count_parked().await?;
        Ok(checkpoint)
    }

    /// Applies a batch and moves the checkpoint. After an error nothing is published; the caller resumes.
    pub async fn turn(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        let Some(last) = batch.last() else { return Ok(()) };
        let before = self.progress.position();
        self.projection.apply(batch).await?;
        self.publish(last.position());
        let mut parked = false;
        for entry in batch {
            if let Entry::Poison { position, organization, why } = entry
                && *position > before
            {
                parked = true;
                let projection = self.projection.name();
                tracing::error!(
                    projection,
                    position,
                    %organization,
                    why,
                    "an event could not be read; its organization is parked"
                );
            }
        }
        if parked {
            self.count_parked().await?;
        }
        // While old events are replayed, their age says nothing about the lag of new ones.
        if self.progress.ready() {
            record_lag(self.projection.name(), batch);
        }
        Ok(())
    }

    fn publish(&self, position: domain::Position) {
        self.progress.reached(position);
        let position = self.progress.position() as f64;
        metrics::gauge!("roster_projection_position", "projection" => self.projection.name()).set(position);
    }

    async fn count_parked(&self) -> Result<(), ViewsError> {
        let parked = self.projection.parked().await?.len();
        metrics::gauge!("roster_projection_parked", "projection" => self.projection.name()).set(parked as f64);
        Ok(())
    }
}

/// From commit to the views, for each event of a batch. Two clocks may disagree, so never below zero.
fn record_lag(projection: &'static str, batch: &[Entry]) {
    let now = Timestamp::from(SystemTime::now());
    let histogram = metrics::histogram!("roster_projection_lag_seconds", "projection" => projection);
    for entry in batch {
        if let Entry::Event(recorded) = entry {
            histogram.record((now - recorded.recorded_at).to_std().unwrap_or_default().as_secs_f64());
        }
    }
}
