//! Opening the database: is it safe to write to, settings, schema.

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

use super::PostgresStore;
use super::mistakes::explained;
use super::write::{Write, within};
use crate::store::{Bound, OpenError, StoreError};

/// Connections for checks, which read by two statements at once and ask for news by one, with one for whoever looks whether the journal is
/// there; and as many for other short reads.
pub const CONNECTIONS_OF_A_KIND: u32 = 4;

/// Connections for the relay, for projections (each reads on one while it writes on another), for leases, for how far the
/// lists are, and for what is kept of people.
const FOLLOWERS: u32 = 8;

/// Connections for lists, searches and histories.
const BROWSERS: u32 = 4;

/// Connections for webhooks.
const DELIVERERS: u32 = 2;

/// How long somebody waits for a connection.
const ACQUIRE_WITHIN: Duration = Duration::from_millis(500);

impl PostgresStore {
    /// Opens the journal at this URL. `migrate` brings the schema up to date first.
    pub async fn open(url: &str, migrate: bool) -> Result<Self, OpenError> {
        let options = options(url)?;
        let mut write =
            within(async { Ok(options.connect().await?) }).await.map_err(|error| explained(error, &options))?;
        is_safe(&mut write).await?;
        let mut migrator = sqlx::migrate!("../migrations/postgres");
        // While servers are upgraded one after the other, one of the version before may start again.
        migrator.set_ignore_missing(true);
        match migrate {
            // Takes an advisory lock: of several servers that start at once one migrates and the others wait.
            true => migrator.run_direct(&mut write).await?,
            false => is_migrated(&mut write, &migrator).await?,
        }
        let pool = |connections, options: PgConnectOptions| {
            on_a_primary(connections).acquire_timeout(ACQUIRE_WITHIN).connect_lazy_with(options)
        };
        // The few statements of commands and checks go by index, whatever the statistics of a young table say: a plan made
        // for an empty one would be kept for a full one.
        let by_index = options.clone().options([
            ("enable_seqscan", "off"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            // Groups differ in size only: one plan fits all, and nobody makes another for each.
            ("plan_cache_mode", "force_generic_plan"),
            // We stop waiting sooner; the server need not go on for nobody.
            ("statement_timeout", "10s"),
        ]);
        within(async { Ok(write.close().await?) }).await?;
        let mut write = Write::new(by_index.clone());
        write.open().await?;
        let short = || {
            on_a_primary(CONNECTIONS_OF_A_KIND)
                .acquire_timeout(ACQUIRE_WITHIN)
                // A check is one round trip, not two; `again` asks again where a connection turns out to be dead.
                .test_before_acquire(false)
                .connect_lazy_with(by_index.clone())
        };
        Ok(Self {
            check: short(),
            read: short(),
            follow: pool(FOLLOWERS, options.clone()),
            deliver: on_a_primary(DELIVERERS).connect_lazy_with(options.clone()),
            // A list that takes longer is answered by nobody any more.
            browse: pool(BROWSERS, options.options([("statement_timeout", "10s")])),
            look: Mutex::new(Write::new(by_index)),
            write: Mutex::new(write),
            failing: AtomicBool::new(false),
        })
    }
}

/// What is wrong with this URL, as far as it can be told without connecting.
///
/// # Errors
/// It can't be meant.
pub fn check(url: &str) -> Result<(), OpenError> {
    options(url).map(drop)
}

/// How every connection is made.
pub fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    if let Some(mistake) = unknown_parameter(url) {
        return Err(OpenError::Unsafe(format!("the database's URL has a parameter that means nothing here{mistake}")));
    }
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Unsafe("the database's URL can't be read: postgres://user:password@host/name".into()))?
        .application_name("roster")
        .statement_cache_capacity(64)
        .options([
            // An acknowledged command survives a power cut.
            ("synchronous_commit", "on"),
            ("default_transaction_isolation", "read\\ committed"),
            ("jit", "off"),
            // What a killed server was waiting for does not go on holding locks.
            ("client_connection_check_interval", "1s"),
            ("idle_in_transaction_session_timeout", "5s"),
        ])
        .disable_statement_logging();
    Ok(options)
}

