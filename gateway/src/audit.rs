//! `roster audit`: what happened, who was a member when, and what changed between two days. Reads the journal itself, beside a server
//! that runs or without one; writes nothing there.
//!
//! - [`place`]: which organization, and which moment of its history
//! - [`history`], [`members`], [`person`]: the questions; [`review`]: all that changed in a period, as a folder of files
//! - [`chart`]: numbers as a picture
//! - [`entry`]: an event as a line; [`lines`]: lines as a table, NDJSON or CSV; [`cells`]: what may stand in them

pub mod cells;
pub mod chart;
pub mod entry;
pub mod history;
pub mod lines;
pub mod members;
pub mod person;
pub mod place;
pub mod review;

use clap::Subcommand;
use journal::Past;

use crate::settings::Shared;

/// What is asked about the past.
#[derive(Subcommand, Debug)]
pub enum Audit {
    /// Print what happened in an organization, oldest first
    History(history::History),
    /// Print who was a member at a time, in which role, since when, and by whose act
    Members(members::Members),
    /// Print every membership of a person: where, from when to when, and how it ended
    Person(person::Person),
    /// Write what changed in an organization in a period into a folder: tables, a page to read, and checksums
    Review(review::Review),
}

/// Answers on standard output, or in a folder.
pub async fn audit(shared: &Shared, asked: Audit) -> anyhow::Result<()> {
    let past = Past::open(&shared.data, shared.database()).await?;
    match asked {
        Audit::History(asked) => history::print(&past, &asked).await,
        Audit::Members(asked) => members::print(&past, &asked).await,
        Audit::Person(asked) => person::print(&past, &asked).await,
        Audit::Review(asked) => review::write(&past, &asked).await,
    }
}
