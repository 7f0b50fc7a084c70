//! Overwrites what erasures only unlinked: one at a time in the whole process, and once for all who wait for it. That keeps writers of a file
//! waiting, so they have as long in between. What failed is tried again.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use journal::{Journal, Scrub, Scrubbed};
use tokio::sync::watch;

/// How long until what failed is tried again, at first; twice as long each time, up to 32 times.
const AGAIN: Duration = Duration::from_secs(10);

/// A cheap handle; the work ends when the last one is dropped.
#[derive(Clone)]
pub struct Scrubber {
    /// How often it was asked for.
    asked: Arc<watch::Sender<u64>>,
    /// For how many of these it is done, and how it went.
    done: watch::Receiver<(u64, Scrubbed)>,
}

impl Scrubber {
    /// Starts it.
    pub fn start(journal: Journal) -> Self {
        let (asked, asks) = watch::channel(0);
        let (tell, done) = watch::channel((0, Scrubbed::Clean));
        tokio::spawn(work(journal, asks, tell));
        Self { asked: Arc::new(asked), done }
    }

    /// Asks for it after something went, and waits until it was done, or did not work: then it is done later.
    pub async fn scrub(&self) -> Scrubbed {
        let mut number = 0;
        self.asked.send_modify(|asked| {
            *asked += 1;
            number = *asked;
        });
        let mut done = self.done.clone();
        let told = done.wait_for(|(upto, _)| *upto >= number).await;
        told.map_or(Scrubbed::PerhapsNot, |told| told.1)
    }
}

async fn work(journal: Journal, mut asks: watch::Receiver<u64>, tell: watch::Sender<(u64, Scrubbed)>) {
    let mut failed = 0;
    loop {
        let asked = match failed {
            0 => asks.changed().await,
            // Nobody asked again: that is what is waited for.
            _ => tokio::time::timeout(AGAIN * (1 << failed.min(5)), asks.changed()).await.unwrap_or(Ok(())),
        };
        if asked.is_err() {
            return;
        }
        let (upto, started) = (*asks.borrow_and_update(), Instant::now());
        let scrubbed = match journal.erasure().scrub(Scrub::Beside).await {
            Ok(scrubbed) => {
                failed = 0;
                if scrubbed == Scrubbed::PerhapsNot {
                    tracing::warn!(
                        "the journal's file is too large to be written anew while it is served: of whoever was erased copies may be \
                         left in it, until `roster erase-person` is run with the server stopped"
                    );
                }
                scrubbed
            }
            Err(error) => {
                failed += 1;
                let error: &dyn Error = &error;
                tracing::warn!(
                    error,
                    "of whoever was erased copies may be left in the store's files; it is tried again"
                );
                Scrubbed::PerhapsNot
            }
        };
        tell.send_replace((upto, scrubbed));
        tokio::time::sleep(started.elapsed()).await;
    }
}
