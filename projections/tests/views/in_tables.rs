//! A database with the journal's tables, and the people of a [`People`] in them before each read.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{OrganizationId, UserId, search_key};
use projections::{
    Cursor, InvitationRow, InvitationsQuery, MemberRow, MembersQuery, MembersSelection, OrganizationRow, Page,
    PostgresViews, Views, ViewsError,
};
use servers::Postgres;
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::people::People;

/// A new database, its schema up to date.
pub async fn database() -> PgPool {
    let url = tokio::task::spawn_blocking(|| Postgres::shared().create_database()).await.unwrap();
    let pool = PgPoolOptions::new().max_connections(3).connect(&url).await.unwrap();
    sqlx::migrate!("../migrations/postgres").run(&pool).await.unwrap();
    pool
}

/// Views in Postgres that join what `people` knows.
pub struct InTables {
    views: PostgresViews,
    people: Arc<People>,
    pool: PgPool,
}

impl InTables {
    pub fn new(views: PostgresViews, people: Arc<People>, pool: PgPool) -> Self {
        Self { views, people, pool }
    }

    async fn tell(&self) -> Result<(), ViewsError> {
        let Some((people, addresses)) = self.people.news() else { return Ok(()) };
        sqlx::query("truncate people, invitation_addresses").execute(&self.pool).await?;
        let text = |text: &Option<String>| text.clone();
        sqlx::query(
            "insert into people (user_id, name, name_key, email, email_verified, issued_at)
             select *, true, 0 from unnest($1::text[], $2::text[], $3::text[], $4::text[])",
        )
        .bind(people.iter().map(|(user, _)| user.to_string()).collect::<Vec<_>>())
        .bind(people.iter().map(|(_, person)| text(&person.name)).collect::<Vec<_>>())
        .bind(people.iter().map(|(_, person)| person.name.as_deref().map(search_key)).collect::<Vec<_>>())
        .bind(people.iter().map(|(_, person)| Some(person.email.as_ref()?.as_str())).collect::<Vec<_>>())
        .execute(&self.pool)
        .await?;
        sqlx::query(
            "insert into invitation_addresses (invitation_id, organization, email, inviter)
             select id, id::text, email, '' from unnest($1::uuid[], $2::text[]) a (id, email)",
        )
        .bind(addresses.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
        .bind(addresses.iter().map(|(_, email)| email.as_str().to_owned()).collect::<Vec<_>>())
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Views for InTables {
    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError> {
        self.views.parked().await
    }

    async fn members(&self, organization: OrganizationId, query: &MembersQuery) -> Result<Page<MemberRow>, ViewsError> {
        self.tell().await?;
        self.views.members(organization, query).await
    }

    async fn select_members(
        &self,
        organization: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError> {
        self.tell().await?;
        self.views.select_members(organization, selection).await
    }

    async fn organizations_of(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<OrganizationRow>, ViewsError> {
        self.views.organizations_of(user, limit, after).await
    }

    async fn invitations(
        &self,
        organization: OrganizationId,
        query: &InvitationsQuery,
    ) -> Result<Page<InvitationRow>, ViewsError> {
        self.tell().await?;
        self.views.invitations(organization, query).await
    }
}
