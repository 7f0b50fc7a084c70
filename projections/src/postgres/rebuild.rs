//! Fills new tables beside those that are served, and puts them in their place in one transaction.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{OrganizationId, Position, Recorded};
use sqlx::postgres::PgPool;
use sqlx::{Connection, Postgres, Transaction};

use super::turn::{BEGIN, lock, move_on, park_one};
use super::{PostgresViews, tables, write};
use crate::entry::{self, Entry};
use crate::projection::{Checkpoint, Epoch, ProjectionName};
use crate::views::ViewsError;

/// What the new tables are called until they are served.
const NEW: &str = "_rebuilt";

/// How long readers are made to wait for a switch that does not come about, milliseconds.
const GIVE_WAY_AFTER_MS: u64 = 50;

/// How often switching is tried.
const TRIES: u32 = 100;

/// A projection being built anew. Add entries from position 1 on until there are no more, then [`Rebuild::lock`].
pub struct Rebuild {
    pool: PgPool,
    name: ProjectionName,
    at: Checkpoint,
    parked: BTreeMap<OrganizationId, (Position, String)>,
}

/// A projection built anew whose served twin stands still: add what is missing up to [`Switching::until`], then switch.
pub struct Switching {
    transaction: Transaction<'static, Postgres>,
    name: ProjectionName,
    at: Checkpoint,
    parked: BTreeMap<OrganizationId, (Position, String)>,
    served_at: Position,
    epoch: Epoch,
}

impl PostgresViews {
    /// Begins with empty tables; those of a rebuild that was broken off are thrown away. One at a time.
    pub async fn rebuild(&self, name: ProjectionName) -> Result<Rebuild, ViewsError> {
        let mut transaction = self.write.begin().await?;
        for table in tables(name) {
            for sql in [
                format!("drop table if exists {table}{NEW}"),
                format!("create table {table}{NEW} (like {table} including all)"),
            ] {
                sqlx::query(&sql).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(Rebuild { pool: self.write.clone(), name, at: Checkpoint::default(), parked: BTreeMap::new() })
    }
}

impl Rebuild {
    /// How far the new tables are.
    pub fn position(&self) -> Position {
        self.at.position
    }

    /// Applies entries that follow.
    pub async fn add(&mut self, batch: &[Entry]) -> Result<(), ViewsError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        self.at = add(&mut transaction, self.name, self.at, &mut self.parked, batch).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Brings the statistics up to date, so that the first lists are planned well, and stops the served projection: from here
    /// on it waits.
    pub async fn lock(self) -> Result<Switching, ViewsError> {
        for table in tables(self.name) {
            sqlx::query(&format!("analyze {table}{NEW}")).execute(&self.pool).await?;
        }
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let (served_at, epoch) = lock(&mut transaction, self.name).await?;
        Ok(Switching { transaction, name: self.name, at: self.at, parked: self.parked, served_at, epoch })
    }
}

impl Switching {
    /// How far the new tables are.
    pub fn position(&self) -> Position {
        self.at.position
    }

    /// How far they must be.
    pub fn until(&self) -> Position {
        self.served_at
    }

    /// Applies entries that follow.
    pub async fn add(&mut self, batch: &[Entry]) -> Result<(), ViewsError> {
        self.at = add(&mut self.transaction, self.name, self.at, &mut self.parked, batch).await?;
        Ok(())
    }

    /// Puts the new tables in the place of the old ones.
    pub async fn switch(mut self) -> Result<Position, ViewsError> {
        self.take_from_readers().await?;
        for table in tables(self.name) {
            for sql in [format!("drop table {table}"), format!("alter table {table}{NEW} rename to {table}")] {
                sqlx::query(&sql).execute(&mut *self.transaction).await?;
            }
        }
        sqlx::query("delete from parked where projection = $1")
            .bind(self.name.as_str())
            .execute(&mut *self.transaction)
            .await?;
        for (organization, (position, why)) in &self.parked {
            park_one(&mut self.transaction, self.name, *organization, *position, why).await?;
        }
        move_on(&mut self.transaction, self.name, self.served_at, self.at, self.epoch).await?;
        self.transaction.commit().await?;
        Ok(self.at.position)
    }
}

impl Switching {
    /// Locks all served tables. Readers take them in an order of their own, so that one may hold what we want and want what
    /// we hold. We give way long before the database would pick somebody to give way (after a second), and try again.
    async fn take_from_readers(&mut self) -> Result<(), ViewsError> {
        sqlx::query(&format!("set local lock_timeout = '{GIVE_WAY_AFTER_MS}ms'"))
            .execute(&mut *self.transaction)
            .await?;
        let lock = format!("lock table {} in access exclusive mode", tables(self.name).join(", "));
        for _ in 0..TRIES {
            let mut attempt = self.transaction.begin().await?;
            match sqlx::query(&lock).execute(&mut *attempt).await {
                Ok(_) => return Ok(attempt.commit().await?),
                Err(error) if is_in_use(&error) => attempt.rollback().await?,
                Err(error) => return Err(error.into()),
            }
            tokio::time::sleep(Duration::from_millis(GIVE_WAY_AFTER_MS)).await;
        }
        Err(ViewsError::unavailable("somebody reads the tables all the time; try again"))
    }
}

fn is_in_use(error: &sqlx::Error) -> bool {
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    const DEADLOCK: &str = "40P01";
    let code = error.as_database_error().and_then(|database| database.code());
    matches!(code.as_deref(), Some(LOCK_NOT_AVAILABLE | DEADLOCK))
}

/// As a turn does, but into the new tables; where they are and what is parked is kept here until they are served.
async fn add(
    transaction: &mut Transaction<'_, Postgres>,
    name: ProjectionName,
    at: Checkpoint,
    parked: &mut BTreeMap<OrganizationId, (Position, String)>,
    batch: &[Entry],
) -> Result<Checkpoint, ViewsError> {
    entry::leads_on(at.position, batch)?;
    let Some(last) = batch.last().filter(|last| last.position() > at.position) else { return Ok(at) };
    let mut events: Vec<&Recorded> = Vec::with_capacity(batch.len());
    for entry in batch.iter().filter(|entry| entry.position() > at.position) {
        match entry {
            Entry::Event(recorded) if !parked.contains_key(&recorded.organization) => events.push(recorded),
            Entry::Event(_) => {}
            Entry::Poison { position, organization, why } => {
                parked.entry(*organization).or_insert_with(|| (*position, why.clone()));
            }
        }
    }
    write(transaction, name, NEW, &events).await?;
    Ok(Checkpoint { position: last.position(), event_id: last.event_id() })
}
