//! Where events are sent and how far each is, in the same file.

mod changes;
mod rows;

use async_trait::async_trait;
use domain::{OrganizationId, Position, Sequence, Timestamp};
use sqlx::Row;
use uuid::Uuid;

use self::changes::{again, change, first_of_each, register};
use self::rows::{LANE, WEBHOOK, lane, parts, signed, webhook};
use super::{SqliteStore, text};
use crate::store::{Epoch, StoreError};
use crate::webhooks::{Cursor, Lane, Numbers, Then, Webhook, Webhooks, Which};

#[async_trait]
impl Webhooks for SqliteStore {
    async fn register(&self, webhook: &Webhook, most: u32) -> Result<bool, StoreError> {
        let mut write = self.write.lock().await;
        let registered = register(write.open().await?, webhook, most).await;
        write.went(registered.is_ok());
        registered
    }

    async fn of(&self, organization: Option<OrganizationId>) -> Result<Vec<Webhook>, StoreError> {
        let rows = sqlx::query(&format!("{WEBHOOK} where organization is ?1 order by id"))
            .bind(organization.map(|id| id.to_string()))
            .fetch_all(&self.browse)
            .await?;
        rows.iter().map(webhook).collect()
    }

    async fn webhook(&self, id: Uuid) -> Result<Option<Webhook>, StoreError> {
        let by_id = format!("{WEBHOOK} where id = ?1");
        let found = sqlx::query(&by_id).bind(id.to_string()).fetch_optional(&self.browse).await?;
        found.as_ref().map(webhook).transpose()
    }

    async fn change(&self, webhook: &Webhook, then: Then) -> Result<bool, StoreError> {
        let mut write = self.write.lock().await;
        let changed = change(write.open().await?, webhook, then).await;
        write.went(changed.is_ok());
        changed
    }

    async fn remove(&self, id: Uuid) -> Result<bool, StoreError> {
        let removed = self.execute(sqlx::query("delete from webhooks where id = ?1").bind(id.to_string())).await?;
        self.execute(sqlx::query("update webhook_changes set revision = revision + 1")).await?;
        Ok(removed > 0)
    }

