//! `roster audit history`: what happened, page by page, so that neither this process nor the database holds much.

use clap::Args;
use journal::{Filter, OrganizationRef, Past};

use super::entry::Entry;
use super::lines::{Format, Lines, standard_output};
use super::place;
use crate::moment::Moment;
use crate::wanted::{actor, event_type};

/// Of which organization, and what of it.
#[derive(Args, Debug)]
pub struct History {
    /// Its id, its slug, or the slug it had last
    organization: OrganizationRef,
    /// Only events of these types: MemberJoined, MemberLeft, …
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    types: Vec<&'static str>,
    /// Only what is about this person, or was done by or for them
    #[arg(long, value_name = "USER")]
    person: Option<domain::UserId>,
    /// Only what this actor did: person:…, service:…, operator:…
    #[arg(long, value_name = "ACTOR", value_parser = actor)]
    actor: Option<String>,
    /// Only what was recorded at this time or later: 2026-03-01T00:00Z
    #[arg(long, value_name = "TIME", value_parser = place::moment)]
    from: Option<Moment>,
    /// Only what was recorded at this time or earlier
    #[arg(long, value_name = "TIME", value_parser = place::moment)]
    to: Option<Moment>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Prints it.
pub async fn print(past: &Past, asked: &History) -> anyhow::Result<()> {
    if let (Some(from), Some(to)) = (asked.from, asked.to)
        && from > to
    {
        anyhow::bail!("--from lies after --to");
    }
    let organization = place::find(past, &asked.organization).await?;
    let (from, to) = (asked.from.map(|from| from.0), asked.to.map(|to| to.0));
    let span = past.span(organization, from, to).await?;
    let types = asked.types.iter().map(|name| (*name).to_owned()).collect();
    let filter = Filter { types, person: asked.person.clone(), actor: asked.actor.clone() };
    let mut lines = Lines::begin::<Entry<'_>>(asked.format, standard_output())?;
    let mut pages = past.export(organization, filter, span);
    while let Some(page) = pages.recv().await {
        for written in &page? {
            lines.write(&Entry::of(written))?;
        }
    }
    lines.end()?;
    Ok(())
}
