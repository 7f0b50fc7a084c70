//! The command line. `roster` alone means `roster serve`.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use domain::{EmailAddress, UserId};
use journal::Nats;
use journal::postgres::PostgresStore;

use crate::identity::{DevKey, TokenRequest, parse_duration};
use crate::settings::{Serve, Shared};
use crate::{probe, telemetry, wiring};

/// Membership with a memory: who belongs to which organization, since when, and by whose act.
#[derive(Parser, Debug)]
#[command(name = "roster", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Start the server (what `roster` alone does)
    Serve(Box<Serve>),
    /// Bring the schema of the database at DATABASE_URL up to date, and stop
    Migrate,
    /// Delete the stream at NATS_URL; a running server makes it anew from the journal
    Republish,
    /// Print a token of the development identity; works beside a running server
    Token(Token),
    /// Ask a running server whether it takes requests; fails where it does not
    Health(Health),
}

/// Which server.
#[derive(Args, Debug)]
struct Health {
    /// Where it is
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    url: String,
}

/// Whose token, and what it says.
#[derive(Args, Debug)]
struct Token {
    /// Whose: the id the identity provider would have
    #[arg(long, value_name = "ID")]
    user_id: UserId,
    /// Their e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<EmailAddress>,
    /// Say that nobody verified the address
    #[arg(long)]
    email_unverified: bool,
    /// Their name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where their picture is found
    #[arg(long, value_name = "URL")]
    picture: Option<String>,
    /// The session this token belongs to
    #[arg(long, value_name = "SESSION")]
    session: Option<String>,
    /// Scopes, separated by spaces: roster:act-as, roster:audit, roster:admin
    #[arg(long, value_name = "SCOPES")]
    scope: Option<String>,
    /// How long the token is valid
    #[arg(long, default_value = "1h", value_parser = parse_duration, value_name = "DURATION")]
    expires_in: Duration,
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            None => serve(&self.shared, &self.serve),
            Some(Command::Serve(settings)) => serve(&self.shared, &settings),
            Some(Command::Migrate) => migrate(&self.shared),
            Some(Command::Republish) => republish(&self.shared),
            Some(Command::Token(token)) => token.print(&self.shared),
            Some(Command::Health(asked)) => health(&asked.url),
        }
    }
}

fn serve(shared: &Shared, settings: &Serve) -> anyhow::Result<()> {
    telemetry::start_logging(settings.log_format, &settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(wiring::run(shared, settings))
}

fn migrate(shared: &Shared) -> anyhow::Result<()> {
    let url =
        shared.database().context("DATABASE_URL is not set: a journal in a file is brought up to date at start")?;
    tokio::runtime::Runtime::new()?.block_on(PostgresStore::open(url, true))?;
    println!("The schema is up to date.");
    Ok(())
}

fn republish(shared: &Shared) -> anyhow::Result<()> {
    let settings = shared.nats().context("NATS_URL is not set: there is no stream to make anew")?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let nats = Nats::connect(&settings).await?;
        nats.delete_stream().await
    })?;
    println!("The stream is deleted. A running server makes it anew from the journal, from position 1 on.");
    Ok(())
}

fn health(url: &str) -> anyhow::Result<()> {
    println!("{}", tokio::runtime::Runtime::new()?.block_on(probe::ask(url))?);
    Ok(())
}

impl Token {
    fn print(self, shared: &Shared) -> anyhow::Result<()> {
        let key = DevKey::open_or_create(&shared.data)?;
        let request = TokenRequest {
            user_id: self.user_id,
            email_verified: self.email.is_some() && !self.email_unverified,
            email: self.email.map(String::from),
            name: self.name,
            picture: self.picture,
            session: self.session,
            scope: self.scope,
            expires_in: self.expires_in,
        };
        println!("{}", key.sign(&request, SystemTime::now().into()));
        Ok(())
    }
}
