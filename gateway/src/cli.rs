//! The command line. `roster` alone means `roster serve`.

use std::io::Write as _;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use domain::{EmailAddress, UserId};
use journal::postgres::PostgresStore;
use journal::{Nats, OrganizationRef};
use projections::ProjectionName;

use crate::audit::{Audit, audit};
use crate::break_glass::{self, Admin};
use crate::erasing::command_line::{self as erasing, ErasePerson};
use crate::identity::{DevKey, TokenRequest, parse_duration};
use crate::importing::Importing;
use crate::saying::say;
use crate::settings::{Serve, Shared};
use crate::subscribing::Subscribing;
use crate::{configuration, importing, mending, probe, subscribing, telemetry, verifying, wiring};

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
    /// Build lists anew from the journal, beside the served ones, and put them in their place; servers go on serving
    Rebuild {
        /// Which: `members` (members and invitations by organization) or `user_organizations` (organizations by person)
        #[arg(value_parser = projection)]
        projection: ProjectionName,
    },
    /// Compare every list in the database, row by row, with what the journal's events come to
    Verify,
    /// Go on with an organization whose lists are parked because an event could not be read, and can be by now
    Retry {
        /// Its id or slug
        organization: OrganizationRef,
    },
    /// Take over organizations, members and pending invitations that were kept elsewhere
    Import(Importing),
    /// Ask what was: reads the journal itself, beside a running server or without one, and writes nothing there
    #[command(subcommand)]
    Audit(Box<Audit>),
    /// Forget a person: they leave every organization, and their name, addresses and sessions go; the history stays
    ErasePerson(ErasePerson),
    /// What only an operator can do, when nobody inside an organization can
    #[command(subcommand)]
    Admin(Admin),
    /// Print events as they happen, or from a position on: from the stream at NATS_URL, else from a server
    Subscribe(Subscribing),
    /// Look at the settings of `roster serve` without starting it
    #[command(subcommand)]
    Config(Config),
    /// Print a token of the development identity; works beside a running server
    Token(Token),
    /// Ask a running server whether it takes requests; fails where it does not
    Health(Health),
}

/// What to do with the settings.
#[derive(Subcommand, Debug)]
enum Config {
    /// Print every setting with its value and where that comes from, and what is wrong with them; fails if anything is
    Check(Box<Serve>),
}

/// Which server.
#[derive(Args, Debug)]
struct Health {
    /// Where it is; else on this machine, where ROSTER_LISTEN says, or on port 8080
    #[arg(long, value_name = "URL")]
    url: Option<String>,
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
            Some(Command::Rebuild { projection }) => block_on(mending::rebuild(self.shared.database(), projection)),
            Some(Command::Verify) => block_on(verifying::verify(self.shared.database())),
            Some(Command::Retry { organization }) => block_on(mending::retry(self.shared.database(), &organization)),
            Some(Command::Import(asked)) => block_on(importing::import(&self.shared, asked)),
            Some(Command::Audit(asked)) => block_on(audit(&self.shared, *asked)),
            Some(Command::ErasePerson(asked)) => block_on(erasing::erase(&self.shared, asked)),
            Some(Command::Admin(asked)) => block_on(break_glass::admin(&self.shared, asked)),
            Some(Command::Subscribe(asked)) => subscribe(&self.shared, asked),
            Some(Command::Config(Config::Check(settings))) => block_on(configuration::check(&self.shared, &settings)),
            Some(Command::Token(token)) => token.print(&self.shared),
            Some(Command::Health(asked)) => block_on(health(asked.url)),
        }
    }
}

fn serve(shared: &Shared, settings: &Serve) -> anyhow::Result<()> {
    telemetry::start_logging(settings.log_format, &settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(wiring::run(shared, settings))
}

fn projection(text: &str) -> Result<ProjectionName, String> {
    let named = ProjectionName::ALL.into_iter().find(|name| name.as_str() == text);
    named.ok_or_else(|| format!("must be one of {}", ProjectionName::ALL.map(ProjectionName::as_str).join(", ")))
}

fn block_on(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(work)
}

fn migrate(shared: &Shared) -> anyhow::Result<()> {
    let url =
        shared.database().context("DATABASE_URL is not set: a journal in a file is brought up to date at start")?;
    block_on(async {
        PostgresStore::open(url, true).await?;
        say("The schema is up to date.");
        Ok(())
    })
}

fn republish(shared: &Shared) -> anyhow::Result<()> {
    let settings = shared.nats().context("NATS_URL is not set: there is no stream to make anew")?;
    block_on(async {
        Nats::connect(&settings).await?.delete_stream().await?;
        say("The stream is deleted. A running server makes it anew from the journal, from position 1 on.");
        Ok(())
    })
}

/// What is being printed to nobody must not keep the process.
fn subscribe(shared: &Shared, asked: Subscribing) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let ended = runtime.block_on(subscribing::subscribe(shared, asked));
    runtime.shutdown_background();
    ended
}

async fn health(url: Option<String>) -> anyhow::Result<()> {
    let url = url.unwrap_or_else(probe::nearby);
    say(probe::ask(&url).await?);
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
        // All that was asked for: that it can't be written is a failure.
        writeln!(std::io::stdout(), "{}", key.sign(&request, SystemTime::now().into()))?;
        Ok(())
    }
}
