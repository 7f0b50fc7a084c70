//! Erasing a person from the tables beside the journal, in the same database.

use std::collections::HashSet;

use async_trait::async_trait;
use domain::{InvitationId, OrganizationEvent as E, Timestamp, UserId};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::write::patiently;
use super::{PostgresStore, id};
use crate::erasure::{Erasure, Forgotten, LEEWAY, Noted, Scrub, Scrubbed, Theirs};
use crate::row;
use crate::store::StoreError;

/// Whoever declined is told in the metadata only; looked for among the few invitations whose address is still kept. A scalar subquery is
/// looked up by key, row by row; for a join the whole history might be read.
const DECLINED: &str = "
    select a.invitation_id::text from invitation_addresses a
    where a.settled_at is not null and (
        select e.metadata ->> 'actor' = 'person:' || $1 or coalesce(e.metadata ->> 'acts_for' = $1, false) from events e
        where e.aggregate_id = a.organization and e.subject = 'invitation:' || a.invitation_id::text
          and e.event_type = 'InvitationDeclined' limit 1)";

/// An address that is vouched to be somebody else's, too, is not theirs.
const ADDRESSES: &str = "
    select own.email from people own
    where own.user_id = $1 and own.email is not null and own.email_verified and not exists (
        select 1 from people p where p.email = own.email and p.email_verified and p.user_id <> $1)";

/// Whether there is nothing left to do: no row, and the mark is as late as it would be set now.
const DONE: &str = "
    select exists (select 1 from erased_people
                   where user_id = $1
                     and issued_until >= greatest(floor(extract(epoch from clock_timestamp()))::bigint, $2))
       and not exists (select 1 from people where user_id = $1)
       and not exists (select 1 from active_organizations where user_id = $1)
       and not exists (select 1 from last_used where user_id = $1)
       and not exists (select 1 from invitation_addresses where invitation_id = any ($3::text[]::uuid[]))";

const KNOWN: &str = "
    select exists (select 1 from events where subject = $2 and subject like 'user:%')
        or exists (select 1 from people where user_id = $1)
        or exists (select 1 from active_organizations where user_id = $1)
        or exists (select 1 from last_used where user_id = $1)
        or exists (select 1 from erased_people where user_id = $1)";

#[async_trait]
impl Erasure for PostgresStore {
    async fn theirs(&self, user: &UserId) -> Result<Theirs, StoreError> {
        patiently(async {
            let mut connection = self.browse.acquire().await?;
            let mut invitations = accepted(&mut connection, user).await?;
            let declined: Vec<String> =
                sqlx::query_scalar(DECLINED).bind(user.as_str()).fetch_all(&mut *connection).await?;
            for one in &declined {
                invitations.push(id(one)?);
            }
            let emails: Vec<String> =
                sqlx::query_scalar(ADDRESSES).bind(user.as_str()).fetch_all(&mut *connection).await?;
            let addresses = emails.iter().map(|email| id(email)).collect::<Result<_, _>>()?;
            Ok(Theirs { invitations, addresses })
        })
        .await
    }

    async fn erase(&self, user: &UserId, theirs: &Theirs, issued: i64) -> Result<Forgotten, StoreError> {
        patiently(async {
            let mut connection = self.browse.acquire().await?;
            let done: bool = sqlx::query_scalar(DONE)
                .bind(user.as_str())
                .bind(issued)
                .bind(texts(&theirs.invitations))
                .fetch_one(&mut *connection)
                .await?;
            if done {
                return Ok(Forgotten::default());
            }
            forget(&mut connection, user, theirs, issued).await
        })
        .await
    }

    async fn erased(&self, users: &[UserId]) -> Result<HashSet<UserId>, StoreError> {
        patiently(async {
            let erased: Vec<String> = sqlx::query_scalar(
                "select user_id from erased_people e where user_id = any ($1)
                 and not exists (select 1 from people p where p.user_id = e.user_id)",
            )
            .bind(users.iter().map(UserId::as_str).collect::<Vec<_>>())
            .fetch_all(&self.browse)
            .await?;
            erased.iter().map(|user| id(user)).collect()
        })
        .await
    }

