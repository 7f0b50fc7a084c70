//! The tables beside the journal that can be erased, in the same file.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, OrganizationId, Person, SearchBy, UserId, search_key};
use serde_json::json;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{SqliteStore, id, json};
use crate::people::{Address, People, Seen};
use crate::store::StoreError;

#[async_trait]
impl People for SqliteStore {
    async fn see(&self, seen: &[Seen]) -> Result<(), StoreError> {
        let rows = seen.iter().map(|Seen { user, person, issued_at }| {
            let name_key = person.name.as_deref().map(search_key);
            json!([user, person.name, name_key, person.email, person.email_verified, person.picture, issued_at])
        });
        let insert = sqlx::query(
            "insert into people (user_id, name, name_key, email, email_verified, picture, issued_at)
             select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
             from json_each(?1)
             where not exists (
                 select 1 from erased_people where user_id = value ->> 0 and issued_until >= value ->> 6)
             on conflict (user_id) do update set
                 name = excluded.name, name_key = excluded.name_key, email = excluded.email,
                 email_verified = excluded.email_verified, picture = excluded.picture, issued_at = excluded.issued_at
             where excluded.issued_at >= issued_at",
        )
        .bind(json(&rows.collect()));
        self.execute(insert).await?;
        Ok(())
    }

    async fn named(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, StoreError> {
        let rows = sqlx::query(
            "select user_id, name, email, email_verified, picture from people
             where user_id in (select value from json_each(?1))",
        )
        .bind(json(&json!(users)))
        .fetch_all(&self.browse)
        .await?;
        rows.iter().map(|row| Ok((id(row.try_get("user_id")?)?, person(row)?))).collect()
    }

    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, StoreError> {
        let sql = match by {
            SearchBy::Name => {
                "select name_key, user_id from people
                 where (name_key, user_id) > (?1, ?2) and name_key < ?3 order by name_key, user_id limit ?4"
            }
            SearchBy::Email => {
                "select email, user_id from people
                 where (email, user_id) > (?1, ?2) and email < ?3 order by email, user_id limit ?4"
            }
        };
        // Nobody's user id is empty: the walk begins before the first with this key.
        let (key, user) = after.map_or((prefix, ""), |last| (last.key.as_str(), last.user.as_str()));
        let rows: Vec<(String, String)> = sqlx::query_as(sql)
            .bind(key)
            .bind(user)
            .bind(format!("{prefix}{}", char::MAX))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.browse)
            .await?;
        rows.into_iter().map(|(key, user)| Ok(Match { key, user: id(&user)? })).collect()
    }

    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, StoreError> {
        let rows = sqlx::query(
            "select invitation_id, organization, email from invitation_addresses
             where invitation_id in (select value from json_each(?1))",
        )
        .bind(json(&json!(invitations)))
        .fetch_all(&self.browse)
        .await?;
        rows.iter().map(|row| address(row).map(|address| (address.invitation, address.email))).collect()
    }

    async fn invited(&self, email: &EmailAddress) -> Result<Vec<Address>, StoreError> {
        // Ids are UUIDv7: their order is that of the invitations.
        let rows = sqlx::query(
            "select invitation_id, organization, email from invitation_addresses
             where email = ?1 and settled_at is null order by invitation_id desc limit 200",
        )
        .bind(email.as_str())
        .fetch_all(&self.browse)
        .await?;
        rows.iter().map(address).collect()
    }

    async fn known_by(&self, email: &EmailAddress, limit: usize) -> Result<Vec<(UserId, bool)>, StoreError> {
        let rows: Vec<(String, bool)> = sqlx::query_as(
            "select user_id, email_verified from people where email = ?1 order by email_verified desc, user_id limit ?2",
        )
        .bind(email.as_str())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.browse)
        .await?;
        rows.into_iter().map(|(user, verified)| Ok((id(&user)?, verified))).collect()
    }

    async fn pending(
        &self,
        organization: OrganizationId,
        email: &EmailAddress,
    ) -> Result<Option<InvitationId>, StoreError> {
        let found: Option<String> = sqlx::query_scalar(
            "select invitation_id from invitation_addresses
             where organization = ?1 and email = ?2 and settled_at is null",
        )
        .bind(organization.to_string())
        .bind(email.as_str())
        .fetch_optional(&self.browse)
        .await?;
        found.as_deref().map(id).transpose()
    }

    async fn address(&self, invitation: InvitationId) -> Result<Option<Address>, StoreError> {
        let row =
            sqlx::query("select invitation_id, organization, email from invitation_addresses where invitation_id = ?1")
                .bind(invitation.to_string())
                .fetch_optional(&self.browse)
                .await?;
        row.as_ref().map(address).transpose()
    }

    async fn used(&self, used: &[(UserId, OrganizationId)]) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "insert into last_used (user_id, organization)
             select value ->> 0, value ->> 1 from json_each(?1)
             where not exists (select 1 from erased_people where user_id = value ->> 0)
                or exists (select 1 from people where user_id = value ->> 0)
             order by key
             on conflict (user_id) do update set organization = excluded.organization",
        )
        .bind(json(&json!(used)));
        self.execute(insert).await?;
        Ok(())
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let secret = sqlx::query_scalar("select secret from secrets where name = ?1").bind(name);
        Ok(secret.fetch_optional(&self.browse).await?)
    }

    async fn keep_secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        let keep = sqlx::query("insert into secrets (name, secret) values (?1, ?2) on conflict do nothing");
        self.execute(keep.bind(name.to_owned()).bind(fresh.to_vec())).await?;
        self.secret(name).await?.ok_or_else(|| StoreError::Unreadable("a secret is not kept".into()))
    }

    async fn forget_settled(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        let forgotten = self
            .forget(
                "delete from invitation_addresses where invitation_id in (
                     select invitation_id from invitation_addresses
                     where settled_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?1) limit ?2)",
                older_than,
            )
            .await?;
        if forgotten > 0 {
            // What was overwritten in the file still lies in the log beside it.
            self.execute(sqlx::query("pragma wal_checkpoint(truncate)")).await?;
        }
        Ok(forgotten)
    }
}

fn person(row: &SqliteRow) -> Result<Person, StoreError> {
    Ok(Person {
        name: row.try_get("name")?,
        email: row.try_get::<Option<&str>, _>("email")?.map(id).transpose()?,
        email_verified: row.try_get("email_verified")?,
        picture: row.try_get("picture")?,
    })
}

fn address(row: &SqliteRow) -> Result<Address, StoreError> {
    Ok(Address {
        invitation: id(row.try_get("invitation_id")?)?,
        organization: id(row.try_get("organization")?)?,
        email: id(row.try_get("email")?)?,
    })
}
