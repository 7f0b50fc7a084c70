//! Members by number in memory. Everybody is compared where a field of theirs decides; only the page is put in order, and
//! its people are asked for once the lock is free.

use std::borrow::Cow;
use std::cmp::Ordering;

use domain::{OrganizationId, Position, Role, UserId};

use super::MemoryViews;
use super::organization::Member;
use super::shelves::Order;
use super::state::State;
use crate::query::Page;
use crate::rows::MemberRow;
use crate::selection::{Condition, Direction, MemberField, MembersSelection};
use crate::views::ViewsError;

impl MemoryViews {
    pub(super) async fn list_selected(
        &self,
        id: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError> {
        let page = self.read()?.selected(id, selection)?;
        self.with_people(page).await
    }
}

/// Somebody who may be selected.
struct Candidate<'s> {
    joined: Position,
    role: Role,
    member: &'s Member,
    user: &'s UserId,
}

impl State {
    fn selected(&self, id: OrganizationId, selection: &MembersSelection) -> Result<Page<MemberRow>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(Page::empty()) };
        let (roles, condition) = selection.wanted(id);
        let (order, enough) = reading(selection, condition);
        let mut found: Vec<Candidate<'_>> = roles
            .iter()
            .flat_map(|role| organization.members.page(Some(*role), order, None, enough))
            .filter_map(|(joined, role, member)| {
                let user = &self.users.get(member.user)?.id;
                let candidate = Candidate { joined, role, member, user };
                condition.is_none_or(|wanted| wanted.holds(&text(wanted.field, id, &candidate))).then_some(candidate)
            })
            .collect();
        let total = match condition {
            None => roles.iter().map(|role| organization.members.count(Some(*role))).sum(),
            Some(_) => found.len() as u64,
        };
        cut(&mut found, selection);
        let items = found.iter().filter_map(|one| self.row(one.joined, one.role, one.member)).collect();
        Ok(Page { items, next: None, total })
    }
}

/// How each role's members are read, and how many of each: where their order there is that of the list, no more than the page
/// reaches.
fn reading(selection: &MembersSelection, condition: Option<&Condition>) -> (Order, usize) {
    match (condition, selection.sort) {
        (Some(_), _) | (None, Some((MemberField::Id | MemberField::User, _))) => (Order::OldestFirst, usize::MAX),
        (None, Some((MemberField::JoinedAt, Direction::Descending))) => (Order::NewestFirst, selection.end()),
        (None, _) => (Order::OldestFirst, selection.end()),
    }
}

/// Leaves the page, in order. Finding who belongs to it takes a fraction of the time it takes to sort them all.
fn cut(found: &mut Vec<Candidate<'_>>, selection: &MembersSelection) {
    let by = |one: &Candidate<'_>, other: &Candidate<'_>| compare(selection.sort, one, other);
    if selection.end() < found.len() {
        found.select_nth_unstable_by(selection.end(), by);
        found.truncate(selection.end());
    }
    if selection.offset >= found.len() {
        return found.clear();
    }
    found.select_nth_unstable_by(selection.offset, by);
    found.drain(..selection.offset);
    found.sort_unstable_by(by);
}

fn compare(sort: Option<(MemberField, Direction)>, one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
    let joining = one.joined.cmp(&other.joined);
    let Some((field, direction)) = sort else { return joining };
    let ascending = match field {
        MemberField::Id => one.member.member_id.cmp(&other.member.member_id),
        MemberField::Organization => Ordering::Equal,
        MemberField::User => one.user.as_str().cmp(other.user.as_str()),
        MemberField::Role => one.role.as_str().cmp(other.role.as_str()),
        MemberField::JoinedAt => joining,
    };
    match direction {
        Direction::Ascending => ascending.then(joining),
        Direction::Descending => ascending.reverse().then(joining),
    }
}

fn text<'s>(field: MemberField, id: OrganizationId, candidate: &Candidate<'s>) -> Cow<'s, str> {
    match field {
        MemberField::Id => candidate.member.member_id.to_string().into(),
        MemberField::Organization => id.to_string().into(),
        MemberField::User => candidate.user.as_str().into(),
        MemberField::Role => candidate.role.as_str().into(),
        MemberField::JoinedAt => candidate.member.joined_at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().into(),
    }
}
