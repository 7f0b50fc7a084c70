//! The concerned events and the heads, read in **one** statement: the whole of a membership check, and what commands
//! are decided on.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::{id, time};
use crate::ask::OrganizationRef;
use crate::memberships::news::Mark;
use crate::row::{self, Read};
use crate::store::{Found, StoreError, Wanted};

/// `cross join` keeps SQLite from starting at the events; `materialized` from looking a slug up twice. The journal's last event, of the same
/// snapshot, as row -1.
pub(super) const CONCERNED: &str = "
    with wanted as materialized (
        select key as n, value ->> 1 as subject, coalesce(
            value ->> 0,
            (select organization from slugs where slug = value ->> 2),
            (select organization from invitation_addresses where invitation_id = value ->> 3)) as organization
        from json_each(?1))
    select w.n as n, w.organization, e.sequence as sequence, e.recorded_at, e.payload,
           case when w.subject = 'organization' then (
               select max(h.sequence) from events h
               where h.aggregate_type = 'organization' and h.aggregate_id = w.organization) end as head
    from wanted w
    cross join events e on e.aggregate_id = w.organization and e.subject = w.subject
    union all
    select -1, null, position, cast(recorded_at as text), cast(metadata as text), null from events
    where position = (select max(position) from events)
    order by n, sequence";

/// One [`Found`] for each [`Wanted`], in order.
pub async fn concerned(connection: &mut SqliteConnection, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
    with_mark(connection, wanted).await.map(|(found, _)| found)
}

/// The same, and the last event there was.
pub async fn with_mark(
    connection: &mut SqliteConnection,
    wanted: &[Wanted],
) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
    let (mut found, mut mark) = (vec![Found::default(); wanted.len()], None);
    if wanted.is_empty() {
        return Ok((found, mark));
    }
    let rows = sqlx::query(CONCERNED)
        .bind(super::json(&wanted.iter().map(parameters).collect()))
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let n: i64 = row.try_get(0)?;
        match usize::try_from(n) {
            Ok(n) => found.get_mut(n).map_or(Ok(()), |found| add(found, row))?,
            // Damaged, it stops nobody: what is read is not remembered, that is all.
            Err(_) => mark = last(row).ok(),
        }
    }
    Ok((found, mark))
}

fn last(row: &SqliteRow) -> Result<Mark, StoreError> {
    let position = row.try_get::<i64, _>(2)?.unsigned_abs();
    Ok(Mark::of(position, row.try_get(4)?, row.try_get::<&str, _>(3)?))
}

fn parameters(wanted: &Wanted) -> Value {
    let subject = wanted.subject.to_string();
    match &wanted.organization {
        OrganizationRef::Id(id) => json!([id, subject]),
        OrganizationRef::Slug(slug) => json!([null, subject, slug]),
        OrganizationRef::OfInvitation(id) => json!([null, subject, null, id]),
    }
}

fn add(found: &mut Found, row: &SqliteRow) -> Result<(), StoreError> {
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
fn read(row: &SqliteRow) -> Result<Read, StoreError> {
    Ok(Read {
        sequence: row.try_get::<i64, _>(2)?.unsigned_abs(),
        recorded_at: time(row.try_get(3)?)?,
        event: row::event(row.try_get(4)?)?,
    })
}
