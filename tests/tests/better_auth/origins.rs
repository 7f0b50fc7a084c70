//! A browser sends its cookie along whoever makes it ask: what comes with one must come from a page of ours.

use reqwest::header::{COOKIE, ORIGIN, REFERER, SET_COOKIE};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::{Person, Server};

use crate::by_hand::{BASE, REMOVE, bare, by_cookie, call, fails};

const MISSING: (&str, &str) = ("MISSING_OR_NULL_ORIGIN", "Missing or null Origin");
const INVALID: (&str, &str) = ("INVALID_ORIGIN", "Invalid origin");

/// Acme of Ana, who looks at it, with Ben in it, Tom invited, and Ana invited elsewhere.
struct Scene {
    server: Server,
    ana: Person,
    acme: String,
    ben: String,
    pending: String,
    own: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, tom, zoe] = ["ana", "ben", "tom", "zoe"].map(|id| server.person(id));
        let acme = ana.founds("acme").await.expect(201).text("/id");
        zoe.founds("rival").await.expect(201);
        let own = zoe.invites("rival", &ana, "member").await.expect(201).text("/id");
        let bens = ana.takes_in("acme", &ben, "member").await;
        let pending = ana.invites("acme", &tom, "member").await.expect(201).text("/id");
        ana.posts(&format!("{BASE}/organization/set-active"), json!({ "organizationId": acme })).await.expect(200);
        Self { server, ana, acme, ben: bens, pending, own }
    }

    /// Every call that does something, with what it would do.
    fn calls(&self) -> Vec<(String, Value)> {
        let Self { acme, ben, pending, own, .. } = self;
        let calls = [
            ("create", json!({ "name": "Evil", "slug": "evil" })),
            ("check-slug", json!({ "slug": "free" })),
            ("update", json!({ "data": { "name": "Evil" }, "organizationId": acme })),
            ("set-active", json!({ "organizationId": null })),
            ("invite-member", json!({ "email": "evil@evil.test", "role": "admin", "organizationId": acme })),
            ("cancel-invitation", json!({ "invitationId": pending })),
            ("accept-invitation", json!({ "invitationId": own })),
            ("reject-invitation", json!({ "invitationId": own })),
            ("update-member-role", json!({ "memberId": ben, "role": "admin", "organizationId": acme })),
            ("remove-member", json!({ "memberIdOrEmail": ben, "organizationId": acme })),
            ("leave", json!({ "organizationId": acme })),
            ("has-permission", json!({ "permissions": { "member": ["delete"] }, "organizationId": acme })),
            ("delete", json!({ "organizationId": acme })),
        ];
        calls.map(|(name, body)| (format!("/organization/{name}"), body)).to_vec()
    }

    /// The journal's position and what Ana looks at.
    async fn all(&self) -> (Value, Value) {
        let position = self.ana.gets("/readyz").await.expect(200).body["position"].clone();
        let session = self.ana.gets(&format!("{BASE}/get-session")).await.expect(200);
        assert_eq!(session.body["session"]["activeOrganizationId"], self.acme.as_str());
        (position, session.body["session"]["activeOrganizationId"].clone())
    }
}

#[tokio::test]
async fn no_page_of_somebody_else_does_anything_by_anas_cookie() {
    let scene = Scene::set().await;
    let (ana, before) = (&scene.ana, scene.all().await);
    let port = scene.server.url.rsplit_once(':').map_or("", |(_, port)| port);
    let [longer, other, host] =
        ["127.0.0.1.evil.test", "evil.test", "localhost"].map(|host| format!("http://{host}:{port}"));
    let ways: [(_, &str, _); 9] = [
        (ORIGIN, "http://evil.test", INVALID),
        (ORIGIN, &longer, INVALID),
        (ORIGIN, &other, INVALID),
        (ORIGIN, &host, INVALID),
        (ORIGIN, "http://127.0.0.1:1", INVALID),
        (ORIGIN, "http://127.0.0.1", INVALID),
        (REFERER, "http://evil.test/http://127.0.0.1/", INVALID),
        (ORIGIN, "null", MISSING),
        (ORIGIN, "", MISSING),
    ];
    for (path, body) in scene.calls() {
        fails(ana.sends(call(ana, &path, &body)).await, 403, MISSING.0, MISSING.1);
        for (header, value, (code, message)) in &ways {
            let request = call(ana, &path, &body).header(header, *value);
            fails(ana.sends(request).await, 403, code, message);
            // Whatever the browser says beside it.
            for site in ["cross-site", "same-site", "none"] {
                let request = call(ana, &path, &body).header(header, *value).header("sec-fetch-site", site);
                fails(ana.sends(request).await, 403, code, message);
            }
        }
    }
    // What looks like ours, as the browser knows it is not.
    for site in ["same-site", "cross-site", "none"] {
        let request = call(ana, REMOVE, &json!({})).header(ORIGIN, &scene.server.url).header("sec-fetch-site", site);
        fails(ana.sends(request).await, 403, INVALID.0, INVALID.1);
    }
    // It comes before what is wrong with the body, but not before what is no JSON at all.
    let bad = |request: RequestBuilder| request.header(ORIGIN, "http://evil.test");
    fails(ana.sends(bad(call(ana, REMOVE, &json!({})))).await, 403, INVALID.0, INVALID.1);
    let half = by_cookie(ana, Method::POST, &format!("{BASE}{REMOVE}")).header("content-type", "application/json");
    fails(ana.sends(bad(half.body("{"))).await, 400, "BAD_REQUEST", "Invalid JSON in request body");
    assert_eq!(scene.all().await, before);
}

