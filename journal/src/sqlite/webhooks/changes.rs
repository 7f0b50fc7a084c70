//! What those do who may change webhooks: registering, changing, delivering once more.

use domain::{OrganizationId, Position, Timestamp, UserId};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::super::{json as json_text, text};
use super::rows::{json, signed};
use crate::store::StoreError;
use crate::webhooks::{Then, Webhook};

/// The place in an organization's history after a position.
const SEQUENCE: &str = "select coalesce(max(sequence), 0) from events
    where aggregate_type = 'organization' and aggregate_id = ?1 and position <= ?2";

/// An organization, and where its first event of a range is: by sequence and by position.
pub type First = (String, i64, i64);

/// Keeps a new one.
pub async fn register(connection: &mut SqliteConnection, webhook: &Webhook, most: u32) -> Result<bool, StoreError> {
    let organization = webhook.organization.map(|id| id.to_string());
    let mut transaction = connection.begin().await?;
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    let there: i64 = sqlx::query_scalar("select count(*) from webhooks where organization is ?1")
        .bind(&organization)
        .fetch_one(&mut *transaction)
        .await?;
    if there >= i64::from(most) {
        return Ok(false);
    }
    let sequence: i64 = sqlx::query_scalar(SEQUENCE)
        .bind(&organization)
        .bind(signed(webhook.cursor.position))
        .fetch_one(&mut *transaction)
        .await?;
    sqlx::query(
        "insert into webhooks (id, organization, url, types, secrets, created_at, created_by, changed_by, revision, position,
             sequence)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )
    .bind(webhook.id.to_string())
    .bind(organization)
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(text(webhook.created_at))
    .bind(webhook.created_by.as_ref().map(UserId::as_str))
    .bind(webhook.changed_by.as_ref().map(UserId::as_str))
    .bind(revision)
    .bind(signed(webhook.cursor.position))
    .bind(sequence)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Changes one.
pub async fn change(connection: &mut SqliteConnection, webhook: &Webhook, then: Then) -> Result<bool, StoreError> {
    let id = webhook.id.to_string();
    let mut transaction = connection.begin().await?;
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    let changed = sqlx::query(
        "update webhooks set url = ?1, types = ?2, secrets = ?3, disabled_at = ?4, disabled_why = ?5, changed_by = ?6,
             revision = ?7
         where id = ?8 and revision = ?9",
    )
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(webhook.disabled.map(|disabled| text(disabled.at)))
    .bind(webhook.disabled.map(|disabled| disabled.why.as_str()))
    .bind(webhook.changed_by.as_ref().map(UserId::as_str))
    .bind(revision)
    .bind(&id)
    .bind(webhook.revision)
    .execute(&mut *transaction)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(position) = then.go_on_after {
        let sequence: i64 = sqlx::query_scalar(SEQUENCE)
            .bind(webhook.organization.map(|id| id.to_string()))
            .bind(signed(position))
            .fetch_one(&mut *transaction)
            .await?;
        sqlx::query("update webhooks set position = ?1, sequence = ?2 where id = ?3")
            .bind(signed(position))
            .bind(sequence)
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("delete from webhook_lanes where webhook = ?1").bind(&id).execute(&mut *transaction).await?;
    }
    if let Some(organization) = then.skip {
        sqlx::query(
            "update webhook_lanes set sequence = sequence + 1, position = position + 1, next_attempt = ?1, failing_since = null,
                 failures = 0, parked_at = null
             where webhook = ?2 and organization = ?3 and kind = 'waiting'",
        )
        .bind(text(Timestamp::UNIX_EPOCH))
        .bind(&id)
        .bind(organization.to_string())
        .execute(&mut *transaction)
        .await?;
    }
    if then.retry {
        sqlx::query(
            "update webhook_lanes set next_attempt = ?1, failing_since = null, failures = 0, parked_at = null where webhook = ?2",
        )
        .bind(text(Timestamp::UNIX_EPOCH))
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// The first event between two positions of the webhook's organization, or of each: by key, and not while others wait for it.
pub async fn first_of_each(
    pool: &SqlitePool,
    organization: Option<OrganizationId>,
    from: Position,
    to: Position,
) -> Result<Vec<First>, StoreError> {
    const OF_ONE: &str = "select aggregate_id, min(sequence), min(position) from events
        where aggregate_type = 'organization' and aggregate_id = ?3 and position between ?1 and ?2 group by aggregate_id";
    const OF_ALL: &str = "select aggregate_id, min(sequence), min(position) from events
        where position between ?1 and ?2 group by aggregate_id";
    let select = match organization {
        Some(organization) => sqlx::query_as(OF_ONE).bind(signed(from)).bind(signed(to)).bind(organization.to_string()),
        None => sqlx::query_as(OF_ALL).bind(signed(from)).bind(signed(to)),
    };
    Ok(select.fetch_all(pool).await?)
}

/// Delivers what begins so once more, up to what waits or the webhook has not come to.
pub async fn again(
    connection: &mut SqliteConnection,
    id: Uuid,
    found: &[First],
    to: Position,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let mut transaction = connection.begin().await?;
    let insert = sqlx::query(
        "insert into webhook_lanes (webhook, organization, kind, sequence, position, until, failures, next_attempt)
         select w.id, f.value ->> 0, 'again', f.value ->> 1, f.value ->> 2,
             min(?3, coalesce(l.position - 1, w.position)), 0, ?4
         from json_each(?2) f cross join webhooks w
         left join webhook_lanes l on l.webhook = w.id and l.organization = f.value ->> 0 and l.kind = 'waiting'
         where w.id = ?1 and f.value ->> 2 <= coalesce(l.position - 1, w.position)
         on conflict (webhook, organization, kind) do update set
             sequence = min(sequence, excluded.sequence), position = min(position, excluded.position),
             until = max(until, excluded.until), next_attempt = excluded.next_attempt, parked_at = null,
             failures = case when excluded.sequence < sequence then 0 else failures end,
             failing_since = case when excluded.sequence < sequence then null else failing_since end",
    )
    .bind(id.to_string())
    .bind(json_text(&serde_json::json!(found)))
    .bind(signed(to))
    .bind(text(at));
    let organizations = insert.execute(&mut *transaction).await?.rows_affected();
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    // So that whoever delivers reads it again.
    let changed = sqlx::query("update webhooks set revision = ?1 where id = ?2").bind(revision);
    changed.bind(id.to_string()).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(organizations)
}
