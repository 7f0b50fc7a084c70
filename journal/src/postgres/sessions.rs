//! Which organization each session of a person is looking at, in the same database.

use async_trait::async_trait;
use sqlx::Row;

use super::write::patiently;
use super::{PostgresStore, id};
use crate::sessions::{Active, SESSIONS_KEPT, SessionRef, Sessions};
use crate::store::StoreError;

#[async_trait]
impl Sessions for PostgresStore {
    async fn active(&self, session: SessionRef<'_>) -> Result<Option<Active>, StoreError> {
        patiently(async {
            let row = sqlx::query(
                "select organization, member from active_organizations where user_id = $1 and session = $2",
            )
            .bind(session.user.as_str())
            .bind(session.session.unwrap_or_default())
            .fetch_optional(&self.browse)
            .await?;
            let Some(row) = row else { return Ok(None) };
            Ok(Some(Active { organization: id(row.try_get("organization")?)?, member_id: id(row.try_get("member")?)? }))
        })
        .await
    }

    async fn activate(&self, session: SessionRef<'_>, active: Option<Active>) -> Result<(), StoreError> {
        patiently(async {
            let (user, named) = (session.user.as_str(), session.session.unwrap_or_default());
            let Some(Active { organization, member_id }) = active else {
                sqlx::query("delete from active_organizations where user_id = $1 and session = $2")
                    .bind(user)
                    .bind(named)
                    .execute(&self.browse)
                    .await?;
                return Ok(());
            };
            sqlx::query(
                "insert into active_organizations (user_id, session, organization, member, set_at)
                 select $1, $2, $3, $4, clock_timestamp()
                 where not exists (select 1 from erased_people where user_id = $1)
                    or exists (select 1 from people where user_id = $1)
                 on conflict (user_id, session) do update set
                     organization = excluded.organization, member = excluded.member, set_at = excluded.set_at",
            )
            .bind(user)
            .bind(named)
            .bind(organization.to_string())
            .bind(member_id.to_string())
            .execute(&self.browse)
            .await?;
            let surplus = sqlx::query(
                "delete from active_organizations where (user_id, session) in (
                     select user_id, session from active_organizations where user_id = $1
                     order by set_at desc, session offset $2)",
            );
            // It is set: those too many go the next time.
            if let Err(error) = surplus.bind(user).bind(SESSIONS_KEPT as i64).execute(&self.browse).await {
                tracing::warn!(%error, "sessions too many of a person could not be forgotten");
            }
            Ok(())
        })
        .await
    }
}
