//! Roster's door: takes commands and questions over HTTP, translates them, and decides nothing.
//!
//! In reading order:
//!
//! - [`cli`], [`settings`]: what the binary can be told; [`configuration`]: what of that can't be meant
//! - [`wiring`]: the one place where the parts meet; [`directory`]: where journal and projections meet about people
//! - [`projecting`]: moves the lists along; [`mending`]: builds them anew, releases what is parked;
//!   [`verifying`]: compares them with a fold of the journal
//! - [`subscribing`]: prints what happens, as it happens
//! - [`importing`]: takes over what was kept elsewhere
//! - [`webhooks`]: posts events to whoever asked for them
//! - [`audit`]: what was, on the command line; [`then`]: the same as it is told, [`wanted`]: what of it is asked for, [`moment`]: when
//! - [`erasing`]: forgets a person; [`break_glass`]: what only an operator may; [`operating`]: by whose act, at the command line
//! - [`roster`]: the parts, as every dialect sees them
//! - [`server`]: the accept loop; [`app`]: all routes in their layers; [`door`]: what is answered while the database is away
//! - [`limits`]: how many commands a caller may send; [`timely`]: how long an answer may take
//! - [`identity`]: whose tokens count; [`caller`]: who is asking; [`known`]: what is kept of people
//! - [`extract`], [`problem`]: what comes in, and what is answered when it fails
//! - [`contract`]: the REST dialect as OpenAPI
//! - [`original`]: which organization an address of a proxied application belongs to
//! - [`v1`]: the REST dialect; [`better_auth`]: the wire of better-auth's organization client; [`pages`]: for people
//! - [`same_site`], [`origins`]: whose pages may use a cookie; [`cookies`], [`language`], [`live`]: what pages stand on; [`links`]: where they are
//! - [`health`], [`telemetry`]: how it is doing; [`correlation`]: what a request is called; [`probe`]: asks another process
//! - [`demo`]: a dozen people to play with; [`greeting`]: what to try next; [`saying`]: a word at the terminal

#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

pub mod app;
pub mod audit;
pub mod better_auth;
pub mod break_glass;
pub mod caller;
pub mod cli;
pub mod configuration;
pub mod contract;
pub mod cookies;
pub mod correlation;
pub mod demo;
pub mod directory;
pub mod door;
pub mod erasing;
pub mod extract;
pub mod greeting;
pub mod health;
pub mod identity;
pub mod importing;
pub mod known;
pub mod language;
pub mod limits;
pub mod links;
pub mod live;
pub mod mending;
pub mod moment;
pub mod operating;
pub mod original;
pub mod origins;
pub mod pages;
pub mod probe;
pub mod problem;
pub mod projecting;
pub mod roster;
pub mod same_site;
pub mod saying;
pub mod server;
pub mod settings;
pub mod subscribing;
pub mod telemetry;
pub mod then;
pub mod timely;
pub mod v1;
pub mod verifying;
pub mod wanted;
pub mod webhooks;
pub mod wiring;
