//! What subscribers build on.
//!
//! - [`story`]: everything that can happen, once at least
//! - [`command`]: `roster subscribe`; [`lasting`]: through whatever becomes of servers and streams; [`refused`]: what it can't do
//! - [`batches`]: the messages of the stream from `/v1/events`

mod batches;
mod command;
mod lasting;
mod refused;
mod story;
mod watched;
