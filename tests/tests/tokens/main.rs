//! Whose tokens count, and what the binary says when it is asked or told something wrong.
//!
//! - `presented`: tokens of the development identity, good and bad, in header and cookie
//! - `production`: an issuer's tokens, its keys in a file and at a URL
//! - `refused_starts`: what the server does not start with; `command_line`: `roster token`, `--help`

mod command_line;
mod presented;
mod production;
mod refused_starts;
