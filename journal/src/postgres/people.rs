//! The tables beside the journal that can be erased, in the same database.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, OrganizationId, Person, SearchBy, UserId, search_key};
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::write::patiently;
use super::{PostgresStore, id};
use crate::people::{Address, People, Seen};
use crate::store::StoreError;

#[async_trait]
impl People for PostgresStore {
    async fn see(&self, seen: &[Seen]) -> Result<(), StoreError> {
        patiently(async {
        // One row a person, the newest, or the statement would meet its own row; and all writers in one order, or two would
        // wait for each other.
        let mut newest: Vec<&Seen> = seen.iter().collect();
        newest.sort_by(|a, b| (&a.user, b.issued_at).cmp(&(&b.user, a.issued_at)));
        newest.dedup_by(|later, first| later.user == first.user);
        let texts = |of: fn(&Person) -> Option<String>| -> Vec<Option<String>> {
            newest.iter().map(|seen| of(&seen.person)).collect()
        };
        sqlx::query(
            "insert into people as known (user_id, name, name_key, email, email_verified, picture, issued_at)
             select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::bigint[])
                  seen (user_id, name, name_key, email, email_verified, picture, issued_at)
             where not exists (
                 select 1 from erased_people e where e.user_id = seen.user_id and e.issued_until >= seen.issued_at)
             on conflict (user_id) do update set
                 name = excluded.name, name_key = excluded.name_key, email = excluded.email,
                 email_verified = excluded.email_verified, picture = excluded.picture, issued_at = excluded.issued_at
             where excluded.issued_at >= known.issued_at",
        )
        .bind(newest.iter().map(|seen| seen.user.to_string()).collect::<Vec<_>>())
        .bind(texts(|person| person.name.clone()))
        .bind(texts(|person| person.name.as_deref().map(search_key)))
        .bind(texts(|person| person.email.as_ref().map(|email| email.as_str().to_owned())))
        .bind(newest.iter().map(|seen| seen.person.email_verified).collect::<Vec<_>>())
        .bind(texts(|person| person.picture.clone()))
        .bind(newest.iter().map(|seen| seen.issued_at).collect::<Vec<_>>())
        .execute(&self.follow)
        .await?;
        Ok(())
        })
        .await
    }

    async fn named(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, StoreError> {
        patiently(async {
            let rows = sqlx::query(
                "select user_id, name, email, email_verified, picture from people where user_id = any ($1)",
            )
            .bind(users.iter().map(UserId::as_str).collect::<Vec<_>>())
            .fetch_all(&self.browse)
            .await?;
            rows.iter().map(|row| Ok((id(row.try_get("user_id")?)?, person(row)?))).collect()
        })
        .await
    }

    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, StoreError> {
        patiently(async {
            let sql = match by {
                SearchBy::Name => {
                    "select name_key, user_id from people
                 where (name_key, user_id) > ($1, $2) and name_key < $3 order by name_key, user_id limit $4"
                }
                SearchBy::Email => {
                    "select email, user_id from people
                 where (email, user_id) > ($1, $2) and email < $3 order by email, user_id limit $4"
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
        })
        .await
    }

    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, StoreError> {
        patiently(async {
            let rows = sqlx::query(
                "select invitation_id::text, organization, email from invitation_addresses
             where invitation_id = any ($1::text[]::uuid[])",
            )
            .bind(invitations.iter().map(ToString::to_string).collect::<Vec<_>>())
            .fetch_all(&self.browse)
            .await?;
            rows.iter().map(|row| address(row).map(|address| (address.invitation, address.email))).collect()
        })
        .await
    }

    async fn invited(&self, email: &EmailAddress) -> Result<Vec<Address>, StoreError> {
        patiently(async {
            // Ids are UUIDv7: their order is that of the invitations.
            let rows = sqlx::query(
                "select invitation_id::text, organization, email from invitation_addresses a
             where email = $1 and settled_at is null order by a.invitation_id desc limit 200",
            )
            .bind(email.as_str())
            .fetch_all(&self.browse)
            .await?;
            rows.iter().map(address).collect()
        })
        .await
    }

    async fn known_by(&self, email: &EmailAddress, limit: usize) -> Result<Vec<(UserId, bool)>, StoreError> {
        patiently(async {
            let rows: Vec<(String, bool)> = sqlx::query_as(
                "select user_id, email_verified from people where email = $1
                 order by email_verified desc, user_id limit $2",
            )
            .bind(email.as_str())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.browse)
            .await?;
            rows.into_iter().map(|(user, verified)| Ok((id(&user)?, verified))).collect()
        })
        .await
    }

    async fn pending(
        &self,
        organization: OrganizationId,
        email: &EmailAddress,
    ) -> Result<Option<InvitationId>, StoreError> {
        patiently(async {
            let found: Option<String> = sqlx::query_scalar(
                "select invitation_id::text from invitation_addresses
                 where organization = $1 and email = $2 and settled_at is null",
            )
            .bind(organization.to_string())
            .bind(email.as_str())
            .fetch_optional(&self.browse)
            .await?;
            found.as_deref().map(id).transpose()
        })
        .await
    }

    async fn address(&self, invitation: InvitationId) -> Result<Option<Address>, StoreError> {
        patiently(async {
            let row = sqlx::query(
                "select invitation_id::text, organization, email from invitation_addresses
             where invitation_id = $1::text::uuid",
            )
            .bind(invitation.to_string())
            .fetch_optional(&self.browse)
            .await?;
            row.as_ref().map(address).transpose()
        })
        .await
    }

    async fn used(&self, used: &[(UserId, OrganizationId)]) -> Result<(), StoreError> {
        patiently(async {
            // The last word on each person, in one order for all writers.
            let last: std::collections::BTreeMap<&UserId, &OrganizationId> =
                used.iter().map(|(user, organization)| (user, organization)).collect();
            sqlx::query(
                "insert into last_used (user_id, organization)
             select * from unnest($1::text[], $2::text[]) used (user_id, organization)
             where not exists (select 1 from erased_people e where e.user_id = used.user_id)
                or exists (select 1 from people p where p.user_id = used.user_id)
             on conflict (user_id) do update set organization = excluded.organization",
            )
            .bind(last.keys().map(|user| user.as_str()).collect::<Vec<_>>())
            .bind(last.values().map(ToString::to_string).collect::<Vec<_>>())
            .execute(&self.follow)
            .await?;
            Ok(())
        })
        .await
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        patiently(async {
            let secret = sqlx::query_scalar("select secret from secrets where name = $1").bind(name);
            Ok(secret.fetch_optional(&self.browse).await?)
        })
        .await
    }

    async fn keep_secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        patiently(async {
            sqlx::query("insert into secrets (name, secret) values ($1, $2) on conflict do nothing")
                .bind(name)
                .bind(fresh)
                .execute(&self.browse)
                .await?;
            Ok(())
        })
        .await?;
        self.secret(name).await?.ok_or_else(|| StoreError::Unreadable("a secret is not kept".into()))
    }

    async fn forget_settled(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError> {
        self.forget(
            "delete from invitation_addresses where invitation_id in (
                 select invitation_id from invitation_addresses
                 where settled_at < clock_timestamp() - make_interval(secs => $1) limit $2 for update skip locked)",
            older_than,
        )
        .await
    }
}

fn person(row: &PgRow) -> Result<Person, StoreError> {
    Ok(Person {
        name: row.try_get("name")?,
        email: row.try_get::<Option<&str>, _>("email")?.map(id).transpose()?,
        email_verified: row.try_get("email_verified")?,
        picture: row.try_get("picture")?,
    })
}

fn address(row: &PgRow) -> Result<Address, StoreError> {
    Ok(Address {
        invitation: id(row.try_get("invitation_id")?)?,
        organization: id(row.try_get("organization")?)?,
        email: id(row.try_get("email")?)?,
    })
}
