//! Listing the organizations of a person in memory.

use domain::UserId;

use super::memberships::Membership;
use super::organization::Organization;
use super::state::State;
use crate::query::{Cursor, Page};
use crate::rows::OrganizationRow;

impl State {
    /// Parked organizations are listed as last known: one bad row must not hide a person's way to all others.
    pub(super) fn organizations_of(&self, user: &UserId, limit: usize, after: Option<Cursor>) -> Page<OrganizationRow> {
        let Some(user) = self.users.by_id(user) else { return Page::empty() };
        let memberships: Vec<(Membership, &Organization)> = user
            .memberships
            .as_slice()
            .iter()
            .filter_map(|membership| Some((*membership, self.organizations.get(membership.organization)?)))
            // Not swept yet.
            .filter(|(_, organization)| !organization.deleted)
            .collect();
        let total = memberships.len() as u64;
        let limit = limit.max(1);
        let mut rest = memberships
            .into_iter()
            .skip_while(|(membership, _)| after.is_some_and(|after| membership.joined() <= after));
        let items: Vec<OrganizationRow> = rest.by_ref().take(limit).filter_map(|(m, o)| row(m, o)).collect();
        let more = rest.next().is_some();
        let next = items.last().map(|row| row.joined).filter(|_| more);
        Page { items, next, total }
    }
}

fn row(membership: Membership, organization: &Organization) -> Option<OrganizationRow> {
    let joined = membership.joined();
    let (role, member) = organization.members.get(joined)?;
    Some(OrganizationRow {
        id: organization.id,
        slug: organization.slug.clone(),
        name: organization.name.clone(),
        logo: organization.logo.clone(),
        role,
        member_id: member.member_id,
        joined_at: member.joined_at,
        joined,
    })
}
