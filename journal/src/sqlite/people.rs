//! The tables beside the journal that can be erased, in the same file.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, OrganizationId, Person, UserId};
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
            let name_key = person.name.as_deref().map(key);
            json!([user, person.name, name_key, person.email, person.email_verified, person.picture, issued_at])
        });
        sqlx::query(
            "insert into people (user_id, name, name_key, email, email_verified, picture, issued_at)
             select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
             from json_each(?1) where true
             on conflict (user_id) do update set
                 name = excluded.name, name_key = excluded.name_key, email = excluded.email,
                 email_verified = excluded.email_verified, picture = excluded.picture, issued_at = excluded.issued_at
             where excluded.issued_at >= issued_at",
        )
        .bind(json(&rows.collect()))
        .execute(&mut *self.write.lock().await)
        .await?;
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

    async fn matching(&self, prefix: &str) -> Result<Vec<UserId>, StoreError> {
        let (from, below) = prefix_range(prefix);
        let users: Vec<String> = sqlx::query_scalar(
            "select user_id from people where name_key >= ?1 and name_key < ?2
             union select user_id from people where email >= ?1 and email < ?2",
        )
        .bind(from)
        .bind(below)
        .fetch_all(&self.browse)
        .await?;
        users.iter().map(|user| id(user)).collect()
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
             where email = ?1 and settled_at is null order by invitation_id limit 200",
        )
        .bind(email.as_str())
        .fetch_all(&self.browse)
        .await?;
        rows.iter().map(address).collect()
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
        sqlx::query(
            "insert into last_used (user_id, organization)
             select value ->> 0, value ->> 1 from json_each(?1) where true order by key
             on conflict (user_id) do update set organization = excluded.organization",
        )
        .bind(json(&json!(used)))
        .execute(&mut *self.write.lock().await)
        .await?;
        Ok(())
    }

    async fn forget_settled(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        let forgotten = sqlx::query(
            "delete from invitation_addresses
             where settled_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?1)",
        )
        .bind(format!("-{} seconds", older_than.num_seconds()))
        .execute(&mut *self.write.lock().await)
        .await?;
        Ok(forgotten.rows_affected())
    }
}

/// Lower case, letter by letter: `str::to_lowercase` looks at what follows a sigma, which a prefix does not know yet.
fn key(text: &str) -> String {
    text.chars().map(|c| if c == 'ς' { 'σ' } else { c }).flat_map(char::to_lowercase).collect()
}

/// All texts with this prefix, as a range that an index can walk.
fn prefix_range(prefix: &str) -> (String, String) {
    let from = key(prefix);
    let below = format!("{from}{}", char::MAX);
    (from, below)
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
