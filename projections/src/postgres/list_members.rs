//! A page of an organization's members, their total, and whether they may be shown: one statement, one snapshot.

use domain::{MemberId, OrganizationId, Role};
use sqlx::Row;
use sqlx::postgres::{PgPool, PgRow};

use super::{number, people, read};
use crate::query::{MembersQuery, MembersSort, Page};
use crate::rows::MemberRow;
use crate::views::ViewsError;

/// The members with these roles, `$2`, behind `$3`, one more than fit: each role has its rows in order, and only so many of
/// each are read. Nothing is shown of an organization that is deleted.
fn statement(sort: MembersSort) -> String {
    let (behind, order) = walk(sort);
    format!(
        "select {PARKED} as parked,
                (select coalesce(sum(t.n), 0)::bigint from totals t
                 where t.organization = $1 and t.kind = any ($2)) as total,
                m.*, {columns}
         from (select 1) one
         left join lateral (
             select m.* from unnest($2::text[]) wanted (role)
             cross join lateral (
                 select * from members m
                 where m.organization = $1 and m.role = wanted.role and m.joined {behind} $3
                 order by m.joined {order} limit $4) m
             where exists (select from organizations o where o.organization = $1 and not o.deleted)
             order by m.joined {order} limit $4) m on true
         {join}
         order by m.joined {order}",
        columns = people::COLUMNS,
        join = people::JOIN,
    )
}

/// Whether the history of `$1` could not be read on.
pub(super) const PARKED: &str = "exists (select from parked where projection = 'members' and parked.organization = $1)";

/// How rows are compared with the one before them, and ordered.
pub(super) fn walk(sort: MembersSort) -> (&'static str, &'static str) {
    match sort {
        MembersSort::JoinedAt => (">", "asc"),
        MembersSort::JoinedAtDescending => ("<", "desc"),
    }
}

/// Where the walk begins.
pub(super) fn after(query: &MembersQuery) -> i64 {
    match (query.after, query.sort) {
        (Some(position), _) => number(position),
        (None, MembersSort::JoinedAt) => 0,
        (None, MembersSort::JoinedAtDescending) => i64::MAX,
    }
}

/// The roles asked for.
pub(super) fn roles(query: &MembersQuery) -> Vec<&'static str> {
    query.role.map_or_else(|| Role::ALL.map(Role::as_str).to_vec(), |role| vec![role.as_str()])
}

pub(super) async fn members(
    pool: &PgPool,
    organization: OrganizationId,
    query: &MembersQuery,
) -> Result<Page<MemberRow>, ViewsError> {
    let rows = sqlx::query(&statement(query.sort))
        .bind(organization.0)
        .bind(roles(query))
        .bind(after(query))
        .bind(number(query.limit.max(1) as u64).saturating_add(1))
        .fetch_all(pool)
        .await?;
    page(&rows, organization, query.limit.max(1))
}

/// Rows of which each says whether the organization is parked and how many there are; one without a member if there is none.
pub(super) fn page(rows: &[PgRow], id: OrganizationId, limit: usize) -> Result<Page<MemberRow>, ViewsError> {
    let Some(first) = rows.first() else { return Ok(Page::empty()) };
    if first.try_get("parked")? {
        return Err(ViewsError::Parked(id));
    }
    let total: i64 = first.try_get("total")?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        if row.try_get::<Option<i64>, _>("joined")?.is_some() {
            items.push(member(row)?);
        }
    }
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().map(|row| row.joined).filter(|_| more);
    Ok(Page { items, next, total: total.unsigned_abs() })
}

fn member(row: &PgRow) -> Result<MemberRow, ViewsError> {
    Ok(MemberRow {
        member_id: MemberId(row.try_get("member_id")?),
        user_id: read(row.try_get("user_id")?)?,
        role: read(row.try_get("role")?)?,
        joined_at: row.try_get("joined_at")?,
        joined: row.try_get::<i64, _>("joined")?.unsigned_abs(),
        person: people::person(row)?,
    })
}
