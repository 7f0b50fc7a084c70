//! `roster audit members`: who was a member at a time.

use std::borrow::Cow;

use anyhow::bail;
use chrono::SecondsFormat;
use clap::Args;
use domain::{Sequence, Timestamp};
use journal::{OrganizationRef, Past, Span};

use super::lines::{Column, Format, Line, Lines, standard_output};
use super::place;
use crate::moment::Moment;
use crate::then::MemberThenBody;

/// Members read at once.
const PAGE: usize = 500;

/// Of which organization, and when.
#[derive(Args, Debug)]
pub struct Members {
    /// Its id, its slug, or the slug it had last
    organization: OrganizationRef,
    /// At this time: 2026-03-01T00:00Z. Now, without it
    #[arg(long, value_name = "TIME", value_parser = place::moment, conflicts_with = "at_sequence")]
    as_of: Option<Moment>,
    /// After this event of its history
    #[arg(long, value_name = "SEQUENCE", value_parser = clap::value_parser!(u64).range(1..))]
    at_sequence: Option<Sequence>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Prints them in order of joining.
pub async fn print(past: &Past, asked: &Members) -> anyhow::Result<()> {
    let organization = place::find(past, &asked.organization).await?;
    let head = past.head(organization).await?;
    let until = match (asked.as_of, asked.at_sequence) {
        (Some(Moment(time)), _) => place::sequence_at(past, organization, time).await?,
        (None, Some(sequence)) if sequence > head => bail!("the organization's history ends at sequence {head}"),
        (None, Some(sequence)) => sequence,
        (None, None) => head,
    };
    let mut lines = Lines::begin::<MemberThenBody>(asked.format, standard_output())?;
    let mut after = 0;
    loop {
        let page = past.members(organization, Span { after, until }, PAGE).await?;
        for stay in &page {
            lines.write(&MemberThenBody::from(stay))?;
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = last.joined.sequence,
            _ => break,
        }
    }
    lines.end()?;
    Ok(())
}

/// A time as a cell shows it.
pub fn time(at: Timestamp) -> Cow<'static, str> {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true).into()
}

impl Line for MemberThenBody {
    const COLUMNS: &'static [Column] = &[
        Column::left("user_id", 36),
        Column::left("member_id", 36),
        Column::left("role", 6),
        Column::left("joined_at", 24),
        Column::left("joined_by", 24),
        Column::left("role_since", 24),
        Column::left("role_by", 24),
        Column::aside("role_reason"),
    ];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.user_id.as_str().into(),
            self.id.to_string().into(),
            self.role.to_string().into(),
            time(self.joined_at),
            self.joined_by.actor.as_str().into(),
            time(self.role_by.at),
            self.role_by.actor.as_str().into(),
            self.role_by.reason.as_deref().unwrap_or_default().into(),
        ]
    }
}
