//! Numbers as a picture: members over time, and below who came and went. Plain SVG with a title and a description; no script, no colour
//! that says something by itself. Whoever shows it shows the numbers as a table too.

use askama::Template;
use chrono::NaiveDate;
use domain::Count;

/// The drawing's width.
const WIDTH: f64 = 720.0;
/// Room for numbers at the left.
const LEFT: f64 = 56.0;
/// Where members stand, and how high they reach.
const FLOOR: f64 = 180.0;
const HIGH: f64 = 150.0;
/// The line that joins stand on and departures hang from, and how far they reach.
const LINE: f64 = 258.0;
const REACH: f64 = 46.0;
/// Dates that are written below at most.
const DATES: usize = 6;

/// What is said in the picture, in the reader's language.
pub struct Words {
    /// What the picture shows.
    pub title: String,
    /// The same in a sentence, for those who don't see it.
    pub description: String,
    /// The upper bars.
    pub members: String,
    /// The lower bars upwards.
    pub joined: String,
    /// The lower bars downwards.
    pub departed: String,
}

/// The picture: an `<svg>` element.
#[derive(Template)]
#[template(path = "chart.svg")]
pub struct Chart {
    words: Words,
    bars: Vec<Bars>,
    /// The most members at once, and the most who came or went in one stretch.
    most: u64,
    busiest: u64,
    dates: Vec<(String, String)>,
}

/// The bars of one stretch. Numbers are texts, written alike everywhere.
struct Bars {
    x: String,
    width: String,
    members: (String, String),
    joined: (String, String),
    departed: (String, String),
    says: String,
}

impl Chart {
    /// Of these stretches, whose first days are told so.
    pub fn of(counts: &[Count], words: Words, date: impl Fn(&NaiveDate) -> String) -> Self {
        let most = counts.iter().map(|count| count.members).max().unwrap_or_default();
        let busiest = counts.iter().map(|count| count.joined.max(count.departed())).max().unwrap_or_default();
        let step = (WIDTH - LEFT) / counts.len().max(1) as f64;
        let share = |value: u64, of: u64, length: f64| value as f64 / of.max(1) as f64 * length;
        let bars = counts.iter().enumerate().map(|(n, count)| {
            let members = share(count.members, most, HIGH);
            let (joined, departed) = (share(count.joined, busiest, REACH), share(count.departed(), busiest, REACH));
            Bars {
                x: number(LEFT + step * n as f64),
                width: number((step * 0.8).clamp(0.5, 40.0)),
                members: (number(FLOOR - members), number(members)),
                joined: (number(LINE - joined), number(joined)),
                departed: (number(LINE), number(departed)),
                says: format!(
                    "{}: {} {}, {} {}, {} {}",
                    date(&count.from),
                    words.members,
                    count.members,
                    words.joined,
                    count.joined,
                    words.departed,
                    count.departed()
                ),
            }
        });
        let bars = bars.collect();
        let every = counts.len().div_ceil(DATES).max(1);
        let dates = counts.iter().enumerate().step_by(every);
        let dates = dates.map(|(n, count)| (number(LEFT + step * n as f64), date(&count.from))).collect();
        Self { words, bars, most, busiest, dates }
    }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}
