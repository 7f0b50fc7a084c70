//! Which of several servers does what only one may do at a time.

use std::time::Duration;

use sqlx::postgres::PgPool;
use uuid::Uuid;

use crate::store::{Epoch, StoreError};

/// Takes or keeps a lease. Times are the database's: servers' clocks may disagree.
pub async fn lease(pool: &PgPool, name: &str, holder: Uuid, lasts: Duration) -> Result<Option<Epoch>, StoreError> {
    let epoch = sqlx::query_scalar(
        "insert into leases as held (name, holder, epoch, until)
         values ($1, $2::text::uuid, 1, clock_timestamp() + make_interval(secs => $3))
         on conflict (name) do update set
             holder = excluded.holder, until = excluded.until,
             epoch = held.epoch + case when held.holder = excluded.holder then 0 else 1 end
         where held.holder = excluded.holder or held.until <= clock_timestamp()
         returning epoch",
    )
    .bind(name)
    .bind(holder.to_string())
    .bind(lasts.as_secs_f64())
    .fetch_optional(pool)
    .await?;
    Ok(epoch)
}

/// Ends all leases of a holder.
pub async fn give_up(pool: &PgPool, holder: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "update leases set until = clock_timestamp() where holder = $1::text::uuid and until > clock_timestamp()",
    )
    .bind(holder.to_string())
    .execute(pool)
    .await?;
    Ok(())
}
