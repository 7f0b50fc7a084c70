//! Asks a running server how it is doing: the health check of an image that has no other program to ask with.

use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

/// How long an answer may take.
const WITHIN: Duration = Duration::from_secs(4);

/// What the server at this address says of itself: `ready` or `degraded`.
///
/// # Errors
/// Nobody answers, or commands and checks can't be answered there.
pub async fn ask(url: &str) -> anyhow::Result<String> {
    let client = reqwest::Client::builder().no_proxy().timeout(WITHIN).build()?;
    let asked = client.get(format!("{}/readyz", url.trim_end_matches('/'))).send().await;
    let answer = asked.with_context(|| format!("nobody answers at {url}"))?;
    let status = answer.status();
    let told: Value = answer.json().await.with_context(|| format!("what answers at {url} is no Roster"))?;
    match told["status"].as_str() {
        Some(word) if status.is_success() => Ok(word.to_owned()),
        _ => bail!("{url} can't take requests: {}", told["detail"].as_str().unwrap_or("it does not say why")),
    }
}
