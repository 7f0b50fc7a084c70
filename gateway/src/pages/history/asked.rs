//! What the query of the history page asks for: a time to look back to, and where its two lists go on.

use std::str::FromStr;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use domain::{NotAccepted, Sequence, Timestamp};

use crate::extract::Query;
use crate::moment::Moment;
use crate::pages::asked::after;
use crate::problem::Problem;

/// What is asked for.
pub struct Asked {
    /// The time to look back to, as it was asked for; empty where none was.
    pub as_of: String,
    /// Only members who had joined after this event.
    pub members_after: Option<Sequence>,
    /// Only events before this one.
    pub before: Option<Sequence>,
}

impl Asked {
    /// What the query says.
    pub fn of(query: &Query) -> Result<Self, Problem> {
        let as_of = query.get::<String>("as_of")?.unwrap_or_default().trim().to_owned();
        Ok(Self { as_of, members_after: after(query, "members_after")?, before: after(query, "before")? })
    }

    /// The time to look back to, if there is one.
    pub fn when(&self) -> Result<Option<When>, Problem> {
        if self.as_of.is_empty() {
            return Ok(None);
        }
        self.as_of.parse().map(Some).map_err(|NotAccepted(why)| Problem::invalid("/as_of", why))
    }

    /// The address of the page at this one, with the same time and one of its lists from another place on.
    pub fn page(&self, address: &str, more: Option<(&str, Sequence)>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.as_of.is_empty() {
            query.append_pair("as_of", &self.as_of);
        }
        if let Some((name, sequence)) = more {
            query.append_pair(name, &sequence.to_string());
        }
        match query.finish() {
            none if none.is_empty() => format!("{address}/history"),
            query => format!("{address}/history?{query}"),
        }
    }
}

/// A time as it is asked for on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// By a day (UTC): its end, or now where it has not ended.
    Day(NaiveDate),
    /// To the moment.
    Moment(Timestamp),
}

impl FromStr for When {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(day) => Ok(Self::Day(day)),
            Err(_) => text.parse().map(|Moment(at)| Self::Moment(at)),
        }
    }
}

impl When {
    /// The last moment that counts; what has not come is not known.
    pub fn until(self, now: Timestamp) -> Result<Timestamp, Problem> {
        let until = match self {
            Self::Moment(at) => at,
            Self::Day(day) if day == now.date_naive() => now,
            Self::Day(day) => {
                let next = day.checked_add_days(Days::new(1)).map(|next| next.and_time(NaiveTime::MIN).and_utc());
                next.map_or(Timestamp::MAX_UTC, |next| next - TimeDelta::nanoseconds(1))
            }
        };
        if until > now { Err(Problem::invalid("/as_of", "must be a time that has come")) } else { Ok(until) }
    }

    /// The day of it (UTC), for the field.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Moment(at) => at.date_naive(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_today_means_now() {
        let now: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let until = |text: &str| text.parse::<When>().unwrap().until(now).ok().map(|until| until.to_rfc3339());
        assert_eq!(until("2026-03-01").as_deref(), Some("2026-03-01T23:59:59.999999999+00:00"));
        assert_eq!(until("2026-03-02").as_deref(), Some("2026-03-02T12:00:00+00:00"));
        assert_eq!(until("2026-03-01T01:00+01:00").as_deref(), Some("2026-03-01T00:00:00+00:00"));
        for still_to_come in ["2026-03-03", "2026-03-02T12:01Z", "+262142-12-31"] {
            assert_eq!(until(still_to_come), None, "{still_to_come}");
        }
    }
}
