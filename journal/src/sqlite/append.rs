//! Appending a group: one transaction, all or nothing.

use domain::{EmailAddress, OrganizationId};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Row, Sqlite, Transaction};

use super::{text, time};
use crate::batch::{Appended, Batch, NewCommand, NewEvent};
use crate::row;
use crate::store::{AppendError, StoreError};

/// Appends everything or nothing.
pub async fn append(connection: &mut SqliteConnection, batch: &Batch) -> Result<Appended, AppendError> {
    // Dropped before its commit, a transaction is rolled back.
    let mut transaction = connection.begin_with("begin immediate").await.map_err(failed)?;
    let appended = events(&mut transaction, batch).await?;
    slugs(&mut transaction, batch).await?;
    commands(&mut transaction, batch, appended).await?;
    addresses(&mut transaction, batch, appended).await?;
    transaction.commit().await.map_err(|error| AppendError::Unknown(error.into()))?;
    Ok(appended)
}

/// The counter row is raised first: it gives the positions, and the one time, which never runs backwards.
async fn events(transaction: &mut Transaction<'_, Sqlite>, batch: &Batch) -> Result<Appended, AppendError> {
    let counter = sqlx::query(
        "update journal set position = position + ?1,
                recorded_at = max(recorded_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
         returning position - ?1 as base, recorded_at as at",
    )
    .bind(i64::try_from(batch.events.len()).unwrap_or(i64::MAX))
    .fetch_one(&mut **transaction)
    .await
    .map_err(failed)?;
    let (base, at): (i64, &str) = (counter.try_get("base").map_err(failed)?, counter.try_get("at").map_err(failed)?);

    let rows = batch.events.iter().map(event).collect::<Result<Vec<_>, _>>()?;
    let written = sqlx::query(
        "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
                             subject, member, position, recorded_at)
         select 'organization', value ->> 0, value ->> 1, value ->> 2, '1', value ->> 3, value ->> 4,
                value ->> 5, value ->> 6, ?2 + 1 + key, ?3
         from json_each(?1) order by key",
    )
    .bind(Value::from(rows).to_string())
    .bind(base)
    .bind(at)
    .execute(&mut **transaction)
    .await
    .map_err(failed)?;
    if written.rows_affected() != batch.events.len() as u64 {
        return Err(AppendError::Failed(StoreError::Unreadable("not every event was inserted".into())));
    }
    Ok(Appended { base: base.unsigned_abs(), at: time(at)? })
}

fn event(new: &NewEvent) -> Result<Value, StoreError> {
    let unwritable = |_| StoreError::Unreadable("an event can't be written as JSON".into());
    let payload = serde_json::to_string(&new.event).map_err(unwritable)?;
    let metadata = serde_json::to_string(&row::metadata(new)).map_err(unwritable)?;
    Ok(json!([
        new.organization,
        new.sequence,
        new.event.name(),
        payload,
        metadata,
        new.event.subject().to_string(),
        new.member()
    ]))
}

/// Freed before claimed: one group may do both with the same slug. Only the row of whoever frees it goes; what ends within
/// the group claims nothing.
async fn slugs(transaction: &mut Transaction<'_, Sqlite>, batch: &Batch) -> Result<(), AppendError> {
    let on = &mut **transaction;
    if !batch.freed.is_empty() {
        let freed = batch.freed.iter().map(|(slug, id)| json!([slug, id])).collect();
        run(
            on,
            "delete from slugs where (slug, organization) in (select value ->> 0, value ->> 1 from json_each(?1))",
            freed,
        )
        .await?;
    }
    if !batch.ended.is_empty() {
        let ended = ids(&batch.ended);
        run(on, "delete from slugs where organization in (select value from json_each(?1))", ended).await?;
    }
    if !batch.claimed.is_empty() {
        let claimed = batch.claimed.iter().map(|(slug, id)| json!([slug, id])).collect();
        run(on, "insert into slugs (slug, organization) select value ->> 0, value ->> 1 from json_each(?1)", claimed)
            .await?;
    }
    Ok(())
}

async fn commands(
    transaction: &mut Transaction<'_, Sqlite>,
    batch: &Batch,
    appended: Appended,
) -> Result<(), AppendError> {
    let at = text(appended.at);
    let row = |new: &NewCommand| {
        let keyed_at = new.fingerprint.map(|_| &at);
        json!([new.id, new.organization, new.first, new.last, new.fingerprint, keyed_at])
    };
    let rows = batch.commands.iter().map(row).collect();
    run(
        transaction,
        "insert into commands (id, organization, first_sequence, last_sequence, fingerprint, keyed_at)
         select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(?1)",
        rows,
    )
    .await
}

/// Settled before inserted, so that a new invitation may take the place of one that has expired; settled again after, for
/// one that was sent and settled in the same group.
async fn addresses(
    transaction: &mut Transaction<'_, Sqlite>,
    batch: &Batch,
    appended: Appended,
) -> Result<(), AppendError> {
    let on = &mut **transaction;
    let at = text(appended.at);
    if !batch.settled.is_empty() {
        let settled = json!({ "at": at, "ids": batch.settled });
        run(
            on,
            "update invitation_addresses set settled_at = ?1 ->> 'at'
             where invitation_id in (select value from json_each(?1, '$.ids'))",
            settled,
        )
        .await?;
    }
    if !batch.addresses.is_empty() {
        let rows = batch
            .addresses
            .iter()
            .map(|new| {
                let settled_at = batch.settled.contains(&new.invitation).then_some(&at);
                json!([new.invitation, new.organization, EmailAddress::as_str(&new.email), new.inviter, settled_at])
            })
            .collect();
        run(
            on,
            "insert into invitation_addresses (invitation_id, organization, email, inviter, settled_at)
             select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?1)",
            rows,
        )
        .await?;
    }
    if !batch.ended.is_empty() {
        let ended = json!({ "at": at, "ids": batch.ended });
        run(
            on,
            "update invitation_addresses set settled_at = ?1 ->> 'at'
             where settled_at is null and organization in (select value from json_each(?1, '$.ids'))",
            ended,
        )
        .await?;
    }
    Ok(())
}

fn ids(organizations: &[OrganizationId]) -> Value {
    organizations.iter().map(|id| json!(id)).collect()
}

async fn run(connection: &mut SqliteConnection, sql: &'static str, rows: Value) -> Result<(), AppendError> {
    sqlx::query(sql).bind(rows.to_string()).execute(connection).await.map_err(failed)?;
    Ok(())
}

/// A key or a trigger that says "somebody was first" is a conflict; anything else means that nothing was written.
fn failed(error: sqlx::Error) -> AppendError {
    const CONSTRAINT_TRIGGER: &str = "1811";
    match &error {
        sqlx::Error::Database(database)
            if database.is_unique_violation() || database.code().as_deref() == Some(CONSTRAINT_TRIGGER) =>
        {
            AppendError::Conflict
        }
        _ => AppendError::Failed(error.into()),
    }
}
