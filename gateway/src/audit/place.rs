//! Which organization is meant, and which moment of its history.

use anyhow::{Context, bail};
use domain::{OrganizationId, Sequence, Timestamp};
use journal::{OrganizationRef, Past};

use crate::moment::Moment;
use crate::saying::remark;

/// By its id, its slug, or the slug it had last where nobody has that now.
pub async fn find(past: &Past, organization: &OrganizationRef) -> anyhow::Result<OrganizationId> {
    if let Some(id) = past.find(organization).await? {
        return Ok(id);
    }
    let OrganizationRef::Slug(slug) = organization else { bail!("there is no organization with this id") };
    let id = past.find_former(slug).await?.with_context(|| format!("no organization has or had the slug {slug}"))?;
    remark(format_args!("{slug} is nobody's slug now; {id} was the last to have it"));
    Ok(id)
}

/// The last sequence at this time, which must have come, and must not lie before the founding.
pub async fn sequence_at(past: &Past, organization: OrganizationId, time: Timestamp) -> anyhow::Result<Sequence> {
    has_come(past, time).await?;
    match past.sequence_at(organization, time).await? {
        0 => bail!("the organization was not founded by then"),
        sequence => Ok(sequence),
    }
}

/// Fails for a time that has not come: what will be recorded until then is not known.
pub async fn has_come(past: &Past, time: Timestamp) -> anyhow::Result<()> {
    if time > past.clock().await? {
        bail!("{} has not come yet", time.to_rfc3339());
    }
    Ok(())
}

/// As clap reads a moment.
pub fn moment(text: &str) -> Result<Moment, String> {
    text.parse().map_err(|why: domain::NotAccepted| why.to_string())
}
