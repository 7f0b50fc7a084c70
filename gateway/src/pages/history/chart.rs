//! Counts as shapes, to be drawn as SVG: a line of steps for the members, bars up and down for who came and went. One slot for each
//! stretch of time, so that a single day is a picture too. Only shapes: what they say stands beside them, as text.

use std::fmt::Write as _;

use domain::Count;

/// How wide a slot is, and how high a picture; the style sheet stretches both to the space there is.
const SLOT: usize = 10;
/// How high a picture is.
pub const HEIGHT: u32 = 100;
/// What bars leave free on either side.
const MARGIN: usize = 2;

/// Members over time.
pub struct Steps {
    /// How wide all slots are.
    pub width: usize,
    /// What the upper edge stands for.
    pub top: u64,
    /// The line.
    pub line: String,
    /// What lies below it.
    pub area: String,
}

impl Steps {
    /// The members at the end of each stretch.
    pub fn of(counts: &[Count]) -> Self {
        let top = rounded_up(counts.iter().map(|count| count.members).max().unwrap_or(0));
        let mut line = String::new();
        for (slot, count) in counts.iter().enumerate() {
            let y = f64::from(HEIGHT) - length(count.members, top, HEIGHT);
            let go = if slot == 0 { format!("M0 {y:.2}") } else { format!("V{y:.2}") };
            // Writing to a string can't fail.
            let _ = write!(line, "{go}H{}", (slot + 1) * SLOT);
        }
        let width = counts.len() * SLOT;
        Self { width, top, area: format!("{line}V{HEIGHT}H0Z"), line }
    }
}

/// Who came and went.
pub struct Bars {
    /// How wide all slots are.
    pub width: usize,
    /// What the upper edge stands for, and the lower.
    pub top: u64,
    /// Who joined: from the middle upwards.
    pub joined: Vec<Bar>,
    /// Who departed: from the middle downwards.
    pub departed: Vec<Bar>,
}

/// One bar.
pub struct Bar {
    /// Where it begins.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
    /// Its upper end.
    pub y: String,
    /// How high it is.
    pub height: String,
}

impl Bars {
    /// Joins and departures of each stretch; where nobody came there is no bar.
    pub fn of(counts: &[Count]) -> Self {
        let most = counts.iter().map(|count| count.joined.max(count.departed())).max().unwrap_or(0);
        let (top, half) = (rounded_up(most), HEIGHT / 2);
        let bars = |number: fn(&Count) -> u64, is_up: bool| {
            let some = counts.iter().map(number).enumerate().filter(|(_, number)| *number > 0);
            let bar = |(slot, number): (usize, u64)| {
                let height = length(number, top, half);
                let y = f64::from(half) - if is_up { height } else { 0.0 };
                let (x, width) = (slot * SLOT + MARGIN, SLOT - 2 * MARGIN);
                Bar { x, width, y: format!("{y:.2}"), height: format!("{height:.2}") }
            };
            some.map(bar).collect()
        };
        let (joined, departed) = (bars(|count| count.joined, true), bars(Count::departed, false));
        Self { width: counts.len() * SLOT, top, joined, departed }
    }
}

/// Where a slot begins, and how wide it is.
pub fn slot(n: usize) -> (usize, usize) {
    (n * SLOT, SLOT)
}

fn length(number: u64, top: u64, full: u32) -> f64 {
    f64::from(full) * number as f64 / top as f64
}

/// The next of 1, 2, 5, 10, 20, 50, …: what is easily read at an edge.
fn rounded_up(most: u64) -> u64 {
    let mut tens = 1_u64;
    loop {
        for first in [1, 2, 5] {
            let edge = tens.saturating_mul(first);
            if edge >= most {
                return edge;
            }
        }
        tens = tens.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[(u64, u64, u64)]) -> Vec<Count> {
        let (from, none) = (chrono::NaiveDate::default(), 0);
        let count = |(joined, left, members): &(u64, u64, u64)| {
            let (joined, left, members) = (*joined, *left, *members);
            Count { from, joined, left, removed: none, ended_with_it: none, members }
        };
        of.iter().map(count).collect()
    }

    #[test]
    fn a_single_day_is_a_line_across_the_whole_picture() {
        let steps = Steps::of(&counts(&[(1, 0, 1)]));
        assert_eq!((steps.width, steps.top), (10, 1));
        assert_eq!((steps.line.as_str(), steps.area.as_str()), ("M0 0.00H10", "M0 0.00H10V100H0Z"));
    }

    #[test]
    fn steps_are_as_high_as_there_are_members() {
        let steps = Steps::of(&counts(&[(4, 0, 4), (0, 3, 1), (0, 1, 0)]));
        assert_eq!((steps.top, steps.line.as_str()), (5, "M0 20.00H10V80.00H20V100.00H30"));
    }

    #[test]
    fn who_came_stands_above_the_middle_and_who_went_hangs_below_it() {
        let bars = Bars::of(&counts(&[(2, 0, 2), (0, 0, 2), (1, 2, 1)]));
        let told = |bars: &[Bar]| bars.iter().map(|bar| (bar.x, bar.y.clone(), bar.height.clone())).collect::<Vec<_>>();
        assert_eq!((bars.width, bars.top), (30, 2));
        assert_eq!(told(&bars.joined), [(2, "0.00".into(), "50.00".into()), (22, "25.00".into(), "25.00".into())]);
        assert_eq!(told(&bars.departed), [(22, "50.00".into(), "50.00".into())]);
    }

    #[test]
    fn edges_are_round_numbers_also_of_nothing_and_of_very_many() {
        let edges = [0, 1, 3, 7, 10, 11, 1_000_001].map(rounded_up);
        assert_eq!(edges, [1, 1, 5, 10, 10, 20, 2_000_000]);
        assert_eq!(rounded_up(u64::MAX), u64::MAX);
        assert_eq!(Steps::of(&[]).area, "V100H0Z");
    }
}
