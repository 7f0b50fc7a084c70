//! A page of a person's organizations, oldest membership first.

use domain::{MemberId, OrganizationId, UserId};
use sqlx::Row;
use sqlx::postgres::{PgPool, PgRow};

use super::{number, read};
use crate::query::{Cursor, Page};
use crate::rows::OrganizationRow;
use crate::views::ViewsError;

/// Few enough to be counted as they are read.
const STATEMENT: &str = "
    with theirs as materialized (
        select u.organization, u.member_id, u.role, u.joined, u.joined_at, o.slug, o.name, o.logo
        from user_organizations u join organization_profiles o on o.organization = u.organization
        where u.user_id = $1 and not o.deleted)
    select (select count(*) from theirs) as total, page.*
    from (select 1) one
    left join lateral (select * from theirs where joined > $2 order by joined limit $3) page on true
    order by page.joined";

pub(super) async fn organizations_of(
    pool: &PgPool,
    user: &UserId,
    limit: usize,
    after: Option<Cursor>,
) -> Result<Page<OrganizationRow>, ViewsError> {
    let limit = limit.max(1);
    let rows = sqlx::query(STATEMENT)
        .bind(user.as_str())
        .bind(after.map_or(0, number))
        .bind(number(limit as u64).saturating_add(1))
        .fetch_all(pool)
        .await?;
    let Some(first) = rows.first() else { return Ok(Page::empty()) };
    let total: i64 = first.try_get("total")?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        if row.try_get::<Option<i64>, _>("joined")?.is_some() {
            items.push(organization(row)?);
        }
    }
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().map(|row| row.joined).filter(|_| more);
    Ok(Page { items, next, total: total.unsigned_abs() })
}

fn organization(row: &PgRow) -> Result<OrganizationRow, ViewsError> {
    Ok(OrganizationRow {
        id: OrganizationId(row.try_get("organization")?),
        slug: read(row.try_get("slug")?)?,
        name: read(row.try_get("name")?)?,
        logo: row.try_get::<Option<&str>, _>("logo")?.map(read).transpose()?,
        role: read(row.try_get("role")?)?,
        member_id: MemberId(row.try_get("member_id")?),
        joined_at: row.try_get("joined_at")?,
        joined: row.try_get::<i64, _>("joined")?.unsigned_abs(),
    })
}
