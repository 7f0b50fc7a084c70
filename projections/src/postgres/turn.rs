//! One turn: the rows and the checkpoint, in one transaction.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{OrganizationId, Position, Recorded};
use sqlx::postgres::{PgConnection, PgPool};
use uuid::Uuid;

use super::{PATIENTLY, number, within, write};
use crate::entry::{self, Entry};
use crate::projection::{Checkpoint, Epoch, Projection, ProjectionName};
use crate::views::ViewsError;

/// What is committed last may be lost when the database loses power, rows and checkpoint together, and is then projected
/// once more: no batch waits for the disk.
pub(super) const BEGIN: &str = "begin; set local synchronous_commit = off";

/// One of the projections, moved by whoever has this epoch.
pub struct PostgresProjection {
    pool: PgPool,
    name: ProjectionName,
    epoch: Epoch,
}

impl PostgresProjection {
    /// Writes by these connections, as long as nobody has a later epoch.
    pub(super) fn new(pool: PgPool, name: ProjectionName, epoch: Epoch) -> Self {
        Self { pool, name, epoch }
    }

    async fn turn(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let (at, epoch) = lock(&mut transaction, self.name).await?;
        if epoch > self.epoch {
            return Err(ViewsError::Superseded);
        }
        entry::leads_on(at, batch)?;
        let new: Vec<&Entry> = batch.iter().skip_while(|entry| entry.position() <= at).collect();
        let Some(last) = new.last() else { return Ok(()) };
        park(&mut transaction, self.name, &new).await?;
        // Read after the checkpoint was locked: whoever releases an organization holds that lock.
        let parked = parked(&mut transaction, self.name).await?;
        write(&mut transaction, self.name, "", &happened(&new, at, &parked)).await?;
        let checkpoint = Checkpoint { position: last.position(), event_id: last.event_id() };
        move_on(&mut transaction, self.name, at, checkpoint, self.epoch).await?;
        transaction.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl Projection for PostgresProjection {
    fn name(&self) -> &'static str {
        self.name.as_str()
    }

    async fn apply(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        within(PATIENTLY, self.turn(batch)).await
    }

    async fn checkpoint(&self) -> Result<Checkpoint, ViewsError> {
        let (position, event_id): (i64, Option<Uuid>) =
            sqlx::query_as("select position, event_id from checkpoints where projection = $1")
                .bind(self.name.as_str())
                .fetch_one(&self.pool)
                .await?;
        Ok(Checkpoint { position: position.unsigned_abs(), event_id })
    }

    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError> {
        let mut connection = self.pool.acquire().await?;
        let mut parked: Vec<_> = parked(&mut connection, self.name).await?.into_keys().collect();
        parked.sort_unstable();
        Ok(parked)
    }
}

/// The checkpoint and its epoch, locked until the transaction ends: nobody else moves, rebuilds or releases meanwhile.
pub(super) async fn lock(connection: &mut PgConnection, name: ProjectionName) -> Result<(Position, Epoch), ViewsError> {
    let (position, epoch): (i64, Epoch) =
        sqlx::query_as("select position, epoch from checkpoints where projection = $1 for update")
            .bind(name.as_str())
            .fetch_one(connection)
            .await?;
    Ok((position.unsigned_abs(), epoch))
}

/// Moves the checkpoint from where it was, and leaves the epoch behind that it was moved with.
pub(super) async fn move_on(
    connection: &mut PgConnection,
    name: ProjectionName,
    from: Position,
    to: Checkpoint,
    epoch: Epoch,
) -> Result<(), ViewsError> {
    let moved = sqlx::query(
        "update checkpoints set position = $3, event_id = $4, epoch = $5
         where projection = $1 and position = $2 and epoch <= $5",
    )
    .bind(name.as_str())
    .bind(number(from))
    .bind(number(to.position))
    .bind(to.event_id)
    .bind(epoch)
    .execute(connection)
    .await?;
    if moved.rows_affected() == 1 { Ok(()) } else { Err(ViewsError::Superseded) }
}

/// The events to be written: what is new, each once, and of a parked organization only what lies before the row that could
/// not be read.
fn happened<'e>(
    new: &[&'e Entry],
    mut after: Position,
    parked: &HashMap<OrganizationId, Position>,
) -> Vec<&'e Recorded> {
    let mut events = Vec::with_capacity(new.len());
    for entry in new {
        if entry.position() <= after {
            continue;
        }
        after = entry.position();
        if let Entry::Event(recorded) = entry
            && parked.get(&recorded.organization).is_none_or(|parked| recorded.position < *parked)
        {
            events.push(recorded);
        }
    }
    events
}

/// Parks the organizations of rows that could not be read.
async fn park(connection: &mut PgConnection, name: ProjectionName, new: &[&Entry]) -> Result<(), ViewsError> {
    for entry in new {
        if let Entry::Poison { position, organization, why } = entry {
            park_one(connection, name, *organization, *position, why).await?;
        }
    }
    Ok(())
}

/// Parks one, from this position on; one that is parked already stays so from where it was.
pub(super) async fn park_one(
    connection: &mut PgConnection,
    name: ProjectionName,
    organization: OrganizationId,
    position: Position,
    why: &str,
) -> Result<(), ViewsError> {
    sqlx::query(
        "insert into parked (projection, organization, position, why) values ($1, $2, $3, $4)
         on conflict (projection, organization) do nothing",
    )
    .bind(name.as_str())
    .bind(organization.0)
    .bind(number(position))
    .bind(why)
    .execute(connection)
    .await?;
    Ok(())
}

/// The parked organizations, and from where on they are.
async fn parked(
    connection: &mut PgConnection,
    name: ProjectionName,
) -> Result<HashMap<OrganizationId, Position>, ViewsError> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as("select organization, position from parked where projection = $1")
        .bind(name.as_str())
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, position)| (OrganizationId(id), position.unsigned_abs())).collect())
}
