//! What is told of a bucket: how large it is, what is left in it, and when there is more. As the IETF's draft 10 of RateLimit fields
//! has it.

use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// A bucket right after something was taken from it, or could not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// What it is called.
    pub name: &'static str,
    /// How much it holds.
    pub quota: u32,
    /// Seconds in which an empty one fills.
    pub window: u64,
    /// How much is left.
    pub remaining: u32,
    /// How long until it is full again, or, where there was nothing to take, until there is.
    pub seconds: u64,
    /// Whether there was something to take.
    pub granted: bool,
}

impl Allowance {
    /// Puts it on the answer. Whoever must wait is told how long, in whole seconds that are long enough; of a call of many rows, some
    /// of which were done, the rows tell that.
    pub fn tell(&self, status: StatusCode, headers: &mut HeaderMap) {
        let Self { name, quota, window, remaining, seconds, .. } = self;
        let fields = [
            (POLICY, format!("\"{name}\";q={quota};w={window}")),
            (STATE, format!("\"{name}\";r={remaining};t={seconds}")),
        ];
        headers.extend(fields.into_iter().filter_map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?))));
        if !self.granted && status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(RETRY_AFTER, HeaderValue::from(self.seconds));
        }
    }
}

/// Whole seconds, never fewer than it takes, and one at least.
pub fn seconds(duration: Duration) -> u64 {
    (duration.as_secs() + u64::from(duration.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_up() {
        for (millis, whole) in [(0, 1), (1, 1), (1000, 1), (1001, 2), (59_999, 60)] {
            assert_eq!(seconds(Duration::from_millis(millis)), whole, "{millis} ms");
        }
    }

    #[test]
    fn it_is_told_as_the_draft_has_it() {
        let told = |granted, status| {
            let mut headers = HeaderMap::new();
            Allowance { name: "commands", quota: 2000, window: 4, remaining: 7, seconds: 3, granted }
                .tell(status, &mut headers);
            ["ratelimit-policy", "ratelimit", "retry-after"]
                .map(|name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned))
        };
        let [policy, state, retry] = told(true, StatusCode::OK);
        assert_eq!(policy.as_deref(), Some("\"commands\";q=2000;w=4"));
        assert_eq!((state.as_deref(), retry), (Some("\"commands\";r=7;t=3"), None));
        assert_eq!(told(false, StatusCode::TOO_MANY_REQUESTS)[2].as_deref(), Some("3"));
        assert_eq!(told(false, StatusCode::OK)[2], None, "what was done need not be sent again");
    }
}
