//! Cookies: who sets them, how, and who takes them away.

use std::time::{Duration, SystemTime};

use gateway::identity::TokenRequest;
use reqwest::Method;
use tests::issuer::{self, AUDIENCE, ISSUER, claims};
use tests::{Key, Server, says};

use crate::reader::{Reader, encoded, location, set_cookie};

/// What a cookie says beside its name and value.
fn attributes(set: &str) -> Vec<String> {
    let mut all: Vec<_> = set.split(';').skip(1).map(|one| one.trim().to_owned()).collect();
    all.retain(|one| !one.starts_with("Max-Age="));
    all.sort_unstable();
    all
}

#[tokio::test]
async fn ana_signs_in_with_a_cookie_that_no_script_and_no_other_site_gets() {
    let server = Server::start();
    let fields = [("user_id", "ana"), ("email", "ana@acme.test"), ("return_to", "/app/onboarding")];
    for (host, secure) in [
        (None, false),
        (Some("localhost:8080"), false),
        (Some("roster.example"), true),
        (Some("127.0.0.1.evil.test:80"), true),
        (Some("localhost.evil.test"), true),
    ] {
        let ana = Reader::stranger(&server);
        let request = |request: reqwest::RequestBuilder| match host {
            Some(host) => request.header("host", host),
            None => request,
        };
        let signed_in = ana.sends(request(ana.form("/sign-in", &fields))).await.expect(303);
        assert_eq!(location(&signed_in), "/app/onboarding");
        let language = ana.sends(request(ana.form("/language", &[("language", "de")]))).await.expect(303);
        let out = ana.sends(request(ana.form("/sign-out", &[]))).await.expect(303);
        let mut wanted = vec!["HttpOnly", "Path=/", "SameSite=Lax"];
        wanted.extend(secure.then_some("Secure"));
        let sets = [
            set_cookie(&signed_in, "roster_session"),
            set_cookie(&language, "roster_language"),
            set_cookie(&out, "roster_session"),
            set_cookie(&out, "roster_notice"),
        ];
        for set in &sets {
            assert_eq!(attributes(set), wanted, "{host:?}: {set}");
        }
        assert!(sets[0].contains("Max-Age=43200"), "half a day: {}", sets[0]);
        assert!(sets[1].starts_with("roster_language=de;") && sets[1].contains("Max-Age=31536000"), "{}", sets[1]);
        assert!(sets[2].starts_with("roster_session=;") && sets[2].contains("Max-Age=0"), "{}", sets[2]);
    }
}

#[tokio::test]
async fn ana_signs_out_and_is_nobody_again() {
    let server = Server::start();
    let ana = Reader::stranger(&server);
    ana.posts("/sign-in", &[("user_id", "ana")]).await.expect(303);
    let (way, page) = ana.arrives("/app").await;
    assert_eq!(way, ["/app/onboarding"]);
    assert!(page.expect(200).raw.contains("action=\"/sign-out\""));
    let out = ana.posts("/sign-out", &[]).await.expect(303);
    assert_eq!((location(&out), ana.cookie("roster_session")), ("/sign-in".to_owned(), None));
    let (way, page) = ana.arrives("/app").await;
    assert_eq!(way, ["/sign-in?return_to=%2Fapp"]);
    assert!(!page.expect(200).raw.contains("action=\"/sign-out\""));
}

