//! Nobody is led to another site, whatever a link or a form says.

use reqwest::header::ACCEPT;
use tests::{Person, Server};

use crate::reader::{Reader, encoded, location};

/// Ways to another site, or out of a header.
const ELSEWHERE: [&str; 26] = [
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "\\/evil.test",
    "/app\\@evil.test",
    "/app/\\evil.test",
    "https://evil.test",
    "HTTPS:evil.test",
    "https:/app",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2fevil.test",
    "%2f%2fevil.test",
    "/\t/evil.test",
    "\t//evil.test",
    "/app/\r\nSet-Cookie: a=b",
    "/app/\nx",
    "/app/\0",
    " /app/acme",
    "app",
    "@evil.test",
    ".evil.test",
    "/app.evil.test",
    "/app@evil.test",
    "/app/\u{2028}x",
];

/// Where a browser goes from there: a page of this site, or it panics.
fn stays(server: &Server, to: &str) {
    let here = reqwest::Url::parse(&server.url).expect("the server's address");
    let there = here.join(to).unwrap_or_else(|error| panic!("{to:?} is no address: {error}"));
    assert_eq!(there.origin(), here.origin(), "{to:?} leaves the site");
    assert!(to.bytes().all(|byte| byte.is_ascii_graphic()), "{to:?}");
    assert!(to.starts_with("/app") || to == "/sign-in" || to.starts_with("/sign-in?"), "{to:?}");
}

#[tokio::test]
async fn signing_in_never_leads_ana_away() {
    let server = Server::start();
    for to in ELSEWHERE {
        let ana = Reader::stranger(&server);
        let signed_in = ana.posts("/sign-in", &[("user_id", "ana"), ("return_to", to)]).await.expect(303);
        assert_eq!(location(&signed_in), "/app", "{to:?}");
        let page = ana.opens(&format!("/sign-in?return_to={}", encoded(to))).await.expect(200);
        assert!(page.raw.contains("name=\"return_to\" value=\"/app\""), "{to:?}: {}", page.raw);
        assert!(!page.raw.contains("value=\"//") && !page.raw.contains("href=\"//"), "{to:?}: {}", page.raw);
    }
}

#[tokio::test]
async fn choosing_a_language_never_leads_ana_away() {
    let server = Server::start();
    let ana = Reader::stranger(&server);
    let hidden = ELSEWHERE.map(|to| format!("/sign-in?return_to={}", encoded(to)));
    let plain = ELSEWHERE.map(|to| format!("/sign-in?return_to={to}"));
    for to in ELSEWHERE.iter().map(|to| (*to).to_owned()).chain(hidden).chain(plain) {
        let chosen = ana.posts("/language", &[("language", "fr"), ("return_to", &to)]).await.expect(303);
        stays(&server, &location(&chosen));
        // Nor does the page that it leads to lead on to another site.
        if location(&chosen).starts_with("/sign-in") {
            let page = ana.opens(&location(&chosen)).await.expect(200);
            let field = page.raw.split("name=\"return_to\" value=\"").nth(1).expect("a field").split('"').next();
            stays(&server, field.expect("a value"));
        }
    }
}

#[tokio::test]
async fn a_path_that_looks_like_a_site_is_not_taken_for_one() {
    let server = Server::start();
    let (ana, person) = (Reader::stranger(&server), server.person("ana"));
    let signed_in = Reader::of(&server, &person);
    for path in
        ["//evil.test/app", "/app//evil.test", "/app/%2f%2fevil.test", "/app/..%2f..%2fevil.test", "/app/x%0d%0ay"]
    {
        for reader in [&ana, &signed_in] {
            let answer = reader.opens(path).await;
            if answer.status.is_redirection() {
                stays(&server, &location(&answer));
            } else {
                assert!(answer.status.is_client_error(), "{path}: {answer:#?}");
            }
        }
    }
}

/// Where the script is told to go on, by an answer with this status.
async fn told(reader: &Reader, path: &str, fields: &[(&str, &str)], status: u16) -> String {
    let answer = reader.posts_by_script(path, fields).await.expect(status);
    assert_eq!(answer.header("location"), None, "{answer:#?}");
    assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:#?}");
    assert_eq!(answer.body.as_object().map(serde_json::Map::len), Some(1), "{answer:#?}");
    answer.text("/location")
}

#[tokio::test]
async fn the_script_is_told_the_place_and_not_sent_there() {
    let server = Server::start();
    let [ana, ben]: [Person; 2] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let (reader, leaver) = (Reader::of(&server, &ana), Reader::of(&server, &ben));
    for to in ELSEWHERE {
        assert_eq!(told(&reader, "/sign-in", &[("user_id", "zoe"), ("return_to", to)], 200).await, "/app", "{to:?}");
        assert_eq!(told(&reader, "/language", &[("language", "en"), ("return_to", to)], 200).await, "/app", "{to:?}");
    }
    let reader = Reader::of(&server, &ana);
    let settings = [("name", "Acme"), ("slug", "acme")];
    assert_eq!(told(&reader, "/app/acme/settings", &settings, 200).await, "/app/acme/settings");
    assert_eq!(told(&leaver, "/app/acme/leave", &[], 200).await, "/app/onboarding");
    assert_eq!(told(&leaver, "/app/acme/settings", &settings, 404).await, "/app", "it is not theirs");
    assert_eq!(told(&Reader::stranger(&server), "/app/acme/leave", &[], 401).await, "/sign-in?return_to=%2Fapp");
    let asked = reader.sends(reader.form("/app/acme/settings", &settings).header(ACCEPT, "text/html, */*")).await;
    assert_eq!(location(&asked.expect(303)), "/app/acme/settings");
}
