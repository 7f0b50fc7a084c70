//! `roster import`: organizations, members and pending invitations that were kept elsewhere, taken over as ordinary events by the
//! journal's own writer. Whether they may be is decided where everything is; here they are read, put in order, and asked for.
//!
//! - [`row`]: what a line can say; `time`: as databases write it
//! - [`reading`]: files, line by line; [`better_auth`]: its tables, in our columns
//! - [`erased`]: who is not brought back; [`ids`]: ids from elsewhere, ours for them, the same each time
//! - [`plan`]: what is there twice, and in which order all of it is asked for; [`organizations`]: which one is meant, [`owners`]: by
//!   whom it is owned
//! - [`carrying`]: asks for it; [`rehearsal`]: only says what would come of it; [`account`]: what becomes of each step
//! - [`opening`]: the journal it comes into, and whose user ids that holds
//! - [`report`]: what came of it

pub mod account;
pub mod better_auth;
pub mod carrying;
pub mod erased;
pub mod ids;
pub mod opening;
pub mod organizations;
pub mod owners;
pub mod plan;
pub mod reading;
pub mod rehearsal;
pub mod report;
pub mod row;
mod time;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use domain::{Actor, UserId};
use journal::{Journal, Store};

use crate::operating::operator_name;
use crate::settings::Shared;
use ids::Ids;
use plan::Plan;
use report::Report;

/// What to take over, and how.
#[derive(Args, Clone, Debug)]
pub struct Importing {
    /// One JSON object a line: organizations, users, members, invitations; `-` is the standard input
    #[arg(required_unless_present = "better_auth", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The tables organization, member, invitation and user of better-auth, exported as NDJSON or as JSON arrays: a folder with a file
    /// for each, or one file with all of them
    #[arg(long, conflicts_with = "files", value_name = "FOLDER|FILE")]
    better_auth: Option<PathBuf>,

    /// What becomes of an organization with several owners: without a rule it is refused; `oldest` keeps the oldest owner and makes
    /// the others admins
    #[arg(long, value_enum, value_name = "RULE")]
    owner_rule: Option<OwnerRule>,

    /// Write a line here for each id that is another one in Roster: `{"type", "old", "new"}`
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,

    /// Only say what would come of it, and write nothing, not even --ids
    #[arg(long)]
    dry_run: bool,

    /// Who does it, as the history tells it for ever: 1 to 64 letters, digits, spaces, and . _ - '
    #[arg(long, default_value = "import", value_name = "NAME", value_parser = operator_name)]
    operator: UserId,

    /// The issuer whose user ids these are: that of the servers on this journal. A journal that has one already need not be told
    #[arg(long, env = "ROSTER_ISSUER", value_name = "ISSUER")]
    issuer: Option<String>,

    /// The journal is one of the development identity, for good
    #[arg(long)]
    development: bool,
}

/// Who stays the owner of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OwnerRule {
    /// Whoever joined first.
    Oldest,
}

/// What the key of ids is called among the secrets.
const KEY: &str = "import-ids";

/// What ids of invitations are made with, beside the journal: whoever has its events only can't try out addresses. A rehearsal keeps nothing.
async fn key(store: &dyn Store, dry_run: bool) -> anyhow::Result<Vec<u8>> {
    let mut fresh = [0; 32];
    aws_lc_rs::rand::fill(&mut fresh).context("there is no randomness")?;
    match dry_run {
        true => Ok(store.people().secret(KEY).await?.unwrap_or(fresh.to_vec())),
        false => Ok(store.people().keep_secret(KEY, &fresh).await?),
    }
}

/// Takes over what there is to take over, and says what came of it. Fails if anything was refused.
pub async fn import(shared: &Shared, asked: Importing) -> anyhow::Result<()> {
    let mut report = Report::new(asked.dry_run);
    let mut rows = match &asked.better_auth {
        Some(tables) => better_auth::read(tables, &mut report)?,
        None => reading::read(&asked.files, &mut report)?,
    };
    let (store, _scratch) = match asked.dry_run {
        true => opening::to_look(shared).await?,
        false => (opening::to_write(shared).await?, None),
    };
    let issuer = opening::issuer(store.as_ref(), asked.issuer, asked.development).await?;
    let mut ids = Ids::keyed(&key(store.as_ref(), asked.dry_run).await?);
    erased::leave_out(store.as_ref(), &mut rows, &mut report).await?;
    let elsewhere = carrying::resolve(store.as_ref(), &rows).await?;
    let actor = Actor::Operator(asked.operator);
    let plan = Plan::of(rows, &elsewhere, asked.owner_rule, &actor, &mut ids, &mut report);
    if asked.dry_run {
        rehearsal::rehearse(store.as_ref(), plan, &mut report).await?;
    } else {
        if let Some(file) = &asked.ids {
            ids.write(file).with_context(|| format!("can't write {}", file.display()))?;
        }
        let journal = Journal::on(store, &issuer).await?;
        carrying::carry(&journal, plan, &mut report).await?;
    }
    report.print()?;
    match report.refused() {
        0 => Ok(()),
        1 => bail!("1 row was refused"),
        refused => bail!("{refused} rows were refused"),
    }
}
