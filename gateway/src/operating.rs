//! What an operator does at the command line that is recorded: on which journal, and by whose act.

use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use domain::UserId;
use journal::postgres::PostgresStore;
use journal::sqlite::SqliteStore;
use journal::{Journal, OpenError, Store};

use crate::settings::Shared;

/// The longest name of an operator, in characters.
const LONGEST: usize = 64;

/// Who does it, and whose user ids are meant.
#[derive(Args, Clone, Debug)]
pub struct Operator {
    /// Who does it, in their own words, as the history tells it for ever: 1 to 64 letters, digits, spaces, and . _ - '; without it,
    /// the name in USER if it is such a one, else `command-line`
    #[arg(long = "operator", value_name = "NAME", value_parser = operator_name)]
    given: Option<UserId>,

    /// The issuer whose user ids these are. The journal knows it; one that is another is refused
    #[arg(long, env = "ROSTER_ISSUER", value_name = "ISSUER")]
    issuer: Option<String>,
}

impl Operator {
    /// What they are called in the history.
    pub fn name(&self) -> anyhow::Result<UserId> {
        let signed_in = || std::env::var("USER").ok().and_then(|name| operator_name(&name).ok());
        match self.given.clone().or_else(signed_in) {
            Some(name) => Ok(name),
            None => Ok("command-line".parse()?),
        }
    }
}

/// A name that can stay in the history for ever: it can't hold an e-mail address.
pub fn operator_name(text: &str) -> Result<UserId, String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '\'');
    let fits = (1..=LONGEST).contains(&text.chars().count());
    if !fits || !text.chars().all(plain) || text.trim() != text {
        return Err(
            "must be 1 to 64 letters, digits, spaces, and . _ - ' : it stays in the history for ever".to_owned()
        );
    }
    text.parse().map_err(|why: domain::NotAccepted| why.to_string())
}

/// The journal that servers use: one that is there and has its issuer. None is made, and a file that a server has is refused, with what to
/// use instead.
pub async fn open(shared: &Shared, operator: &Operator, instead: &'static str) -> anyhow::Result<Journal> {
    let store: Arc<dyn Store> = match shared.database() {
        Some(url) => Arc::new(PostgresStore::open(url, false).await?),
        None if !shared.data.join("roster.sqlite").exists() => bail!(
            "there is no journal in {}: name the folder of the servers' (--data), or, where it is in a database, that (DATABASE_URL). \
             Nothing was changed.",
            shared.data.display()
        ),
        None => match SqliteStore::open(&shared.data).await {
            Ok(store) => Arc::new(store),
            Err(in_use @ OpenError::InUse(_)) => return Err(in_use).context(instead),
            Err(error) => return Err(error.into()),
        },
    };
    let Some(bound) = store.issuer().await? else {
        bail!("no server has ever used this journal: is it the right one? Nothing was changed.")
    };
    let wanted = operator.issuer.as_deref().filter(|text| !text.trim().is_empty());
    Ok(Journal::on(store, wanted.unwrap_or(&bound)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operators_name_holds_no_address() {
        for good in ["olga", "Olga O'Hara-Smith", "ops_team.2", "大山", &"x".repeat(64)] {
            assert!(operator_name(good).is_ok(), "{good}");
        }
        for bad in ["", " ", " olga", "olga@acme.test", "olga\u{FF20}acme.test", "<olga>", "a\tb", &"x".repeat(65)] {
            assert!(operator_name(bad).is_err(), "{bad:?}");
        }
    }
}
