//! What only one of several servers may do at a time. By the database's clock: a holder that says nothing for a while has
//! lost it, and whoever takes it over does so with a higher epoch, by which late writes of the former one are refused.

use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::store::{Epoch, Store, StoreError};

/// How long others wait for a holder that says nothing.
const LASTS: Duration = Duration::from_secs(5);

/// How often a lease is asked for, or kept.
const RENEW: Duration = Duration::from_secs(1);

/// The right to do something, whether or not it is ours now.
pub struct Lease {
    store: Arc<dyn Store>,
    name: String,
    holder: Uuid,
}

impl Lease {
    /// The lease of this name, for this holder.
    pub fn new(store: Arc<dyn Store>, name: impl Into<String>, holder: Uuid) -> Self {
        Self { store, name: name.into(), holder }
    }

    /// Whose it is or may become.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// Waits until it is ours; the epoch it is ours in. Why it can't be asked for is told once, not every second.
    pub async fn taken(&self) -> Epoch {
        let mut told = String::new();
        loop {
            match self.try_take().await.map_err(|error| error.to_string()) {
                Ok(Some(epoch)) => return epoch,
                Ok(None) => told.clear(),
                Err(error) if error == told => {}
                Err(error) => {
                    tracing::warn!(lease = self.name, error, "the lease could not be asked for");
                    told = error;
                }
            }
            tokio::time::sleep(RENEW).await;
        }
    }

    /// Takes it, or keeps it; `None` while it is somebody else's.
    pub async fn try_take(&self) -> Result<Option<Epoch>, StoreError> {
        self.store.lease(&self.name, self.holder, LASTS).await
    }

    /// Keeps it; ends when it is somebody else's, or may be, and says why.
    pub async fn lost(&self) -> String {
        let mut kept = Instant::now();
        loop {
            tokio::time::sleep(RENEW).await;
            let asked = Instant::now();
            match self.try_take().await {
                Ok(Some(_)) => kept = asked,
                Ok(None) => return "another server does it now".into(),
                Err(error) if kept.elapsed() > LASTS => return error.to_string(),
                Err(_) => {}
            }
        }
    }
}
