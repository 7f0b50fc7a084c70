//! How many members there were, and how many came and went, day by day; and the same by week or month.

use chrono::{Datelike, Days, NaiveDate};

/// Who came and went on one day (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// Memberships that began.
    pub joined: u64,
    /// Memberships ended by the member.
    pub left: u64,
    /// Memberships ended by somebody else.
    pub removed: u64,
    /// Whether the organization was deleted, and all memberships with it.
    pub deleted: bool,
}

/// A stretch of time: what happened in it, and how many members there were at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Its first day (UTC).
    pub from: NaiveDate,
    /// Memberships that began.
    pub joined: u64,
    /// Memberships ended by the member.
    pub left: u64,
    /// Memberships ended by somebody else.
    pub removed: u64,
    /// Memberships that ended with the organization.
    pub ended_with_it: u64,
    /// Members at the end.
    pub members: u64,
}

impl Count {
    /// All memberships that ended.
    pub fn departed(&self) -> u64 {
        self.left + self.removed + self.ended_with_it
    }
}

/// What days are put together to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Each for itself.
    Day,
    /// From Monday on.
    Week,
    /// By the calendar.
    Month,
}

impl Stretch {
    /// So that a picture has about a dozen to sixty of them.
    pub fn suiting(first: NaiveDate, last: NaiveDate) -> Self {
        match (last - first).num_days() {
            ..=45 => Self::Day,
            46..=400 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The first day of the one that has this day.
    pub fn begin(self, day: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
        };
        day.checked_sub_days(Days::new(back.into())).unwrap_or(day)
    }

    /// The first day of the next one.
    fn next(self, begin: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => begin.succ_opt(),
            Self::Week => begin.checked_add_days(Days::new(7)),
            Self::Month => begin.checked_add_months(chrono::Months::new(1)),
        }
    }
}

/// Members over time: how many there were at the start, and each day on which somebody came or went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Members before the first day.
    pub before: u64,
    /// Days on which something happened, in order.
    pub days: Vec<(NaiveDate, Movement)>,
}

impl Census {
    /// From the first of these days to the last, also where nothing happened.
    pub fn by(&self, stretch: Stretch, first: NaiveDate, last: NaiveDate) -> Vec<Count> {
        let (mut counts, mut members, mut days) = (Vec::new(), self.before, self.days.iter().peekable());
        let mut begin = Some(stretch.begin(first));
        while let Some(from) = begin.filter(|from| *from <= last) {
            let next = stretch.next(from);
            let mut count = Count { from, joined: 0, left: 0, removed: 0, ended_with_it: 0, members };
            while let Some((_, movement)) = days.next_if(|(day, _)| next.is_none_or(|next| *day < next)) {
                count.joined += movement.joined;
                count.left += movement.left;
                count.removed += movement.removed;
                members = (members + movement.joined).saturating_sub(movement.left + movement.removed);
                if movement.deleted {
                    count.ended_with_it += members;
                    members = 0;
                }
            }
            counts.push(Count { members, ..count });
            begin = next;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default()
    }

    #[test]
    fn days_add_up_to_weeks_that_begin_on_monday() {
        let came = |joined| Movement { joined, ..Movement::default() };
        let went = Movement { left: 1, removed: 2, ..Movement::default() };
        let census = Census { before: 5, days: vec![(day(1), came(1)), (day(3), came(4)), (day(18), went)] };
        // The first of March 2026 is a Sunday.
        let weeks = census.by(Stretch::Week, day(1), day(20));
        let told: Vec<_> = weeks.iter().map(|week| (week.joined, week.departed(), week.members)).collect();
        assert_eq!(told, [(1, 0, 6), (4, 0, 10), (0, 0, 10), (0, 3, 7)]);
        assert_eq!(weeks[1].from, day(2));
    }

    #[test]
    fn all_go_with_the_organization() {
        let last = Movement { joined: 1, deleted: true, ..Movement::default() };
        let census = Census { before: 2, days: vec![(day(2), last)] };
        let days = census.by(Stretch::Day, day(1), day(3));
        assert_eq!(days.iter().map(|day| (day.members, day.departed())).collect::<Vec<_>>(), [(2, 0), (0, 3), (0, 0)]);
    }
}
