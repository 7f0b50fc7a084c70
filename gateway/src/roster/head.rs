//! The journal's head as it is read from the store: of many who ask at once, one reads for all.

use std::time::Instant;

use domain::Position;
use journal::Journal;
use journal::ask::Unavailable;
use tokio::sync::Mutex;

/// When the head was last asked for, and what was told.
#[derive(Default)]
pub struct Head(Mutex<Option<(Instant, Result<Position, Unavailable>)>>);

impl Head {
    /// The head as it was at this call or later. That it can't be read is told to all who wait, too: before a store that hangs they would wait
    /// for one after the other.
    pub async fn read(&self, journal: &Journal) -> Result<Position, Unavailable> {
        let asked = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((begun, told)) = &*last
            && *begun >= asked
        {
            return told.clone();
        }
        let begun = Instant::now();
        let told = journal.store().position().await.map_err(Unavailable::from);
        *last = Some((begun, told.clone()));
        told
    }
}
