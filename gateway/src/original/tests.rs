//! Addresses as strangers write them.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the answer")]

use axum::http::HeaderValue;

use super::*;

const ID: &str = "0192f0c1-0000-7000-8000-000000000000";

fn original(pattern: &str) -> Original {
    Original { header: HeaderName::from_static("x-original-uri"), pattern: pattern.parse().unwrap() }
}

/// The organization that this address names, in the header.
fn of(pattern: &str, address: impl AsRef<[u8]>) -> Option<String> {
    let value = HeaderValue::from_bytes(address.as_ref()).ok()?;
    let found =
        original(pattern).in_header(&HeaderMap::from_iter([(HeaderName::from_static("x-original-uri"), value)]));
    found.map(|found| named(&found))
}

fn named(organization: &OrganizationRef) -> String {
    match organization {
        OrganizationRef::Slug(slug) => slug.to_string(),
        OrganizationRef::Id(id) => id.to_string(),
        OrganizationRef::OfInvitation(id) => format!("{id}, which no address names"),
    }
}

#[test]
fn an_organization_is_named_by_slug_or_id_with_anything_below() {
    for address in [
        "/app/acme",
        "/app/acme/",
        "/app/acme/reports/2026.html",
        "/app/acme/a..b/...",
        "/app/acme/caf%C3%A9/100%25",
        "/app/acme/%E3%83%95%E3%82%A1%E3%82%A4%E3%83%AB",
        "/app/acme/a%20b/~x;v=1/[id]|@!$&'()*+,=:",
        "/app/acme?next=/app/../theirs//%2e%2e#",
        "https://example.com/app/acme/x?y",
        "HTTP://[::1]:8080/app/acme",
    ] {
        assert_eq!(of("/app/{slug}/…", address).as_deref(), Some("acme"), "{address}");
    }
    assert_eq!(of("/app/{slug}/…", format!("/app/{ID}/x")).as_deref(), Some(ID));
}

#[test]
fn what_could_be_read_in_two_ways_is_nowhere() {
    for address in [
        // Dots, as they are and dressed up.
        "/app/mine/../theirs",
        "/app/mine/..",
        "/app/mine/.",
        "/app/./mine",
        "/x/../app/mine",
        "/app/mine/%2e%2e/theirs",
        "/app/mine/.%2E/theirs",
        "/app/mine/%2e/x",
        "/app/mine/file%2etxt",
        "/app/mine/%252e%252e/theirs",
        "/app/mine/%25252e%25252e/theirs",
        "/app/mine/..;/theirs",
        "/app/mine/..;x=1/theirs",
        "/app/mine/..%3b/theirs",
        "/app/mine/..%20/theirs",
        "/app/mine/%c0%ae%c0%ae/theirs",
        "/app/mine/%ef%bc%8e%ef%bc%8e/theirs",
        "/app/mine/%e2%80%a5/theirs",
        // Slashes, too many and hidden.
        "//app/mine",
        "/app//mine",
        "/app/mine//x",
        "/app/mine//",
        "/app/mine/;/x",
        "/app/mine/%2f..%2ftheirs",
        "/app/mine%2F..%2Ftheirs",
        "/app/mine/%252f",
        "/app/mine/%c0%af",
        "/app/mine/%ef%bc%8f",
        "/app/mine\\..\\theirs",
        "/app/mine/..\\theirs",
        "/app/mine/%5c..%5Ctheirs",
        "/app/mine/%ef%bc%bc",
        // What ends the path for some.
        "/app/mine#/../theirs",
        "/app/mine/%00",
        "/app/mine/x%0d%0aHost:%20a",
        "/app/mine/%7f",
        "/app/mine/%c2%85",
        "/app/mine /x",
        "/app/mine\t/x",
        // Encoded badly, or where there is no need.
        "/app/mine/%",
        "/app/mine/%2",
        "/app/mine/%zz",
        "/app/mine/%+1",
        "/app/mine/%ff",
        "/app/mine/%u002e%u002e/theirs",
        "/app/%6dine/x",
        "/%61pp/mine",
        "/app/mine;theirs/x",
        "/app/mine%3f/../theirs",
        "/app/mine/caf\u{e9}",
        // Hosts that are paths to some.
        "http://a/app/mine?/app/theirs/../x#",
        "http://a\\app/mine/../app/mine",
        "http://a#/app/mine",
        "http://a?/app/mine",
        "http:///app/mine",
        "http://a@b/app/mine",
        "http://a%2fb/app/mine",
        "//example.com/app/mine",
        "http:/app/mine",
        "ftp://example.com/app/mine",
        "example.com/app/mine",
        "app/mine",
        "*",
        "",
        // Elsewhere.
        "/app",
        "/app/",
        "/",
        "/App/mine",
        "/APP/mine",
        "/app;x/mine",
        "/other/mine",
        "/x/app/mine",
        "/app/Mine",
        "/app/m",
        "/app/mine-",
    ] {
        let expected = (address == "http://a/app/mine?/app/theirs/../x#").then(|| "mine".to_owned());
        assert_eq!(of("/app/{slug}/…", address), expected, "{address}");
    }
    assert_eq!(of("/app/{slug}/…", b"/app/mine/\xff"), None);
}

