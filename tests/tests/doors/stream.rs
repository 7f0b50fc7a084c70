//! What an open page is told, read as it arrives.

use std::time::Duration;

use reqwest::{Method, Response};
use tokio::time::{Instant, timeout};

use crate::reader::Reader;

/// How long anything may take to arrive before a test gives up. What must be quicker is measured.
const PATIENCE: Duration = Duration::from_secs(20);

/// One thing told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something happened, as this sequence.
    Changed(u64),
    /// Go away.
    Gone,
}

/// A stream that is open.
pub struct Stream {
    response: Response,
    buffer: String,
    /// Everything, as it was sent.
    pub raw: String,
}

impl Stream {
    /// Opens the stream of a page that shows everything up to this sequence, and waits until it is listened to.
    pub async fn open(reader: &Reader, org: &str, after: u64) -> Self {
        let mut stream = Self::ask(reader, &format!("/app/{org}/live?after={after}")).await;
        stream.begins().await;
        stream
    }

    /// The stream at this address, just asked for.
    pub async fn ask(reader: &Reader, path: &str) -> Self {
        Self::answered(reader.request(Method::GET, path)).await
    }

    /// The stream that this request opens.
    pub async fn answered(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "a stream");
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("text/event-stream"));
        Self { response, buffer: String::new(), raw: String::new() }
    }

    /// The comment that says that it is listened to.
    async fn begins(&mut self) {
        while !self.buffer.contains("\n\n") {
            assert!(self.more().await, "it ends before it begins: {}", self.raw);
        }
        assert!(self.buffer.starts_with(": listening\n\n"), "{}", self.raw);
        self.buffer.clear();
    }

    /// What is told next; `None` when the stream has ended.
    pub async fn hears(&mut self) -> Option<Heard> {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.buffer = rest;
                match understood(&event) {
                    Some(heard) => return Some(heard),
                    None => continue,
                }
            }
            if !self.more().await {
                assert_eq!(self.buffer, "", "it ends with a whole event: {}", self.raw);
                return None;
            }
        }
    }

    /// The same with how long it took since then.
    pub async fn hears_since(&mut self, since: Instant) -> (Option<Heard>, Duration) {
        let heard = self.hears().await;
        (heard, since.elapsed())
    }

    /// Everything until the stream ends.
    pub async fn rest(&mut self) -> Vec<Heard> {
        let mut all = Vec::new();
        while let Some(heard) = self.hears().await {
            all.push(heard);
        }
        all
    }

    async fn more(&mut self) -> bool {
        let chunk = timeout(PATIENCE, self.response.chunk()).await;
        let chunk = chunk.unwrap_or_else(|_| panic!("nothing for {PATIENCE:?} after {:?}", self.raw));
        match chunk.expect("the body goes on or ends, and does not break off") {
            Some(bytes) => {
                let text = String::from_utf8(bytes.to_vec()).expect("text");
                self.raw.push_str(&text);
                self.buffer.push_str(&text);
                true
            }
            None => false,
        }
    }
}

/// An event's meaning; none of a comment. Whatever is neither a sequence nor the way out must not be there.
fn understood(event: &str) -> Option<Heard> {
    match event.lines().collect::<Vec<_>>().as_slice() {
        [": listening" | ": still here" | ":" | ""] => None,
        ["event: gone", "data: gone"] => Some(Heard::Gone),
        ["event: changed", rest @ ..] => {
            let number = |line: &str, name: &str| line.strip_prefix(name)?.parse::<u64>().ok();
            let told = match rest {
                [one, other] => number(one, "id: ")
                    .zip(number(other, "data: "))
                    .or(number(other, "id: ").zip(number(one, "data: "))),
                _ => None,
            };
            let (id, data) = told.unwrap_or_else(|| panic!("more than a sequence is told: {event:?}"));
            assert_eq!(id, data, "{event:?}");
            Some(Heard::Changed(id))
        }
        _ => panic!("more than a sequence is told: {event:?}"),
    }
}

/// The sequence at which somebody left, by the history.
pub fn last(history: &[serde_json::Value], kind: &str) -> u64 {
    let last = history.iter().rfind(|event| event["type"] == kind);
    last.and_then(|event| event["sequence"].as_u64()).unwrap_or_else(|| panic!("no {kind} in {history:#?}"))
}
