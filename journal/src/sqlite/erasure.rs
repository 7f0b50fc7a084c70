//! Erasing a person from the tables beside the journal, in the same file.

use std::collections::HashSet;
use std::time::Duration;

use async_trait::async_trait;
use domain::{InvitationId, OrganizationEvent as E, UserId};
use serde_json::json;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Row};

use super::{SqliteStore, id, json, time};
use crate::erasure::{Erasure, Forgotten, LEEWAY, Noted, Scrub, Scrubbed, Theirs};
use crate::row;
use crate::store::StoreError;

/// A file up to this size is written anew in about a second.
const SOON_DONE: i64 = 64 * 1024 * 1024;

/// How often it is tried to empty the log beside the file, which readers of what was keep in use.
const TRIES: u32 = 20;

/// How long that may keep writers waiting, each time, and how long they have in between.
const WAITS: Duration = Duration::from_millis(50);
const PAUSE: Duration = Duration::from_millis(200);

/// Whoever declined is told in the metadata only; looked for among the few invitations whose address is still kept.
const DECLINED: &str = "
    select a.invitation_id from invitation_addresses a
    cross join events e on e.aggregate_id = a.organization and e.subject = 'invitation:' || a.invitation_id
    where a.settled_at is not null and e.event_type = 'InvitationDeclined'
      and (e.metadata ->> 'actor' = 'person:' || ?1 or e.metadata ->> 'acts_for' = ?1)";

/// An address that is vouched to be somebody else's, too, is not theirs.
const ADDRESSES: &str = "
    select own.email from people own
    where own.user_id = ?1 and own.email is not null and own.email_verified and not exists (
        select 1 from people p where p.email = own.email and p.email_verified and p.user_id <> ?1)";

/// Whether there is nothing left to do: no row, and the mark is as late as it would be set now.
const DONE: &str = "
    select exists (select 1 from erased_people
                   where user_id = ?1 and issued_until >= max(cast(strftime('%s', 'now') as integer), ?2))
       and not exists (select 1 from people where user_id = ?1)
       and not exists (select 1 from active_organizations where user_id = ?1)
       and not exists (select 1 from last_used where user_id = ?1)
       and not exists (select 1 from invitation_addresses where invitation_id in (select value from json_each(?3)))";

