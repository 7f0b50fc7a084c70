//! A table of who is a member where, kept from Roster's stream: in SQLite, with the place up to which the stream was read.
//!
//! ```sh
//! cargo add anyhow async-nats futures serde_json && cargo add tokio --features full && cargo add sqlx --features sqlite,runtime-tokio
//! NATS_URL=nats://127.0.0.1:4222 cargo run -- members.db
//! ```
//!
//! Table and place change in one transaction, and so agree however this ends: what comes again is known by its position and skipped.

use std::time::Duration;

use anyhow::{Context, bail};
use async_nats::jetstream::consumer::pull::Config;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy};
use async_nats::jetstream::{self, Message};
use futures::StreamExt;
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Row, SqliteConnection};

/// `event` is the id of the event at `position`; `applied` counts events, and is always equal to `position`.
const SCHEMA: &str = "
    create table if not exists members (member_id text primary key, organization text not null, user_id text not null, role text not null);
    create index if not exists members_by_organization on members (organization);
    create table if not exists place (journal text, position integer not null, event text, applied integer not null);
    insert into place select null, 0, null, 0 where not exists (select 1 from place)";

/// What became of a message.
#[derive(PartialEq)]
enum Taken {
    /// The table has it.
    InTable,
    /// It is of another history: all has to be read anew.
    Anew,
    /// A later Roster's. It may say who is a member: to pass over it would be to be wrong from then on.
    Unknown(String),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "members.db".into());
    let mut db =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file).create_if_missing(true)).await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    let url = std::env::var("NATS_URL").context("NATS_URL")?;
    let client = async_nats::ConnectOptions::new().retry_on_initial_connect().connect(url).await?;
    let jetstream = jetstream::new(client);
    loop {
        match follow(&mut db, &jetstream).await {
            Ok(Taken::Unknown(what)) => bail!("{what}: upgrade this program"),
            Ok(_) => eprintln!("another journal: all is read anew"),
            // The stream is away, made anew, or gave a hole: from the table's place once more.
            Err(error) => eprintln!("again: {error:#}"),
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Reads on from where the table is until something is the matter.
async fn follow(db: &mut SqliteConnection, jetstream: &jetstream::Context) -> anyhow::Result<Taken> {
    let position: i64 = sqlx::query_scalar("select position from place").fetch_one(&mut *db).await?;
    let stream = jetstream.get_stream("ROSTER").await?;
    // The last one once more, to see that it still is the same; of a stream that has less, the last it has, to see whose it is.
    // Nobody acknowledges: the table knows how far it is.
    let begin = position.unsigned_abs().min(stream.cached_info().state.last_sequence).max(1);
    let config = Config {
        ack_policy: AckPolicy::None,
        deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: begin },
        inactive_threshold: Duration::from_secs(30),
        ..Config::default()
    };
    let mut consumer = stream.create_consumer(config).await?;
    eprintln!("from position {position}");
    loop {
        let mut messages = consumer.batch().max_messages(500).expires(Duration::from_secs(1)).messages().await?;
        // One transaction: all of these messages and the place behind them, or nothing.
        let (mut change, mut silent) = (db.begin().await?, true);
        while let Some(message) = messages.next().await {
            silent = false;
            let message = message.map_err(anyhow::Error::from_boxed)?;
            let taken = take(&mut change, &message).await?;
            if taken != Taken::InTable {
                change.commit().await?;
                return Ok(taken);
            }
        }
        change.commit().await?;
        if silent {
            // Because nothing happens, or because it is gone: then this fails.
            consumer.info().await?;
        }
    }
}

/// Takes one message.
async fn take(db: &mut SqliteConnection, message: &Message) -> anyhow::Result<Taken> {
    let event: Value = serde_json::from_slice(&message.payload)?;
    let journal =
        message.headers.as_ref().and_then(|headers| headers.get("Roster-Journal")).context("Roster-Journal")?;
    let (position, id) = (event["position"].as_i64().context("position")?, event["id"].as_str().context("id")?);
    let place = sqlx::query("select journal, position, event from place").fetch_one(&mut *db).await?;
    let (known, at, last): (Option<String>, i64, Option<String>) = (place.get(0), place.get(1), place.get(2));
    // Another journal, or another event at the place where we were (restored from a backup): what we have is another history.
    if known.is_some_and(|known| known != journal.as_str()) || (position == at && last.as_deref() != Some(id)) {
        sqlx::query("delete from members").execute(&mut *db).await?;
        let anew = sqlx::query("update place set journal = ?, position = 0, event = null, applied = 0");
        anew.bind(journal.as_str()).execute(&mut *db).await?;
        return Ok(Taken::Anew);
    }
    if position <= at {
        return Ok(Taken::InTable); // Again: the stream was made anew, or we began with the last one.
    }
    if position > at + 1 {
        bail!("{} is missing before {position}", at + 1);
    }
    if !apply(db, &event).await? {
        return Ok(Taken::Unknown(format!("{} at position {position}", event["type"])));
    }
    let moved = sqlx::query("update place set journal = ?, position = ?, event = ?, applied = applied + 1");
    moved.bind(journal.as_str()).bind(position).bind(id).execute(&mut *db).await?;
    Ok(Taken::InTable)
}

/// What an event does to the table; false where it is not known. A member id is one membership of one person: who comes back has
/// another one.
async fn apply(db: &mut SqliteConnection, event: &Value) -> anyhow::Result<bool> {
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let name = text("/type").and_then(|name| name.split('.').nth(1));
    let statement = match name {
        Some("MemberJoined") => {
            sqlx::query("insert into members (member_id, organization, user_id, role) values (?, ?, ?, ?)")
                .bind(text("/data/member_id"))
                .bind(text("/organization"))
                .bind(text("/data/user_id"))
                .bind(text("/data/role"))
        }
        Some("MemberRoleChanged") => sqlx::query("update members set role = ? where member_id = ?")
            .bind(text("/data/role"))
            .bind(text("/data/member_id")),
        Some("OwnershipTransferred") => sqlx::query(
            "update members set role = case member_id when ? then 'owner' else 'admin' end where member_id in (?, ?)",
        )
        .bind(text("/data/to/member_id"))
        .bind(text("/data/to/member_id"))
        .bind(text("/data/from/member_id")),
        Some("MemberLeft" | "MemberRemoved") => {
            sqlx::query("delete from members where member_id = ?").bind(text("/data/member_id"))
        }
        Some("OrganizationDeleted") => {
            sqlx::query("delete from members where organization = ?").bind(text("/organization"))
        }
        // Known, and nothing to this table.
        Some("OrganizationFounded" | "OrganizationRenamed" | "SlugChanged" | "LogoChanged" | "MetadataChanged") => {
            return Ok(true);
        }
        Some(
            "MemberInvited" | "InvitationExtended" | "InvitationRevoked" | "InvitationDeclined" | "InvitationAccepted",
        ) => {
            return Ok(true);
        }
        _ => return Ok(false),
    };
    statement.execute(db).await?;
    Ok(true)
}
