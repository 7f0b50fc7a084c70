//! Where events are sent and how far each is, in the same database.

use async_trait::async_trait;
use domain::{OrganizationId, Position, Sequence, Timestamp};
use sqlx::Row;
use sqlx::postgres::{PgArguments, PgPool, PgRow};
use sqlx::query::Query;
use uuid::Uuid;

use super::write::patiently;
use super::{PostgresStore, id};
use crate::store::StoreError;
use crate::webhooks::{Cursor, Disabled, Failure, Lane, LaneKind, Numbers, Webhook, Webhooks, Why};

const WEBHOOK: &str = "select id, organization, url, types, secrets, created_at, revision, position, sequence, delivered_at, \
    failed_at, failure, failure_status, disabled_at, disabled_why from webhooks";

const LANE: &str = "select webhook, organization, kind, sequence, position, until, failing_since, failures, next_attempt, \
    failed_at, failure, failure_status from webhook_lanes";

/// The place in an organization's history after a position.
const SEQUENCE: &str = "select coalesce(max(sequence), 0) from events
    where aggregate_type = 'organization' and aggregate_id = $1 and position <= $2";

/// So that whoever delivers reads it again.
const CHANGED: &str = "with changes as (update webhook_changes set revision = revision + 1 returning revision)
    update webhooks set revision = changes.revision from changes where id = $1";

#[async_trait]
impl Webhooks for PostgresStore {
    async fn register(&self, webhook: &Webhook, most: u32) -> Result<bool, StoreError> {
        patiently(register(&self.browse, webhook, most)).await
    }

    async fn of(&self, organization: Option<OrganizationId>) -> Result<Vec<Webhook>, StoreError> {
        patiently(async {
            let rows = sqlx::query(&format!("{WEBHOOK} where organization is not distinct from $1 order by id"))
                .bind(organization.map(|id| id.to_string()))
                .fetch_all(&self.browse)
                .await?;
            rows.iter().map(webhook).collect()
        })
        .await
    }

    async fn webhook(&self, id: Uuid) -> Result<Option<Webhook>, StoreError> {
        patiently(async {
            let by_id = format!("{WEBHOOK} where id = $1");
            let found = sqlx::query(&by_id).bind(id.to_string()).fetch_optional(&self.browse).await?;
            found.as_ref().map(webhook).transpose()
        })
        .await
    }

    async fn change(&self, webhook: &Webhook, go_on_after: Option<Position>) -> Result<bool, StoreError> {
        patiently(change(&self.browse, webhook, go_on_after)).await
    }

    async fn remove(&self, id: Uuid) -> Result<bool, StoreError> {
        patiently(async {
            let mut transaction = self.browse.begin().await?;
            sqlx::query("update webhook_changes set revision = revision + 1").execute(&mut *transaction).await?;
            let delete = sqlx::query("delete from webhooks where id = $1").bind(id.to_string());
            let removed = delete.execute(&mut *transaction).await?.rows_affected();
            transaction.commit().await?;
            Ok(removed > 0)
        })
        .await
    }

