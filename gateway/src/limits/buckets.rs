//! A bucket each for however many callers, in bounded memory.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::UserId;
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::allowance::{Allowance, seconds};

/// How quickly a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// How long until there is another token.
    pub every: Duration,
    /// Tokens at most.
    pub burst: NonZeroU32,
}

impl Rate {
    /// So many a second.
    pub const fn per_second(tokens: NonZeroU32, burst: NonZeroU32) -> Self {
        Self { every: Duration::from_nanos(1_000_000_000 / tokens.get() as u64), burst }
    }
}

/// The buckets of one kind.
pub struct Buckets<C: Clock = MonotonicClock> {
    name: &'static str,
    rate: Rate,
    limiter: RateLimiter<UserId, Kept, C, StateInformationMiddleware>,
}

impl Buckets {
    /// Nobody has taken anything yet. At most so many callers have a bucket of their own.
    pub fn new(name: &'static str, rate: Rate, callers: usize) -> Self {
        Self::by(MonotonicClock, name, rate, callers)
    }
}

impl<C: Clock> Buckets<C> {
    fn by(clock: C, name: &'static str, rate: Rate, callers: usize) -> Self {
        // Only a period of nothing is no period.
        let quota = Quota::with_period(rate.every).unwrap_or(Quota::per_second(rate.burst)).allow_burst(rate.burst);
        let limiter = RateLimiter::new(quota, Kept::new(callers), clock);
        Self { name, rate, limiter }
    }

    /// Takes a token from this caller's bucket, if there is one, and says how it is now.
    pub fn take(&self, whose: &UserId) -> Allowance {
        let quota = self.rate.burst.get();
        let (remaining, seconds, granted) = match self.limiter.check_key(whose) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity().min(quota);
                (remaining, self.fills(quota - remaining), true)
            }
            Err(until) => (0, seconds(until.wait_time_from(self.limiter.clock().now())), false),
        };
        if !granted {
            metrics::counter!("roster_limited_total", "bucket" => self.name).increment(1);
        }
        Allowance { name: self.name, quota, window: self.fills(quota), remaining, seconds, granted }
    }

    /// Forgets full buckets: they are as good as new.
    pub fn tidy(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    /// Seconds in which so many tokens come.
    fn fills(&self, tokens: u32) -> u64 {
        seconds(self.rate.every * tokens)
    }
}

/// The buckets that are not full. When there are too many, those who come new share one until others are full again: whoever has one
/// keeps it, and memory stays what it is.
struct Kept {
    own: Mutex<HashMap<UserId, Nanos>>,
    shared: Mutex<Option<Nanos>>,
    callers: usize,
}

impl Kept {
    fn new(callers: usize) -> Self {
        Self { own: Mutex::default(), shared: Mutex::default(), callers }
    }

    fn own(&self) -> MutexGuard<'_, HashMap<UserId, Nanos>> {
        // Nobody panics while holding it; and if somebody did, a token more or less does no harm.
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for Kept {
    type Key = UserId;

    fn measure_and_replace<T, F, E>(&self, key: &UserId, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut own = self.own();
        if let Some(level) = own.get_mut(key) {
            let (outcome, now) = measure(Some(*level))?;
            *level = now;
            return Ok(outcome);
        }
        if own.len() < self.callers {
            let (outcome, now) = measure(None)?;
            own.insert(key.clone(), now);
            return Ok(outcome);
        }
        drop(own);
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let (outcome, now) = measure(*shared)?;
        *shared = Some(now);
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<UserId> for Kept {
    fn retain_recent(&self, drop_below: Nanos) {
        self.own().retain(|_, level| *level > drop_below);
    }

    fn shrink_to_fit(&self) {
        // Room for a few is kept, or the busy would make it anew every time.
        let mut own = self.own();
        let room = own.len().saturating_mul(2).max(1_000);
        own.shrink_to(room);
    }

    fn len(&self) -> usize {
        self.own().len()
    }

    fn is_empty(&self) -> bool {
        self.own().is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn buckets(per_second: u32, burst: u32, callers: usize) -> (Buckets<FakeRelativeClock>, FakeRelativeClock) {
        let rate = Rate::per_second(per_second.try_into().unwrap(), burst.try_into().unwrap());
        // Its clones are the same clock.
        let clock = FakeRelativeClock::default();
        (Buckets::by(clock.clone(), "commands", rate, callers), clock)
    }

    fn user(name: &str) -> UserId {
        name.parse().unwrap()
    }

    #[test]
    fn a_bucket_is_emptied_and_fills_again() {
        let (buckets, clock) = buckets(5, 10, 100);
        let ana = user("ana");
        for remaining in (0..10).rev() {
            let taken = buckets.take(&ana);
            assert!(taken.granted);
            assert_eq!((taken.remaining, taken.quota, taken.window), (remaining, 10, 2));
            assert_eq!(taken.seconds, u64::from((10 - remaining).div_ceil(5)));
        }
        let refused = buckets.take(&ana);
        assert_eq!((refused.granted, refused.remaining, refused.seconds), (false, 0, 1));
        assert!(buckets.take(&user("ben")).granted, "another's bucket is another");
        clock.advance(Duration::from_secs(refused.seconds));
        let granted = (0..10).filter(|_| buckets.take(&ana).granted).count();
        assert_eq!(granted, 5, "a second's worth");
    }

    #[test]
    fn who_is_refused_waits_no_longer_for_asking_again() {
        let (buckets, _) = buckets(1, 1, 100);
        assert!(buckets.take(&user("ana")).granted);
        for _ in 0..1_000 {
            assert_eq!(buckets.take(&user("ana")).seconds, 1);
        }
    }

    #[test]
    fn two_hundred_thousand_callers_take_no_more_memory_than_the_cap() {
        const CALLERS: usize = 100_000;
        let (buckets, clock) = buckets(1, 10, CALLERS);
        // Ana is known before the crowd comes, and has something left.
        let ana = user("ana");
        buckets.take(&ana);
        let granted = (0..2 * CALLERS).filter(|n| buckets.take(&user(&format!("somebody-{n}"))).granted).count();
        assert_eq!(buckets.limiter.len(), CALLERS);
        assert_eq!(granted, CALLERS - 1 + 10, "a bucket each, and one for all others");
        assert_eq!(buckets.take(&ana).remaining, 8, "what is hers stays hers");
        // Nobody's bucket is full yet.
        buckets.tidy();
        assert_eq!(buckets.limiter.len(), CALLERS);
        clock.advance(Duration::from_secs(10));
        buckets.tidy();
        assert!(buckets.limiter.is_empty());
        assert!(buckets.limiter.into_state_store().own().capacity() < 4_000, "room is given back");
    }

    #[test]
    fn tidying_gives_nobody_more() {
        let (buckets, clock) = buckets(2, 4, 100);
        let ana = user("ana");
        (0..4).for_each(|_| assert!(buckets.take(&ana).granted));
        for _ in 0..10 {
            buckets.tidy();
            assert!(!buckets.take(&ana).granted);
            clock.advance(Duration::from_millis(500));
            buckets.tidy();
            assert!(buckets.take(&ana).granted);
        }
    }
}
