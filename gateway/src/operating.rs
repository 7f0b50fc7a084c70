//! What an operator does at the command line that is recorded: on which journal, and by whose act.

use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use domain::UserId;
use journal::postgres::PostgresStore;
use journal::sqlite::SqliteStore;
use journal::{Journal, OpenError, Store};

use crate::identity::DEVELOPMENT_ISSUER;
use crate::settings::Shared;

/// Who does it, and whose user ids are meant.
#[derive(Args, Clone, Debug)]
pub struct Operator {
    /// Who does it, as the history tells it; without it, whoever is signed in to this system, as far as that is known
    #[arg(long = "operator", env = "USER", hide_env = true, default_value = "command-line", value_name = "NAME")]
    pub name: UserId,

    /// The issuer whose user ids these are: that of the servers on this journal
    #[arg(long, env = "ROSTER_ISSUER", value_name = "ISSUER")]
    issuer: Option<String>,
}

/// The journal that servers use. A file that one of them has is refused, with what to use instead.
pub async fn open(shared: &Shared, operator: &Operator, instead: &'static str) -> anyhow::Result<Journal> {
    let store: Arc<dyn Store> = match shared.database() {
        Some(url) => Arc::new(PostgresStore::open(url, false).await?),
        None => match SqliteStore::open(&shared.data).await {
            Ok(store) => Arc::new(store),
            Err(in_use @ OpenError::InUse(_)) => return Err(in_use).context(instead),
            Err(error) => return Err(error.into()),
        },
    };
    let issuer = operator.issuer.as_deref().filter(|text| !text.trim().is_empty());
    Ok(Journal::on(store, issuer.unwrap_or(DEVELOPMENT_ISSUER)).await?)
}
