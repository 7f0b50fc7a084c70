//! One attempt: a message posted to a webhook's URL, signed. Follows nobody elsewhere, and reads little of what is answered.

use std::time::{Duration, SystemTime};

use journal::webhooks::Webhook;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};

use super::address::{Allowed, Refused};
use super::{now, secret};

/// How structured CloudEvents are declared; receivers verify the bytes whatever they are called.
const CLOUD_EVENT: &str = "application/cloudevents+json; charset=utf-8";

/// So much of an answer is read, for so long, only for the connection to be of use again: its status has said everything.
const READ: usize = 64 * 1024;
const READ_WITHIN: Duration = Duration::from_secs(1);

/// How long a connection without a delivery is kept.
const IDLE: Duration = Duration::from_secs(30);

/// What posts. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    /// None where no HTTPS client can be made: most often, there are no certificate authorities.
    client: Option<Client>,
    allowed: Allowed,
}

/// An attempt that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// In one word.
    pub why: &'static str,
    /// What was answered, if anything was.
    pub status: Option<u16>,
    /// How long the receiver asks to be left alone.
    pub retry_after: Option<Duration>,
}

impl Failed {
    /// Whether the receiver says that it will never come back.
    pub fn is_gone(&self) -> bool {
        self.status == Some(StatusCode::GONE.as_u16())
    }
}

impl Post {
    /// Posts to what is allowed, and waits so long for an answer.
    pub fn new(allowed: Allowed, within: Duration) -> Self {
        let built = Client::builder()
            .dns_resolver(allowed)
            .https_only(allowed == Allowed::Public)
            // A proxy would look names up itself, past all that is checked here.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(within)
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("Roster/", env!("CARGO_PKG_VERSION")))
            .build();
        let told = |error| tracing::warn!(%error, "webhooks can't be delivered: no HTTPS client can be made here; are certificate authorities installed?");
        Self { client: built.map_err(told).ok(), allowed }
    }

    /// Which addresses may be posted to.
    pub fn allowed(&self) -> Allowed {
        self.allowed
    }

    /// Posts a message: delivered if it is answered with a status of success.
    pub async fn attempt(&self, webhook: &Webhook, id: &str, body: String) -> Result<u16, Failed> {
        // An address in place of a name is not looked up: it is judged here.
        let refused = |_| Failed { why: "address-refused", status: None, retry_after: None };
        let url = self.allowed.url(&webhook.url).map_err(refused)?;
        let sent_at = now();
        let timestamp = sent_at.timestamp();
        let no_client = Failed { why: "unreachable", status: None, retry_after: None };
        let request = self
            .client
            .as_ref()
            .ok_or(no_client)?
            .post(url)
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", secret::signatures(&webhook.secrets, sent_at, id, timestamp, &body))
            .header(CONTENT_TYPE, CLOUD_EVENT)
            .body(body);
        let response = request.send().await.map_err(|error| unanswered(&error))?;
        let (status, retry_after) = (response.status(), retry_after(response.headers()));
        let _in_vain_or_not = tokio::time::timeout(READ_WITHIN, read(response)).await;
        if status.is_success() {
            return Ok(status.as_u16());
        }
        let why = if status.is_redirection() { "redirect" } else { "status" };
        Err(Failed { why, status: Some(status.as_u16()), retry_after })
    }
}

async fn read(mut response: Response) {
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
        if read > READ {
            return;
        }
    }
}

/// Why nothing was answered. Of the error itself nothing is kept: it names the URL.
fn unanswered(error: &reqwest::Error) -> Failed {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut is_refused = false;
    while let Some(error) = cause {
        is_refused |= error.is::<Refused>();
        cause = error.source();
    }
    let why = match () {
        () if is_refused => "address-refused",
        () if error.is_timeout() => "timeout",
        () if error.is_connect() => "unreachable",
        () => "no-answer",
    };
    Failed { why, status: None, retry_after: None }
}

/// `Retry-After`, in seconds or as a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = chrono::DateTime::parse_from_rfc2822(text).ok()?;
    SystemTime::from(date).duration_since(SystemTime::now()).ok()
}
