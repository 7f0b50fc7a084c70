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

/// The server on this machine, by its settings.
pub fn nearby() -> String {
    listening(std::env::var("ROSTER_LISTEN").ok().filter(|text| !text.is_empty()).as_deref())
}

/// The server on this machine that listens there: where it listens everywhere, it does so on loopback too.
fn listening(listen: Option<&str>) -> String {
    let listen = listen.unwrap_or("127.0.0.1:8080");
    let here = listen.replacen("0.0.0.0:", "127.0.0.1:", 1).replacen("[::]:", "[::1]:", 1);
    format!("http://{here}")
}

#[cfg(test)]
mod tests {
    use super::listening;

    #[test]
    fn the_server_on_this_machine_is_asked_where_nothing_else_is_said() {
        assert_eq!(listening(None), "http://127.0.0.1:8080");
        assert_eq!(listening(Some("0.0.0.0:9000")), "http://127.0.0.1:9000");
        assert_eq!(listening(Some("[::]:9000")), "http://[::1]:9000");
        assert_eq!(listening(Some("roster.internal:80")), "http://roster.internal:80");
    }
}
