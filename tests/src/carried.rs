//! The stream as any subscriber reads it.

use async_nats::jetstream;
use async_nats::jetstream::consumer::pull::OrderedConfig;
use futures::StreamExt;
use serde_json::Value;

use crate::told::{Told, told};

/// How many messages the stream has; 0 where there is no stream, or no NATS.
pub async fn carried(url: &str) -> u64 {
    let Ok(client) = async_nats::connect(url).await else { return 0 };
    let Ok(stream) = jetstream::new(client).get_stream("ROSTER").await else { return 0 };
    stream.cached_info().state.messages
}

/// Every message from the first, after seeing that each lies at its position and keeps to the schemas: nothing missing, nothing twice.
pub async fn messages(url: &str) -> Vec<Value> {
    let client = async_nats::connect(url).await.expect("NATS is there");
    let stream = jetstream::new(client).get_stream("ROSTER").await.expect("the stream is there");
    let many = stream.cached_info().state.messages;
    let consumer = stream.create_consumer(OrderedConfig::default()).await.expect("a consumer");
    let mut messages = consumer.messages().await.expect("messages");
    let mut seen = Vec::new();
    for position in 1..=many {
        let message = messages.next().await.expect("another message").expect("a message");
        let event: Value = serde_json::from_slice(&message.payload).expect("JSON");
        assert_eq!(message.info().expect("its place").stream_sequence, position);
        assert_eq!(event["position"], position);
        seen.push(event);
    }
    crate::schemas::keep_to_the_schemas(&seen);
    let mut ids: Vec<&str> = seen.iter().filter_map(|event| event["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), seen.len(), "an event is there twice");
    seen
}

/// Puts an event into the stream that no version of today knows, as a later one would: the relay stops where it meets it.
pub async fn add_of_a_later_version(url: &str, organization: &str, position: u64) {
    let jetstream = jetstream::new(async_nats::connect(url).await.expect("NATS is there"));
    let stream = jetstream.get_stream("ROSTER").await.expect("the stream is there");
    let last = stream.get_raw_message(position - 1).await.expect("the message before it");
    let mut event: Value = serde_json::from_slice(&last.payload).expect("JSON");
    event["type"] = "roster.MemberPaused.v1".into();
    event["id"] = uuid::Uuid::now_v7().to_string().into();
    (event["position"], event["organization"]) = (position.into(), organization.into());
    let mut headers = async_nats::HeaderMap::new();
    headers.insert("Roster-Journal", last.headers.get("Roster-Journal").expect("its journal").as_str());
    let published = jetstream.publish_with_headers("roster.events.00.MemberPaused", headers, event.to_string().into());
    let stored = published.await.expect("it is sent").await.expect("it is stored");
    assert_eq!(stored.sequence, position);
}

/// One organization's events, as its history would tell them.
pub fn of_organization(messages: &[Value], organization: &str) -> Vec<Told> {
    let ours = messages.iter().filter(|event| event["organization"] == organization);
    let history: Vec<Value> = ours
        .map(|event| {
            let mut event = event.clone();
            let name = event["type"].as_str().and_then(|text| text.split('.').nth(1)).expect("a type").to_owned();
            event["type"] = name.into();
            event
        })
        .collect();
    told(&history)
}
