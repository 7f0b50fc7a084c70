//! What the tests of the rules share, in reading order:
//!
//! - [`people`]: who plays, and the ids and addresses they have
//! - [`given`]: what has happened so far, as events
//! - [`commands`]: what people ask for
//! - [`tables`]: what the journal keeps beside the events and looks up for a command
//! - [`story`]: given, when, then
//!
//! A `mod.rs`, unlike everywhere else: `tests/common.rs` would be taken for a test of its own.
#![allow(dead_code, reason = "compiled into each test binary, which uses its part")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on should say where")]

pub mod commands;
pub mod given;
pub mod people;
pub mod story;
pub mod tables;
