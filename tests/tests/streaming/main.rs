//! Following what happens: an organization's stream of events, and the journal page by page.
//!
//! - [`whole`]: everything arrives, once and in order, also when the connection is cut again and again
//! - [`begins`]: where a stream begins, and who may listen
//! - [`departed`], [`demoted`]: who is gone or may see less is told nothing more, raced
//! - [`lasting`]: how long a stream lasts: heartbeats, tokens that expire, servers that stop, how many there may be
//! - [`slow`]: listeners who do not listen
//! - [`all`]: `/v1/events`, all organizations by pages
//! - [`unreadable`]: an event that this version can't read; [`away`]: a database that is away for a while

mod all;
mod away;
mod begins;
mod demoted;
mod departed;
mod lasting;
mod slow;
mod unreadable;
mod whole;

use std::time::Duration;

use serde_json::{Value, json};
use tests::stream::Told;
use tests::{EventStream, Person, Server};

/// How soon a listener must be told, or be gone.
const SOON: Duration = Duration::from_secs(1);

/// Acme of Ana with Ben in it.
async fn acme(server: &Server, role: &str) -> (Person, Person, String) {
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, role).await;
    (ana, ben, member)
}

/// Gives acme another name.
async fn renames(ana: &Person, org: &str, name: &str) {
    ana.patches(&format!("/v1/organizations/{org}"), json!({ "name": name })).await.expect(200);
}

async fn gives_role(ana: &Person, org: &str, member: &str, role: &str) {
    ana.patches(&format!("/v1/organizations/{org}/members/{member}"), json!({ "role": role })).await.expect(200);
}

/// The last position in an organization's history.
async fn last_position(ana: &Person, org: &str) -> u64 {
    position(ana.history(org).await.last().expect("a history"))
}

fn position(event: &Value) -> u64 {
    event["position"].as_u64().expect("a position")
}

fn sequence(event: &Value) -> u64 {
    event["sequence"].as_u64().expect("a sequence")
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().expect("a type")).collect()
}

/// The event of this type, the last one of them.
fn last<'h>(history: &'h [Value], kind: &str) -> &'h Value {
    history.iter().rfind(|event| event["type"] == kind).unwrap_or_else(|| panic!("no {kind} in {history:#?}"))
}

/// Reads until this event is told: everything told, with it.
async fn until(stream: &mut EventStream, sequence: u64) -> Vec<Value> {
    let mut events = Vec::new();
    loop {
        match stream.told().await {
            Some(Told::Event(_, event)) => events.push(event),
            other => panic!("{other:?} before {sequence}, after {events:#?}"),
        }
        if events.last().is_some_and(|event| self::sequence(event) >= sequence) {
            return events;
        }
    }
}
