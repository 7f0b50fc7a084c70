//! The views in Postgres: tables beside the journal's, for as many servers as one likes. One server at a time moves each of
//! the two projections; all of them read.
//!
//! - `turn`: applies a batch and moves the checkpoint, in one transaction
//! - `by_organization`, `by_person`: what each projection writes; `memberships`, `invitations`, `profiles`: what a batch comes
//!   to, one change a row; `totals`: how many rows there are
//! - `list_members`, `search`, `select_members`, `list_invitations`, `list_organizations`: the lists; `people`: names, joined at
//!   read
//! - `rebuild`: fills new tables beside those that are served; `retry`: releases a parked organization

mod by_organization;
mod by_person;
mod invitations;
mod list_invitations;
mod list_members;
mod list_organizations;
mod memberships;
mod people;
mod profiles;
mod rebuild;
mod retry;
mod search;
mod select_members;
mod totals;
mod turn;

use std::time::Duration;

use async_trait::async_trait;
use domain::{OrganizationId, Position, Recorded, UserId};
use sqlx::postgres::{PgConnection, PgPool};
use uuid::Uuid;

pub use self::rebuild::{Rebuild, Switching};
pub use self::retry::Retry;
pub use self::turn::PostgresProjection;
use crate::projection::{Epoch, ProjectionName};
use crate::query::{Cursor, InvitationsQuery, MembersQuery, Page};
use crate::rows::{InvitationRow, MemberRow, OrganizationRow};
use crate::selection::MembersSelection;
use crate::views::{Views, ViewsError};

/// The read side, on a database whose schema is up to date, and where the write side begins.
#[derive(Clone)]
pub struct PostgresViews {
    pool: PgPool,
    write: PgPool,
}

impl PostgresViews {
    /// Reads by the first connections, and writes by the others, so that no list holds up a projector.
    pub fn new(read: PgPool, write: PgPool) -> Self {
        Self { pool: read, write }
    }

    /// One of the projections, moved by whoever has this epoch.
    pub fn projection(&self, name: ProjectionName, epoch: Epoch) -> PostgresProjection {
        PostgresProjection::new(self.write.clone(), name, epoch)
    }

    /// How far both projections are, and how many organizations each has parked, in the order of [`ProjectionName::ALL`]. By the
    /// connections that no list holds up.
    pub async fn states(&self) -> Result<[(Position, u64); 2], ViewsError> {
        let rows: Vec<(String, i64, i64)> = within(SOON, async {
            let states = sqlx::query_as(
                "select c.projection, c.position, (select count(*) from parked p where p.projection = c.projection)
                 from checkpoints c",
            );
            Ok(states.fetch_all(&self.write).await?)
        })
        .await?;
        let of = |name: ProjectionName| {
            let row = rows.iter().find(|(projection, ..)| projection == name.as_str());
            row.map_or((0, 0), |(_, position, parked)| (position.unsigned_abs(), parked.unsigned_abs()))
        };
        Ok(ProjectionName::ALL.map(of))
    }
}

#[async_trait]
impl Views for PostgresViews {
    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError> {
        within(SOON, async {
            let rows: Vec<Uuid> = sqlx::query_scalar("select distinct organization from parked order by organization")
                .fetch_all(&self.write)
                .await?;
            Ok(rows.into_iter().map(OrganizationId).collect())
        })
        .await
    }

    async fn members(&self, organization: OrganizationId, query: &MembersQuery) -> Result<Page<MemberRow>, ViewsError> {
        within(PATIENTLY, async {
            match query.search_key() {
                Some(prefix) => search::members(&self.pool, organization, query, &prefix).await,
                None => list_members::members(&self.pool, organization, query).await,
            }
        })
        .await
    }

    async fn select_members(
        &self,
        organization: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError> {
        within(PATIENTLY, select_members::selected(&self.pool, organization, selection)).await
    }

    async fn organizations_of(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<OrganizationRow>, ViewsError> {
        within(PATIENTLY, list_organizations::organizations_of(&self.pool, user, limit, after)).await
    }

    async fn invitations(
        &self,
        organization: OrganizationId,
        query: &InvitationsQuery,
    ) -> Result<Page<InvitationRow>, ViewsError> {
        within(PATIENTLY, list_invitations::invitations(&self.pool, organization, query)).await
    }
}

/// How long a list may take, and what is asked all the time. A server that hangs still accepts connections and says nothing: only
/// a limit on our side notices.
const PATIENTLY: Duration = Duration::from_secs(10);
const SOON: Duration = Duration::from_secs(2);

async fn within<T>(limit: Duration, asked: impl Future<Output = Result<T, ViewsError>>) -> Result<T, ViewsError> {
    let told = tokio::time::timeout(limit, asked).await;
    told.unwrap_or_else(|_| Err(ViewsError::unavailable("the database did not answer in time")))
}

/// Writes what these events come to into the projection's tables, whose names end so: nothing, or what a rebuild adds.
async fn write(
    connection: &mut PgConnection,
    name: ProjectionName,
    suffix: &str,
    events: &[&Recorded],
) -> Result<(), ViewsError> {
    match name {
        ProjectionName::Members => by_organization::write(connection, suffix, events).await,
        ProjectionName::UserOrganizations => by_person::write(connection, suffix, events).await,
    }
}

/// The tables of a projection.
fn tables(name: ProjectionName) -> &'static [&'static str] {
    match name {
        ProjectionName::Members => &["organizations", "members", "invitations", "totals"],
        ProjectionName::UserOrganizations => &["user_organizations", "organization_profiles"],
    }
}

/// What lies in a column is what was written there; anything else is told, not guessed at.
fn read<T: std::str::FromStr>(text: &str) -> Result<T, ViewsError> {
    text.parse().map_err(|_| ViewsError::unavailable("a column holds something else than it should"))
}

/// Positions and counts as Postgres has them.
fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl From<sqlx::Error> for ViewsError {
    fn from(error: sqlx::Error) -> Self {
        Self::unavailable(error)
    }
}
