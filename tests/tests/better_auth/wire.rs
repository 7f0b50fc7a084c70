//! What is looked at first: the address, and what the body is.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tests::{Person, Server};

use crate::by_hand::{BASE, REMOVE, bare, fails, is_nothing};

/// Ana, who looks at acme, which is hers.
pub async fn ana() -> (Server, Person) {
    let server = Server::start();
    let ana = server.person("ana");
    let created = ana.posts(&format!("{BASE}/organization/create"), json!({ "name": "Acme", "slug": "acme" })).await;
    assert_eq!(created.expect(200).header("content-type"), Some("application/json"));
    (server, ana)
}

#[tokio::test]
async fn what_is_not_there_is_answered_without_a_word() {
    let (_server, ana) = ana().await;
    for (method, path) in [
        (Method::POST, "/organization/remove-members"),
        (Method::GET, REMOVE),
        (Method::DELETE, REMOVE),
        (Method::PUT, REMOVE),
        (Method::PATCH, REMOVE),
        (Method::OPTIONS, REMOVE),
        (Method::POST, "/organization/list"),
        (Method::POST, "/get-session"),
        (Method::POST, "/ok"),
        (Method::POST, "/sign-out"),
        (Method::POST, "/organization/remove-member/"),
        (Method::GET, "/organization/list/"),
        (Method::GET, "/get-session/"),
        (Method::POST, "/organization//remove-member"),
        (Method::POST, "//organization/remove-member"),
        (Method::POST, "/organization/Remove-Member"),
        (Method::POST, "/organization/add-member"),
        (Method::GET, "/organization"),
        (Method::GET, "/"),
        (Method::GET, ""),
    ] {
        let address = format!("{BASE}{path}");
        let body = (method != Method::GET).then(|| json!({}));
        is_nothing(ana.calls(method.clone(), &address, body.clone()).await);
        // Whoever asks, and whatever is wrong beside it.
        is_nothing(ana.sends(bare(&ana, method.clone(), &address)).await);
        let malformed = bare(&ana, method, &address).header(CONTENT_TYPE, "text/plain").header("cookie", "a=b");
        is_nothing(ana.sends(malformed.body("{")).await);
    }
    let ok = ana.sends(bare(&ana, Method::GET, &format!("{BASE}/ok"))).await.expect(200);
    assert_eq!(ok.body, json!({ "ok": true }));
}

#[tokio::test]
async fn a_body_is_json_and_says_so() {
    let (_server, ana) = ana().await;
    let of = async |kind: Option<&str>, body: &'static str| {
        let request = ana.request(Method::POST, &format!("{BASE}{REMOVE}")).body(body);
        ana.sends(match kind {
            Some(kind) => request.header(CONTENT_TYPE, kind),
            None => request,
        })
        .await
    };
    let missing = "[body.memberIdOrEmail] Invalid input: expected string, received undefined";
    for kind in ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/json ; a=b"] {
        fails(of(Some(kind), "{}").await, 400, "VALIDATION_ERROR", missing);
    }
    for kind in ["text/plain", "application/merge-patch+json", "application/x-www-form-urlencoded", "application/jsonx"]
    {
        let message = format!("Content-Type \"{kind}\" is not allowed. Allowed types: application/json");
        fails(of(Some(kind), "{}").await, 415, "UNSUPPORTED_MEDIA_TYPE", &message);
        fails(of(Some(kind), "{").await, 415, "UNSUPPORTED_MEDIA_TYPE", &message);
    }
    // Nobody says what it is, or nothing comes: then there is none.
    let none = "[body] Invalid input: expected object, received undefined";
    for (kind, body) in [(None, "{}"), (None, ""), (Some("application/json"), "")] {
        fails(of(kind, body).await, 400, "VALIDATION_ERROR", none);
    }
    for body in ["{", " ", "hello", "{\"memberIdOrEmail\":\"a\"} x", "{'a': 1}", "{\"a\":1,}", "\u{feff}{}"] {
        fails(of(Some("application/json"), body).await, 400, "BAD_REQUEST", "Invalid JSON in request body");
    }
    for (body, received) in
        [("[]", "array"), ("\"text\"", "string"), ("null", "null"), ("1", "number"), ("true", "boolean")]
    {
        let message = format!("[body] Invalid input: expected object, received {received}");
        fails(of(Some("application/json"), body).await, 400, "VALIDATION_ERROR", &message);
    }
    // What only reads has no body, whatever is sent.
    let read =
        ana.request(Method::GET, &format!("{BASE}/organization/list")).header(CONTENT_TYPE, "text/plain").body("{");
    ana.sends(read).await.expect(200);
}