    async fn remove_orphans(&self) -> Result<u64, StoreError> {
        let delete = sqlx::query(
            "delete from webhooks where exists (
                 select 1 from events e where e.aggregate_id = webhooks.organization
                     and e.subject = 'organization' and e.event_type = 'OrganizationDeleted'
                     and (webhooks.disabled_at is not null or (e.position <= webhooks.position
                         and not exists (select 1 from webhook_lanes l where l.webhook = webhooks.id))))",
        );
        let removed = self.deliverer_writes(delete).await?;
        if removed > 0 {
            self.deliverer_writes(sqlx::query("update webhook_changes set revision = revision + 1")).await?;
        }
        Ok(removed)
    }

    async fn revision(&self) -> Result<i64, StoreError> {
        patiently(async {
            Ok(sqlx::query_scalar("select revision from webhook_changes").fetch_one(&self.deliver).await?)
        })
        .await
    }

    async fn enabled(&self) -> Result<Vec<Webhook>, StoreError> {
        patiently(async {
            let rows = sqlx::query(&format!("{WEBHOOK} where disabled_at is null")).fetch_all(&self.deliver).await?;
            rows.iter().map(webhook).collect()
        })
        .await
    }

    async fn numbers(&self) -> Result<Numbers, StoreError> {
        patiently(async {
            let row = sqlx::query(
                "select (select count(*) from webhooks where disabled_at is null),
                     (select count(*) from webhooks where disabled_why <> 'switched-off'),
                     (select count(*) from webhook_lanes where kind = 'waiting')",
            )
            .fetch_one(&self.deliver)
            .await?;
            let number = |n: usize| row.try_get::<i64, _>(n).map(i64::unsigned_abs);
            Ok(Numbers { enabled: number(0)?, given_up: number(1)?, waiting: number(2)? })
        })
        .await
    }

    async fn moved(&self, webhook: &Webhook, to: Cursor, delivered_at: Option<Timestamp>) -> Result<bool, StoreError> {
        let update = sqlx::query(
            "update webhooks set position = $1, sequence = $2, delivered_at = coalesce($3, delivered_at)
             where id = $4 and position = $5",
        )
        .bind(signed(to.position))
        .bind(signed(to.sequence))
        .bind(delivered_at)
        .bind(webhook.id.to_string())
        .bind(signed(webhook.cursor.position));
        Ok(self.deliverer_writes(update).await? > 0)
    }

    async fn lanes(&self, id: Uuid, due_by: Option<Timestamp>, limit: u32) -> Result<Vec<Lane>, StoreError> {
        patiently(async {
            let rows = sqlx::query(&format!(
                "{LANE} where webhook = $1 and ($2 is null or next_attempt <= $2) order by next_attempt, position limit $3"
            ))
            .bind(id.to_string())
            .bind(due_by)
            .bind(i64::from(limit))
            .fetch_all(&self.deliver)
            .await?;
            rows.iter().map(lane).collect()
        })
        .await
    }

    async fn hold(&self, lane: &Lane) -> Result<(), StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let insert = sqlx::query(
            "insert into webhook_lanes (webhook, organization, kind, sequence, position, until, failing_since, failures,
                 next_attempt, failed_at, failure, failure_status)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
        )
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(lane.sequence))
        .bind(signed(lane.position))
        .bind(lane.until.map(signed))
        .bind(lane.failing_since)
        .bind(i32::try_from(lane.failures).unwrap_or(i32::MAX))
        .bind(lane.next_attempt)
        .bind(at)
        .bind(why)
        .bind(status);
        self.deliverer_writes(insert).await?;
        self.note(lane).await
    }

    async fn lane_moved(&self, lane: &Lane, from: Sequence) -> Result<bool, StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let update = sqlx::query(
            "update webhook_lanes set sequence = $1, position = $2, failing_since = $3, failures = $4, next_attempt = $5,
                 failed_at = $6, failure = $7, failure_status = $8
             where webhook = $9 and organization = $10 and kind = $11 and sequence = $12",
        )
        .bind(signed(lane.sequence))
        .bind(signed(lane.position))
        .bind(lane.failing_since)
        .bind(i32::try_from(lane.failures).unwrap_or(i32::MAX))
        .bind(lane.next_attempt)
        .bind(at)
        .bind(why)
        .bind(status)
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(from));
        let moved = self.deliverer_writes(update).await? > 0;
        self.note(lane).await?;
        Ok(moved)
    }

    async fn release(&self, lane: &Lane) -> Result<bool, StoreError> {
        let delete = sqlx::query(
            "delete from webhook_lanes where webhook = $1 and organization = $2 and kind = $3 and sequence = $4
                 and until is not distinct from $5",
        )
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(lane.sequence))
        .bind(lane.until.map(signed));
        Ok(self.deliverer_writes(delete).await? > 0)
    }

    async fn again(&self, webhook: &Webhook, from: Position, to: Position, at: Timestamp) -> Result<u64, StoreError> {
        patiently(async {
            let mut transaction = self.browse.begin().await?;
            sqlx::query(CHANGED).bind(webhook.id.to_string()).execute(&mut *transaction).await?;
            let insert = sqlx::query(
                "insert into webhook_lanes as lane
                     (webhook, organization, kind, sequence, position, until, failures, next_attempt)
                 select $1, aggregate_id, 'again', min(sequence), min(position), $4, 0, $5 from events
                 where position between $3 and $4 and ($2 is null or aggregate_id = $2) group by aggregate_id
                 on conflict (webhook, organization, kind) do update set
                     sequence = least(lane.sequence, excluded.sequence),
                     position = least(lane.position, excluded.position),
                     until = greatest(lane.until, excluded.until), next_attempt = excluded.next_attempt",
            )
            .bind(webhook.id.to_string())
            .bind(webhook.organization.map(|id| id.to_string()))
            .bind(signed(from))
            .bind(signed(to))
            .bind(at);
            let organizations = insert.execute(&mut *transaction).await?.rows_affected();
            transaction.commit().await?;
            Ok(organizations)
        })
        .await
    }
}

impl PostgresStore {
    /// A single statement of whoever delivers; how many rows it changed.
    async fn deliverer_writes<'q>(&self, statement: Query<'q, sqlx::Postgres, PgArguments>) -> Result<u64, StoreError> {
        patiently(async { Ok(statement.execute(&self.deliver).await?.rows_affected()) }).await
    }

    /// A webhook's last failure, whichever lane it was in.
    async fn note(&self, lane: &Lane) -> Result<(), StoreError> {
        let Some(failure) = &lane.failure else { return Ok(()) };
        let (at, why, status) = parts(Some(failure));
        let update = sqlx::query("update webhooks set failed_at = $1, failure = $2, failure_status = $3 where id = $4");
        self.deliverer_writes(update.bind(at).bind(why).bind(status).bind(lane.webhook.to_string())).await?;
        Ok(())
    }
}

