//! The same question as Envoy and Traefik ask it.

use reqwest::Method;
use tests::{Answer, Person, Server};

use crate::raw;

/// Ben is a member of `mine`, not of `theirs`.
async fn scene(settings: &[(&str, &str)]) -> (Server, Person, String) {
    let server = Server::with(&[], settings);
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let mine = ana.founds("mine").await.expect(201).text("/id");
    ana.takes_in("mine", &ben, "member").await;
    server.person("zoe").founds("theirs").await.expect(201);
    (server, ben, mine)
}

#[track_caller]
fn passed(answer: Answer, organization: &str) {
    let answer = answer.expect(200);
    assert_eq!(answer.raw, "");
    assert_eq!(answer.header("roster-user"), Some("ben"));
    assert_eq!(answer.header("roster-organization"), Some(organization));
    assert_eq!(answer.header("roster-role"), Some("member"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("allow"), None);
}

async fn asks(ben: &Person, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = ben.request(Method::GET, path);
    ben.sends(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

#[tokio::test]
async fn envoy_asks_with_any_method_and_the_path_behind_its_own() {
    let (_server, ben, mine) = scene(&[]).await;
    let strange = Method::from_bytes(b"LEAVE").expect("a method");
    for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, strange] {
        passed(ben.calls(method.clone(), "/v1/authorize/app/mine/x?y=/../z", None).await, &mine);
        ben.calls(method.clone(), "/v1/authorize/app/theirs/", None).await.refused(403, "not-a-member");
        ben.calls(method, "/v1/authorize", None).await.refused(403, "not-a-member");
    }
    for nowhere in ["/", "/app/", "/app", "/other/mine"] {
        ben.gets(&format!("/v1/authorize{nowhere}")).await.refused(403, "not-a-member");
    }
}

#[tokio::test]
async fn behind_the_path_no_header_is_looked_at() {
    let (_server, ben, mine) = scene(&[]).await;
    let header = [("x-original-uri", "/app/mine/")];
    asks(&ben, "/v1/authorize/app/theirs/", &header).await.refused(403, "not-a-member");
    asks(&ben, "/v1/authorize/", &header).await.refused(403, "not-a-member");
    passed(asks(&ben, "/v1/authorize/app/mine/", &[("x-original-uri", "/app/theirs/")]).await, &mine);
    // And before it no path.
    passed(asks(&ben, "/v1/authorize?/app/theirs", &header).await, &mine);
}

#[tokio::test]
async fn a_path_that_is_not_in_order_is_refused_as_it_was_sent() {
    let (server, ben, _) = scene(&[]).await;
    let token = format!("authorization: Bearer {}", ben.token());
    for path in [
        "/app/mine/../theirs/",
        "//app/mine/",
        "/app/mine//",
        "/app/mine/%2e%2e/theirs",
        "/app/mine/%2f",
        "/app/mine/%5c",
        "/app/mine/%zz",
        "/../authorize/app/mine/",
    ] {
        let answer = raw::sends(&server.url, &format!("GET /v1/authorize{path} HTTP/1.1\n{token}")).await;
        assert_eq!(answer.status, 403, "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn a_cookie_is_believed_whatever_site_the_request_comes_from() {
    let (server, ben, _) = scene(&[]).await;
    let foreign = "origin: https://evil.example\nsec-fetch-site: cross-site";
    let cookie = format!("cookie: roster_session={}", ben.token());
    for path in ["/v1/authorize/app/mine/", "/v1/authorize"] {
        let head = format!("POST {path} HTTP/1.1\n{cookie}\n{foreign}\nx-original-uri: /app/mine/\ncontent-length: 0");
        let answer = raw::sends(&server.url, &head).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{path}");
    }
    // Nowhere else.
    let head = format!("POST /v1/organizations/mine/leave HTTP/1.1\n{cookie}\n{foreign}\ncontent-length: 0");
    assert_eq!(raw::sends(&server.url, &head).await.status, 403);
    ben.checks("mine").await.expect(200);
}

#[tokio::test]
async fn a_body_that_never_comes_is_not_waited_for() {
    let (server, ben, _) = scene(&[]).await;
    let token = format!("authorization: Bearer {}", ben.token());
    for length in ["content-length: 9999999999", "transfer-encoding: chunked"] {
        let head = format!("POST /v1/authorize/app/mine/ HTTP/1.1\n{token}\n{length}\ncontent-type: text/plain");
        let asked = std::time::Instant::now();
        let answer = raw::sends(&server.url, &head).await;
        assert_eq!(answer.status, 200, "{length}: {answer:?}");
        assert!(asked.elapsed() < std::time::Duration::from_secs(5), "{length} was waited for {:?}", asked.elapsed());
    }
}

#[tokio::test]
async fn only_the_header_that_is_set_is_believed() {
    let (_server, ben, mine) = scene(&[("ROSTER_AUTHORIZE_HEADER", "X-Forwarded-Uri")]).await;
    let (to_mine, to_theirs) = (("x-forwarded-uri", "/app/mine/?a"), ("x-forwarded-uri", "/app/theirs/"));
    let lie = ("x-original-uri", "/app/mine/");
    passed(asks(&ben, "/v1/authorize", &[to_mine]).await, &mine);
    passed(asks(&ben, "/v1/authorize", &[to_mine, ("x-original-uri", "/app/theirs/")]).await, &mine);
    asks(&ben, "/v1/authorize", &[to_theirs, lie]).await.refused(403, "not-a-member");
    asks(&ben, "/v1/authorize", &[lie]).await.refused(403, "not-a-member");
    asks(&ben, "/v1/authorize", &[to_mine, to_mine]).await.refused(403, "not-a-member");
    passed(asks(&ben, "/v1/authorize", &[("x-forwarded-uri", "https://example.com/app/mine/")]).await, &mine);
}

#[tokio::test]
async fn the_pattern_is_a_setting() {
    let (_server, ben, mine) = scene(&[("ROSTER_AUTHORIZE_PATTERN", "/o/{slug}/board")]).await;
    passed(asks(&ben, "/v1/authorize", &[("x-original-uri", "/o/mine/board?x")]).await, &mine);
    passed(asks(&ben, "/v1/authorize/o/mine/board", &[]).await, &mine);
    for other in ["/o/mine/boards", "/o/mine", "/o/mine/board/x", "/app/mine/"] {
        asks(&ben, "/v1/authorize", &[("x-original-uri", other)]).await.refused(403, "not-a-member");
    }
}

#[tokio::test]
async fn a_setting_that_makes_no_sense_is_told_at_start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, value) in [
        ("ROSTER_AUTHORIZE_PATTERN", "/app"),
        ("ROSTER_AUTHORIZE_PATTERN", "app/{slug}"),
        ("ROSTER_AUTHORIZE_HEADER", "X Original"),
        ("ROSTER_AUTHORIZE_HEADER", ""),
    ] {
        let output = Server::command(folder.path()).env(name, value).output().expect("roster runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let flag = name.trim_start_matches("ROSTER_").to_ascii_lowercase().replace('_', "-");
        assert!(!output.status.success() && said.contains(&flag), "{name}={value}: {said}");
    }
}

#[tokio::test]
async fn who_shows_no_token_is_asked_for_one() {
    let (server, ..) = scene(&[]).await;
    for path in ["/v1/authorize", "/v1/authorize/app/mine/", "/v1/authorize/app/../x", "/v1/authorize/"] {
        let answer = raw::sends(&server.url, &format!("GET {path} HTTP/1.1\nx-original-uri: /app/mine/")).await;
        assert_eq!(answer.status, 401, "{path}");
        assert!(answer.body.contains("\"code\":\"unauthenticated\""), "{answer:?}");
    }
}
