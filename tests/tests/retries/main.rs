//! What backends that retry and race rely on: keys that make sending again safe, versions that were seen, and names by which a request
//! is followed.
//!
//! - [`keys`]: `Idempotency-Key`; [`crash`]: when the server dies over it
//! - [`bulk`]: many at once, under one key; [`better_auth`]: on that wire
//! - [`versions`]: `ETag`, `If-Match`, `If-None-Match`
//! - [`names`]: `X-Request-Id` and `traceparent`, in answers, logs and events; `Roster-Actor`

mod better_auth;
mod bulk;
mod crash;
mod keys;
mod names;
mod versions;

use reqwest::Method;
use serde_json::Value;
use tests::{Answer, Person};

/// A command with headers.
async fn sends(person: &Person, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
    let mut request = person.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.json(&body);
    }
    person.sends(request).await
}
