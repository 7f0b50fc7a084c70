//! The concerned events and the heads, read in **one** statement: the whole of a membership check, and what commands
//! are decided on.

use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};

use super::id;
use crate::ask::OrganizationRef;
use crate::row::{self, Read};
use crate::store::{Found, StoreError, Wanted};

/// `materialized` keeps a slug from being looked up twice.
const CONCERNED: &str = "
    with wanted as materialized (
        select w.n, w.subject, coalesce(
            w.organization,
            (select s.organization from slugs s where s.slug = w.slug),
            (select a.organization from invitation_addresses a where a.invitation_id = w.invitation)) as organization
        from unnest($1::text[], $2::text[], $3::text[], $4::text[]::uuid[])
             with ordinality w (organization, subject, slug, invitation, n))
    select w.n, w.organization, e.sequence, e.recorded_at, e.payload::text,
           case when w.subject = 'organization' then (
               select max(h.sequence) from events h
               where h.aggregate_type = 'organization' and h.aggregate_id = w.organization) end as head
    from wanted w
    join events e on e.aggregate_id = w.organization and e.subject = w.subject
    order by w.n, e.sequence";

/// One [`Found`] for each [`Wanted`], in order.
pub async fn concerned(connection: &mut PgConnection, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
    let mut found = vec![Found::default(); wanted.len()];
    if wanted.is_empty() {
        return Ok(found);
    }
    let column = |of: fn(&OrganizationRef) -> Option<String>| -> Vec<Option<String>> {
        wanted.iter().map(|wanted| of(&wanted.organization)).collect()
    };
    let rows = sqlx::query(CONCERNED)
        .bind(column(OrganizationRef::id))
        .bind(wanted.iter().map(|wanted| wanted.subject.to_string()).collect::<Vec<_>>())
        .bind(column(OrganizationRef::slug))
        .bind(column(OrganizationRef::invitation))
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let n: i64 = row.try_get(0)?;
        if let Some(found) = usize::try_from(n - 1).ok().and_then(|n| found.get_mut(n)) {
            add(found, row)?;
        }
    }
    Ok(found)
}

fn add(found: &mut Found, row: &PgRow) -> Result<(), StoreError> {
    if found.organization.is_none() {
        found.organization = Some(id(row.try_get(1)?)?);
        found.head = row.try_get::<Option<i64>, _>(5)?.unwrap_or_default().unsigned_abs();
    }
    match read(row) {
        Ok(read) => found.events.push(read),
        Err(error) => {
            tracing::error!(organization = ?found.organization, %error, "an event can't be read");
            found.unreadable = true;
        }
    }
    Ok(())
}

/// What can't be read stops its own organization only, not whoever shares the statement.
fn read(row: &PgRow) -> Result<Read, StoreError> {
    Ok(Read {
        sequence: row.try_get::<i64, _>(2)?.unsigned_abs(),
        recorded_at: row.try_get(3)?,
        event: row::event(row.try_get(4)?)?,
    })
}
