//! The journal that is imported into, and whose user ids it holds: that is settled once, by whoever is first, and for good.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use journal::postgres::PostgresStore;
use journal::sqlite::SqliteStore;
use journal::{OpenError, Store};
use uuid::Uuid;

use crate::identity::DEVELOPMENT_ISSUER;
use crate::settings::Shared;

/// A folder for a journal that is only looked at because there is none yet. Gone when dropped.
pub struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left behind, it holds nothing.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The journal, made if there is none.
pub async fn to_write(shared: &Shared) -> anyhow::Result<Arc<dyn Store>> {
    if let Some(url) = shared.database() {
        return Ok(Arc::new(PostgresStore::open(url, false).await?));
    }
    match SqliteStore::open(&shared.data).await {
        Ok(store) => Ok(Arc::new(store)),
        Err(in_use @ OpenError::InUse(_)) => {
            Err(in_use).context("a journal in a file is imported into while its server is stopped")
        }
        Err(error) => Err(error.into()),
    }
}

/// The journal as it is; where there is none, an empty one in another place, so that none is made here.
pub async fn to_look(shared: &Shared) -> anyhow::Result<(Arc<dyn Store>, Option<Scratch>)> {
    if shared.database().is_some() || shared.data.join("roster.sqlite").exists() {
        return Ok((to_write(shared).await?, None));
    }
    let scratch = Scratch(std::env::temp_dir().join(format!("roster-rehearsal-{}", Uuid::new_v4())));
    let store = SqliteStore::open(&scratch.0).await?;
    Ok((Arc::new(store), Some(scratch)))
}

/// Whose user ids these are: the journal's issuer, else the one that is named. None is guessed.
pub async fn issuer(store: &dyn Store, named: Option<String>, development: bool) -> anyhow::Result<String> {
    let named = named.filter(|issuer| !issuer.trim().is_empty());
    let wanted = match (named, development) {
        (Some(_), true) => bail!("--development and --issuer (ROSTER_ISSUER) name two issuers: which of them is it?"),
        (named, false) => named,
        (None, true) => Some(DEVELOPMENT_ISSUER.to_owned()),
    };
    match (store.issuer().await?, wanted) {
        (Some(bound), Some(wanted)) if bound != wanted => Err(OpenError::OtherIssuer { bound, wanted }.into()),
        (Some(issuer), _) | (None, Some(issuer)) => Ok(issuer),
        (None, None) => bail!(
            "this journal has no issuer yet, and keeps the first one for good: say with --issuer (ROSTER_ISSUER) whose \
             user ids these are, or --development for those of the development identity"
        ),
    }
}
