//! Appending a group: one statement, all or nothing; a transaction of a few where slugs or addresses change hands.

use std::sync::LazyLock;

use domain::EmailAddress;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Connection, Row};

use crate::batch::{Appended, Batch, NewEvent};
use crate::row;
use crate::store::{AppendError, StoreError};

/// The counter row is raised first: it gives the positions and the one time, and is locked until commit, so that position
/// order is commit order. Everything joins `head`: without the counter row nothing is inserted at all.
const APPEND: &str = "
    with head as (
        update journal set position = position + $1,
               recorded_at = greatest(recorded_at, date_trunc('milliseconds', clock_timestamp()))
        returning position - $1 as base, recorded_at as at),
    written as (
        insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
                            subject, member, position, recorded_at)
        select 'organization', e.organization, e.sequence, e.type, '1', e.payload::json, e.metadata::json,
               e.subject, e.member, head.base + e.n, head.at
        from head, unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]::uuid[])
             with ordinality e (organization, sequence, type, payload, metadata, subject, member, n)
        order by e.n returning 1),
    carried_out as (
        insert into commands (id, organization, first_sequence, last_sequence, fingerprint, keyed_at)
        select c.*, case when c.fingerprint is not null then head.at end
        from head, unnest($9::text[]::uuid[], $10::text[], $11::bigint[], $12::bigint[], $20::text[]::uuid[])
             c (id, organization, first_sequence, last_sequence, fingerprint)),
    claimed as (
        insert into slugs (slug, organization)
        select s.* from head, unnest($13::text[], $14::text[]) s),
    sent as (
        insert into invitation_addresses (invitation_id, organization, email, inviter, settled_at)
        select a.invitation, a.organization, a.email, a.inviter, case when a.settled then head.at end
        from head, unnest($15::text[]::uuid[], $16::text[], $17::text[], $18::text[], $19::boolean[])
             a (invitation, organization, email, inviter, settled))
    {settling}
    select base, at, (select count(*) from written) as written from head";

const SETTLING: &str = ", settled as (
        update invitation_addresses a set settled_at = head.at from head
        where a.invitation_id = any ($21::text[]::uuid[]))";

/// What settles invitations has a text of its own: most groups do not, and need not plan for it.
static PLAIN: LazyLock<String> = LazyLock::new(|| APPEND.replace("{settling}", ""));
static WITH_SETTLING: LazyLock<String> = LazyLock::new(|| APPEND.replace("{settling}", SETTLING));

/// Appends everything or nothing.
pub async fn append(connection: &mut PgConnection, batch: &Batch) -> Result<Appended, AppendError> {
    // Siblings of one statement do not see each other: what frees something that may be claimed at once goes before.
    let changes_hands = !batch.freed.is_empty()
        || !batch.ended.is_empty()
        || (!batch.settled.is_empty() && !batch.addresses.is_empty());
    if !changes_hands {
        return insert(connection, batch, !batch.settled.is_empty()).await;
    }
    // Dropped before its commit, a transaction is rolled back.
    let mut transaction = connection.begin().await.map_err(|error| AppendError::Failed(error.into()))?;
    free(&mut transaction, batch).await.map_err(refused)?;
    let appended = insert(&mut transaction, batch, false).await.map_err(not_committed)?;
    settle_ended(&mut transaction, batch).await.map_err(refused)?;
    transaction.commit().await.map_err(|error| AppendError::Unknown(error.into()))?;
    Ok(appended)
}

/// The counter row first, as everywhere, so that no two writers wait for each other. Then what is given up: only the slug
/// row of whoever frees it goes.
async fn free(connection: &mut PgConnection, batch: &Batch) -> sqlx::Result<()> {
    sqlx::query("select 1 from journal for update").execute(&mut *connection).await?;
    let (slugs, owners): (Vec<_>, Vec<_>) =
        batch.freed.iter().map(|(slug, owner)| (slug.to_string(), owner.to_string())).unzip();
    sqlx::query("delete from slugs where (slug, organization) in (select * from unnest($1::text[], $2::text[]))")
        .bind(slugs)
        .bind(owners)
        .execute(&mut *connection)
        .await?;
    sqlx::query("delete from slugs where organization = any ($1)").bind(ended(batch)).execute(&mut *connection).await?;
    sqlx::query(
        "update invitation_addresses set settled_at = clock_timestamp() where invitation_id = any ($1::text[]::uuid[])",
    )
    .bind(settled(batch))
    .execute(connection)
    .await?;
    Ok(())
}

