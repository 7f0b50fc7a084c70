//! Where events are sent and how far each is, in the same database.

mod changes;
mod rows;

use async_trait::async_trait;
use domain::{OrganizationId, Position, Sequence, Timestamp};
use sqlx::Row;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use uuid::Uuid;

use self::changes::{again, change, first_of_each, register};
use self::rows::{LANE, WEBHOOK, lane, parts, signed, webhook};
use super::PostgresStore;
use super::write::patiently;
use crate::store::{Epoch, StoreError};
use crate::webhooks::{Cursor, Lane, Numbers, Then, Webhook, Webhooks, Which};

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

    async fn change(&self, webhook: &Webhook, then: Then) -> Result<bool, StoreError> {
        patiently(change(&self.browse, webhook, then)).await
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
                         and not exists (select 1 from webhook_lanes l where l.webhook = webhooks.id and l.parked_at is null))))",
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
                     (select count(*) from webhook_lanes where kind = 'waiting'),
                     (select count(*) from webhook_lanes where parked_at is not null)",
            )
            .fetch_one(&self.deliver)
            .await?;
            let number = |n: usize| row.try_get::<i64, _>(n).map(i64::unsigned_abs);
            Ok(Numbers { enabled: number(0)?, given_up: number(1)?, waiting: number(2)?, parked: number(3)? })
        })
        .await
    }

    async fn moved(
        &self,
        by: Epoch,
        webhook: &Webhook,
        to: Cursor,
        delivered_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let update = sqlx::query(
            "update webhooks set position = $2, sequence = $3, delivered_at = coalesce($4, delivered_at)
             where id = $5 and position = $6
                 and exists (select 1 from leases where name = 'webhooks' and epoch = $1 for share)",
        )
        .bind(by)
        .bind(signed(to.position))
        .bind(signed(to.sequence))
        .bind(delivered_at)
        .bind(webhook.id.to_string())
        .bind(signed(webhook.cursor.position));
        Ok(self.deliverer_writes(update).await? > 0)
    }

    async fn lanes(&self, id: Uuid, which: Which, limit: u32) -> Result<Vec<Lane>, StoreError> {
        patiently(async {
            let rows = sqlx::query(&format!(
                "{LANE} where webhook = $1 and ($2 or parked_at is null) order by next_attempt, position limit $3"
            ))
            .bind(id.to_string())
            .bind(which == Which::All)
            .bind(i64::from(limit))
            .fetch_all(&self.deliver)
            .await?;
            rows.iter().map(lane).collect()
        })
        .await
    }

    async fn hold(&self, by: Epoch, webhook: &Webhook, lane: &Lane) -> Result<bool, StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let insert = sqlx::query(
            "insert into webhook_lanes (webhook, organization, kind, sequence, position, until, failing_since, failures,
                 next_attempt, failed_at, failure, failure_status, parked_at)
             select id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from webhooks
             where id = $14 and position = $15
                 and exists (select 1 from leases where name = 'webhooks' and epoch = $1 for share)
             on conflict do nothing",
        )
        .bind(by)
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
        .bind(status)
        .bind(lane.parked_at)
        .bind(webhook.id.to_string())
        .bind(signed(webhook.cursor.position));
        let held = self.deliverer_writes(insert).await? > 0;
        if held {
            self.note(lane).await?;
        }
        Ok(held)
    }

    async fn lane_moved(&self, by: Epoch, lane: &Lane, from: Sequence) -> Result<bool, StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let update = sqlx::query(
            "update webhook_lanes set sequence = $2, position = $3, failing_since = $4, failures = $5, next_attempt = $6,
                 failed_at = $7, failure = $8, failure_status = $9, parked_at = $10
             where webhook = $11 and organization = $12 and kind = $13 and sequence = $14
                 and exists (select 1 from leases where name = 'webhooks' and epoch = $1 for share)",
        )
        .bind(by)
        .bind(signed(lane.sequence))
        .bind(signed(lane.position))
        .bind(lane.failing_since)
        .bind(i32::try_from(lane.failures).unwrap_or(i32::MAX))
        .bind(lane.next_attempt)
        .bind(at)
        .bind(why)
        .bind(status)
        .bind(lane.parked_at)
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(from));
        let moved = self.deliverer_writes(update).await? > 0;
        if moved {
            self.note(lane).await?;
        }
        Ok(moved)
    }

    async fn release(&self, by: Epoch, lane: &Lane) -> Result<bool, StoreError> {
        let delete = sqlx::query(
            "delete from webhook_lanes where webhook = $2 and organization = $3 and kind = $4 and sequence = $5
                 and until is not distinct from $6
                 and exists (select 1 from leases where name = 'webhooks' and epoch = $1 for share)",
        )
        .bind(by)
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(lane.sequence))
        .bind(lane.until.map(signed));
        Ok(self.deliverer_writes(delete).await? > 0)
    }

    async fn again(&self, webhook: &Webhook, from: Position, to: Position, at: Timestamp) -> Result<u64, StoreError> {
        patiently(async {
            let found = first_of_each(&self.browse, webhook.organization, from, to).await?;
            again(&self.browse, webhook.id, &found, to, at).await
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
