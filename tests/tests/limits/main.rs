//! What nobody may have too much of: commands, time, connections.
//!
//! - [`commands`]: a bucket for each caller; [`leaving`]: which nothing else empties; [`dialects`]: how each says it
//! - [`timely`]: an answer in time, whatever it waits for
//! - [`slow`]: clients that are slow, silent, or do not read; [`raw`]: what they do it with

mod commands;
mod dialects;
mod leaving;
mod raw;
mod slow;
mod timely;

use serde_json::json;
use tests::{Answer, Person, Server};

/// A server where each caller may send so many commands a second, and so many at once.
fn limited(per_second: u32, burst: u32) -> Server {
    let (per_second, burst) = (per_second.to_string(), burst.to_string());
    Server::with(&[], &[("ROSTER_COMMANDS_PER_SECOND", &per_second), ("ROSTER_COMMANDS_BURST", &burst)])
}

/// A command that can be sent any number of times: to call it what it is called.
async fn names(person: &Person, org: &str) -> Answer {
    person.patches(&format!("/v1/organizations/{org}"), json!({ "name": org })).await
}

/// Sends commands until one is too many, which is refused.
async fn exhausts(person: &Person, org: &str) -> Answer {
    for _ in 0..10_000 {
        let answer = names(person, org).await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("{} is not limited", person.id);
}

/// Seconds to wait, as the answer says.
fn retry_after(answer: &Answer) -> u64 {
    let said = answer.header("retry-after").and_then(|text| text.parse().ok());
    said.unwrap_or_else(|| panic!("no seconds in Retry-After: {answer:#?}"))
}