/// After the insert, for what was sent in the same group.
async fn settle_ended(connection: &mut PgConnection, batch: &Batch) -> sqlx::Result<()> {
    sqlx::query(
        "update invitation_addresses set settled_at = clock_timestamp()
         where settled_at is null and organization = any ($1)",
    )
    .bind(ended(batch))
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert(connection: &mut PgConnection, batch: &Batch, settling: bool) -> Result<Appended, AppendError> {
    let events = &batch.events;
    let texts = |of: &dyn Fn(&NewEvent) -> String| -> Vec<String> { events.iter().map(of).collect() };
    let (mut payloads, mut metadata) = (Vec::with_capacity(events.len()), Vec::with_capacity(events.len()));
    for new in events {
        payloads.push(json(&new.event)?);
        metadata.push(json(&row::metadata(new))?);
    }
    let (commands, addresses) = (&batch.commands, &batch.addresses);
    let mut statement = sqlx::query(if settling { &WITH_SETTLING } else { &PLAIN })
        .bind(number(events.len() as u64))
        .bind(texts(&|new| new.organization.to_string()))
        .bind(events.iter().map(|new| number(new.sequence)).collect::<Vec<_>>())
        .bind(texts(&|new| new.event.name().to_owned()))
        .bind(payloads)
        .bind(metadata)
        .bind(texts(&|new| new.event.subject().to_string()))
        .bind(events.iter().map(|new| new.member().map(|member| member.to_string())).collect::<Vec<_>>())
        .bind(commands.iter().map(|new| new.id.to_string()).collect::<Vec<_>>())
        .bind(commands.iter().map(|new| new.organization.to_string()).collect::<Vec<_>>())
        .bind(commands.iter().map(|new| number(new.first)).collect::<Vec<_>>())
        .bind(commands.iter().map(|new| number(new.last)).collect::<Vec<_>>())
        .bind(batch.claimed.iter().map(|(slug, _)| slug.to_string()).collect::<Vec<_>>())
        .bind(batch.claimed.iter().map(|(_, owner)| owner.to_string()).collect::<Vec<_>>())
        .bind(addresses.iter().map(|new| new.invitation.to_string()).collect::<Vec<_>>())
        .bind(addresses.iter().map(|new| new.organization.to_string()).collect::<Vec<_>>())
        .bind(addresses.iter().map(|new| EmailAddress::as_str(&new.email).to_owned()).collect::<Vec<_>>())
        .bind(addresses.iter().map(|new| new.inviter.to_string()).collect::<Vec<_>>())
        .bind(addresses.iter().map(|new| batch.settled.contains(&new.invitation)).collect::<Vec<_>>())
        .bind(commands.iter().map(|new| new.fingerprint.map(|one| one.to_string())).collect::<Vec<_>>());
    if settling {
        statement = statement.bind(settled(batch));
    }
    let head = statement.fetch_optional(connection).await.map_err(unheard)?;
    let head = head.ok_or_else(|| StoreError::Unreadable("the journal row is missing".into()))?;
    appended(&head, events.len())
}

fn appended(head: &PgRow, expected: usize) -> Result<Appended, AppendError> {
    let (base, at, written): (i64, _, i64) = (column(head, 0)?, column(head, 1)?, column(head, 2)?);
    if written != number(expected as u64) {
        return Err(AppendError::Failed(StoreError::Unreadable("not every event was inserted".into())));
    }
    Ok(Appended { base: base.unsigned_abs(), at })
}

fn column<'r, T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>>(
    row: &'r PgRow,
    index: usize,
) -> Result<T, StoreError> {
    Ok(row.try_get(index)?)
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable("an event can't be written as JSON".into()))
}

fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn settled(batch: &Batch) -> Vec<String> {
    batch.settled.iter().map(ToString::to_string).collect()
}

fn ended(batch: &Batch) -> Vec<String> {
    batch.ended.iter().map(ToString::to_string).collect()
}

/// A statement that commits by itself. What the database refused is not written; of anything else nobody can tell, nor
/// of a session that was ended (class 57P), which may have been committing.
fn unheard(error: sqlx::Error) -> AppendError {
    match &error {
        sqlx::Error::Database(database) if !database.code().is_some_and(|code| code.starts_with("57P")) => {
            refused(error)
        }
        _ => AppendError::Unknown(error.into()),
    }
}

/// Before its commit, whatever went wrong is not written.
fn not_committed(error: AppendError) -> AppendError {
    match error {
        AppendError::Unknown(error) => AppendError::Failed(error),
        told => told,
    }
}

/// A key or trigger that says "somebody was first" is a conflict, and so is a deadlock; nothing was written either way.
fn refused(error: sqlx::Error) -> AppendError {
    const OUT_OF_PLACE: &str = "RO001";
    const UNIQUE_VIOLATION: &str = "23505";
    const DEADLOCK: &str = "40P01";
    const SERIALIZATION: &str = "40001";
    let code = error.as_database_error().and_then(|database| database.code());
    match code.as_deref() {
        Some(OUT_OF_PLACE | UNIQUE_VIOLATION | DEADLOCK | SERIALIZATION) => AppendError::Conflict,
        _ => AppendError::Failed(error.into()),
    }
}
