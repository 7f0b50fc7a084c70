//! What subscribers build on.
//!
//! - [`story`]: everything that can happen, once at least
//! - [`command`]: `roster subscribe`; [`lasting`]: through whatever becomes of servers and streams; [`refused`]: what it can't do
//! - [`batches`]: the messages of the stream from `/v1/events`; [`contract`]: what they say is what `docs/events` and `docs/asyncapi.yaml` say;
//!   [`compatibility`]: and what was written first keeps to it
//! - [`worked`]: the subscribers of `examples/subscribers`

mod batches;
mod command;
mod compatibility;
mod contract;
mod lasting;
mod refused;
mod story;
mod watched;
mod worked;
