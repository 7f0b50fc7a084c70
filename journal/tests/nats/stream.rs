//! The stream as a subscriber sees it, with a client of its own.

use async_nats::jetstream::consumer::pull::OrderedConfig;
use async_nats::jetstream::{self, stream::Stream};
use futures::StreamExt;
use journal::Journal;

use crate::cast::eventually;

pub async fn open(server: &servers::Nats) -> jetstream::Context {
    jetstream::new(async_nats::connect(server.url()).await.unwrap())
}

/// How far it is; 0 without one.
pub async fn last(server: &servers::Nats) -> u64 {
    let Ok(client) = async_nats::connect(server.url()).await else { return 0 };
    let Ok(stream) = jetstream::new(client).get_stream("ROSTER").await else { return 0 };
    stream.get_info().await.map_or(0, |info| if info.state.messages == 0 { 0 } else { info.state.last_sequence })
}

pub async fn reaches(server: &servers::Nats, position: u64) {
    eventually(&format!("the stream reaches {position}"), async || last(server).await >= position).await;
}

/// Every message's place in the stream, and what it says.
pub async fn messages(server: &servers::Nats) -> Vec<(u64, serde_json::Value)> {
    let mut stream: Stream = open(server).await.get_stream("ROSTER").await.unwrap();
    let count = stream.info().await.unwrap().state.messages;
    let consumer = stream.create_consumer(OrderedConfig::default()).await.unwrap();
    let mut messages = consumer.messages().await.unwrap();
    let mut seen = Vec::new();
    while (seen.len() as u64) < count {
        let message = messages.next().await.unwrap().unwrap();
        let place = message.info().unwrap().stream_sequence;
        seen.push((place, serde_json::from_slice(&message.payload).unwrap()));
    }
    seen
}

/// The stream holds each of the journal's events once, in order, at its position.
pub async fn equals(server: &servers::Nats, journal: &Journal) {
    let written = journal.store().follow(0, u32::MAX).await.unwrap();
    reaches(server, written.len() as u64).await;
    let carried = messages(server).await;
    assert_eq!(carried.len(), written.len());
    for (expected, ((place, message), recorded)) in (1..).zip(carried.iter().zip(written)) {
        let recorded = recorded.unwrap();
        assert_eq!((*place, recorded.position), (expected, expected));
        assert_eq!(message["position"], expected);
        assert_eq!(message["id"], recorded.event_id.to_string());
        assert_eq!(message["type"], format!("roster.{}.v1", recorded.event.name()));
    }
}
