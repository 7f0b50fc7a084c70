//! Opening the file: the lock first, then settings, then the schema.

use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::SqliteStore;
use super::write::Write;
use crate::store::{Bound, OpenError, StoreError};

/// Connections for checks, which read by two statements at once and ask for news by one, and for other short reads.
const READERS: u32 = 5;

/// Connections for webhooks.
const DELIVERERS: u32 = 2;

/// Connections for lists, searches and histories.
const BROWSERS: u32 = 2;

impl SqliteStore {
    /// Opens the journal in this folder, making what is missing.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        let in_folder = |source| OpenError::Folder { path: folder.display().to_string(), source };
        // Names and addresses are in there: nobody else's business.
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(in_folder)?;
        let lock = lock(folder)?;

        let options = options(folder)?;
        let mut write = options.connect().await.map_err(StoreError::from)?;
        sqlx::migrate!("../migrations/sqlite").run_direct(&mut write).await?;
        name_the_journal(&mut write).await?;

        let pool_within = |connections, seconds| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(seconds))
                // A connection to a file does not go stale.
                .test_before_acquire(false)
                .connect_lazy_with(options.clone().read_only(true))
        };
        let pool = |connections| pool_within(connections, 2);
        Ok(Self {
            read: pool(READERS),
            follow: pool(1),
            // Walks of many webhooks wait for these, and whoever looks at one: rather long than in vain.
            deliver: pool_within(DELIVERERS, 10),
            browse: pool(BROWSERS),
            write: Mutex::new(Write::new(options, write)),
            _lock: lock,
        })
    }
}

/// One server per file. An advisory lock of the system's: it outlives nobody, not even after `kill -9`.
fn lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join("roster.lock");
    let named = |source| OpenError::Folder { path: path.display().to_string(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(named)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.display().to_string())),
        Err(TryLockError::Error(source)) => Err(named(source)),
    }
}

fn options(folder: &Path) -> Result<SqliteConnectOptions, OpenError> {
    let options = SqliteConnectOptions::from_str("sqlite:")
        .map_err(StoreError::from)?
        .filename(folder.join("roster.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged command survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // What is erased is overwritten, not only unlinked.
        .pragma("secure_delete", "on")
        // KiB; per connection.
        .pragma("cache_size", "-8000")
        .pragma("journal_size_limit", "67108864")
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(64)
        .disable_statement_logging();
    Ok(options)
}

async fn name_the_journal(write: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query(
        "insert into journal (only_row, id, position, recorded_at) values (1, ?1, 0, '1970-01-01T00:00:00.000Z')
         on conflict do nothing",
    )
    .bind(Uuid::now_v7().to_string())
    .execute(write)
    .await?;
    Ok(())
}

/// Binds the journal to its first issuer and says to whom it is bound.
pub async fn bind(write: &mut SqliteConnection, issuer: &str) -> Result<Bound, StoreError> {
    let mut transaction = write.begin_with("begin immediate").await?;
    sqlx::query("update journal set issuer = ?1 where issuer is null").bind(issuer).execute(&mut *transaction).await?;
    let (journal, issuer) = sqlx::query_as("select id, issuer from journal").fetch_one(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(Bound { journal, issuer })
}