const KNOWN: &str = "
    select exists (select 1 from events where subject = ?2 and subject like 'user:%')
        or exists (select 1 from people where user_id = ?1)
        or exists (select 1 from active_organizations where user_id = ?1)
        or exists (select 1 from last_used where user_id = ?1)
        or exists (select 1 from erased_people where user_id = ?1)";

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
        let emails: Vec<String> = sqlx::query_scalar(ADDRESSES).bind(user.as_str()).fetch_all(&mut *connection).await?;
        let addresses = emails.iter().map(|email| id(email)).collect::<Result<_, _>>()?;
        Ok(Theirs { invitations, addresses })
    }

    async fn erase(&self, user: &UserId, theirs: &Theirs, issued: i64) -> Result<Forgotten, StoreError> {
        let done: bool = sqlx::query_scalar(DONE)
            .bind(user.as_str())
            .bind(issued)
            .bind(json(&json!(theirs.invitations)))
            .fetch_one(&self.browse)
            .await?;
        if done {
            return Ok(Forgotten::default());
        }
        let mut write = self.write.lock().await;
        let done = forget(write.open().await?, user, theirs, issued).await;
        write.went(done.is_ok());
        done
    }

    async fn erased(&self, users: &[UserId]) -> Result<HashSet<UserId>, StoreError> {
        let erased: Vec<String> = sqlx::query_scalar(
            "select user_id from erased_people e where user_id in (select value from json_each(?1))
             and not exists (select 1 from people p where p.user_id = e.user_id)",
        )
        .bind(json(&json!(users)))
        .fetch_all(&self.browse)
        .await?;
        erased.iter().map(|user| id(user)).collect()
    }

    async fn is_known(&self, user: &UserId) -> Result<bool, StoreError> {
        let known = sqlx::query_scalar(KNOWN).bind(user.as_str()).bind(format!("user:{user}"));
        Ok(known.fetch_one(&self.browse).await?)
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
    /// written anew. Then the log beside the file: as long as readers of what was use it, it is tried again, and writers come in between.
    async fn scrub(&self, how: Scrub) -> Result<Scrubbed, StoreError> {
        let scrubbed = {
            let mut write = self.write.lock().await;
            let done = rewrite(write.open().await?, how).await;
            write.went(done.is_ok());
            done?
        };
        for _ in 0..TRIES {
            let emptied = {
                let mut write = self.write.lock().await;
                let done = empty_the_log(write.open().await?).await;
                write.went(done.is_ok());
                done?
            };
            if emptied {
                return Ok(scrubbed);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoreError::Unreadable("the log beside the file is being read, and could not be emptied".into()))
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

async fn forget(
    connection: &mut SqliteConnection,
    user: &UserId,
    theirs: &Theirs,
    issued: i64,
) -> Result<Forgotten, StoreError> {
    // Dropped before its commit, a transaction is rolled back.
    let mut transaction = connection.begin_with("begin immediate").await?;
    let known: bool = sqlx::query_scalar("select exists (select 1 from erased_people where user_id = ?1)")
        .bind(user.as_str())
        .fetch_one(&mut *transaction)
        .await?;
    let mut rows = sqlx::query(
        "delete from invitation_addresses
         where invitation_id in (select value from json_each(?1)) or email in (select value from json_each(?2))",
    )
    .bind(json(&json!(theirs.invitations)))
    .bind(json(&json!(theirs.addresses)))
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    // By a clock that is ahead of ours a token of theirs may be from the next seconds.
    sqlx::query(
        "insert into erased_people (user_id, issued_until)
         select ?1, ?3 + max(cast(strftime('%s', 'now') as integer), ?2,
                             coalesce((select issued_at from people where user_id = ?1), 0))
         where true
         on conflict (user_id) do update set issued_until = max(issued_until, excluded.issued_until)",
    )
    .bind(user.as_str())
    .bind(issued)
    .bind(LEEWAY)
    .execute(&mut *transaction)
    .await?;
    for delete in [
        "delete from people where user_id = ?1",
        "delete from active_organizations where user_id = ?1",
        "delete from last_used where user_id = ?1",
    ] {
        rows += sqlx::query(delete).bind(user.as_str()).execute(&mut *transaction).await?.rows_affected();
    }
    let noted = rows > 0 || !known;
    if noted {
        // The day only: by the moment it would be told whose memberships ended then.
        sqlx::query("insert into erasures (at) values (strftime('%Y-%m-%dT00:00:00.000Z', 'now'))")
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(Forgotten { rows, noted })
}

async fn rewrite(connection: &mut SqliteConnection, how: Scrub) -> Result<Scrubbed, StoreError> {
    let size: i64 = sqlx::query_scalar("select page_count * page_size from pragma_page_count(), pragma_page_size()")
        .fetch_one(&mut *connection)
        .await?;
    let whole = how == Scrub::Whole || size <= SOON_DONE;
    if whole {
        sqlx::query("vacuum").execute(&mut *connection).await?;
    }
    Ok(if whole { Scrubbed::Clean } else { Scrubbed::PerhapsNot })
}

/// Whether nobody reads it any more. Waits for readers of what was, and for less long than writers wait for each other.
async fn empty_the_log(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let as_it_was: i64 = sqlx::query_scalar("pragma busy_timeout").fetch_one(&mut *connection).await?;
    let wait = async |connection: &mut SqliteConnection, millis: i64| {
        sqlx::query(&format!("pragma busy_timeout = {millis}")).execute(connection).await
    };
    wait(&mut *connection, WAITS.as_millis() as i64).await?;
    let told = sqlx::query("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await;
    wait(&mut *connection, as_it_was).await?;
    Ok(told?.try_get::<i64, _>(0)? == 0)
}
