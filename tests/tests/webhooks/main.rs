//! Webhooks: events posted to whoever asked for them.
//!
//! - [`signed`]: what a receiver verifies, with the package that receivers use; [`rotated`]: secrets that change
//! - [`ordered`]: an organization's order, kept while its receiver fails
//! - [`retried`]: when it is tried again, and when no longer
//! - [`killed`]: a server that dies in the middle
//! - [`redelivered`]: events that are delivered once more, and where a webhook begins
//! - [`refused`]: addresses that are not posted to; [`odd`]: receivers that answer oddly
//! - [`managed`]: who may register, change and see them

mod killed;
mod managed;
mod odd;
mod ordered;
mod redelivered;
mod refused;
mod retried;
mod rotated;
mod signed;

use serde_json::{Value, json};
use tests::{Answer, Delivery, Person, Receiver, Server, eventually};

/// A server that posts to this machine, and soon tries again.
fn server() -> Server {
    server_with(&[])
}

/// The same with settings.
fn server_with(settings: &[(&str, &str)]) -> Server {
    let mut all = vec![("ROSTER_WEBHOOKS_ALLOW_PRIVATE", "on"), ("ROSTER_WEBHOOKS_RETRY_FIRST", "1s")];
    all.extend(settings);
    Server::with(&[], &all)
}

/// Where an organization's webhooks are.
fn webhooks(org: &str) -> String {
    format!("/v1/organizations/{org}/webhooks")
}

/// Registers a webhook of an organization's.
async fn registers(person: &Person, org: &str, url: &str) -> Answer {
    person.posts(&webhooks(org), json!({ "url": url })).await.expect(201)
}

/// A webhook as it is shown.
async fn shown(person: &Person, org: &str, id: &str) -> Value {
    person.gets(&format!("{}/{id}", webhooks(org))).await.expect(200).body
}

/// Waits until so many were taken.
async fn taken(receiver: &Receiver, how_many: usize) -> Vec<Delivery> {
    eventually(&format!("{how_many} are taken"), async || {
        let taken = receiver.taken();
        (taken.len() >= how_many).then_some(taken)
    })
    .await
}

/// Gives an organization a name: one event.
async fn renames(person: &Person, org: &str, name: &str) {
    person.patches(&format!("/v1/organizations/{org}"), json!({ "name": name })).await.expect(200);
}

fn sequences(deliveries: &[Delivery]) -> Vec<u64> {
    deliveries.iter().map(Delivery::sequence).collect()
}
