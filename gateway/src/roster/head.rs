//! The journal's head as it is read from the store: of many who ask at once, one reads for all.

use std::time::Instant;

use domain::Position;
use journal::{Journal, StoreError};
use tokio::sync::Mutex;

/// When the head was last asked for, and what it was.
#[derive(Default)]
pub struct Head(Mutex<Option<(Instant, Position)>>);

impl Head {
    /// The head as it was at this call or later.
    pub async fn read(&self, journal: &Journal) -> Result<Position, StoreError> {
        let asked = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((begun, position)) = *last
            && begun >= asked
        {
            return Ok(position);
        }
        let begun = Instant::now();
        let position = journal.store().position().await?;
        *last = Some((begun, position));
        Ok(position)
    }
}
