//! Members by number in memory. Everybody is compared where a field of theirs decides, some thousands in each hold of the lock; no more
//! are kept than the page reaches, and its people are asked for once the lock is free.

use std::cmp::Ordering;

use domain::{MemberId, OrganizationId, Position, Role, UserId};

use super::MemoryViews;
use super::organization::Member;
use super::shelves::Order;
use super::state::State;
use crate::query::Page;
use crate::rows::MemberRow;
use crate::selection::{Condition, Direction, MemberField, MembersSelection};
use crate::views::ViewsError;

/// Members looked at in one hold of the lock: about a millisecond.
const AT_ONCE: usize = 2_000;

impl MemoryViews {
    pub(super) async fn list_selected(
        &self,
        id: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError> {
        let (roles, condition) = selection.wanted(id);
        let mut found = Found::of(selection);
        let mut after = None;
        loop {
            let last = self.read()?.look_at(id, &roles, condition, after, &mut found)?;
            // In the order they are read in, whoever comes later is on a later page.
            let enough = condition.is_none() && found.in_order_of_joining() && found.rows.len() >= found.end;
            if last.is_none() || enough {
                break;
            }
            after = last;
            tokio::task::yield_now().await;
        }
        let counted = found.counted;
        let positions = found.page(selection.offset);
        let page = {
            let state = self.read()?;
            let total = match condition {
                None => state.count(id, &roles)?,
                Some(_) => counted,
            };
            Page { items: state.members_at(id, &positions)?, next: None, total }
        };
        self.with_people(page).await
    }
}

impl State {
    /// Looks at the members that follow; tells the last one, or `None` where there is nobody more.
    fn look_at(
        &self,
        id: OrganizationId,
        roles: &[Role],
        condition: Option<&Condition>,
        after: Option<Position>,
        found: &mut Found,
    ) -> Result<Option<Position>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(None) };
        let only = if let [role] = roles { Some(*role) } else { None };
        let rows = organization.members.page(only, found.order(), after, AT_ONCE);
        let last = rows.last().map(|(joined, ..)| *joined).filter(|_| rows.len() == AT_ONCE);
        for (joined, role, member) in rows.into_iter().filter(|(_, role, _)| roles.contains(role)) {
            let Some(user) = self.users.get(member.user).map(|user| &user.id) else { continue };
            if condition.is_none_or(|condition| meets(condition, id, role, member, user)) {
                found.keep(joined, role, member, user);
            }
        }
        Ok(last)
    }

    fn count(&self, id: OrganizationId, roles: &[Role]) -> Result<u64, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(0) };
        Ok(roles.iter().map(|role| organization.members.count(Some(*role))).sum())
    }
}

fn meets(condition: &Condition, id: OrganizationId, role: Role, member: &Member, user: &UserId) -> bool {
    match condition.field {
        MemberField::Id => condition.holds(&member.member_id.to_string()),
        MemberField::Organization => condition.holds(&id.to_string()),
        MemberField::User => condition.holds(user.as_str()),
        MemberField::Role => condition.holds(role.as_str()),
        MemberField::JoinedAt => condition.holds(&member.joined_at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
    }
}

/// Those who match, by what they are sorted by.
struct Found {
    sort: Option<(MemberField, Direction)>,
    end: usize,
    rows: Vec<(Key, Position)>,
    counted: u64,
}

/// What somebody is sorted by, beside joining.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Joining,
    Id(MemberId),
    User(UserId),
    Role(&'static str),
}

impl Found {
    fn of(selection: &MembersSelection) -> Self {
        Self { sort: selection.sort, end: selection.end(), rows: Vec::new(), counted: 0 }
    }

    fn order(&self) -> Order {
        match self.sort {
            Some((MemberField::JoinedAt, Direction::Descending)) => Order::NewestFirst,
            _ => Order::OldestFirst,
        }
    }

    fn in_order_of_joining(&self) -> bool {
        matches!(self.sort, None | Some((MemberField::JoinedAt | MemberField::Organization, _)))
    }

    fn keep(&mut self, joined: Position, role: Role, member: &Member, user: &UserId) {
        self.counted += 1;
        let key = match self.sort {
            None | Some((MemberField::JoinedAt | MemberField::Organization, _)) => Key::Joining,
            Some((MemberField::Id, _)) => Key::Id(member.member_id),
            Some((MemberField::User, _)) => Key::User(user.clone()),
            Some((MemberField::Role, _)) => Key::Role(role.as_str()),
        };
        self.rows.push((key, joined));
        // Twice what the page reaches is put in order at a time: what is beyond it goes, at little cost for each.
        if self.rows.len() >= self.end.saturating_mul(2).max(AT_ONCE) {
            self.cut();
        }
    }

    /// Leaves what the page reaches.
    fn cut(&mut self) {
        let sort = self.sort;
        if self.end < self.rows.len() {
            self.rows.select_nth_unstable_by(self.end, |one, other| compare(sort, one, other));
            self.rows.truncate(self.end);
        }
    }

    /// The positions on the page, in order.
    fn page(mut self, offset: usize) -> Vec<Position> {
        self.cut();
        let sort = self.sort;
        self.rows.sort_unstable_by(|one, other| compare(sort, one, other));
        self.rows.into_iter().skip(offset).map(|(_, joined)| joined).collect()
    }
}

fn compare(sort: Option<(MemberField, Direction)>, one: &(Key, Position), other: &(Key, Position)) -> Ordering {
    let (joining, keys) = (one.1.cmp(&other.1), one.0.cmp(&other.0));
    match sort {
        Some((MemberField::JoinedAt, Direction::Descending)) => joining.reverse(),
        Some((_, Direction::Descending)) => keys.reverse().then(joining),
        Some((_, Direction::Ascending)) | None => keys.then(joining),
    }
}
