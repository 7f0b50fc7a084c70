//! What those do who may change webhooks: registering, changing, delivering once more.

use domain::{OrganizationId, Position, Timestamp, UserId};
use sqlx::postgres::PgPool;
use uuid::Uuid;

use super::rows::{json, signed};
use crate::store::StoreError;
use crate::webhooks::{Then, Webhook};

/// The place in an organization's history after a position.
const SEQUENCE: &str = "select coalesce(max(sequence), 0) from events
    where aggregate_type = 'organization' and aggregate_id = $1 and position <= $2";

/// So that whoever delivers reads it again.
const CHANGED: &str = "with changes as (update webhook_changes set revision = revision + 1 returning revision)
    update webhooks set revision = changes.revision from changes where id = $1";

/// An organization, and where its first event of a range is: by sequence and by position.
pub type First = (String, i64, i64);

/// Keeps a new one. Raising the number of changes locks its row until commit: changes come one after the other, in the order of their numbers.
pub async fn register(pool: &PgPool, webhook: &Webhook, most: u32) -> Result<bool, StoreError> {
    let organization = webhook.organization.map(|id| id.to_string());
    let mut transaction = pool.begin().await?;
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    let there: i64 = sqlx::query_scalar("select count(*) from webhooks where organization is not distinct from $1")
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
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(webhook.id.to_string())
    .bind(organization)
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(webhook.created_at)
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
pub async fn change(pool: &PgPool, webhook: &Webhook, then: Then) -> Result<bool, StoreError> {
    let id = webhook.id.to_string();
    let mut transaction = pool.begin().await?;
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    let changed = sqlx::query(
        "update webhooks set url = $1, types = $2, secrets = $3, disabled_at = $4, disabled_why = $5, changed_by = $6,
             revision = $7
         where id = $8 and revision = $9",
    )
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(webhook.disabled.map(|disabled| disabled.at))
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
        sqlx::query("update webhooks set position = $1, sequence = $2 where id = $3")
            .bind(signed(position))
            .bind(sequence)
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("delete from webhook_lanes where webhook = $1").bind(&id).execute(&mut *transaction).await?;
    }
    if let Some(organization) = then.skip {
        sqlx::query(
            "update webhook_lanes set sequence = sequence + 1, position = position + 1, next_attempt = $1, failing_since = null,
                 failures = 0, parked_at = null
             where webhook = $2 and organization = $3 and kind = 'waiting'",
        )
        .bind(Timestamp::UNIX_EPOCH)
        .bind(&id)
        .bind(organization.to_string())
        .execute(&mut *transaction)
        .await?;
    }
    if then.retry {
        sqlx::query(
            "update webhook_lanes set next_attempt = $1, failing_since = null, failures = 0, parked_at = null where webhook = $2",
        )
        .bind(Timestamp::UNIX_EPOCH)
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// The first event between two positions of the webhook's organization, or of each: by key, and not while others wait for it.
pub async fn first_of_each(
    pool: &PgPool,
    organization: Option<OrganizationId>,
    from: Position,
    to: Position,
) -> Result<Vec<First>, StoreError> {
    const OF_ONE: &str = "select aggregate_id, min(sequence), min(position) from events
        where aggregate_type = 'organization' and aggregate_id = $3 and position between $1 and $2 group by aggregate_id";
    const OF_ALL: &str = "select aggregate_id, min(sequence), min(position) from events
        where position between $1 and $2 group by aggregate_id";
    let select = match organization {
        Some(organization) => sqlx::query_as(OF_ONE).bind(signed(from)).bind(signed(to)).bind(organization.to_string()),
        None => sqlx::query_as(OF_ALL).bind(signed(from)).bind(signed(to)),
    };
    Ok(select.fetch_all(pool).await?)
}

/// Delivers what begins so once more, up to what waits or the webhook has not come to.
pub async fn again(pool: &PgPool, id: Uuid, found: &[First], to: Position, at: Timestamp) -> Result<u64, StoreError> {
    let organizations: Vec<&str> = found.iter().map(|(organization, ..)| organization.as_str()).collect();
    let sequences: Vec<i64> = found.iter().map(|(_, sequence, _)| *sequence).collect();
    let positions: Vec<i64> = found.iter().map(|(_, _, position)| *position).collect();
    let mut transaction = pool.begin().await?;
    sqlx::query(CHANGED).bind(id.to_string()).execute(&mut *transaction).await?;
    let insert = sqlx::query(
        "insert into webhook_lanes as lane
             (webhook, organization, kind, sequence, position, until, failures, next_attempt)
         select w.id, f.organization, 'again', f.sequence, f.position,
             least($5, coalesce(l.position - 1, w.position)), 0, $6
         from webhooks w
         cross join unnest($2::text[], $3::bigint[], $4::bigint[]) f (organization, sequence, position)
         left join webhook_lanes l on l.webhook = w.id and l.organization = f.organization and l.kind = 'waiting'
         where w.id = $1 and f.position <= coalesce(l.position - 1, w.position)
         on conflict (webhook, organization, kind) do update set
             sequence = least(lane.sequence, excluded.sequence),
             position = least(lane.position, excluded.position),
             until = greatest(lane.until, excluded.until), next_attempt = excluded.next_attempt, parked_at = null,
             failures = case when excluded.sequence < lane.sequence then 0 else lane.failures end,
             failing_since = case when excluded.sequence < lane.sequence then null else lane.failing_since end",
    )
    .bind(id.to_string())
    .bind(organizations)
    .bind(sequences)
    .bind(positions)
    .bind(signed(to))
    .bind(at);
    let organizations = insert.execute(&mut *transaction).await?.rows_affected();
    transaction.commit().await?;
    Ok(organizations)
}
