//! What projections follow in production: the stream, from a position on. What is missing there, or can't be read, is read
//! from the journal, and so is everything while NATS is away: lists lag then, but they do not stand still.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::DeliverPolicy;
use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use domain::{Position, Recorded};
use futures::{FutureExt, StreamExt};

use super::connect::{Nats, NatsError, WITHIN};
use super::message::{self, JOURNAL};
use super::stream::carried;
use crate::row::Unreadable;
use crate::store::{Store, StoreError};

/// How many events are handed on at once.
const AT_ONCE: u32 = 1000;

/// After so much silence the journal is asked whether there is something to hear.
const SILENCE: Duration = Duration::from_secs(1);

/// How soon a stream that could not be followed is asked again; the journal is followed meanwhile.
const ASK_AGAIN: Duration = Duration::from_secs(2);

type Events = Vec<Result<Recorded, Unreadable>>;

/// All events in order, from a position on.
pub struct JetStreamFeed {
    store: Arc<dyn Store>,
    nats: Nats,
    journal: String,
    after: Position,
    messages: Option<Ordered>,
    /// A stream that could not be followed is not asked again before this.
    not_before: Instant,
    /// Whether the journal has more than the page just read from it: then it is read on, without waiting for the stream.
    behind: bool,
}

impl JetStreamFeed {
    pub(crate) fn new(store: Arc<dyn Store>, nats: Nats, journal: String, after: Position) -> Self {
        Self { store, nats, journal, after, messages: None, not_before: Instant::now(), behind: false }
    }

    /// The next events, at least one; waits for them. After an error, or when what was given could not be used, ask again
    /// from where you are with [`JetStreamFeed::resume`].
    pub async fn next(&mut self) -> Result<Events, StoreError> {
        loop {
            let heard = if self.behind { None } else { self.listen().await };
            let events = match heard {
                Some(heard) => self.understand(heard).await?,
                None => self.store.follow(self.after, AT_ONCE).await?,
            };
            self.behind = events.len() >= AT_ONCE as usize;
            let last = events.last().map(|event| match event {
                Ok(recorded) => recorded.position,
                Err(unreadable) => unreadable.position,
            });
            if let Some(position) = last {
                self.after = position;
                return Ok(events);
            }
        }
    }

    /// Goes back, or on, to what follows this position.
    pub fn resume(&mut self, after: Position) {
        if after != self.after {
            self.after = after;
            self.messages = None;
        }
    }

    /// What the stream has to say now; `None` after a silence, or where it can't be heard.
    async fn listen(&mut self) -> Option<Vec<Message>> {
        if self.messages.is_none() && self.nats.is_there() && Instant::now() >= self.not_before {
            match self.subscribe().await {
                Ok(messages) => self.messages = messages,
                // A stream that is silent rather than away costs the whole time limit each time it is asked.
                Err(why) => {
                    tracing::debug!(%why, "the stream can't be followed");
                    self.not_before = Instant::now() + ASK_AGAIN;
                }
            }
        }
        let Some(messages) = &mut self.messages else {
            tokio::time::sleep(self.store.look_every()).await;
            return None;
        };
        match tokio::time::timeout(SILENCE, messages.next()).await {
            Ok(Some(Ok(first))) => {
                let mut heard = vec![first];
                while heard.len() < AT_ONCE as usize
                    && let Some(Some(Ok(next))) = messages.next().now_or_never()
                {
                    heard.push(next);
                }
                Some(heard)
            }
            Ok(Some(Err(error))) => {
                tracing::debug!(%error, "the stream could not be followed on");
                self.messages = None;
                None
            }
            Ok(None) => {
                self.messages = None;
                None
            }
            // Silent because nothing happens, or because it is away: the journal knows.
            Err(_) => {
                if !self.nats.is_there() {
                    self.messages = None;
                }
                None
            }
        }
    }

    /// Follows the stream if there is one, and it agrees with the journal.
    async fn subscribe(&mut self) -> Result<Option<Ordered>, NatsError> {
        let Some(stream) = self.nats.stream().await? else { return Ok(None) };
        carried(&self.nats, &stream, &self.store, &self.journal).await?;
        let config = OrderedConfig {
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: self.after + 1 },
            ..OrderedConfig::default()
        };
        let subscribed = async {
            let consumer = stream.create_consumer(config).await.map_err(NatsError::away)?;
            consumer.messages().await.map_err(NatsError::away)
        };
        let messages = tokio::time::timeout(WITHIN, subscribed).await;
        messages.unwrap_or_else(|_| Err(NatsError::Away("it does not answer in time".into()))).map(Some)
    }

    /// The events behind where we are: duplicates are skipped, holes filled, what can't be read is read from the journal.
    async fn understand(&mut self, messages: Vec<Message>) -> Result<Events, StoreError> {
        let mut events = Events::new();
        let mut after = self.after;
        for message in messages {
            // Without a place in the stream it is none of its messages.
            let Ok(position) = message.info().map(|info| info.stream_sequence) else { continue };
            if position <= after {
                continue;
            }
            let from_here = message.headers.as_ref().and_then(|headers| headers.get(JOURNAL)).map(|id| id.as_str())
                == Some(self.journal.as_str());
            let event = message::decode(&message.payload).filter(|event| from_here && event.position == position);
            match event {
                Some(event) if position == after + 1 => events.push(Ok(event)),
                _ => {
                    // At most a page: the rest is read on from there.
                    let missing = u32::try_from(position - after).unwrap_or(AT_ONCE).min(AT_ONCE);
                    events.extend(self.store.follow(after, missing).await?);
                    if position - after > u64::from(AT_ONCE) || events.is_empty() {
                        break;
                    }
                }
            }
            after = position;
        }
        Ok(events)
    }
}
