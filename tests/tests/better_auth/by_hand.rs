//! Requests by hand: as browsers send them with a cookie, and as no client would.

use std::sync::OnceLock;

use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tests::{Answer, Person};

/// All that better-auth's client knows lies below.
pub const BASE: &str = "/api/auth";

/// Better-auth's flow call.
pub const REMOVE: &str = "/organization/remove-member";

/// A request without a token.
pub fn bare(person: &Person, method: Method, path: &str) -> RequestBuilder {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let client = CLIENT.get_or_init(|| Client::builder().no_proxy().build().expect("an HTTP client"));
    client.request(method, format!("{}{path}", person.url()))
}

/// The same with the person's cookie, and nothing about whose page it comes from.
pub fn by_cookie(person: &Person, method: Method, path: &str) -> RequestBuilder {
    bare(person, method, path).header(COOKIE, format!("roster_session={}", person.token()))
}

/// A call with the person's cookie.
pub fn call(person: &Person, path: &str, body: &Value) -> RequestBuilder {
    by_cookie(person, Method::POST, &format!("{BASE}{path}")).json(body)
}

/// The person sends a body as it is, as JSON.
pub async fn sends(person: &Person, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = person.request(Method::POST, &format!("{BASE}{path}")).header(CONTENT_TYPE, "application/json");
    person.sends(request.body(body)).await
}

/// Expects this error and nothing more.
#[track_caller]
pub fn fails(answer: Answer, status: u16, code: &str, message: &str) -> Answer {
    let answer = answer.expect(status);
    assert_eq!(answer.body, json!({ "message": message, "code": code }), "{answer:#?}");
    assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:#?}");
    answer
}

/// Expects what is said of what there is not: nothing.
#[track_caller]
pub fn is_nothing(answer: Answer) {
    let answer = answer.expect(404);
    assert_eq!((answer.raw.as_str(), answer.header("content-type")), ("", None), "{answer:#?}");
}
