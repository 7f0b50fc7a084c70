//! `roster audit review`: what changed in an organization in a period, as a folder: tables, a page to read, and checksums. The same journal
//! gives the same bytes.
//!
//! - [`findings`]: what is found, folded from the events; [`change`]: a line of it
//! - [`folder`]: files that appear together or not at all; [`summary`]: the page

pub mod change;
pub mod findings;
pub mod folder;
pub mod summary;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;
use askama::Template;
use clap::Args;
use domain::Stay;
use journal::{OrganizationRef, Past, Span};

use self::change::Change;
use self::findings::Findings;
use self::folder::Folder;
use self::summary::{Period, Summary};
use super::lines::{Format, Line, Lines};
use super::place;
use crate::moment::Moment;
use crate::saying::say;
use crate::then::MemberThenBody;

/// Of which organization, over which period, and where to.
#[derive(Args, Debug)]
pub struct Review {
    /// Its id, its slug, or the slug it had last
    organization: OrganizationRef,
    /// The beginning: 2026-01-01T00:00Z. What was recorded at this time or before is how it began
    #[arg(long, value_name = "TIME", value_parser = place::moment)]
    from: Moment,
    /// The end: what was recorded until this time has changed
    #[arg(long, value_name = "TIME", value_parser = place::moment)]
    to: Moment,
    /// The folder to write: a new one, or an empty one
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Writes the folder and says what is in it.
pub async fn write(past: &Past, asked: &Review) -> anyhow::Result<()> {
    if asked.from >= asked.to {
        bail!("--from must lie before --to");
    }
    let mut folder = Folder::begin(&asked.out)?;
    let organization = place::find(past, &asked.organization).await?;
    let until = place::sequence_at(past, organization, asked.to.0).await?;
    let span = Span { after: past.sequence_at(organization, asked.from.0).await?, until };
    let findings = Findings::gather(past, organization, span).await?;
    let census = past.census(organization, span).await?;
    let profile = past.profile(organization, until).await?;

    for (name, stays) in [("members-at-start.csv", &findings.at_start), ("members-at-end.csv", &findings.at_end)] {
        folder.file(name, |out| lines(out, stays.iter().map(|stay: &Stay| MemberThenBody::from(stay))))?;
    }
    for (name, changes) in findings.changes() {
        folder.file(name, |out| lines(out, changes.iter()))?;
    }
    let period = Period { organization, from: asked.from.0, to: asked.to.0, span };
    let page = Summary::of(&period, profile.as_ref(), &findings, &census)?.render()?;
    folder.file("summary.html", |out| out.write_all(page.as_bytes()))?;
    let files = folder.finish()?;
    say(format_args!("{files} files are in {}", asked.out.display()));
    Ok(())
}

fn lines<L: Line>(out: &mut dyn Write, all: impl Iterator<Item = L>) -> io::Result<()> {
    let mut lines = Lines::begin::<L>(Format::Csv, out)?;
    for line in all {
        lines.write(&line)?;
    }
    lines.end().map(drop)
}

impl Line for &Change {
    const COLUMNS: &'static [super::lines::Column] = Change::COLUMNS;

    fn cells(&self) -> Vec<std::borrow::Cow<'_, str>> {
        Change::cells(self)
    }
}
