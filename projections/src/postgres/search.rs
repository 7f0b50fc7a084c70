//! The members whose name or address begins so. In a small organization its members' people are compared; in a large one
//! everybody who matches is looked for among its members. Which is cheaper is known from its total, not guessed by a planner.

use domain::OrganizationId;
use sqlx::postgres::PgPool;

use super::list_members::{PARKED, after, page, roles, walk};
use super::{number, people};
use crate::query::{MembersQuery, Page};
use crate::rows::MemberRow;
use crate::views::ViewsError;

/// Up to here the members' people are compared, whoever else there is.
const FEW: i64 = 5_000;

pub(super) async fn members(
    pool: &PgPool,
    organization: OrganizationId,
    query: &MembersQuery,
    prefix: &str,
) -> Result<Page<MemberRow>, ViewsError> {
    // Postgres has no texts with U+0000 in them, not even to look for; nobody is called so.
    if prefix.contains('\0') {
        return Ok(Page::empty());
    }
    let roles = roles(query);
    let among: i64 = sqlx::query_scalar(
        "select coalesce(sum(n), 0)::bigint from totals where organization = $1 and kind = any ($2)",
    )
    .bind(organization.0)
    .bind(&roles)
    .fetch_one(pool)
    .await?;
    let found = if among <= FEW { compared() } else { looked_for() };
    let (behind, order) = walk(query.sort);
    // Each row says how many were found, before any is left out.
    let sql = format!(
        "with found as materialized ({found})
         select {PARKED} as parked, (select count(*) from found) as total, m.*, {columns}
         from (select 1) one
         left join lateral (
             select * from found f where f.joined {behind} $5 order by f.joined {order} limit $6) m on true
         {join}
         order by m.joined {order}",
        columns = people::COLUMNS,
        join = people::JOIN,
    );
    let rows = sqlx::query(&sql)
        .bind(organization.0)
        .bind(prefix)
        .bind(people::end(prefix))
        .bind(&roles)
        .bind(after(query))
        .bind(number(query.limit.max(1) as u64).saturating_add(1))
        .fetch_all(pool)
        .await?;
    page(&rows, organization, query.limit.max(1))
}

/// `materialized` keeps the planner on the way it was told.
fn compared() -> String {
    format!(
        "with among as materialized (
             select m.* from members m where m.organization = $1 and m.role = any ($4)
                 and exists (select from organizations o where o.organization = $1 and not o.deleted))
         select among.* from among join people p on p.user_id = among.user_id where {}",
        people::MATCHES
    )
}

fn looked_for() -> String {
    format!(
        "with matching as materialized ({})
         select m.* from matching
         join members m on m.organization = $1 and m.user_id = matching.user_id
         where m.role = any ($4)
             and exists (select from organizations o where o.organization = $1 and not o.deleted)",
        people::MATCHING
    )
}
