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

/// How long readers are made to wait for a switch that does not come about, milliseconds.
const GIVE_WAY_AFTER_MS: u64 = 50;

/// How often that is tried while the served projection stands still.
const TRIES: u32 = 20;

/// A projection being built anew. Add entries from position 1 on until hardly any are missing, then [`Rebuild::lock`].
pub struct Rebuild {
    pool: PgPool,
    name: ProjectionName,
    filled: Filled,
}

/// New tables, and how far they are; what is parked is kept here until they are served.
#[derive(Clone)]
struct Filled {
    /// How their names end. Of two rebuilds each has tables of its own: neither can spoil the other's.
    suffix: String,
    at: Checkpoint,
    parked: BTreeMap<OrganizationId, (Position, String)>,
}

/// A projection built anew whose served twin stands still: add what is missing up to [`Switching::until`], then switch. Dropped,
/// the twin goes on, and the rebuild can be added to and locked again.
pub struct Switching {
    transaction: Transaction<'static, Postgres>,
    name: ProjectionName,
    filled: Filled,
    served_at: Position,
    epoch: Epoch,
}

impl PostgresViews {
    /// Begins with empty tables; those of a rebuild that was broken off are thrown away. `number` is given out once.
    pub async fn rebuild(&self, name: ProjectionName, number: Epoch) -> Result<Rebuild, ViewsError> {
        let suffix = format!("_rebuilt_{number}");
        let mut transaction = self.write.begin().await?;
        for table in tables(name) {
            let leftovers: Vec<String> = sqlx::query_scalar(
                "select tablename::text from pg_tables where schemaname = current_schema() and tablename like $1",
            )
            .bind(format!("{}\\_rebuilt\\_%", table.replace('_', "\\_")))
            .fetch_all(&mut *transaction)
            .await?;
            let drops = leftovers.into_iter().map(|leftover| format!("drop table {leftover}"));
            let creates = [format!("create table {table}{suffix} (like {table} including all)")];
            for sql in drops.chain(creates) {
                sqlx::query(&sql).execute(&mut *transaction).await?;
            }
        }
        if name == ProjectionName::Members {
            // What the migration says of it, and `like` leaves out.
            let roomy = format!("alter table totals{suffix} set (fillfactor = 50)");
            sqlx::query(&roomy).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        let filled = Filled { suffix, at: Checkpoint::default(), parked: BTreeMap::new() };
        Ok(Rebuild { pool: self.write.clone(), name, filled })
    }
}

impl Rebuild {
    /// How far the new tables are.
    pub fn position(&self) -> Position {
        self.filled.at.position
    }

    /// Applies entries that follow.
    pub async fn add(&mut self, batch: &[Entry]) -> Result<(), ViewsError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let mut filled = self.filled.clone();
        filled.add(&mut transaction, self.name, batch).await?;
        transaction.commit().await?;
        self.filled = filled;
        Ok(())
    }

    /// Brings the statistics up to date, so that the first lists are planned well.
    pub async fn analyze(&self) -> Result<(), ViewsError> {
        for table in tables(self.name) {
            sqlx::query(&format!("analyze {table}{}", self.filled.suffix)).execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Stops the served projection: from here on it waits.
    pub async fn lock(&self) -> Result<Switching, ViewsError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let (served_at, epoch) = lock(&mut transaction, self.name).await?;
        Ok(Switching { transaction, name: self.name, filled: self.filled.clone(), served_at, epoch })
    }
}

impl Switching {
    /// How far the new tables are.
    pub fn position(&self) -> Position {
        self.filled.at.position
    }

    /// How far they must be.
    pub fn until(&self) -> Position {
        self.served_at
    }

    /// Applies entries that follow.
    pub async fn add(&mut self, batch: &[Entry]) -> Result<(), ViewsError> {
        self.filled.add(&mut self.transaction, self.name, batch).await
    }

