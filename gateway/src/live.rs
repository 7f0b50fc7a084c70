//! Tells whoever listens that something happened in an organization. Every server reads the journal itself for it, as long as
//! somebody listens: no list, no NATS has to be on time for a page to learn that its reader is gone.
//!
//! What is told carries no content: a listener looks for itself, with its own rights.

use std::sync::Arc;
use std::time::Duration;

use domain::{OrganizationId, Sequence};
use journal::{Feed, Journal, StoreError};
use tokio::sync::{Mutex, broadcast};
use tokio_util::sync::CancellationToken;

/// Words kept for a listener that is slow; one that missed some is told so, and looks once for all of them.
const KEPT: usize = 1024;

/// How often it is looked whether anybody still listens.
const LOOK_AROUND: Duration = Duration::from_secs(5);

/// How long the journal is left alone after it could not be read.
const TRY_AGAIN: Duration = Duration::from_millis(500);

/// Something happened.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where.
    pub organization: OrganizationId,
    /// As which event of the organization. What could not be read has none, and still happened.
    pub sequence: Option<Sequence>,
}

/// A cheap handle to what is told on this server.
#[derive(Clone)]
pub struct Live {
    journal: Journal,
    words: broadcast::Sender<Word>,
    /// Whether the journal is being followed; held while that changes.
    following: Arc<Mutex<bool>>,
    stopping: CancellationToken,
}

impl Live {
    /// Nobody listens yet.
    pub fn new(journal: Journal, stopping: CancellationToken) -> Self {
        Self { journal, words: broadcast::channel(KEPT).0, following: Arc::default(), stopping }
    }

    /// Resolves when the server stops, which is when listeners must go.
    pub async fn stopping(&self) {
        self.stopping.cancelled().await;
    }

    /// Listens: every event committed after this call returned is told.
    pub async fn listen(&self) -> Result<broadcast::Receiver<Word>, StoreError> {
        let mut following = self.following.lock().await;
        let words = self.words.subscribe();
        if !*following {
            let after = self.journal.store().position().await?;
            tokio::spawn(self.clone().follow(self.journal.feed(after)));
            *following = true;
        }
        Ok(words)
    }

    /// Follows the journal until nobody listens.
    async fn follow(self, mut feed: Feed) {
        loop {
            tokio::select! {
                () = self.stopping.cancelled() => return,
                rows = feed.next() => match rows {
                    Ok(rows) => rows.into_iter().for_each(|row| {
                        let word = match row {
                            Ok(recorded) => Word { organization: recorded.organization, sequence: Some(recorded.sequence) },
                            Err(unreadable) => Word { organization: unreadable.organization, sequence: None },
                        };
                        let _nobody_listens = self.words.send(word);
                    }),
                    Err(error) => {
                        tracing::debug!(%error, "open pages are not told what happens");
                        tokio::time::sleep(TRY_AGAIN).await;
                    }
                },
                () = tokio::time::sleep(LOOK_AROUND) => {}
            }
            let mut following = self.following.lock().await;
            if self.words.receiver_count() == 0 {
                *following = false;
                return;
            }
        }
    }
}
