//! A page of an organization's invitations, newest first.

use domain::{InvitationId, InvitationState, OrganizationId};
use sqlx::Row;
use sqlx::postgres::{PgPool, PgRow};

use super::list_members::PARKED;
use super::{number, people, read};
use crate::query::{InvitationsQuery, Page};
use crate::rows::InvitationRow;
use crate::views::ViewsError;

pub(super) async fn invitations(
    pool: &PgPool,
    organization: OrganizationId,
    query: &InvitationsQuery,
) -> Result<Page<InvitationRow>, ViewsError> {
    let limit = query.limit.max(1);
    let states = query.state.map_or_else(|| InvitationState::ALL.to_vec(), |state| vec![state]);
    // As with members: each state has its rows in order, and only so many of each are read.
    let rows = sqlx::query(&format!(
        "select {PARKED} as parked,
                (select coalesce(sum(t.n), 0)::bigint from totals t
                 where t.organization = $1 and t.kind = any ($2)) as total,
                i.*, {address} as email
         from (select 1) one
         left join lateral (
             select i.* from unnest($2::text[]) wanted (state)
             cross join lateral (
                 select * from invitations i
                 where i.organization = $1 and i.state = wanted.state and i.invited < $3
                 order by i.invited desc limit $4) i
             where exists (select from organizations o where o.organization = $1 and not o.deleted)
             order by i.invited desc limit $4) i on true
         order by i.invited desc",
        address = people::ADDRESS,
    ))
    .bind(organization.0)
    .bind(states.iter().map(|state| state.as_str()).collect::<Vec<_>>())
    .bind(query.after.map_or(i64::MAX, number))
    .bind(number(limit as u64).saturating_add(1))
    .fetch_all(pool)
    .await?;
    let Some(first) = rows.first() else { return Ok(Page::empty()) };
    if first.try_get("parked")? {
        return Err(ViewsError::Parked(organization));
    }
    let total: i64 = first.try_get("total")?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        if row.try_get::<Option<i64>, _>("invited")?.is_some() {
            items.push(invitation(row)?);
        }
    }
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().map(|row| row.invited).filter(|_| more);
    Ok(Page { items, next, total: total.unsigned_abs() })
}

fn invitation(row: &PgRow) -> Result<InvitationRow, ViewsError> {
    let state: &str = row.try_get("state")?;
    let state = InvitationState::ALL.into_iter().find(|one| one.as_str() == state);
    Ok(InvitationRow {
        id: InvitationId(row.try_get("invitation_id")?),
        role: read(row.try_get("role")?)?,
        state: state.ok_or_else(|| ViewsError::unavailable("a column holds something else than it should"))?,
        expires_at: row.try_get("expires_at")?,
        invited_by: read(row.try_get("invited_by")?)?,
        invited_at: row.try_get("invited_at")?,
        invited: row.try_get::<i64, _>("invited")?.unsigned_abs(),
        email: row.try_get::<Option<&str>, _>("email")?.map(read).transpose()?,
    })
}
