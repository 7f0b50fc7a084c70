//! What projections follow. Embedded, that is the journal itself, in process.

use std::sync::Arc;

use domain::{Position, Recorded};
use tokio::sync::watch;

use crate::nats::JetStreamFeed;
use crate::row::Unreadable;
use crate::store::{Store, StoreError};

/// How many events one look fetches: enough for a quick replay, few enough to hold.
const AT_ONCE: u32 = 1000;

/// One of the two.
pub enum Feed {
    /// The journal, in process.
    Local(LocalFeed),
    /// The stream that the relay fills.
    JetStream(Box<JetStreamFeed>),
}

impl Feed {
    /// The next events, at least one; waits for them. After an error, or when what was given could not be used, ask again
    /// from where you are with [`Feed::resume`].
    pub async fn next(&mut self) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
        match self {
            Self::Local(feed) => feed.next().await,
            Self::JetStream(feed) => feed.next().await,
        }
    }

    /// Goes back, or on, to what follows this position.
    pub fn resume(&mut self, after: Position) {
        match self {
            Self::Local(feed) => feed.resume(after),
            Self::JetStream(feed) => feed.resume(after),
        }
    }
}

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
