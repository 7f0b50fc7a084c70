//! Releases an organization that was parked, once its events can be read: what waited is applied, and it goes on with the
//! others.

use domain::{OrganizationId, Position, Recorded};
use sqlx::{Postgres, Transaction};

use super::turn::{BEGIN, lock};
use super::{PostgresViews, write};
use crate::projection::ProjectionName;
use crate::views::ViewsError;

/// An organization about to be released, while its projection stands still. Dropped, it stays parked.
pub struct Retry {
    transaction: Transaction<'static, Postgres>,
    name: ProjectionName,
    organization: OrganizationId,
    from: Position,
    until: Position,
}

impl PostgresViews {
    /// Begins to release it; `None` where it is not parked.
    pub async fn retry(&self, name: ProjectionName, organization: OrganizationId) -> Result<Option<Retry>, ViewsError> {
        let mut transaction = self.write.begin_with(BEGIN).await?;
        let (until, _) = lock(&mut transaction, name).await?;
        let parked: Option<i64> =
            sqlx::query_scalar("delete from parked where projection = $1 and organization = $2 returning position")
                .bind(name.as_str())
                .bind(organization.0)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(from) = parked.map(i64::unsigned_abs) else { return Ok(None) };
        Ok(Some(Retry { transaction, name, organization, from, until }))
    }
}

impl Retry {
    /// From which position on it waits: that of the row that could not be read.
    pub fn from(&self) -> Position {
        self.from
    }

    /// Applies those of the organization's events that waited; what is older is in the lists already, and what is newer comes
    /// with everybody's.
    pub async fn add(&mut self, events: &[Recorded]) -> Result<(), ViewsError> {
        let waited = |recorded: &&Recorded| {
            recorded.organization == self.organization && (self.from..=self.until).contains(&recorded.position)
        };
        let events: Vec<&Recorded> = events.iter().filter(waited).collect();
        write(&mut self.transaction, self.name, "", &events).await
    }

    /// From now on it goes on with the others.
    pub async fn release(self) -> Result<(), ViewsError> {
        self.transaction.commit().await?;
        Ok(())
    }
}
