//! JetStream: what carries events there, and what follows them from there.
//!
//! - [`connect`](Nats::connect): one connection a process, which comes and goes by itself
//! - [`settings`](NatsSettings): where it is, who we are there, how the stream is made
//! - `message`: an event as a CloudEvent, and back
//! - `stream`: the stream, made where missing, and whether it agrees with the journal
//! - `suited`: whether a stream that somebody made beforehand can hold the journal
//! - `relay`: carries events from the journal to the stream
//! - `feed`: follows the stream, and the journal where the stream has a hole
//! - `subscription`: the stream as any subscriber reads it, without the journal
//! - `wake`: a word from server to server that there is something to carry

mod connect;
#[cfg(test)]
mod contract;
mod feed;
mod message;
mod relay;
mod settings;
mod stream;
mod subscription;
mod suited;
mod wake;

pub use connect::{Nats, NatsError};
pub use feed::JetStreamFeed;
pub use message::{JOURNAL, encode, partition, subject, told_id};
pub use relay::Relay;
pub use settings::{NatsSettings, StreamLimits};
pub use stream::NAME;
pub use subscription::{Carried, Heard, Subscription, Wanted};
