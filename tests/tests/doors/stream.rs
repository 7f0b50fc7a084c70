//! What an open page is told, read as it arrives.

use std::time::Duration;

use reqwest::Method;
use tests::EventStream;
use tokio::time::Instant;

use crate::reader::Reader;

/// One thing told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something happened, as this sequence.
    Changed(u64),
    /// Go away.
    Gone,
}

/// A stream that is open.
pub struct Stream(EventStream);

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
        Self(EventStream::answered(request).await)
    }

    /// Everything, as it was sent.
    pub fn raw(&self) -> &str {
        &self.0.raw
    }

    /// The comment that says that it is listened to.
    async fn begins(&mut self) {
        let begin = self.0.block().await;
        assert_eq!(begin.as_deref(), Some(": listening"), "{}", self.raw());
    }

    /// What is told next; `None` when the stream has ended.
    pub async fn hears(&mut self) -> Option<Heard> {
        loop {
            if let Some(heard) = understood(&self.0.block().await?) {
                return Some(heard);
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
