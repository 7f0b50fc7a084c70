//! Times as databases and their tools write them.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::Timestamp;
use serde::Deserialize;
use serde::de::Error;

/// Above this a number counts milliseconds, as JavaScript does; below, seconds (until the year 5138).
const MILLISECONDS: f64 = 1e11;

/// A moment: RFC 3339, the same with a space or without an offset (then UTC), or a number since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When(pub Timestamp);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Number(f64),
        }
        let at = match Written::deserialize(from) {
            Ok(Written::Text(text)) => of_text(text.trim()),
            Ok(Written::Number(number)) => of_number(number),
            Err(_) => None,
        };
        at.map(Self).ok_or_else(|| D::Error::custom("must be a time such as 2026-01-31T12:00:00Z"))
    }
}

fn of_text(text: &str) -> Option<Timestamp> {
    let with_offset = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%F %T%.f%#z"));
    let at = with_offset.map(|at| at.with_timezone(&Utc)).ok();
    let without = || ["%FT%T%.f", "%F %T%.f"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    at.or_else(|| without().map(|at| at.and_utc())).or_else(|| of_number(text.parse().ok()?))
}

#[expect(clippy::cast_possible_truncation, reason = "what is out of range is no time, which is asked next")]
fn of_number(number: f64) -> Option<Timestamp> {
    let milliseconds = if number.abs() < MILLISECONDS { number * 1000.0 } else { number };
    DateTime::from_timestamp_millis(milliseconds as i64)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn one_moment_is_written_in_many_ways() {
        let noon: Timestamp = "2026-01-31T12:00:00Z".parse().unwrap();
        for text in [
            r#""2026-01-31T12:00:00Z""#,
            r#""2026-01-31T13:00:00.000+01:00""#,
            r#""2026-01-31T12:00:00""#,
            r#""2026-01-31 12:00:00""#,
            r#""2026-01-31 12:00:00.000""#,
            r#""2026-01-31 12:00:00.000+00""#,
            r#""2026-01-31 07:00:00-0500""#,
            "1769860800",
            "1769860800000",
            r#""1769860800000""#,
        ] {
            assert_eq!(serde_json::from_str::<When>(text).unwrap().0, noon, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_guessed_at() {
        for text in [r#""""#, r#""soon""#, r#""31.1.2026""#, "true", "{}", "1e300"] {
            assert!(serde_json::from_str::<When>(text).is_err(), "{text}");
        }
    }
}
