//! Which organization is meant: the one that is named, else the one the session looks at.

use domain::{OrganizationId, Refusal};
use journal::OrganizationRef;

use super::codes::ORGANIZATION_NOT_FOUND;
use super::failure::Failure;
use super::refused::Call;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::roster::Roster;

/// The organization with this id, else the active one; `None` where there is neither. What is no id is nobody's organization.
pub async fn meant(
    call: Call,
    roster: &Roster,
    caller: &Caller,
    id: Option<&str>,
) -> Result<Option<OrganizationRef>, Failure> {
    match id {
        Some(id) => by_id(call, id).map(Some),
        None => Ok(roster.active(caller).await?.map(OrganizationRef::from)),
    }
}

/// The organization with this id.
pub fn by_id(call: Call, id: &str) -> Result<OrganizationRef, Failure> {
    id.parse().map(OrganizationRef::Id).map_err(|_| call.refused(Refusal::OrganizationNotFound))
}

/// The same where a slug may be given, which counts more than an id.
pub async fn meant_or_spelled(
    call: Call,
    roster: &Roster,
    caller: &Caller,
    id: Option<&str>,
    slug: Option<&str>,
) -> Result<Option<OrganizationRef>, Failure> {
    match slug {
        Some(slug) => by_slug(roster, slug).await.map(|id| Some(id.into())),
        None => meant(call, roster, caller, id).await,
    }
}

/// The organization that is spelled so. Whether there is one is no secret: `check-slug` tells it.
pub async fn by_slug(roster: &Roster, slug: &str) -> Result<OrganizationId, Failure> {
    let spelled = slug.parse().map_err(|_| Failure::bad(ORGANIZATION_NOT_FOUND))?;
    let excerpt = roster.journal.excerpt(&OrganizationRef::Slug(spelled), &[]).await.map_err(Problem::from)?;
    Ok(excerpt.ok_or_else(|| Failure::bad(ORGANIZATION_NOT_FOUND))?.organization)
}
