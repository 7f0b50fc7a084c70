//! Listing members in memory: a page in order, or the people a search finds.

use domain::{OrganizationId, Position, Role, SearchBy, UserId};

use super::MemoryViews;
use super::organization::Member;
use super::shelves::Order;
use super::state::State;
use crate::query::{Cursor, MembersQuery, MembersSort, Page};
use crate::rows::MemberRow;
use crate::views::ViewsError;

/// Up to here the members' people are fetched and compared, whoever else there is; beyond, everybody who matches is
/// looked for among the members.
const FEW: u64 = 20_000;

/// How many people are asked of the directory, and looked up in one hold of the lock, at a time.
const AT_ONCE: usize = 1_000;

impl MemoryViews {
    pub(super) async fn list_members(
        &self,
        id: OrganizationId,
        query: &MembersQuery,
    ) -> Result<Page<MemberRow>, ViewsError> {
        let page = match query.search_key() {
            None => self.read()?.members(id, query)?,
            Some(prefix) => {
                let found = self.search(id, query.role, &prefix).await?;
                let total = found.len() as u64;
                let (positions, next) = cut(found, query);
                Page { items: self.read()?.members_at(id, &positions)?, next, total }
            }
        };
        self.with_people(page).await
    }

    /// What is known of those on a page, asked for when nothing is locked.
    pub(super) async fn with_people(&self, mut page: Page<MemberRow>) -> Result<Page<MemberRow>, ViewsError> {
        let users: Vec<UserId> = page.items.iter().map(|row| row.user_id.clone()).collect();
        let mut people = self.directory.people(&users).await?;
        for row in &mut page.items {
            row.person = people.remove(&row.user_id);
        }
        Ok(page)
    }

    /// The joining positions of members with this role whose name or address begins so, ascending.
    async fn search(&self, id: OrganizationId, role: Option<Role>, prefix: &str) -> Result<Vec<Position>, ViewsError> {
        let few = self.read()?.members_if_few(id, role)?;
        if let Some(members) = few {
            return self.compare(&members, prefix).await;
        }
        let mut found = Vec::new();
        for by in [SearchBy::Name, SearchBy::Email] {
            let mut after = None;
            loop {
                let matches = self.directory.matching(by, prefix, after.as_ref(), AT_ONCE).await?;
                found.extend(self.read()?.members_among(id, role, matches.iter().map(|one| &one.user)));
                if matches.len() < AT_ONCE {
                    break;
                }
                after = matches.into_iter().next_back();
            }
        }
        // Whoever was found by name and by address was found twice.
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    async fn compare(&self, members: &[(Position, UserId)], prefix: &str) -> Result<Vec<Position>, ViewsError> {
        let mut found = Vec::new();
        for members in members.chunks(AT_ONCE) {
            let users: Vec<UserId> = members.iter().map(|(_, user)| user.clone()).collect();
            let people = self.directory.people(&users).await?;
            let matches = |user| people.get(user).is_some_and(|person| person.begins_with(prefix));
            found.extend(members.iter().filter(|(_, user)| matches(user)).map(|(position, _)| *position));
        }
        Ok(found)
    }
}

/// The positions of one page of those found, and where to go on.
fn cut(mut found: Vec<Position>, query: &MembersQuery) -> (Vec<Position>, Option<Cursor>) {
    match query.sort {
        MembersSort::JoinedAt => found.retain(|position| query.after.is_none_or(|after| *position > after)),
        MembersSort::JoinedAtDescending => {
            found.reverse();
            found.retain(|position| query.after.is_none_or(|after| *position < after));
        }
    }
    let limit = query.limit.max(1);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().copied().filter(|_| more);
    (found, next)
}

impl State {
    fn members(&self, id: OrganizationId, query: &MembersQuery) -> Result<Page<MemberRow>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(Page::empty()) };
        let limit = query.limit.max(1);
        let order = match query.sort {
            MembersSort::JoinedAt => Order::OldestFirst,
            MembersSort::JoinedAtDescending => Order::NewestFirst,
        };
        // One more than asked for tells whether there is a next page.
        let rows = organization.members.page(query.role, order, query.after, limit.saturating_add(1));
        let more = rows.len() > limit;
        let items: Vec<MemberRow> =
            rows.into_iter().take(limit).filter_map(|(position, role, row)| self.row(position, role, row)).collect();
        let next = items.last().map(|row| row.joined).filter(|_| more);
        Ok(Page { items, next, total: organization.members.count(query.role) })
    }

    /// Whoever left since their position was found is missing.
    pub(super) fn members_at(&self, id: OrganizationId, positions: &[Position]) -> Result<Vec<MemberRow>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(Vec::new()) };
        let row = |position: &Position| {
            let (role, row) = organization.members.get(*position)?;
            self.row(*position, role, row)
        };
        Ok(positions.iter().filter_map(row).collect())
    }

    fn members_if_few(
        &self,
        id: OrganizationId,
        role: Option<Role>,
    ) -> Result<Option<Vec<(Position, UserId)>>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(Some(Vec::new())) };
        if organization.members.count(None) > FEW {
            return Ok(None);
        }
        let rows = organization.members.page(role, Order::OldestFirst, None, usize::MAX);
        let named =
            |(position, _, row): (Position, Role, &Member)| Some((position, self.users.get(row.user)?.id.clone()));
        Ok(Some(rows.into_iter().filter_map(named).collect()))
    }

    fn members_among<'u>(
        &self,
        id: OrganizationId,
        role: Option<Role>,
        users: impl Iterator<Item = &'u UserId>,
    ) -> Vec<Position> {
        let joined = |user| {
            let (number, position) = self.tenure(id, user)?;
            let (has, _) = self.organizations.get(number)?.members.get(position)?;
            role.is_none_or(|role| role == has).then_some(position)
        };
        users.filter_map(joined).collect()
    }

    fn row(&self, joined: Position, role: Role, member: &Member) -> Option<MemberRow> {
        let user_id = self.users.get(member.user)?.id.clone();
        let (member_id, joined_at) = (member.member_id, member.joined_at);
        Some(MemberRow { member_id, user_id, role, joined_at, joined, person: None })
    }
}
