//! The concerned events and the heads, read in **one** statement: the whole of a membership check, and what commands
//! are decided on.

use std::sync::LazyLock;

use sqlx::Row;
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::query::Query;

use super::{id, time};
use crate::ask::OrganizationRef;
use crate::memberships::news::Mark;
use crate::row::{self, Read};
use crate::store::{Found, StoreError, Wanted};

/// Whose events are asked for, from these four parameters. `materialized` keeps a slug from being looked up twice.
pub fn wanted([organization, subject, slug, invitation]: [&str; 4]) -> String {
    format!(
        "wanted as materialized (
            select w.n, w.subject, coalesce(
                w.organization,
                (select s.organization from slugs s where s.slug = w.slug),
                (select a.organization from invitation_addresses a where a.invitation_id = w.invitation)) as organization
            from unnest({organization}::text[], {subject}::text[], {slug}::text[], {invitation}::text[]::uuid[])
                 with ordinality w (organization, subject, slug, invitation, n))"
    )
}

/// In no order: to sort a few events of one subject here is cheaper than all of them there.
pub const READ: &str = "
    select w.n, w.organization, e.sequence, e.recorded_at, e.payload::text,
           case when w.subject = 'organization' then (
               select max(h.sequence) from events h
               where h.aggregate_type = 'organization' and h.aggregate_id = w.organization) end as head
    from wanted w
    join events e on e.aggregate_id = w.organization and e.subject = w.subject";

static CONCERNED: LazyLock<String> = LazyLock::new(|| format!("with {} {READ}", wanted(["$1", "$2", "$3", "$4"])));

/// The same, and the journal's last event of the same snapshot as row 0.
static WITH_MARK: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} union all (select 0, null, position, recorded_at, metadata::text, null from events order by position desc limit 1)",
        *CONCERNED
    )
});

/// One [`Found`] for each [`Wanted`], in order.
pub async fn concerned(connection: &mut PgConnection, wanted: &[Wanted]) -> Result<Vec<Found>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows = bind(sqlx::query(&CONCERNED), wanted).fetch_all(connection).await?;
    found(&rows, wanted.len())
}

/// The same, and the last event there was.
pub async fn with_mark(
    connection: &mut PgConnection,
    wanted: &[Wanted],
) -> Result<(Vec<Found>, Option<Mark>), StoreError> {
    if wanted.is_empty() {
        return Ok((Vec::new(), None));
    }
    let rows = bind(sqlx::query(&WITH_MARK), wanted).fetch_all(connection).await?;
    let mark = rows.iter().find(|row| row.try_get(0).is_ok_and(|n: i64| n == 0));
    // Damaged, it stops nobody: what is read is not remembered, that is all.
    Ok((found(&rows, wanted.len())?, mark.and_then(|row| last(row).ok())))
}

fn last(row: &PgRow) -> Result<Mark, StoreError> {
    let position = row.try_get::<i64, _>(2)?.unsigned_abs();
    Ok(Mark::of(position, row.try_get(4)?, time::as_it_lies(row, 3)?))
}

/// Binds what [`wanted`] asks for.
pub fn bind<'q>(statement: Query<'q, Postgres, PgArguments>, wanted: &[Wanted]) -> Query<'q, Postgres, PgArguments> {
    let column = |of: fn(&OrganizationRef) -> Option<String>| -> Vec<Option<String>> {
        wanted.iter().map(|wanted| of(&wanted.organization)).collect()
    };
    statement
        .bind(column(OrganizationRef::id))
        .bind(wanted.iter().map(|wanted| wanted.subject.to_string()).collect::<Vec<_>>())
        .bind(column(OrganizationRef::slug))
        .bind(column(OrganizationRef::invitation))
}

/// One for each that was wanted, from rows of [`READ`].
pub fn found(rows: &[PgRow], wanted: usize) -> Result<Vec<Found>, StoreError> {
    let mut found = vec![Found::default(); wanted];
    for row in rows {
        let n: i64 = row.try_get(0)?;
        if let Some(found) = usize::try_from(n - 1).ok().and_then(|n| found.get_mut(n)) {
            add(found, row)?;
        }
    }
    for one in &mut found {
        one.events.sort_unstable_by_key(|read| read.sequence);
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
        recorded_at: time::told(row, 3)?,
        event: row::event(row.try_get(4)?)?,
    })
}