#[tokio::test]
async fn a_cookie_that_is_no_good_leads_to_the_sign_in_which_leads_back() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let yesterday = SystemTime::now() - Duration::from_secs(24 * 3600);
    let expired =
        server.person_as_of(&TokenRequest { expires_in: Duration::from_secs(3600), ..says("ana") }, yesterday);
    let signed = ana.token().rsplit_once('.').map(|(signed, _)| format!("{signed}.AAAA")).expect("a token has dots");
    for cookie in [expired.token(), &signed, "garbage", "a.b.c", "\"\"", "%00"] {
        let reader = Reader::stranger(&server);
        reader.keeps("roster_session", cookie);
        let wanted = "/app/acme/members?search=a%20b&role=admin";
        let asked = reader.opens(wanted).await.expect(303);
        assert_eq!(location(&asked), format!("/sign-in?return_to={}", encoded(wanted)), "{cookie}");
        // What was posted can't be posted again by a link: the way back is the beginning.
        for path in ["/app/acme/settings", "/app/acme/leave", "/app/onboarding"] {
            let posted = reader.posts(path, &[("name", "Acme"), ("slug", "acme")]).await.expect(303);
            assert_eq!(location(&posted), "/sign-in?return_to=%2Fapp", "{cookie} {path}");
        }
        let page = reader.opens(&location(&asked)).await.expect(200);
        let field = "name=\"return_to\" value=\"/app/acme/members?search=a%20b&#38;role=admin\"";
        assert!(page.raw.contains(field), "{}", page.raw);
        let back = reader.posts("/sign-in", &[("user_id", "ana"), ("return_to", wanted)]).await.expect(303);
        assert_eq!(location(&back), wanted);
        reader.opens(wanted).await.expect(200);
    }
    assert_eq!(ana.history("acme").await.len(), 2, "nothing was changed");
}

#[tokio::test]
async fn whoever_asks_without_any_cookie_is_shown_the_way_in_by_every_page() {
    let server = Server::start();
    let (stranger, ana) = (Reader::stranger(&server), server.person("ana"));
    ana.founds("acme").await.expect(201);
    for org in ["acme", "nowhere"] {
        for page in ["", "/members", "/settings", "/leave", "/transfer", "/delete", "/what"] {
            let path = format!("/app/{org}{page}");
            let asked = stranger.opens(&path).await.expect(303);
            assert_eq!(location(&asked), format!("/sign-in?return_to={}", encoded(&path)));
        }
        let live = stranger.sends(stranger.request(Method::GET, &format!("/app/{org}/live"))).await;
        live.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_language_chosen_before_signing_in_keeps_the_way_back() {
    let server = Server::start();
    let reader = Reader::stranger(&server);
    let page = reader.opens("/sign-in?return_to=%2Fapp%2Facme%2Fmembers").await.expect(200);
    assert!(page.raw.contains("name=\"return_to\" value=\"/app/acme/members\""), "{}", page.raw);
    let chosen = [("language", "de"), ("return_to", "/sign-in?return_to=%2Fapp%2Facme%2Fmembers")];
    let chosen = reader.posts("/language", &chosen).await.expect(303);
    let page = reader.opens(&location(&chosen)).await.expect(200);
    assert!(page.raw.contains("<html lang=\"de\""), "{}", page.raw);
    assert!(page.raw.contains("name=\"return_to\" value=\"/app/acme/members\""), "the way back is lost: {chosen:#?}");
}

#[tokio::test]
async fn in_production_people_sign_in_at_the_hosts_page_and_its_cookie_opens_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, key) = (folder.path().join("jwks.json"), Key::ec());
    issuer::publish(&path, &[key.named("first")]);
    let trusting = [("ROSTER_ISSUER", ISSUER), ("ROSTER_AUDIENCE", AUDIENCE)];
    let keys = [("ROSTER_JWKS", path.to_str().expect("a path"))];
    let host = [("ROSTER_SIGN_IN_URL", "https://id.acme.test/in?a=1&back={return_to}")];
    let server = Server::with(&[], &[&trusting[..], &keys[..], &host[..]].concat());

    let ana = Reader::stranger(&server);
    let door = ana.opens("/sign-in?return_to=/app/acme/members?search=b").await.expect(200);
    // As HTML has it: the ampersand is escaped.
    let link = "https://id.acme.test/in?a=1&#38;back=%2Fapp%2Facme%2Fmembers%3Fsearch%3Db";
    assert!(door.raw.contains(link), "{}", door.raw);
    assert!(!door.raw.contains("name=\"user_id\"") && !door.raw.contains("/sign-out"));
    ana.sends(ana.form("/sign-in", &[("user_id", "ana")])).await.expect(404);

    // A development token opens nothing, the host's does.
    ana.keeps("roster_session", &server.token("ana", &[]));
    ana.opens("/app/select").await.expect(303);
    ana.keeps("roster_session", &key.token("first", &claims("ana")));
    let page = ana.opens("/app/select").await.expect(200);
    assert!(!page.raw.contains("/sign-out"), "who signed in elsewhere signs out there");
}
