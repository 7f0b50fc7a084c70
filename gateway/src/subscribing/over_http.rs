//! The journal by pages from a server, as CloudEvents: what [`journal::nats::Subscription`] is for NATS, for those without.

use std::time::Duration;

use anyhow::{Context, bail};
use domain::{OrganizationId, Position};
use journal::nats::{Carried, Heard, Wanted};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::redirect::Policy;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::token::Token;
use crate::v1::events::CLOUD_EVENTS;

/// Events of a page.
const PAGE: u32 = 1000;

/// How often a server is asked that has said all.
const LOOK: Duration = Duration::from_millis(500);

/// How long an answer may take.
const WITHIN: Duration = Duration::from_secs(30);

/// The longest pause before a server that is away is asked again.
const LONGEST: Duration = Duration::from_secs(5);

/// After every position there can be: what is answered is where the journal ends.
const BEYOND: Position = i64::MAX as u64;

/// Asks page after page, and then whether there is more.
pub struct Polling {
    client: reqwest::Client,
    url: String,
    token: Token,
    wanted: Wanted,
    /// The last position that was read; none before it is known where "now" is.
    after: Option<Position>,
    journal: Option<String>,
    is_current: bool,
    told: bool,
    failures: u32,
}

/// What must be known of an event to decide whether it is wanted.
#[derive(Deserialize)]
struct Head {
    position: Position,
    organization: OrganizationId,
    r#type: String,
}

/// A page, with what stood beside it.
struct Page {
    events: Vec<Box<RawValue>>,
    position: Position,
    journal: String,
}

impl Polling {
    /// From this position on, or from now on.
    pub fn new(url: &str, token: Token, wanted: Wanted, from: Option<Position>) -> anyhow::Result<Self> {
        // A token goes nowhere but where it was sent to.
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).timeout(WITHIN).build()?;
        let (url, after) = (url.trim_end_matches('/').to_owned(), from.map(|from| from - 1));
        Ok(Self { client, url, token, wanted, after, journal: None, is_current: false, told: false, failures: 0 })
    }

    /// What is heard next.
    ///
    /// # Errors
    /// Asking again would be of no use: the token is not taken, or the journal is another than before.
    pub async fn next(&mut self) -> anyhow::Result<Heard> {
        loop {
            if self.is_current {
                if !self.told {
                    self.told = true;
                    return Ok(Heard::Current);
                }
                tokio::time::sleep(LOOK).await;
            }
            let page = match self.page().await? {
                Ok(page) => page,
                Err(why) => {
                    self.failures += 1;
                    tokio::time::sleep((Duration::from_millis(250) * self.failures).min(LONGEST)).await;
                    return Ok(Heard::Waiting(why));
                }
            };
            let was_away = std::mem::take(&mut self.failures) > 0;
            let events = self.read(page)?;
            if !events.is_empty() {
                self.told = false;
                return Ok(Heard::Events(events));
            }
            // Whoever was told of waiting is told that it is over.
            self.told &= !was_away;
        }
    }

    /// The next page, or why there is none yet.
    async fn page(&mut self) -> anyhow::Result<Result<Page, String>> {
        let (after, limit) = self.after.map_or((BEYOND, 1), |after| (after, PAGE));
        let url = format!("{}/v1/events?after={after}&limit={limit}", self.url);
        let request = self.client.get(url).bearer_auth(self.token.now()?).header(ACCEPT, CLOUD_EVENTS);
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) if error.is_builder() => return Err(error).context("--url can't be used"),
            Err(_) => return Ok(Err(format!("nobody answers at {}", self.url))),
        };
        let status = answer.status();
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Ok(Err(format!("{} answers {status}", self.url)));
        }
        if !status.is_success() {
            let problem: Value = answer.json().await.unwrap_or_default();
            let detail = problem["detail"].as_str().unwrap_or("what answers there may be no Roster");
            bail!("{} answers {status}: {detail}", self.url);
        }
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        if header(CONTENT_TYPE.as_str()).as_deref() != Some(CLOUD_EVENTS) {
            bail!("what answers at {} does not know CloudEvents: it is an earlier Roster, or none", self.url);
        }
        let position = header("roster-position").and_then(|text| text.parse().ok());
        let (position, journal) =
            (position.context("no Roster-Position")?, header("roster-journal").unwrap_or_default());
        match answer.json().await {
            Ok(events) => Ok(Ok(Page { events, position, journal })),
            Err(_) => Ok(Err(format!("an answer of {} broke off", self.url))),
        }
    }

    fn read(&mut self, page: Page) -> anyhow::Result<Vec<Carried>> {
        if self.journal.as_ref().is_some_and(|known| *known != page.journal) {
            bail!(
                "{} has another journal than before: what was read is another history; begin anew, with --from 1",
                self.url
            );
        }
        self.journal = Some(page.journal);
        let after = *self.after.get_or_insert(page.position);
        let mut events = Vec::new();
        let mut last = after;
        for event in page.events {
            let head: Head = serde_json::from_str(event.get()).context("an answer that is no event")?;
            last = head.position;
            let name = head.r#type.strip_prefix("roster.").and_then(|name| name.split('.').next()).unwrap_or_default();
            if self.wanted.takes(name, head.organization) {
                events.push(Carried { position: head.position, text: event.get().to_owned() });
            }
        }
        if page.position < after && self.is_current {
            bail!(
                "the journal ends at position {}, before {after}: it was restored from a backup; begin anew, with --from 1",
                page.position
            );
        }
        self.after = Some(last);
        self.is_current = last >= page.position;
        Ok(events)
    }
}
