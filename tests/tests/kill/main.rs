//! The server killed, stopped, started again and held up, while people go on.
//!
//! - [`stream`]: `kill -9` in a stream of commands, twenty times; [`callers`] send them, [`whole`] looks at what is there
//! - [`replay`]: what is served while the lists are built again
//! - [`stopping`]: what `SIGTERM` lets end, and whom it turns away
//! - [`beside`]: a second server and `roster token` on the same folder
//! - [`silent`]: clients that begin and never go on

mod beside;
mod callers;
mod replay;
mod silent;
mod stopping;
mod stream;
mod whole;
