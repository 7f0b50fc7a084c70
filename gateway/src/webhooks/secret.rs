//! Secrets, and signatures made with them: `v1`, HMAC-SHA256, as Standard Webhooks has it.

use aws_lc_rs::{hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use journal::webhooks::Secret;

/// What a secret begins with, so that one that leaked is known for what it is.
const PREFIX: &str = "whsec_";

/// How long a key is, in bytes: 24 to 64 are allowed.
const LENGTH: usize = 32;

/// Secrets that sign at the same time, at most.
const AT_ONCE: usize = 4;

/// A new secret; `None` where the system has no randomness to give.
pub fn new() -> Option<Secret> {
    let mut key = [0; LENGTH];
    rand::fill(&mut key).ok()?;
    Some(Secret { secret: format!("{PREFIX}{}", STANDARD.encode(key)), until: None })
}

/// Puts a new secret first; those before it sign too until then, and those whose time is over are forgotten.
pub fn rotated(secrets: &[Secret], new: Secret, until: Timestamp, now: Timestamp) -> Vec<Secret> {
    let former = secrets.iter().map(|secret| {
        let until = secret.until.map_or(until, |earlier| earlier.min(until));
        Secret { until: Some(until), ..secret.clone() }
    });
    std::iter::once(new)
        .chain(former.filter(|secret| secret.until.is_some_and(|until| until > now)))
        .take(AT_ONCE)
        .collect()
}

/// The signatures of a message, one for each secret that is in force, separated by spaces.
pub fn signatures(secrets: &[Secret], now: Timestamp, id: &str, timestamp: i64, body: &str) -> String {
    let in_force = secrets.iter().filter(|secret| secret.until.is_none_or(|until| until > now));
    let signed = in_force.filter_map(|secret| {
        let key = STANDARD.decode(secret.secret.strip_prefix(PREFIX)?).ok()?;
        let content = format!("{id}.{timestamp}.{body}");
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), content.as_bytes());
        Some(format!("v1,{}", STANDARD.encode(tag)))
    });
    signed.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn secret(text: &str, until: Option<Timestamp>) -> Secret {
        Secret { secret: text.into(), until }
    }

    #[test]
    fn a_message_is_signed_as_the_specification_signs_its_example() {
        let secrets = [secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", None)];
        let signed = signatures(
            &secrets,
            Timestamp::UNIX_EPOCH,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_former_secret_signs_until_its_time_is_over() {
        let now: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let (first, second, third) = (new().unwrap(), new().unwrap(), new().unwrap());
        let later = now + TimeDelta::hours(24);
        let two = rotated(std::slice::from_ref(&first), second.clone(), later, now);
        let sign = |secrets: &[Secret], at| signatures(secrets, at, "1", 0, "{}");
        assert_eq!(sign(&two, now).split(' ').count(), 2);
        assert_eq!(sign(&two, later), sign(std::slice::from_ref(&second), later));
        assert_eq!(sign(&two, now).split(' ').next_back().unwrap(), sign(std::slice::from_ref(&first), now));
        let at_once = rotated(&two, third.clone(), now, now);
        assert_eq!(at_once, [third]);
    }

    #[test]
    fn no_secret_is_like_another_and_none_is_shown() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert_ne!(one, other);
        assert_eq!(STANDARD.decode(&one.secret[PREFIX.len()..]).unwrap().len(), LENGTH);
        assert!(!format!("{one:?}").contains(&one.secret[PREFIX.len()..]));
    }
}
