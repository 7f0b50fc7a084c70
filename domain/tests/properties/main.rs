//! What holds for every history, whatever people do. In reading order:
//!
//! - [`wishes`]: what somebody wants, as random numbers that shrink well
//! - [`world`]: five people and one organization, in which a wish becomes a command
//! - [`ownership`]: exactly one owner, who is a member
//! - [`concerns`]: the concerned events decide as all events do
//! - [`stays`]: who was a member is what the aggregate came to
//! - [`coverage`]: every command is accepted and refused for every reason, often
//! - [`anything`]: arbitrary values: `apply` takes every event, and JSON gives back what it was given
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]

mod anything;
#[path = "../common/mod.rs"]
mod common;
mod concerns;
mod coverage;
mod ownership;
mod stays;
mod wishes;
mod world;

use proptest::test_runner::Config;

/// So many cases with a random seed, which a failure prints. What it finds is written as a test of its own, with names
/// and people; no file of seeds is kept, because a seed says nothing once a generator has changed.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
