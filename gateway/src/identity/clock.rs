//! The two clocks identity needs: wall time, to hold against what tokens say, and elapsed time for the pauses between
//! readings of keys, which must not stretch or vanish when somebody sets the wall clock.

use std::time::{Duration, Instant, SystemTime};

use domain::Timestamp;

/// Tells time; tests hand in their own.
pub(crate) trait Clock: Send + Sync {
    /// Wall time.
    fn now(&self) -> Timestamp;
    /// Time since this clock was made; never runs backwards.
    fn elapsed(&self) -> Duration;
}

/// The machine's clocks.
pub(crate) struct SystemClock(Instant);

impl SystemClock {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