#[tokio::test]
async fn our_own_pages_pass_and_so_does_a_token_from_anywhere() {
    let scene = Scene::set().await;
    let (ana, url) = (&scene.ana, scene.server.url.as_str());
    // None of the calls refused above is refused for where it comes from when it is ours; the last of them deletes.
    for (n, (path, body)) in scene.calls().into_iter().enumerate() {
        let request = call(ana, &path, &body);
        let request = match n % 2 {
            0 => request.header(ORIGIN, url),
            _ => request.header(REFERER, format!("{url}/app/acme?a=b")),
        };
        let answer = ana.sends(request).await;
        // What was accepted can't be rejected, and the owner can't leave.
        let in_vain = path.ends_with("/reject-invitation") || path.ends_with("/leave");
        assert_eq!(answer.status.as_u16(), if in_vain { 400 } else { 200 }, "{answer:#?}");
    }
    let free = json!({ "slug": "free" });
    let check = format!("{BASE}/organization/check-slug");
    for origin in ["http://evil.test", "null", url] {
        let request = ana.request(Method::POST, &check).json(&free).header(ORIGIN, origin);
        ana.sends(request.header("sec-fetch-site", "cross-site")).await.expect(200);
    }
    ana.sends(ana.request(Method::POST, &check).json(&free)).await.expect(200);
    // Any cookie beside it is a browser's.
    let beside = ana.request(Method::POST, &check).json(&free).header(COOKIE, "theme=dark");
    fails(ana.sends(beside).await, 403, MISSING.0, MISSING.1);
    // What only reads is asked by whom it may; whether a page may read the answer is the browser's business.
    let read = by_cookie(ana, Method::GET, &format!("{BASE}/organization/list")).header(ORIGIN, "http://evil.test");
    ana.sends(read).await.expect(200);
}

#[tokio::test]
async fn a_cookie_that_is_no_good_is_taken_away() {
    let scene = Scene::set().await;
    let (ana, url) = (&scene.ana, scene.server.url.as_str());
    let bad = |method, path: &str| {
        bare(ana, method, &format!("{BASE}{path}")).header(COOKIE, "roster_session=a.b.c").header(ORIGIN, url)
    };
    let taken = |answer: &tests::Answer| {
        let set = answer.header(SET_COOKIE.as_str()).unwrap_or_else(|| panic!("no cookie is set: {answer:#?}"));
        assert!(set.starts_with("roster_session=;") && set.contains("Max-Age=0"), "{set}");
    };
    let session = ana.sends(bad(Method::GET, "/get-session")).await.expect(200);
    assert_eq!(session.raw, "null");
    taken(&session);
    let refused = ana.sends(bad(Method::POST, REMOVE).json(&json!({ "memberIdOrEmail": "x" }))).await;
    taken(&fails(refused, 401, "UNAUTHORIZED", "Unauthorized"));
    // Whoever has none loses none.
    let session = ana.sends(bare(ana, Method::GET, &format!("{BASE}/get-session"))).await.expect(200);
    assert_eq!((session.raw.as_str(), session.header("set-cookie")), ("null", None));
    assert_eq!(session.header("cache-control"), Some("no-store"));
}
