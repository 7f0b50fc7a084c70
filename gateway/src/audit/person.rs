//! `roster audit person`: every membership of somebody.

use std::borrow::Cow;

use clap::Args;
use domain::UserId;
use journal::Past;

use super::lines::{Column, Format, Line, Lines, standard_output};
use super::members::time;
use super::place;
use crate::moment::Moment;
use crate::then::TenureBody;

/// Whose, and when.
#[derive(Args, Debug)]
pub struct Person {
    /// The id the identity provider has for them
    user: UserId,
    /// As it was known at this time: 2026-03-01T00:00Z. Now, without it
    #[arg(long, value_name = "TIME", value_parser = place::moment)]
    as_of: Option<Moment>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Prints them, oldest first.
pub async fn print(past: &Past, asked: &Person) -> anyhow::Result<()> {
    let as_of = asked.as_of.map(|Moment(time)| time);
    if let Some(time) = as_of {
        place::has_come(past, time).await?;
    }
    let mut lines = Lines::begin::<TenureBody>(asked.format, standard_output())?;
    for stay in past.memberships(&asked.user, as_of).await? {
        lines.write(&TenureBody::from(stay))?;
    }
    lines.end()?;
    Ok(())
}

impl Line for TenureBody {
    const COLUMNS: &'static [Column] = &[
        Column::left("organization_id", 36),
        Column::left("slug", 20),
        Column::left("member_id", 36),
        Column::left("role", 6),
        Column::left("from", 24),
        Column::left("to", 24),
        Column::left("ended_by", 20),
        Column::left("ended_how", 7),
    ];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.organization_id.to_string().into(),
            self.slug.as_ref().map(ToString::to_string).unwrap_or_default().into(),
            self.member_id.to_string().into(),
            self.role.to_string().into(),
            time(self.from),
            self.to.map(time).unwrap_or_default(),
            self.ended_by.as_deref().unwrap_or_default().into(),
            self.ended_how.unwrap_or_default().into(),
        ]
    }
}