#[test]
fn the_path_that_a_proxy_appends_is_read_by_the_same_rules() {
    let original = original("/app/{slug}/…");
    assert_eq!(original.in_path("/app/acme/x").as_ref().map(named).as_deref(), Some("acme"));
    for path in ["//app/acme", "/app/acme/../theirs", "/app/acme/%2e%2e", "http://a/app/acme", "/", ""] {
        assert!(original.in_path(path).is_none(), "{path}");
    }
}

#[test]
fn a_header_that_is_missing_or_there_twice_names_nothing() {
    let original = original("/app/{slug}/…");
    let mut headers = HeaderMap::new();
    headers.insert("x-forwarded-uri", HeaderValue::from_static("/app/acme"));
    assert!(original.in_header(&headers).is_none());
    headers.append("x-original-uri", HeaderValue::from_static("/app/acme"));
    assert!(original.in_header(&headers).is_some());
    headers.append("x-original-uri", HeaderValue::from_static("/app/acme"));
    assert!(original.in_header(&headers).is_none());
}

#[test]
fn a_pattern_says_where_the_organization_stands() {
    let none = None::<&str>;
    for (pattern, address, found) in [
        ("/app/{slug}", "/app/acme", Some("acme")),
        ("/app/{slug}", "/app/acme/", none),
        ("/app/{slug}", "/app/acme/x", none),
        ("/app/{slug}/*", "/app/acme/x", Some("acme")),
        ("/{slug}/…", "/acme", Some("acme")),
        ("/{slug}/*", "/acme/x/y", Some("acme")),
        ("/o/{slug}/board", "/o/acme/board", Some("acme")),
        ("/o/{slug}/board", "/o/acme/boards", none),
        ("/o/{slug}/board/…", "/o/acme/board/7", Some("acme")),
        ("/o/{slug}/board/…", "/o/acme", none),
        ("/v1.0/a_b/{slug}/~x", "/v1.0/a_b/acme/~x", Some("acme")),
    ] {
        assert_eq!(of(pattern, address).as_deref(), found, "{address} by {pattern}");
    }
}

#[test]
fn what_is_no_pattern_is_not_accepted_as_a_setting() {
    for bad in [
        "",
        "/",
        "/…",
        "app/{slug}",
        "/app",
        "/app/…",
        "/app/{slug}/",
        "/app//{slug}",
        "/app/{org}/…",
        "/app/x{slug}",
        "/{slug}/{slug}",
        "/app/../{slug}",
        "/app/*/{slug}",
        "/app/{slug}/…/x",
        "/%61pp/{slug}",
        "/app/{slug}?x",
        "https://example.com/{slug}",
    ] {
        assert_eq!(bad.parse::<Pattern>(), Err(NotAPattern), "{bad}");
    }
}
