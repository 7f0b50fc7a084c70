//! Which pages of other origins call with a person's cookie, and what browsers are told of it.

use reqwest::Method;
use reqwest::header::ORIGIN;
use serde_json::json;
use tests::{Answer, Person, Server};

use crate::by_hand::{BASE, REMOVE, bare, by_cookie, call, fails};

pub const APP: &str = "http://app.example";
const OTHER: &str = "https://other.example";

/// A server that trusts two origins, and Ana, who owns acme.
pub async fn trusting() -> (Server, Person) {
    // Blanks between them are no mistake, nor is one that is left empty.
    let trusted = format!(" {APP} , {OTHER} ,");
    let server = Server::with(&[], &[("ROSTER_TRUSTED_ORIGINS", &trusted)]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    (server, ana)
}

/// The headers by which browsers learn what a page may read.
pub fn cors(answer: &Answer) -> Vec<&str> {
    answer.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("access-control-")).collect()
}

/// What a browser asks before a page of this origin may call.
pub fn preflight(person: &Person, path: &str, origin: &str) -> reqwest::RequestBuilder {
    bare(person, Method::OPTIONS, path)
        .header(ORIGIN, origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type")
}

#[tokio::test]
async fn pages_of_trusted_origins_call_and_read() {
    let (_server, ana) = trusting().await;
    let slug = json!({ "slug": "free" });
    for origin in [APP, OTHER] {
        let asked = ana.sends(preflight(&ana, &format!("{BASE}{REMOVE}"), origin)).await;
        assert!(asked.status.is_success(), "{asked:#?}");
        assert_eq!(asked.header("access-control-allow-origin"), Some(origin));
        assert_eq!(asked.header("access-control-allow-credentials"), Some("true"));
        assert_eq!(asked.header("access-control-allow-headers"), Some("content-type"));
        assert!(asked.header("access-control-allow-methods").is_some_and(|methods| methods.contains("POST")));

        for site in ["same-site", "cross-site"] {
            let by_page =
                |request: reqwest::RequestBuilder| request.header(ORIGIN, origin).header("sec-fetch-site", site);
            let done = ana.sends(by_page(call(&ana, "/organization/check-slug", &slug))).await.expect(200);
            let read = by_page(by_cookie(&ana, Method::GET, &format!("{BASE}/organization/list")));
            let read = ana.sends(read).await.expect(200);
            assert_eq!(read.body[0]["slug"], "acme");
            // Also what went wrong is for the page to read.
            let failed = ana.sends(by_page(call(&ana, REMOVE, &json!({})))).await.expect(400);
            let nothing = ana.sends(by_page(call(&ana, "/organization/nothing", &json!({})))).await.expect(404);
            for answer in [done, read, failed, nothing] {
                assert_eq!(answer.header("access-control-allow-origin"), Some(origin), "{answer:#?}");
                assert_eq!(answer.header("access-control-allow-credentials"), Some("true"), "{answer:#?}");
                // A cache must not give it to another origin.
                let vary = answer.header("vary").unwrap_or_default().to_lowercase();
                assert!(vary.contains("origin"), "{answer:#?}");
            }
        }
    }
}

#[tokio::test]
async fn all_other_pages_read_nothing_and_do_nothing() {
    let (_server, ana) = trusting().await;
    let (acme, before) = (ana.checks("acme").await.expect(200).text("/organization_id"), ana.history("acme").await);
    let evil = json!({ "data": { "name": "Evil" }, "organizationId": acme });
    for origin in [
        "http://evil.test",
        "http://app.example.evil.test",
        "https://app.example",
        "http://app.example:8080",
        "http://sub.app.example",
        "http://other.example",
        "null",
    ] {
        let asked = ana.sends(preflight(&ana, &format!("{BASE}/organization/update"), origin)).await;
        assert_eq!(asked.header("access-control-allow-origin"), None, "{origin}: {asked:#?}");
        let refused = ana.sends(call(&ana, "/organization/update", &evil).header(ORIGIN, origin)).await.expect(403);
        assert_eq!(refused.header("access-control-allow-origin"), None, "{origin}: {refused:#?}");
        // Who has a token is answered; a page that has it may not read even that.
        let request = ana.request(Method::GET, &format!("{BASE}/organization/list")).header(ORIGIN, origin);
        let read = ana.sends(request).await.expect(200);
        assert_eq!(read.header("access-control-allow-origin"), None, "{origin}: {read:#?}");
    }
    let refused = ana.sends(call(&ana, "/organization/update", &evil)).await;
    fails(refused, 403, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin");
    assert_eq!(ana.history("acme").await, before);
}

#[tokio::test]
async fn where_none_is_trusted_browsers_are_told_nothing() {
    let server = Server::start();
    let ana = server.person("ana");
    for origin in [APP, server.url.as_str()] {
        let asked = ana.sends(preflight(&ana, &format!("{BASE}{REMOVE}"), origin)).await.expect(404);
        let read = by_cookie(&ana, Method::GET, &format!("{BASE}/get-session")).header(ORIGIN, origin);
        let read = ana.sends(read).await.expect(200);
        let checked = call(&ana, "/organization/check-slug", &json!({ "slug": "free" })).header(ORIGIN, origin);
        for answer in [asked, read, ana.sends(checked).await] {
            assert_eq!(cors(&answer), Vec::<&str>::new(), "{answer:#?}");
        }
    }
}
