//! The organizations of a person: from the index, or from the journal where the index can't be trusted.

use domain::{OrganizationId, Position, Subject, UserId};
use journal::ask::Unavailable;
use journal::store::Wanted;
use journal::{Excerpt, Held, OrganizationRef, Summary};
use projections::{Cursor, OrganizationRow, Page, ProjectionName};

use super::Roster;
use crate::problem::Problem;

/// Organizations read in one statement: it may be shared with membership checks, which must not wait for a long list.
const AT_ONCE: usize = 20;

/// So many parked organizations are looked through for a person; of more, everybody's list is read from the journal.
const FEW: usize = 64;

impl Roster {
    /// The organizations somebody is a member of, oldest membership first. Where one of theirs is parked, its rows may be late,
    /// also those of who has left it, and all of them are read from the journal instead.
    pub async fn organizations_of(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
        position: Option<Position>,
    ) -> Result<Page<OrganizationRow>, Problem> {
        let views = self.views_at(ProjectionName::UserOrganizations, position).await?;
        // Asked after the lists are where they should be: what parks an organization moves them on.
        let parked = views.parked().await?;
        if !parked.is_empty() && self.was_ever_in(&parked, user).await? {
            return self.organizations_held(user, limit, after).await;
        }
        Ok(views.organizations_of(user, limit, after).await?)
    }

    /// Whether the journal tells anything of this person in one of these organizations. Of very many it is not asked.
    async fn was_ever_in(&self, organizations: &[OrganizationId], user: &UserId) -> Result<bool, Problem> {
        if organizations.len() > FEW {
            return Ok(true);
        }
        let subject = Subject::User(user.clone());
        let wanted = |id: &OrganizationId| Wanted { organization: (*id).into(), subject: subject.clone() };
        let (found, _) = self.journal.store().read(&organizations.iter().map(wanted).collect::<Vec<_>>()).await?;
        Ok(found.iter().any(|found| found.unreadable || !found.events.is_empty()))
    }

    /// The same from the journal itself: dearer, and always right.
    pub async fn organizations_held(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<OrganizationRow>, Problem> {
        let (held, limit) = (self.journal.held_by(user).await?, limit.max(1));
        let total = held.len() as u64;
        let rest: Vec<Held> = held.into_iter().filter(|one| after.is_none_or(|after| one.joined > after)).collect();
        let (page, more) = rest.split_at(limit.min(rest.len()));
        let mut items = Vec::with_capacity(page.len());
        for one in page {
            match self.organization_held(user, one).await {
                Ok(row) => items.extend(row),
                // What can't be read of one must not hide the way to all others.
                Err(Unavailable::Unreadable(organization)) => {
                    tracing::warn!(%organization, "an organization is missing in somebody's list: it can't be read");
                }
                Err(why) => return Err(why.into()),
            }
        }
        let next = page.last().map(|last| last.joined).filter(|_| !more.is_empty());
        Ok(Page { items, next, total })
    }

    /// The organizations somebody belongs to as they present themselves, oldest membership first, `limit` at most. Straight from the
    /// journal.
    pub async fn summaries_of(&self, user: &UserId, limit: usize) -> Result<Vec<Summary>, Problem> {
        let held = self.journal.held_by(user).await?;
        let wanted: Vec<(OrganizationRef, Vec<Subject>)> = held
            .iter()
            .take(limit)
            .map(|one| (one.organization.into(), vec![Subject::Profile, Subject::User(user.clone())]))
            .collect();
        let mut summaries = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(AT_ONCE) {
            let excerpts = match self.journal.excerpts(some).await {
                Ok(excerpts) => excerpts,
                // What can't be read of one must not hide the way to all others.
                Err(Unavailable::Unreadable(_)) => self.readable(some).await?,
                Err(why) => return Err(why.into()),
            };
            let theirs = excerpts.into_iter().flatten().filter(|excerpt| excerpt.state.membership(user).is_some());
            summaries.extend(theirs.filter_map(|excerpt| excerpt.summary()));
        }
        Ok(summaries)
    }

    async fn readable(&self, wanted: &[(OrganizationRef, Vec<Subject>)]) -> Result<Vec<Option<Excerpt>>, Unavailable> {
        let mut excerpts = Vec::with_capacity(wanted.len());
        for (organization, subjects) in wanted {
            match self.journal.excerpt(organization, subjects).await {
                Ok(excerpt) => excerpts.push(excerpt),
                Err(Unavailable::Unreadable(organization)) => {
                    tracing::warn!(%organization, "an organization is missing in somebody's list: it can't be read");
                }
                Err(why) => return Err(why),
            }
        }
        Ok(excerpts)
    }

    async fn organization_held(&self, user: &UserId, held: &Held) -> Result<Option<OrganizationRow>, Unavailable> {
        let subjects = [Subject::Profile, Subject::User(user.clone())];
        let Some(excerpt) = self.journal.excerpt(&held.organization.into(), &subjects).await? else { return Ok(None) };
        let (Some(profile), Some(membership)) = (excerpt.state.profile(), excerpt.state.membership(user)) else {
            return Ok(None);
        };
        Ok(excerpt.joined_at(user).map(|joined_at| OrganizationRow {
            id: held.organization,
            slug: profile.slug.clone(),
            name: profile.name.clone(),
            logo: profile.logo.clone(),
            role: membership.role,
            member_id: membership.member_id,
            joined_at,
            joined: held.joined,
        }))
    }
}
