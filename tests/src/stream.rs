//! Server-sent events, read as they arrive.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use tokio::time::timeout;

use crate::person::Person;

/// How long anything may take to arrive before a test gives up. What must be quicker is measured.
const PATIENCE: Duration = Duration::from_secs(20);

/// A stream that is open. Dropping it cuts the connection.
pub struct EventStream {
    response: Response,
    buffer: String,
    /// Everything, as it was sent.
    pub raw: String,
    /// What a browser would resume with.
    pub last_id: Option<u64>,
}

/// What follows an organization is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Something happened: the `id`, and the `data`, whose type is the event's.
    Event(u64, Value),
    /// The event at this position can't be read.
    Unreadable(u64),
    /// Go away.
    Gone,
}

impl EventStream {
    /// The stream that this request opens.
    pub async fn answered(request: RequestBuilder) -> Self {
        let response = request.timeout(Duration::from_secs(600)).send().await.expect("an answer");
        let status = response.status();
        if status != 200 {
            panic!("no stream but {status}: {}", response.text().await.unwrap_or_default());
        }
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("text/event-stream"));
        Self { response, buffer: String::new(), raw: String::new(), last_id: None }
    }

    /// The next block of lines; `None` when the stream has ended. `beats` is how long nothing at all may come.
    pub async fn block_within(&mut self, beats: Duration) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.buffer = rest;
                if let Some(id) = block.lines().find_map(|line| line.strip_prefix("id: ")) {
                    self.last_id = Some(id.parse().expect("a position"));
                }
                return Some(block);
            }
            let chunk = timeout(beats, self.response.chunk()).await;
            let chunk = chunk.unwrap_or_else(|_| panic!("nothing for {beats:?} after {:?}", self.raw));
            let Some(bytes) = chunk.expect("the body goes on or ends, and does not break off") else {
                assert_eq!(self.buffer, "", "it ends with a whole event: {}", self.raw);
                return None;
            };
            let text = String::from_utf8(bytes.to_vec()).expect("text");
            self.raw.push_str(&text);
            self.buffer.push_str(&text);
        }
    }

    /// The same within a test's patience.
    pub async fn block(&mut self) -> Option<String> {
        self.block_within(PATIENCE).await
    }

    /// What a follower of an organization is told next; `None` when the stream has ended.
    pub async fn told(&mut self) -> Option<Told> {
        loop {
            let block = self.block().await?;
            if let Some(told) = told(&block) {
                return Some(told);
            }
        }
    }

    /// The next event; nothing else may come.
    pub async fn event(&mut self) -> Value {
        match self.told().await {
            Some(Told::Event(_, event)) => event,
            other => panic!("{other:?} where an event was expected, after {}", self.raw),
        }
    }

    /// The next so many events.
    pub async fn events(&mut self, many: usize) -> Vec<Value> {
        let mut events = Vec::new();
        while events.len() < many {
            events.push(self.event().await);
        }
        events
    }

    /// Everything until the stream ends.
    pub async fn rest(&mut self) -> Vec<Told> {
        let mut all = Vec::new();
        while let Some(told) = self.told().await {
            all.push(told);
        }
        all
    }
}

/// A block's meaning; none of a comment. Whatever is not well formed must not be there.
pub fn told(block: &str) -> Option<Told> {
    let field = |name: &str| {
        let mut values = block.lines().filter_map(|line| line.strip_prefix(name));
        let value = values.next();
        assert_eq!(values.next(), None, "{name} twice in {block:?}");
        value
    };
    let data = field("data: ").map(|data| serde_json::from_str::<Value>(data).expect("JSON"));
    match (field("event: "), data) {
        (None, None) => {
            let is_quiet = |line: &str| [": ", "id: ", "retry: "].iter().any(|start| line.starts_with(start));
            assert!(block.lines().all(is_quiet), "{block:?}");
            None
        }
        (Some("gone"), Some(data)) => {
            assert_eq!((data, field("id: ")), (serde_json::json!({}), None));
            Some(Told::Gone)
        }
        (Some("unreadable"), Some(data)) => Some(Told::Unreadable(data["position"].as_u64().expect("a position"))),
        (Some(kind), Some(data)) => {
            let id: u64 = field("id: ").and_then(|id| id.parse().ok()).expect("a position");
            assert_eq!((&data["type"], &data["position"]), (&kind.into(), &id.into()), "{block:?}");
            Some(Told::Event(id, data))
        }
        _ => panic!("{block:?}"),
    }
}

impl Person {
    /// A request for what happens in an organization.
    pub fn asks_for_events(&self, org: &str, query: &str) -> RequestBuilder {
        self.request(Method::GET, &format!("/v1/organizations/{org}/events{query}"))
    }

    /// Follows what happens in an organization from now on, once it is followed.
    pub async fn follows(&self, org: &str) -> EventStream {
        self.follows_by(self.asks_for_events(org, "")).await
    }

    /// Follows what happened after a position, and what happens.
    pub async fn follows_after(&self, org: &str, position: u64) -> EventStream {
        self.follows_by(self.asks_for_events(org, "").header("last-event-id", position)).await
    }

    /// Follows by this request, once it is followed.
    pub async fn follows_by(&self, request: RequestBuilder) -> EventStream {
        let mut stream = EventStream::answered(request).await;
        let begin = stream.block().await.expect("it begins");
        assert!(begin.starts_with(": listening\n"), "{begin:?}");
        stream
    }
}

/// The text in the chunks of an answer that was read as it came.
pub fn chunked(answer: &[u8]) -> String {
    let text = std::str::from_utf8(answer).expect("text");
    let (head, mut rest) = text.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let mut whole = String::new();
    while let Some((size, chunk)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).expect("a chunk's size");
        whole.push_str(&chunk[..size]);
        rest = chunk[size..].strip_prefix("\r\n").unwrap_or_default();
    }
    whole
}
