//! When an attempt that failed is made again, and for how long that goes on.

use std::time::Duration;

use chrono::TimeDelta;
use domain::Timestamp;

/// The longest pause between two attempts, also where the receiver asks for a longer one.
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

/// How much longer each pause is than the one before.
const FACTOR: u32 = 4;

/// The pauses between attempts: each four times as long as the one before, six hours at most.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The first pause.
    pub first: Duration,
    /// For how long attempts may fail.
    pub give_up_after: Duration,
}

impl Schedule {
    /// The pause after so many failures in a row. `chance` is any number: by it the pause is up to a fifth shorter or longer, so that not all
    /// come back at once. A receiver that names a longer pause is heard.
    pub fn pause(&self, failures: u32, retry_after: Option<Duration>, chance: u8) -> Duration {
        let times = FACTOR.saturating_pow(failures.saturating_sub(1));
        let pause = self.first.checked_mul(times).unwrap_or(LONGEST).min(LONGEST);
        let spread = pause.mul_f64(0.8 + 0.4 * f64::from(chance) / f64::from(u8::MAX));
        spread.max(retry_after.unwrap_or_default()).min(LONGEST)
    }

    /// Whether what has failed since then is given up.
    pub fn is_over(&self, since: Timestamp, now: Timestamp) -> bool {
        now.signed_duration_since(since) >= TimeDelta::from_std(self.give_up_after).unwrap_or(TimeDelta::MAX)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    const DAYS: Duration = Duration::from_secs(24 * 60 * 60);
    const DEFAULT: Schedule =
        Schedule { first: Duration::from_secs(5), give_up_after: Duration::from_secs(3 * 24 * 60 * 60) };

    #[test]
    fn a_receiver_that_is_away_is_tried_for_three_days_and_not_for_ever() {
        for chance in [0, 100, u8::MAX] {
            let began: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
            let (mut now, mut failures) = (began, 1);
            while !DEFAULT.is_over(began, now) {
                now += TimeDelta::from_std(DEFAULT.pause(failures, None, chance)).unwrap();
                failures += 1;
            }
            let tried = (now - began).to_std().unwrap();
            assert!(tried >= 3 * DAYS && tried <= 3 * DAYS + LONGEST, "given up after {tried:?}");
            assert!((15..40).contains(&failures), "{failures} attempts");
        }
    }

    #[test]
    fn pauses_grow_and_are_spread() {
        let even = |failures| DEFAULT.pause(failures, None, 127).as_secs_f64().round();
        assert_eq!([1, 2, 3, 4, 5].map(even), [5.0, 20.0, 80.0, 320.0, 1279.0]);
        assert_eq!(DEFAULT.pause(1, None, 0), Duration::from_secs(4));
        assert_eq!(DEFAULT.pause(1, None, u8::MAX), Duration::from_secs(6));
        assert!(DEFAULT.pause(u32::MAX, None, u8::MAX) <= LONGEST);
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause_within_bounds() {
        assert_eq!(DEFAULT.pause(1, Some(Duration::from_secs(120)), 0), Duration::from_secs(120));
        assert_eq!(DEFAULT.pause(1, Some(Duration::from_secs(1)), 0), Duration::from_secs(4));
        assert_eq!(DEFAULT.pause(1, Some(10 * DAYS), 0), LONGEST);
    }
}
