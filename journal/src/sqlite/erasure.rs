//! Erasing a person from the tables beside the journal, in the same file.

use async_trait::async_trait;
use domain::{InvitationId, OrganizationEvent as E, UserId};
use serde_json::json;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Row};

use super::{SqliteStore, id, json, time};
use crate::erasure::{Erasure, Noted, Scrub, Scrubbed, Theirs};
use crate::row;
use crate::store::StoreError;

/// A file up to this size is written anew in about a second.
const SOON_DONE: i64 = 64 * 1024 * 1024;

/// Whoever declined is told in the metadata only; looked for among the few invitations whose address is still kept.
const DECLINED: &str = "
    select a.invitation_id from invitation_addresses a
    cross join events e on e.aggregate_id = a.organization and e.subject = 'invitation:' || a.invitation_id
    where a.settled_at is not null and e.event_type = 'InvitationDeclined'
      and (e.metadata ->> 'actor' = 'person:' || ?1 or e.metadata ->> 'acts_for' = ?1)";

/// An address that is vouched to be somebody else's is not theirs, whoever had it before.
const ADDRESSES: &str = "
    select email from (
        select email from invitation_addresses where invitation_id in (select value from json_each(?2))
        union select email from people where user_id = ?1 and email is not null and email_verified) own
    where not exists (
        select 1 from people p where p.email = own.email and p.email_verified and p.user_id <> ?1)";

#[async_trait]
impl Erasure for SqliteStore {
    async fn theirs(&self, user: &UserId) -> Result<Theirs, StoreError> {
        let mut connection = self.browse.acquire().await?;
        let mut invitations = accepted(&mut connection, user).await?;
        let declined: Vec<String> =
            sqlx::query_scalar(DECLINED).bind(user.as_str()).fetch_all(&mut *connection).await?;
        for one in &declined {
            invitations.push(id(one)?);
        }
        let emails: Vec<String> = sqlx::query_scalar(ADDRESSES)
            .bind(user.as_str())
            .bind(json(&json!(invitations)))
            .fetch_all(&mut *connection)
            .await?;
        let addresses = emails.iter().map(|email| id(email)).collect::<Result<_, _>>()?;
        Ok(Theirs { invitations, addresses })
    }

    async fn erase(&self, user: &UserId, theirs: &Theirs) -> Result<(), StoreError> {
        let mut write = self.write.lock().await;
        let done = forget(write.open().await?, user, theirs).await;
        write.went(done.is_ok());
        done
    }

    async fn noted(&self, after: u64, limit: u32) -> Result<Vec<Noted>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as("select id, at from erasures where id > ?1 order by id limit ?2")
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.browse)
            .await?;
        rows.into_iter().map(|(id, at)| Ok(Noted { number: id.unsigned_abs(), at: time(&at)? })).collect()
    }

    /// Deleted, a row is overwritten where it lay; copies of it that an earlier split of a page left behind go only when the file is
    /// written anew. Then the log beside the file.
    async fn scrub(&self, how: Scrub) -> Result<Scrubbed, StoreError> {
        let mut write = self.write.lock().await;
        let done = rewrite(write.open().await?, how).await;
        write.went(done.is_ok());
        done
    }
}

/// The invitations by which they joined.
async fn accepted(connection: &mut SqliteConnection, user: &UserId) -> Result<Vec<InvitationId>, StoreError> {
    let payloads: Vec<String> =
        sqlx::query_scalar("select payload from events where subject = ?1 and subject like 'user:%'")
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

async fn forget(connection: &mut SqliteConnection, user: &UserId, theirs: &Theirs) -> Result<(), StoreError> {
    // Dropped before its commit, a transaction is rolled back.
    let mut transaction = connection.begin_with("begin immediate").await?;
    let known: bool = sqlx::query_scalar("select exists (select 1 from erased_people where user_id = ?1)")
        .bind(user.as_str())
        .fetch_one(&mut *transaction)
        .await?;
    let mut gone = sqlx::query(
        "delete from invitation_addresses
         where invitation_id in (select value from json_each(?1)) or email in (select value from json_each(?2))",
    )
    .bind(json(&json!(theirs.invitations)))
    .bind(json(&json!(theirs.addresses)))
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    // By a clock that is ahead of ours a token of theirs may be from the next seconds: the newest that was seen counts, too.
    sqlx::query(
        "insert into erased_people (user_id, issued_until)
         select ?1, max(cast(strftime('%s', 'now') as integer),
                        coalesce((select issued_at from people where user_id = ?1), 0))
         where true
         on conflict (user_id) do update set issued_until = max(issued_until, excluded.issued_until)",
    )
    .bind(user.as_str())
    .execute(&mut *transaction)
    .await?;
    for delete in [
        "delete from people where user_id = ?1",
        "delete from active_organizations where user_id = ?1",
        "delete from last_used where user_id = ?1",
    ] {
        gone += sqlx::query(delete).bind(user.as_str()).execute(&mut *transaction).await?.rows_affected();
    }
    if gone > 0 || !known {
        sqlx::query("insert into erasures (at) values (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))")
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

async fn rewrite(connection: &mut SqliteConnection, how: Scrub) -> Result<Scrubbed, StoreError> {
    let size: i64 = sqlx::query_scalar("select page_count * page_size from pragma_page_count(), pragma_page_size()")
        .fetch_one(&mut *connection)
        .await?;
    let whole = how == Scrub::Whole || size <= SOON_DONE;
    if whole {
        sqlx::query("vacuum").execute(&mut *connection).await?;
    }
    // Waits for readers of what was, as long as writers wait for each other.
    let told = sqlx::query("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await?;
    if told.try_get::<i64, _>(0)? != 0 {
        return Err(StoreError::Unreadable("the log beside the file is being read, and could not be emptied".into()));
    }
    Ok(if whole { Scrubbed::Clean } else { Scrubbed::PerhapsNot })
}
