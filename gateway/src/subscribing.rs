//! `roster subscribe`: prints what happens, from the stream in NATS or from a server's `/v1/events`, as long as somebody reads it.
//!
//! - `over_http`: the journal by pages, as CloudEvents; [`journal::nats::Subscription`] is its twin for NATS
//! - `printing`: one line an event, until nobody reads on
//! - `token`: with which the server is asked

mod over_http;
mod printing;
mod token;

use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Args;
use clap::builder::PossibleValuesParser;
use domain::{OrganizationEvent, OrganizationId, Position};
use journal::Nats;
use journal::nats::{Heard, Subscription, Wanted};

use self::over_http::Polling;
use self::printing::{Format, Printer};
use self::token::Token;
pub use self::token::VARIABLE as TOKEN;
use crate::probe;
use crate::saying::remark;
use crate::settings::Shared;

/// A wait that is over sooner is not worth a word: the first connection takes a moment.
const QUIET: Duration = Duration::from_secs(1);

/// How long what is being printed may take once the program is told to end.
const GRACE: Duration = Duration::from_secs(1);

/// What to print, and where from.
#[derive(Args, Debug)]
pub struct Subscribing {
    /// Begin with the event at this position (1 is the first); without it, with what happens from now on
    #[arg(long, value_name = "POSITION", value_parser = clap::value_parser!(u64).range(1..=i64::MAX as u64))]
    from: Option<Position>,
    /// Only events of this type; may be given several times
    #[arg(long = "type", value_name = "TYPE", value_parser = PossibleValuesParser::new(OrganizationEvent::NAMES))]
    types: Vec<String>,
    /// Only events of the organization with this id; may be given several times
    #[arg(long, value_name = "ID")]
    organization: Vec<OrganizationId>,
    /// How events are printed
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    /// End when all there is by now is printed
    #[arg(long, requires = "from")]
    until_current: bool,
    /// End after so many events
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Ask the server at this address, although NATS_URL may be set; without both, the one at ROSTER_LISTEN. Takes a token with
    /// roster:audit from ROSTER_TOKEN, else makes one with the development key in the data folder
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

/// Where events come from.
enum Source {
    Nats(Box<Subscription>),
    Server(Polling),
}

impl Source {
    async fn next(&mut self) -> anyhow::Result<Heard> {
        Ok(match self {
            Self::Nats(stream) => stream.next().await?,
            Self::Server(pages) => pages.next().await?,
        })
    }
}

/// Prints events until it is told to end: by a signal, by a limit, or by nobody reading on.
pub async fn subscribe(shared: &Shared, asked: Subscribing) -> anyhow::Result<()> {
    let mut told_to_end = std::pin::pin!(told_to_end()?);
    let mut source = source(shared, &asked).await?;
    let mut printer = Printer::new(asked.format, asked.limit);
    let (mut waits_since, mut said) = (None, None);
    loop {
        let heard = tokio::select! {
            () = &mut told_to_end => return Ok(()),
            heard = source.next() => heard?,
        };
        match heard {
            Heard::Waiting(why) => {
                let since = *waits_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= QUIET && said.as_ref() != Some(&why) {
                    remark(format_args!("roster: {why}; waiting"));
                    said = Some(why);
                }
                continue;
            }
            Heard::Events(events) => {
                let goes_on = tokio::select! {
                    // Nobody may be reading what is being printed.
                    () = async { (&mut told_to_end).await; tokio::time::sleep(GRACE).await } => return Ok(()),
                    goes_on = printer.print(events) => goes_on?,
                };
                if !goes_on {
                    return Ok(());
                }
            }
            Heard::Current if asked.until_current => return Ok(()),
            Heard::Current => {}
        }
        waits_since = None;
        if said.take().is_some() {
            remark("roster: goes on");
        }
    }
}

async fn source(shared: &Shared, asked: &Subscribing) -> anyhow::Result<Source> {
    let wanted = Wanted {
        types: asked.types.iter().cloned().collect(),
        organizations: asked.organization.iter().copied().collect(),
    };
    if let (None, Some(settings)) = (&asked.url, shared.nats()) {
        let nats = Nats::connect(&settings).await?;
        return Ok(Source::Nats(Box::new(Subscription::new(nats, wanted, asked.from))));
    }
    let url = match &asked.url {
        Some(url) => url.clone(),
        None => probe::nearby(),
    };
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        bail!("--url {url} is no address of a server: it is https://… or http://…");
    }
    Ok(Source::Server(Polling::new(&url, Token::find(&shared.data)?, wanted, asked.from)?))
}

/// Ctrl-C, or a supervisor's SIGTERM.
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