/// Raising the number of changes locks its row until commit: changes come one after the other, in the order of their numbers.
async fn register(pool: &PgPool, webhook: &Webhook, most: u32) -> Result<bool, StoreError> {
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
        "insert into webhooks (id, organization, url, types, secrets, created_at, revision, position, sequence)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(webhook.id.to_string())
    .bind(organization)
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(webhook.created_at)
    .bind(revision)
    .bind(signed(webhook.cursor.position))
    .bind(sequence)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn change(pool: &PgPool, webhook: &Webhook, go_on_after: Option<Position>) -> Result<bool, StoreError> {
    let id = webhook.id.to_string();
    let mut transaction = pool.begin().await?;
    let revision: i64 = sqlx::query_scalar("update webhook_changes set revision = revision + 1 returning revision")
        .fetch_one(&mut *transaction)
        .await?;
    let changed = sqlx::query(
        "update webhooks set url = $1, types = $2, secrets = $3, disabled_at = $4, disabled_why = $5, revision = $6
         where id = $7 and revision = $8",
    )
    .bind(&webhook.url)
    .bind(json(&webhook.types))
    .bind(json(&Some(&webhook.secrets)))
    .bind(webhook.disabled.map(|disabled| disabled.at))
    .bind(webhook.disabled.map(|disabled| disabled.why.as_str()))
    .bind(revision)
    .bind(&id)
    .bind(webhook.revision)
    .execute(&mut *transaction)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(position) = go_on_after {
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
    } else if webhook.disabled.is_none() {
        // Whoever enables it, or changes where it goes, does not want to wait for what is due in hours.
        sqlx::query(
            "update webhook_lanes set next_attempt = $1, failing_since = null, failures = 0 where webhook = $2",
        )
        .bind(Timestamp::UNIX_EPOCH)
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(true)
}

fn webhook(row: &PgRow) -> Result<Webhook, StoreError> {
    let disabled = match (row.try_get("disabled_at")?, row.try_get::<Option<&str>, _>("disabled_why")?) {
        (Some(at), Some(why)) => Some(Disabled { at, why: Why::parse(why)? }),
        _ => None,
    };
    Ok(Webhook {
        id: id(row.try_get("id")?)?,
        organization: row.try_get::<Option<&str>, _>("organization")?.map(id).transpose()?,
        url: row.try_get("url")?,
        types: row.try_get::<Option<&str>, _>("types")?.map(read).transpose()?,
        secrets: read(row.try_get("secrets")?)?,
        created_at: row.try_get("created_at")?,
        revision: row.try_get("revision")?,
        cursor: Cursor {
            position: row.try_get::<i64, _>("position")?.unsigned_abs(),
            sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        },
        delivered_at: row.try_get("delivered_at")?,
        failure: failure(row)?,
        disabled,
    })
}

fn lane(row: &PgRow) -> Result<Lane, StoreError> {
    Ok(Lane {
        webhook: id(row.try_get("webhook")?)?,
        organization: id(row.try_get("organization")?)?,
        kind: LaneKind::parse(row.try_get("kind")?)?,
        sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        position: row.try_get::<i64, _>("position")?.unsigned_abs(),
        until: row.try_get::<Option<i64>, _>("until")?.map(i64::unsigned_abs),
        failing_since: row.try_get("failing_since")?,
        failures: row.try_get::<i32, _>("failures")?.unsigned_abs(),
        next_attempt: row.try_get("next_attempt")?,
        failure: failure(row)?,
    })
}

fn failure(row: &PgRow) -> Result<Option<Failure>, StoreError> {
    let (at, why): (Option<Timestamp>, Option<String>) = (row.try_get("failed_at")?, row.try_get("failure")?);
    let status = row.try_get::<Option<i32>, _>("failure_status")?.and_then(|status| status.try_into().ok());
    Ok(at.zip(why).map(|(at, why)| Failure { at, why, status }))
}

fn parts(failure: Option<&Failure>) -> (Option<Timestamp>, Option<String>, Option<i32>) {
    let Some(Failure { at, why, status }) = failure else { return (None, None, None) };
    (Some(*at), Some(why.clone()), status.map(i32::from))
}

fn json<T: serde::Serialize>(value: &Option<T>) -> Option<String> {
    value.as_ref().map(|value| serde_json::to_string(value).unwrap_or_default()) // Texts and times can always be written.
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable("a webhook's list is no list".into()))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
