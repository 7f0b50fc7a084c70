//! What every start asks of its settings, and `roster config check` shows.
//!
//! - [`unknown`]: variables that are meant for Roster and no settings of it
//! - [`contradictions`]: settings that do not go together
//! - [`shown`]: every setting with its value, without secrets, and where that came from

pub mod contradictions;
pub mod shown;
pub mod unknown;

use std::io::Write;

use anyhow::bail;
use clap::{ArgMatches, Command, CommandFactory};

use crate::cli::Cli;
use crate::identity::IdentitySettings;
use crate::settings::{Serve, Shared};

/// Refuses what can't be meant: variables that are no settings, settings that do not go together, or are nothing by themselves.
pub fn at_start(shared: &Shared, serve: &Serve) -> anyhow::Result<()> {
    let mut mistakes: Vec<String> = unknown().chain(contradictions::between(shared, serve)).collect();
    mistakes.extend(contradictions::alone(shared, serve));
    if mistakes.is_empty() { Ok(()) } else { bail!("{}", mistakes.join("; ")) }
}

/// Prints every setting, and then what is wrong with them. Fails if anything is.
pub async fn check(shared: &Shared, serve: &Serve) -> anyhow::Result<()> {
    let command = Cli::command();
    shown::print(&command, innermost(&command.clone().get_matches()))?;
    let mut mistakes: Vec<String> = unknown().chain(contradictions::between(shared, serve)).collect();
    mistakes.extend(contradictions::alone(shared, serve));
    let identity = match crate::wiring::resolve(&serve.listen).await {
        Ok(address) => IdentitySettings::from(serve).issued(address.ip()).err().map(|mistake| mistake.to_string()),
        Err(why) => Some(format!("ROSTER_LISTEN: {why:#}")),
    };
    mistakes.extend(identity);
    // Where nobody reads on, as in `roster config check | head`, writing fails; `println!` would panic.
    let mut out = std::io::stdout().lock();
    for mistake in &mistakes {
        writeln!(out, "error: {mistake}")?;
    }
    match mistakes.len() {
        0 => {}
        1 => bail!("the settings have a mistake"),
        several => bail!("the settings have {several} mistakes"),
    }
    writeln!(out, "The settings go together.")?;
    Ok(())
}

/// What was said to the subcommand of the subcommand.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| innermost(inner))
}

fn unknown() -> impl Iterator<Item = String> {
    let command = Cli::command();
    let known: Vec<String> = variables(&command).chain([crate::subscribing::TOKEN.to_owned()]).collect();
    let set = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    set.filter_map(move |(name, value)| unknown::mistake(&known, &name, &value.to_string_lossy()))
}

/// The environment variables that are settings.
fn variables(command: &Command) -> impl Iterator<Item = String> {
    command.get_arguments().filter_map(|argument| Some(argument.get_env()?.to_str()?.to_owned()))
}