    async fn is_known(&self, user: &UserId) -> Result<bool, StoreError> {
        patiently(async {
            let known = sqlx::query_scalar(KNOWN).bind(user.as_str()).bind(format!("user:{user}"));
            Ok(known.fetch_one(&self.browse).await?)
        })
        .await
    }

    async fn noted(&self, after: u64, limit: u32) -> Result<Vec<Noted>, StoreError> {
        patiently(async {
            let rows: Vec<(i64, Timestamp)> =
                sqlx::query_as("select id, at from erasures where id > $1 order by id limit $2")
                    .bind(i64::try_from(after).unwrap_or(i64::MAX))
                    .bind(i64::from(limit))
                    .fetch_all(&self.browse)
                    .await?;
            Ok(rows.into_iter().map(|(id, at)| Noted { number: id.unsigned_abs(), at }).collect())
        })
        .await
    }

    /// What is deleted no longer shows, and no dump has it; when its bytes go is the database's to say (`vacuum full`, or whatever
    /// takes their place). But of names and addresses it also keeps samples, for its plans.
    async fn scrub(&self, _how: Scrub) -> Result<Scrubbed, StoreError> {
        patiently(async { Ok(sqlx::query("analyze people, invitation_addresses").execute(&self.browse).await?) })
            .await?;
        Ok(Scrubbed::Clean)
    }
}

/// The invitations by which they joined.
async fn accepted(connection: &mut PgConnection, user: &UserId) -> Result<Vec<InvitationId>, StoreError> {
    let payloads: Vec<String> =
        sqlx::query_scalar("select payload::text from events where subject = $1 and subject like 'user:%'")
            .bind(format!("user:{user}"))
            .fetch_all(connection)
            .await?;
    let mut accepted = Vec::new();
    for payload in &payloads {
        if let E::MemberJoined { invitation_id: Some(invitation), .. } = row::event(payload)? {
            accepted.push(invitation);
        }
    }
    Ok(accepted)
}

async fn forget(
    connection: &mut PgConnection,
    user: &UserId,
    theirs: &Theirs,
    issued: i64,
) -> Result<Forgotten, StoreError> {
    // Dropped before its commit, a transaction is rolled back.
    let mut transaction = connection.begin().await?;
    // Whoever keeps something of them meanwhile, at whichever server, did so before, and it is deleted, or waits and sees the mark.
    sqlx::query("lock table people, last_used, active_organizations in share row exclusive mode")
        .execute(&mut *transaction)
        .await?;
    let known: bool = sqlx::query_scalar("select exists (select 1 from erased_people where user_id = $1)")
        .bind(user.as_str())
        .fetch_one(&mut *transaction)
        .await?;
    let mut rows = sqlx::query(
        "delete from invitation_addresses where invitation_id = any ($1::text[]::uuid[]) or email = any ($2)",
    )
    .bind(texts(&theirs.invitations))
    .bind(theirs.addresses.iter().map(|email| email.as_str().to_owned()).collect::<Vec<_>>())
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    // By a clock that is ahead of ours a token of theirs may be from the next seconds.
    sqlx::query(
        "insert into erased_people as erased (user_id, issued_until)
         select $1, $3 + greatest(floor(extract(epoch from clock_timestamp()))::bigint, $2,
                                  (select issued_at from people where user_id = $1))
         on conflict (user_id) do update set issued_until = greatest(erased.issued_until, excluded.issued_until)",
    )
    .bind(user.as_str())
    .bind(issued)
    .bind(LEEWAY)
    .execute(&mut *transaction)
    .await?;
    for delete in [
        "delete from people where user_id = $1",
        "delete from active_organizations where user_id = $1",
        "delete from last_used where user_id = $1",
    ] {
        rows += sqlx::query(delete).bind(user.as_str()).execute(&mut *transaction).await?.rows_affected();
    }
    let noted = rows > 0 || !known;
    if noted {
        // The day only: by the moment it would be told whose memberships ended then.
        sqlx::query("insert into erasures (at) values (date_trunc('day', clock_timestamp(), 'UTC'))")
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(Forgotten { rows, noted })
}

fn texts(invitations: &[InvitationId]) -> Vec<String> {
    invitations.iter().map(ToString::to_string).collect()
}