    /// Puts the new tables in the place of the old ones; `None` where their readers don't let go of them: try again.
    pub async fn switch(mut self) -> Result<Option<Position>, ViewsError> {
        if !self.take_from_readers().await? {
            return Ok(None);
        }
        for table in tables(self.name) {
            self.replace(table).await?;
        }
        sqlx::query("delete from parked where projection = $1")
            .bind(self.name.as_str())
            .execute(&mut *self.transaction)
            .await?;
        for (organization, (position, why)) in &self.filled.parked {
            park_one(&mut self.transaction, self.name, *organization, *position, why).await?;
        }
        move_on(&mut self.transaction, self.name, self.served_at, self.filled.at, self.epoch).await?;
        self.transaction.commit().await?;
        Ok(Some(self.filled.at.position))
    }

    /// The new table takes the old one's name, and its indexes those of the old one's on the same columns: a later migration
    /// finds them by the names it knows.
    async fn replace(&mut self, table: &str) -> Result<(), ViewsError> {
        const INDEXES: &str = "select i.relname::text, x.indkey::text || x.indisprimary from pg_index x
             join pg_class i on i.oid = x.indexrelid where x.indrelid = $1::regclass";
        let new = format!("{table}{}", self.filled.suffix);
        let before: Vec<(String, String)> =
            sqlx::query_as(INDEXES).bind(table).fetch_all(&mut *self.transaction).await?;
        let after: Vec<(String, String)> = sqlx::query_as(INDEXES).bind(&new).fetch_all(&mut *self.transaction).await?;
        let renamed = after.iter().filter_map(|(name, columns)| {
            let (known, _) = before.iter().find(|(_, of)| of == columns)?;
            Some(format!("alter index {name} rename to {known}"))
        });
        let tables = [format!("drop table {table}"), format!("alter table {new} rename to {table}")];
        for sql in tables.into_iter().chain(renamed) {
            sqlx::query(&sql).execute(&mut *self.transaction).await?;
        }
        Ok(())
    }
}

impl Switching {
    /// Locks all served tables. Readers take them in an order of their own, so that one may hold what we want and want what
    /// we hold. We give way long before the database would pick somebody to give way (after a second), and try again.
    async fn take_from_readers(&mut self) -> Result<bool, ViewsError> {
        sqlx::query(&format!("set local lock_timeout = '{GIVE_WAY_AFTER_MS}ms'"))
            .execute(&mut *self.transaction)
            .await?;
        let lock = format!("lock table {} in access exclusive mode", tables(self.name).join(", "));
        for _ in 0..TRIES {
            let mut attempt = self.transaction.begin().await?;
            match sqlx::query(&lock).execute(&mut *attempt).await {
                Ok(_) => {
                    attempt.commit().await?;
                    return Ok(true);
                }
                Err(error) if is_in_use(&error) => attempt.rollback().await?,
                Err(error) => return Err(error.into()),
            }
            tokio::time::sleep(Duration::from_millis(GIVE_WAY_AFTER_MS)).await;
        }
        Ok(false)
    }
}

fn is_in_use(error: &sqlx::Error) -> bool {
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    const DEADLOCK: &str = "40P01";
    let code = error.as_database_error().and_then(|database| database.code());
    matches!(code.as_deref(), Some(LOCK_NOT_AVAILABLE | DEADLOCK))
}

impl Filled {
    /// As a turn does, but into the new tables.
    async fn add(
        &mut self,
        transaction: &mut Transaction<'_, Postgres>,
        name: ProjectionName,
        batch: &[Entry],
    ) -> Result<(), ViewsError> {
        let at = self.at.position;
        entry::leads_on(at, batch)?;
        let Some(last) = batch.last().filter(|last| last.position() > at) else { return Ok(()) };
        let mut events: Vec<&Recorded> = Vec::with_capacity(batch.len());
        for entry in batch.iter().filter(|entry| entry.position() > at) {
            match entry {
                Entry::Event(recorded) if !self.parked.contains_key(&recorded.organization) => events.push(recorded),
                Entry::Event(_) => {}
                Entry::Poison { position, organization, why } => {
                    self.parked.entry(*organization).or_insert_with(|| (*position, why.clone()));
                }
            }
        }
        write(transaction, name, &self.suffix, &events).await?;
        self.at = Checkpoint { position: last.position(), event_id: last.event_id() };
        Ok(())
    }
}
