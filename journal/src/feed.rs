//! What embedded projections follow: the journal itself, in process.

use std::sync::Arc;

use domain::{Position, Recorded};
use tokio::sync::watch;

use crate::row::Unreadable;
use crate::store::{Store, StoreError};

/// How many events one look fetches: enough for a quick replay, few enough to hold.
const AT_ONCE: u32 = 1000;

/// All events in order, from a position on. Woken to be quick, polling to be sure.
pub struct LocalFeed {
    store: Arc<dyn Store>,
    written: watch::Receiver<Position>,
    after: Position,
}

impl LocalFeed {
    pub(crate) fn new(store: Arc<dyn Store>, written: watch::Receiver<Position>, after: Position) -> Self {
        Self { store, written, after }
    }

    /// The next events, at least one; waits for them. After an error, or when what was given could not be used, ask
    /// again from where you are with [`LocalFeed::resume`].
    pub async fn next(&mut self) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        loop {
            self.written.mark_unchanged();
            let rows = self.store.follow(self.after, AT_ONCE).await?;
            if let Some(last) = rows.last() {
                self.after = match last {
                    Ok(recorded) => recorded.position,
                    Err(unreadable) => unreadable.position,
                };
                return Ok(rows);
            }
            if let Ok(Err(_nobody_wakes_us_any_more)) =
                tokio::time::timeout(self.store.look_every(), self.written.changed()).await
            {
                tokio::time::sleep(self.store.look_every()).await;
            }
        }
    }

    /// Goes back, or on, to what follows this position.
    pub fn resume(&mut self, after: Position) {
        self.after = after;
    }
}
