//! A moment as people write it: with its time zone, or it would be another moment elsewhere.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{NotAccepted, Timestamp};

/// RFC 3339, also without seconds: `2026-03-01T00:00Z`, `2026-03-01T01:00:00.5+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl FromStr for Moment {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let with_zone = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
            .or_else(|_| DateTime::parse_from_str(&zulu(text), "%Y-%m-%dT%H:%M%:z"));
        // Four digits, as RFC 3339 has it: what lies beyond, databases do not know and subtraction does not survive.
        let is_of_our_time = text.split_once('-').is_some_and(|(year, _)| year.len() == 4 && year != "0000");
        if let (Ok(at), true) = (with_zone, is_of_our_time) {
            return Ok(Self(at.with_timezone(&Utc)));
        }
        let lacks_zone = NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
            || ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"]
                .iter()
                .any(|form| NaiveDateTime::parse_from_str(text, form).is_ok());
        Err(NotAccepted(match lacks_zone {
            true => "must say its time zone, as 2026-03-01T00:00Z does",
            false => "must be a time with its zone, such as 2026-03-01T00:00Z",
        }))
    }
}

/// `Z` as an offset, where there are no seconds before it.
fn zulu(text: &str) -> String {
    text.strip_suffix(['Z', 'z']).map_or_else(|| text.to_owned(), |text| format!("{text}+00:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_year_has_a_sign_or_more_than_four_digits() {
        for year in ["-262143", "-200000", "-0001", "+262142", "12026", "0000"] {
            assert!(format!("{year}-01-01T00:00Z").parse::<Moment>().is_err(), "{year}");
        }
        assert!("0001-01-01T00:00Z".parse::<Moment>().is_ok());
    }

    #[test]
    fn one_moment_is_written_with_any_zone_and_with_or_without_seconds() {
        let moment = "2026-03-01T00:00Z".parse::<Moment>();
        assert!(moment.is_ok());
        for text in ["2026-03-01T00:00:00Z", "2026-03-01T01:00+01:00", "2026-02-28T19:00:00.000-05:00"] {
            assert_eq!(text.parse::<Moment>(), moment, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_told_what_it_lacks() {
        for text in ["2026-03-01", "2026-03-01T00:00", "2026-03-01T00:00:00", "2026-03-01 00:00:00.5"] {
            let told = text.parse::<Moment>().map_err(|why| why.to_string());
            assert_eq!(told, Err("must say its time zone, as 2026-03-01T00:00Z does".into()), "{text}");
        }
        for text in ["", "soon", "2026-13-01T00:00Z", "1.3.2026", "2026-03-01T00:00 01:00"] {
            let told = text.parse::<Moment>().map_err(|why| why.to_string());
            assert_eq!(told, Err("must be a time with its zone, such as 2026-03-01T00:00Z".into()), "{text}");
        }
    }
}
