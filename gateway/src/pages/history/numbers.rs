//! Members over time, and who came and went: the numbers, as a picture says them and as a table does.

use chrono::{NaiveDate, NaiveTime};
use domain::{Count, Stretch, Timestamp};
use journal::Span;

use super::chart::{self, Bars, Steps};
use super::seen::Seen;
use crate::language::Language;
use crate::problem::Problem;
use crate::roster::Roster;

/// Everything there is to show about them.
pub struct Numbers {
    /// Members over time.
    pub steps: Steps,
    /// Joins and departures.
    pub bars: Bars,
    /// One for each stretch of time.
    pub rows: Vec<Row>,
    /// What the table is about.
    pub caption: String,
    /// What a stretch is.
    pub stretch: String,
    /// What the first picture says, in a sentence.
    pub members_told: String,
    /// What the second says.
    pub movements_told: String,
    /// The edges, as they are written.
    pub most_members: String,
    /// The same of the second picture.
    pub most_movements: String,
    /// The nought between them.
    pub none: String,
}

/// A stretch of time, as it is written.
pub struct Row {
    /// Where it lies in the picture, and how wide it is there.
    pub slot: (usize, usize),
    /// When.
    pub from: String,
    /// How many joined.
    pub joined: String,
    /// How many left.
    pub left: String,
    /// How many were removed.
    pub removed: String,
    /// How many there were at its end.
    pub members: String,
}

impl Numbers {
    /// From the first day to this moment.
    pub async fn of(roster: &Roster, language: Language, seen: &Seen, now: Timestamp) -> Result<Self, Problem> {
        let span = Span { after: 0, until: seen.sequence };
        let census = roster.journal.past().census(seen.organization, span).await?;
        let (first, last) = (seen.founded.date_naive(), now.max(seen.founded).date_naive());
        let stretch = Stretch::suiting(first, last);
        let counts = census.by(stretch, first, last);
        Ok(Self::told(language, stretch, (first, last), &counts))
    }

    fn told(language: Language, stretch: Stretch, (first, last): (NaiveDate, NaiveDate), counts: &[Count]) -> Self {
        let day = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        let count = |number: u64| language.count(number);
        let sum = |number: fn(&Count) -> u64| count(counts.iter().map(number).sum());
        let most = counts.iter().map(|one| one.members).max().unwrap_or(0);
        let now = counts.last().map_or(0, |last| last.members);
        let (from, to) = (language.date(day(first)), language.date(day(last)));
        let members_told = language.tell(
            "history-members-told",
            &[("from", from.as_str().into()), ("to", to.as_str().into()), ("most", most.into()), ("now", now.into())],
        );
        let (joined, left, removed) = (sum(|one| one.joined), sum(|one| one.left), sum(|one| one.removed));
        let movements_told = language.tell(
            "history-movements-told",
            &[
                ("from", from.into()),
                ("to", to.into()),
                ("joined", joined.into()),
                ("left", left.into()),
                ("removed", removed.into()),
            ],
        );
        let (caption, name) = match stretch {
            Stretch::Day => ("history-by-day", "history-day"),
            Stretch::Week => ("history-by-week", "history-week"),
            Stretch::Month => ("history-by-month", "history-month"),
        };
        let row = |(n, one): (usize, &Count)| Row {
            slot: chart::slot(n),
            from: match stretch {
                Stretch::Month => language.month(day(one.from)),
                Stretch::Day | Stretch::Week => language.date(day(one.from)),
            },
            joined: count(one.joined),
            left: count(one.left),
            removed: count(one.removed),
            members: count(one.members),
        };
        let (steps, bars) = (Steps::of(counts), Bars::of(counts));
        Self {
            rows: counts.iter().enumerate().map(row).collect(),
            caption: language.say(caption),
            stretch: language.say(name),
            members_told,
            movements_told,
            most_members: count(steps.top),
            most_movements: count(bars.top),
            none: count(0),
            steps,
            bars,
        }
    }
}
