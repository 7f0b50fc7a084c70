//! How far trust in an origin goes, and how it is given: below `/api/auth`, and by a setting that names origins.

use std::process::Stdio;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use tests::{Server, eventually};

use crate::by_hand::by_cookie;
use crate::cors::{APP, cors, preflight, trusting};

#[tokio::test]
async fn a_trusted_origin_is_trusted_with_this_and_no_more() {
    let (_server, ana) = trusting().await;
    let before = ana.history("acme").await;
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    for (method, path, kind, body) in [
        (Method::PATCH, "/v1/organizations/acme", json, r#"{"name": "Evil"}"#),
        (Method::POST, "/v1/organizations", json, r#"{"name": "Evil", "slug": "evil"}"#),
        (Method::POST, "/v1/organizations/acme/leave", json, ""),
        (Method::DELETE, "/v1/organizations/acme", json, ""),
        (Method::POST, "/app/acme/settings", form, "name=Evil&slug=acme"),
        (Method::POST, "/app/acme/delete", form, "typed=acme"),
        (Method::POST, "/app/acme/leave", form, ""),
        (Method::POST, "/sign-out", form, ""),
        // Not below it, however much it looks so.
        (Method::POST, "/api/authentic", json, "{}"),
    ] {
        for site in ["same-site", "cross-site"] {
            let request = by_cookie(&ana, method.clone(), path).header(CONTENT_TYPE, kind).body(body);
            let answer = ana.sends(request.header(ORIGIN, APP).header("sec-fetch-site", site)).await;
            assert_eq!((answer.status.as_u16(), answer.code()), (403, Some("permission-denied")), "{answer:#?}");
            assert_eq!(cors(&answer), Vec::<&str>::new(), "{answer:#?}");
        }
    }
    for path in ["/v1/organizations", "/app/acme", "/openapi.json"] {
        let asked = ana.sends(preflight(&ana, path, APP)).await;
        assert_eq!(cors(&asked), Vec::<&str>::new(), "{asked:#?}");
        let read = ana.sends(by_cookie(&ana, Method::GET, path).header(ORIGIN, APP)).await.expect(200);
        assert_eq!(cors(&read), Vec::<&str>::new(), "{read:#?}");
    }
    assert_eq!(ana.history("acme").await, before);
}

#[tokio::test]
async fn what_is_no_origin_is_not_started_with() {
    let folder = tempfile::tempdir().expect("a folder");
    for bad in
        ["*", "app.example", "http://app.example/path", "http://app.example,nonsense", "null", "ftp://app.example"]
    {
        let mut command = Server::command(folder.path());
        command.env("ROSTER_LISTEN", "127.0.0.1:0").env("ROSTER_LOG", "off").env("ROSTER_TRUSTED_ORIGINS", bad);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("roster starts");
        let status =
            eventually(&format!("an end of {bad}"), async || child.try_wait().expect("it is waited for")).await;
        let output = child.wait_with_output().expect("what it said");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!status.success() && output.stdout.is_empty(), "{bad}: it listens");
        assert!(said.contains("--trusted-origins") && said.contains(bad), "{bad}: {said}");
        assert!(said.contains("https://app.example") && !said.contains("panicked"), "what to write: {said}");
    }
}
