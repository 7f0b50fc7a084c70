//! Which organization each session of a person is looking at, in the same file.

use async_trait::async_trait;
use sqlx::Row;

use super::{SqliteStore, id};
use crate::sessions::{Active, SESSIONS_KEPT, SessionRef, Sessions};
use crate::store::StoreError;

#[async_trait]
impl Sessions for SqliteStore {
    async fn active(&self, session: SessionRef<'_>) -> Result<Option<Active>, StoreError> {
        let row =
            sqlx::query("select organization, member from active_organizations where user_id = ?1 and session = ?2")
                .bind(session.user.as_str())
                .bind(session.session.unwrap_or_default())
                .fetch_optional(&self.browse)
                .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Active { organization: id(row.try_get("organization")?)?, member_id: id(row.try_get("member")?)? }))
    }

    async fn activate(&self, session: SessionRef<'_>, active: Option<Active>) -> Result<(), StoreError> {
        let (user, named) = (session.user.as_str(), session.session.unwrap_or_default());
        let Some(Active { organization, member_id }) = active else {
            let delete = sqlx::query("delete from active_organizations where user_id = ?1 and session = ?2");
            self.execute(delete.bind(user.to_owned()).bind(named.to_owned())).await?;
            return Ok(());
        };
        let set = sqlx::query(
            "insert into active_organizations (user_id, session, organization, member, set_at)
             select ?1, ?2, ?3, ?4, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
             where not exists (select 1 from erased_people where user_id = ?1)
                or exists (select 1 from people where user_id = ?1)
             on conflict (user_id, session) do update set
                 organization = excluded.organization, member = excluded.member, set_at = excluded.set_at",
        )
        .bind(user.to_owned())
        .bind(named.to_owned())
        .bind(organization.to_string())
        .bind(member_id.to_string());
        self.execute(set).await?;
        let surplus = sqlx::query(
            "delete from active_organizations where user_id = ?1 and session in (
                 select session from active_organizations where user_id = ?1
                 order by set_at desc, session limit -1 offset ?2)",
        )
        .bind(user.to_owned())
        .bind(SESSIONS_KEPT as i64);
        self.execute(surplus).await?;
        Ok(())
    }
}