    async fn remove_orphans(&self) -> Result<u64, StoreError> {
        let delete = sqlx::query(
            "delete from webhooks where exists (
                 select 1 from events e where e.aggregate_id = webhooks.organization
                     and e.subject = 'organization' and e.event_type = 'OrganizationDeleted'
                     and (webhooks.disabled_at is not null or (e.position <= webhooks.position
                         and not exists (select 1 from webhook_lanes l where l.webhook = webhooks.id and l.parked_at is null))))",
        );
        let removed = self.execute(delete).await?;
        if removed > 0 {
            self.execute(sqlx::query("update webhook_changes set revision = revision + 1")).await?;
        }
        Ok(removed)
    }

    async fn revision(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("select revision from webhook_changes").fetch_one(&self.deliver).await?)
    }

    async fn enabled(&self) -> Result<Vec<Webhook>, StoreError> {
        let rows = sqlx::query(&format!("{WEBHOOK} where disabled_at is null")).fetch_all(&self.deliver).await?;
        rows.iter().map(webhook).collect()
    }

    async fn numbers(&self) -> Result<Numbers, StoreError> {
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
    }

    async fn moved(
        &self,
        _by: Epoch,
        webhook: &Webhook,
        to: Cursor,
        delivered_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let update = sqlx::query(
            "update webhooks set position = ?1, sequence = ?2, delivered_at = coalesce(?3, delivered_at)
             where id = ?4 and position = ?5",
        )
        .bind(signed(to.position))
        .bind(signed(to.sequence))
        .bind(delivered_at.map(text))
        .bind(webhook.id.to_string())
        .bind(signed(webhook.cursor.position));
        Ok(self.execute(update).await? > 0)
    }

    async fn lanes(&self, id: Uuid, which: Which, limit: u32) -> Result<Vec<Lane>, StoreError> {
        let rows = sqlx::query(&format!(
            "{LANE} where webhook = ?1 and (?2 or parked_at is null) order by next_attempt, position limit ?3"
        ))
        .bind(id.to_string())
        .bind(which == Which::All)
        .bind(limit)
        .fetch_all(&self.deliver)
        .await?;
        rows.iter().map(lane).collect()
    }

    async fn hold(&self, _by: Epoch, webhook: &Webhook, lane: &Lane) -> Result<bool, StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let insert = sqlx::query(
            "insert into webhook_lanes (webhook, organization, kind, sequence, position, until, failing_since, failures,
                 next_attempt, failed_at, failure, failure_status, parked_at)
             select id, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 from webhooks
             where id = ?13 and position = ?14
             on conflict do nothing",
        )
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(lane.sequence))
        .bind(signed(lane.position))
        .bind(lane.until.map(signed))
        .bind(lane.failing_since.map(text))
        .bind(lane.failures)
        .bind(text(lane.next_attempt))
        .bind(at)
        .bind(why)
        .bind(status)
        .bind(lane.parked_at.map(text))
        .bind(webhook.id.to_string())
        .bind(signed(webhook.cursor.position));
        let held = self.execute(insert).await? > 0;
        if held {
            self.note(lane).await?;
        }
        Ok(held)
    }

    async fn lane_moved(&self, _by: Epoch, lane: &Lane, from: Sequence) -> Result<bool, StoreError> {
        let (at, why, status) = parts(lane.failure.as_ref());
        let update = sqlx::query(
            "update webhook_lanes set sequence = ?1, position = ?2, failing_since = ?3, failures = ?4, next_attempt = ?5,
                 failed_at = ?6, failure = ?7, failure_status = ?8, parked_at = ?9
             where webhook = ?10 and organization = ?11 and kind = ?12 and sequence = ?13",
        )
        .bind(signed(lane.sequence))
        .bind(signed(lane.position))
        .bind(lane.failing_since.map(text))
        .bind(lane.failures)
        .bind(text(lane.next_attempt))
        .bind(at)
        .bind(why)
        .bind(status)
        .bind(lane.parked_at.map(text))
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(from));
        let moved = self.execute(update).await? > 0;
        if moved {
            self.note(lane).await?;
        }
        Ok(moved)
    }

    async fn release(&self, _by: Epoch, lane: &Lane) -> Result<bool, StoreError> {
        let delete = sqlx::query(
            "delete from webhook_lanes where webhook = ?1 and organization = ?2 and kind = ?3 and sequence = ?4
                 and until is ?5",
        )
        .bind(lane.webhook.to_string())
        .bind(lane.organization.to_string())
        .bind(lane.kind.as_str())
        .bind(signed(lane.sequence))
        .bind(lane.until.map(signed));
        Ok(self.execute(delete).await? > 0)
    }

    async fn again(&self, webhook: &Webhook, from: Position, to: Position, at: Timestamp) -> Result<u64, StoreError> {
        // Before anybody waits for it.
        let found = first_of_each(&self.browse, webhook.organization, from, to).await?;
        let mut write = self.write.lock().await;
        let organizations = again(write.open().await?, webhook.id, &found, to, at).await;
        write.went(organizations.is_ok());
        organizations
    }
}

impl SqliteStore {
    /// A webhook's last failure, whichever lane it was in.
    async fn note(&self, lane: &Lane) -> Result<(), StoreError> {
        let Some(failure) = &lane.failure else { return Ok(()) };
        let (at, why, status) = parts(Some(failure));
        let update = sqlx::query("update webhooks set failed_at = ?1, failure = ?2, failure_status = ?3 where id = ?4");
        self.execute(update.bind(at).bind(why).bind(status).bind(lane.webhook.to_string())).await?;
        Ok(())
    }
}