/// What to say of a parameter that sqlx does not know. It would pass over it and log it, with its value, which may be a password.
///
/// Named is only what is written like a parameter with a value: anything else may be the end of a password that is not escaped.
fn unknown_parameter(url: &str) -> Option<String> {
    const KNOWN: [&str; 18] = [
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "statement-cache-capacity",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "options",
    ];
    let (_, query) = url.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut named = pairs.map(|pair| pair.split_once('=').map_or((pair, false), |(name, _)| (name, true)));
    let (name, has_a_value) = named.find(|(name, _)| {
        let name = percent_decode_str(name).decode_utf8_lossy();
        !KNOWN.contains(&&*name) && !name.starts_with("options[")
    })?;
    let is_a_name = name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-')) && !name.is_empty();
    Some(match has_a_value && is_a_name && !query.contains('@') {
        true => format!(": {name}"),
        false => "; in a password & is written %26, and ? is %3F".into(),
    })
}

/// At most so many connections, none of them to a standby.
fn on_a_primary(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(connections).after_connect(|connection, _| {
        Box::pin(async move {
            let told = is_no_standby(connection).await;
            if told.is_err() {
                // The pool tries again at once, for as long as whoever waits for a connection does.
                tokio::time::sleep(ACQUIRE_WITHIN / 2).await;
            }
            told
        })
    })
}

/// Whoever was primary may come back as a standby where it was, and there it is unknown what another one records since. Asked once a
/// connection: no primary becomes a standby without ending them.
pub async fn is_no_standby(connection: &mut PgConnection) -> sqlx::Result<()> {
    // Pools keep to themselves why there is no connection. Said once, until there is one again.
    static TOLD: AtomicBool = AtomicBool::new(false);
    let standby = sqlx::query_scalar("select pg_is_in_recovery()").fetch_one(connection).await?;
    if standby && !TOLD.swap(true, Ordering::Relaxed) {
        tracing::error!("the database is a standby now; nothing is asked of it until a primary is there");
    }
    if standby {
        return Err(sqlx::Error::Io(std::io::Error::other("the database is a standby now")));
    }
    TOLD.store(false, Ordering::Relaxed);
    Ok(())
}

/// Whether what this server acknowledges is kept.
async fn is_safe(connection: &mut PgConnection) -> Result<(), OpenError> {
    let asked = sqlx::query_as("select pg_is_in_recovery(), current_setting('fsync') = 'off'").fetch_one(connection);
    let (standby, fsync_off): (bool, bool) = within(async { Ok(asked.await?) }).await?;
    if standby {
        return Err(OpenError::Unsafe("this database is a standby: it takes no commands, and its answers lag".into()));
    }
    if fsync_off {
        return Err(OpenError::Unsafe(
            "this database runs with fsync = off: what it acknowledges can be lost on a power cut".into(),
        ));
    }
    Ok(())
}

/// Whether somebody has brought the schema up to date.
async fn is_migrated(connection: &mut PgConnection, migrator: &Migrator) -> Result<(), OpenError> {
    let newest = migrator.iter().map(|migration| migration.version).max();
    let made = within(async {
        let made = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null");
        if !made.fetch_one(&mut *connection).await? {
            return Ok(None);
        }
        Ok(sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(connection).await?)
    })
    .await?;
    if made >= newest {
        return Ok(());
    }
    let told = if made.is_none() { "has no journal yet" } else { "has a schema of an earlier version" };
    Err(OpenError::Unsafe(format!("this database {told}: `roster migrate` brings it up to date")))
}

/// Binds the journal to its first issuer and says to whom it is bound.
pub async fn bind(write: &mut PgConnection, issuer: &str) -> Result<Bound, StoreError> {
    sqlx::query("update journal set issuer = $1 where issuer is null").bind(issuer).execute(&mut *write).await?;
    let (journal, issuer) = sqlx::query_as("select id, issuer from journal").fetch_one(write).await?;
    Ok(Bound { journal, issuer })
}
