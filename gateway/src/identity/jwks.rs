//! The issuer's keys as known now, and when they are read again.
//!
//! An endpoint is asked every ten minutes by a task of its own and for a key nobody knows, never more than once in
//! thirty seconds. A file is looked at once a second while tokens come in, and for a key nobody knows. It is read
//! rather than asked for its time of change: that costs as little, and misses no change within one tick of its clock.
//! While reading fails, the keys known before stay in use for a day.

use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;

use tokio::sync::Mutex;

use super::clock::Clock;
use super::key_source::{JwksError, KeySource, ReadError};
use super::keys::{Document, KeySet};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// An endpoint is left alone for this long, whatever happens.
pub(crate) const ENDPOINT_PAUSE: Duration = Duration::from_secs(30);
/// After this long, an endpoint is asked whether its keys are still the same.
pub(crate) const ENDPOINT_EVERY: Duration = Duration::from_secs(10 * 60);
/// As [`ENDPOINT_EVERY`], for a file.
pub(crate) const FILE_EVERY: Duration = Duration::from_secs(1);

/// Keys that somebody else publishes and rotates.
#[derive(Clone)]
pub(crate) struct Jwks(Arc<Inner>);

struct Inner {
    source: KeySource,
    clock: Arc<dyn Clock>,
    known: RwLock<Known>,
    /// Held while reading: one reading at a time, and whoever waited for it finds its result.
    reading: Mutex<()>,
}

#[derive(Default)]
struct Known {
    keys: Option<Arc<KeySet>>,
    loaded_at: Duration,
    tried_at: Option<Duration>,
    failing: bool,
}

impl Jwks {
    /// Follows the keys a `ROSTER_JWKS` names. A file must be there and usable; an endpoint may be down, and is asked
    /// in the background from now on.
    pub(crate) async fn open(setting: &str, clock: Arc<dyn Clock>) -> Result<Self, JwksError> {
        let jwks = Self::new(KeySource::parse(setting)?, clock);
        match &jwks.0.source {
            KeySource::File(path) => {
                let usable =
                    jwks.0.load().await.and_then(|keys| if keys == 0 { Err(ReadError::NoKey) } else { Ok(()) });
                usable.map_err(|source| JwksError::File { path: path.clone(), source })?;
            }
            KeySource::Endpoint { .. } => drop(tokio::spawn(keep_fresh(Arc::downgrade(&jwks.0)))),
        }
        Ok(jwks)
    }

    /// Nothing is read yet, and nothing in the background.
    pub(crate) fn new(source: KeySource, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { source, clock, known: RwLock::default(), reading: Mutex::new(()) }))
    }

    /// The keys to use now; `None` when there are none, or none fresh enough.
    pub(crate) async fn current(&self) -> Option<Arc<KeySet>> {
        if matches!(self.0.source, KeySource::File(_)) {
            self.0.refresh(FILE_EVERY).await;
        }
        if let Some(keys) = self.0.fresh() {
            return Some(keys);
        }
        self.renewed().await
    }

    /// Whether there are keys fresh enough. A file is looked at: where nobody sends tokens because of this answer nothing else would.
    pub(crate) async fn are_known(&self) -> bool {
        if matches!(self.0.source, KeySource::File(_)) {
            self.0.refresh(FILE_EVERY).await;
        }
        self.0.fresh().is_some()
    }

    /// The keys after another reading, unless the last one was too short ago.
    pub(crate) async fn renewed(&self) -> Option<Arc<KeySet>> {
        let pause = match self.0.source {
            KeySource::File(_) => Duration::ZERO,
            KeySource::Endpoint { .. } => ENDPOINT_PAUSE,
        };
        self.0.refresh(pause).await;
        self.0.fresh()
    }

    /// What the background does at each turn.
    #[cfg(test)]
    pub(crate) async fn turn(&self) {
        self.0.turn().await;
    }
}

async fn keep_fresh(jwks: Weak<Inner>) {
    while let Some(jwks) = jwks.upgrade() {
        jwks.turn().await;
        drop(jwks);
        tokio::time::sleep(ENDPOINT_PAUSE).await;
    }
}

impl Inner {
    async fn turn(self: &Arc<Self>) {
        let due = self.look(|known| {
            known.keys.is_none() || known.failing || self.clock.elapsed() >= known.loaded_at + ENDPOINT_EVERY
        });
        if due {
            self.refresh(ENDPOINT_PAUSE).await;
        }
    }

    /// Reads again unless that was done within the pause. In a task of its own, because a caller who hangs up must not
    /// take the reading along: those who wait behind them would be refused until the pause is over.
    async fn refresh(self: &Arc<Self>, pause: Duration) {
        if self.tried_within(pause) {
            return;
        }
        let this = Arc::clone(self);
        let reading = tokio::spawn(async move {
            let _reading = this.reading.lock().await;
            if !this.tried_within(pause) {
                this.load_or_log().await;
            }
        });
        if let Err(error) = reading.await {
            tracing::error!(%error, "reading the issuer's keys was cut short");
        }
    }

    async fn load_or_log(&self) {
        let was_failing = self.look(|known| known.failing);
        match self.load().await {
            Ok(keys) if was_failing => tracing::info!(keys, "the issuer's keys can be read again"),
            Err(error) if !was_failing => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the issuer's keys cannot be read; those known stay in use for a day"
            ),
            Ok(_) | Err(_) => {}
        }
    }

    /// Reads once and keeps the outcome; answers how many keys are usable.
    async fn load(&self) -> Result<usize, ReadError> {
        let asked_at = self.clock.elapsed();
        let content = self.source.read().await;
        let outcome = content.and_then(|content| Document::parse(&content).ok_or(ReadError::NotJwks));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // The end of the reading: those who came while it went on are answered by it, not by one more.
        known.tried_at = Some(self.clock.elapsed());
        known.failing = outcome.is_err();
        let document = outcome?;
        known.loaded_at = asked_at;
        let usable = document.usable.len();
        // The same keys keep their generation, and with it everything verified so far.
        if known.keys.as_ref().is_none_or(|keys| keys.keys != document.usable) {
            let generation = known.keys.as_ref().map_or(1, |keys| keys.generation + 1);
            known.keys = Some(Arc::new(KeySet { generation, keys: document.usable }));
            tracing::info!(usable, skipped = ?document.skipped, "the issuer's keys are now these");
        }
        Ok(usable)
    }

    fn fresh(&self) -> Option<Arc<KeySet>> {
        self.look(|known| known.keys.clone().filter(|_| self.clock.elapsed() <= known.loaded_at + DAY))
    }

    fn tried_within(&self, pause: Duration) -> bool {
        self.look(|known| known.tried_at.is_some_and(|at| self.clock.elapsed() < at + pause))
    }

    fn look<T>(&self, at: impl FnOnce(&Known) -> T) -> T {
        at(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}
