//! What came of an import, for whoever started it.

use std::collections::BTreeMap;
use std::io::Write;

use super::row::{Kind, Place};

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many rows there were.
    pub rows: usize,
    /// Taken over now.
    pub imported: usize,
    /// Taken over before.
    pub there_already: usize,
}

/// Everything to be told at the end.
#[derive(Debug, Default)]
pub struct Report {
    rehearsed: bool,
    tallies: BTreeMap<Kind, Tally>,
    refused: BTreeMap<Place, String>,
    changed: BTreeMap<Place, String>,
    settled: usize,
    expired: usize,
}

impl Report {
    /// An empty one, of an import or of its rehearsal.
    pub fn new(rehearsed: bool) -> Self {
        Self { rehearsed, ..Self::default() }
    }

    fn tally(&mut self, kind: Kind) -> &mut Tally {
        self.tallies.entry(kind).or_default()
    }

    /// A row of this kind was read.
    pub fn read(&mut self, kind: Kind) {
        self.tally(kind).rows += 1;
    }

    /// It was taken over now.
    pub fn imported(&mut self, kind: Kind) {
        self.tally(kind).imported += 1;
    }

    /// It was taken over before.
    pub fn there_already(&mut self, kind: Kind) {
        self.tally(kind).there_already += 1;
    }

    /// It is not taken over, and that is a mistake of somebody's.
    pub fn refuse(&mut self, place: Place, why: impl Into<String>) {
        self.refused.insert(place, why.into());
    }

    /// It is taken over otherwise than it was.
    pub fn changed(&mut self, place: Place, how: impl Into<String>) {
        self.changed.insert(place, how.into());
    }

    /// An invitation that was answered, or taken back: there is nothing left of it to take over.
    pub fn settled(&mut self) {
        self.settled += 1;
    }

    /// An invitation that can't be accepted any more.
    pub fn expired(&mut self) {
        self.expired += 1;
    }

    /// How many rows were refused.
    pub fn refused(&self) -> usize {
        self.refused.len()
    }

    /// Prints all of it.
    pub fn print(&self) -> std::io::Result<()> {
        self.write(&mut std::io::stdout().lock())
    }

    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let done = if self.rehearsed { "would be imported" } else { "imported" };
        for kind in Kind::ALL {
            let Tally { rows, imported, there_already } = self.tallies.get(&kind).copied().unwrap_or_default();
            write!(
                out,
                "{:<15}{rows} read, {imported} {done}, {there_already} there already",
                format!("{}s:", kind.as_str())
            )?;
            if kind == Kind::Invitation {
                write!(out, ", {} expired, {} settled", self.expired, self.settled)?;
            }
            writeln!(out)?;
        }
        for (title, rows) in [("changed", &self.changed), ("refused", &self.refused)] {
            if !rows.is_empty() {
                writeln!(out, "{title}: {}", rows.len())?;
            }
            for (place, what) in rows {
                writeln!(out, "  {place}: {what}")?;
            }
        }
        Ok(())
    }
}
