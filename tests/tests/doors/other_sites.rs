//! A form or a script of another site, sent by the browser of somebody who has signed in here: refused, and nothing is changed.

use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::{Person, Server};

use crate::reader::{Reader, set_cookies};

/// Acme of Ana, with Ben as admin and Cem as member, and Pia invited; Ana is invited to Studio.
struct Scene {
    server: Server,
    ana: Person,
    studio: Person,
    ben: String,
    pending: String,
    own: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, cem, pia, studio] = ["ana", "ben", "cem", "pia", "zoe"].map(|id| server.person(id));
        ana.founds("acme").await.expect(201);
        let member = ana.takes_in("acme", &ben, "admin").await;
        ana.takes_in("acme", &cem, "member").await;
        let pending = ana.invites("acme", &pia, "member").await.expect(201).text("/id");
        studio.founds("studio").await.expect(201);
        let own = studio.invites("studio", &ana, "member").await.expect(201).text("/id");
        Self { server, ana, studio, ben: member, pending, own }
    }

    /// Every form of the pages, with what would be done.
    fn forms(&self) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
        let Self { ben, pending, own, .. } = self;
        vec![
            ("/sign-in".to_owned(), vec![("user_id", "evil")]),
            ("/sign-out".to_owned(), vec![]),
            ("/language".to_owned(), vec![("language", "de")]),
            ("/app/onboarding".to_owned(), vec![("name", "Evil"), ("slug", "evil")]),
            (format!("/app/invitations/{own}/accept"), vec![]),
            (format!("/app/invitations/{own}/decline"), vec![]),
            ("/app/acme/invitations".to_owned(), vec![("email", "evil@evil.test"), ("role", "admin")]),
            (format!("/app/acme/invitations/{pending}/extend"), vec![]),
            (format!("/app/acme/invitations/{pending}/revoke"), vec![]),
            (format!("/app/acme/members/{ben}/role"), vec![("role", "member")]),
            (format!("/app/acme/members/{ben}/remove"), vec![]),
            (format!("/app/acme/members/{ben}/owner"), vec![("typed", "acme")]),
            ("/app/acme/settings".to_owned(), vec![("name", "Evil"), ("slug", "acme")]),
            ("/app/acme/delete".to_owned(), vec![("typed", "acme")]),
            ("/app/acme/leave".to_owned(), vec![]),
        ]
    }

    /// Every command of `/v1`.
    fn commands(&self) -> Vec<(Method, String, Option<Value>)> {
        let (Self { ben, pending, own, .. }, acme) = (self, "/v1/organizations/acme");
        vec![
            (Method::POST, "/v1/organizations".to_owned(), Some(json!({ "name": "Evil", "slug": "evil" }))),
            (Method::PATCH, acme.to_owned(), Some(json!({ "name": "Evil" }))),
            (Method::POST, format!("{acme}/leave"), None),
            (Method::PATCH, format!("{acme}/members/{ben}"), Some(json!({ "role": "member" }))),
            (Method::DELETE, format!("{acme}/members/{ben}"), None),
            (Method::POST, format!("{acme}/ownership"), Some(json!({ "member_id": ben }))),
            (Method::POST, format!("{acme}/invitations"), Some(json!({ "email": "e@evil.test", "role": "admin" }))),
            (Method::DELETE, format!("{acme}/invitations/{pending}"), None),
            (Method::POST, format!("/v1/invitations/{own}/accept"), None),
            (Method::POST, format!("/v1/invitations/{own}/decline"), None),
            (Method::DELETE, acme.to_owned(), None),
        ]
    }

    /// Everything that happened, everywhere.
    async fn all(&self) -> (Vec<Value>, Vec<Value>, Value) {
        let listed = self.ana.gets("/v1/organizations/evil").await;
        (self.ana.history("acme").await, self.studio.history("studio").await, listed.body)
    }

    /// Each way in which a browser says that somebody else made it ask.
    fn elsewhere(&self, request: &dyn Fn() -> RequestBuilder) -> Vec<(&'static str, RequestBuilder)> {
        let scheme = self.server.url.replace("http://", "https://");
        let port = self.server.url.rsplit_once(':').map_or("", |(_, port)| port);
        let fetch = |site: &str| request().header("sec-fetch-site", site);
        vec![
            ("cross-site", fetch("cross-site")),
            ("same-site", fetch("same-site")),
            ("something new", fetch("somewhere")),
            ("cross-site, with our origin", fetch("cross-site").header("origin", &self.server.url)),
            ("another origin", request().header("origin", "https://evil.test")),
            ("no origin at all", request().header("origin", "null")),
            ("another port", request().header("origin", "http://127.0.0.1:1")),
            ("a longer name", request().header("origin", format!("http://127.0.0.1.evil.test:{port}"))),
            ("another name of this machine", request().header("origin", format!("{scheme}.evil.test"))),
        ]
    }
}

#[tokio::test]
async fn no_form_of_another_site_does_anything_for_ana() {
    let scene = Scene::set().await;
    let reader = Reader::of(&scene.server, &scene.ana);
    let before = scene.all().await;
    for (path, fields) in scene.forms() {
        for (how, request) in scene.elsewhere(&|| reader.form(&path, &fields)) {
            let answer = reader.sends(request).await;
            assert_eq!(answer.status, 403, "{path} {how}");
            assert_eq!(answer.code(), Some("permission-denied"), "{path} {how}: {answer:#?}");
            assert_eq!(set_cookies(&answer), Vec::<String>::new(), "{path} {how}: no cookie is touched");
        }
    }
    assert_eq!(scene.all().await, before, "nothing was recorded");
    scene.ana.gets(&format!("/v1/invitations/{}", scene.own)).await.expect(200);
}

#[tokio::test]
async fn no_script_of_another_site_commands_by_anas_cookie() {
    let scene = Scene::set().await;
    let reader = Reader::of(&scene.server, &scene.ana);
    let before = scene.all().await;
    for (method, path, body) in scene.commands() {
        let request = || match &body {
            Some(body) => reader.request(method.clone(), &path).json(body),
            None => reader.request(method.clone(), &path),
        };
        for (how, request) in scene.elsewhere(&request) {
            let answer = reader.sends(request).await;
            assert_eq!(answer.status, 403, "{method} {path} {how}");
            answer.refused(403, "permission-denied");
        }
    }
    assert_eq!(scene.all().await, before, "nothing was recorded");
}

#[tokio::test]
async fn our_own_forms_and_scripts_pass() {
    let scene = Scene::set().await;
    let reader = Reader::of(&scene.server, &scene.ana);
    let own = |request: RequestBuilder| request.header("sec-fetch-site", "same-origin");
    let origin = |request: RequestBuilder| request.header("origin", &scene.server.url);
    // The address bar, an older browser, and a program with the cookie.
    let none = |request: RequestBuilder| request.header("sec-fetch-site", "none");
    let ways: [&dyn Fn(RequestBuilder) -> RequestBuilder; 4] = [&own, &origin, &none, &|request| request];
    for (n, way) in ways.into_iter().enumerate() {
        let (name, slug) = (format!("Acme {n}"), format!("founded-{n}"));
        let fields = [("name", name.as_str()), ("slug", "acme")];
        reader.sends(way(reader.form("/app/acme/settings", &fields))).await.expect(303);
        let fields = [("name", slug.as_str()), ("slug", slug.as_str())];
        reader.sends(way(reader.form("/app/onboarding", &fields))).await.expect(303);
        let request = reader.request(Method::PATCH, "/v1/organizations/acme").json(&json!({ "name": slug }));
        assert_eq!(reader.sends(way(request)).await.expect(200).text("/name"), slug);
    }
    // None of the forms that were refused above is refused for where it comes from when it is ours.
    let cem = Reader::of(&scene.server, &scene.server.person("cem"));
    let left = cem.sends(own(cem.form("/app/acme/leave", &[]))).await.expect(303);
    assert!(left.header("location").is_some_and(|to| to == "/app/onboarding"), "{left:#?}");
    for (path, fields) in scene.forms() {
        let reader = Reader::of(&scene.server, &scene.ana);
        let answer = reader.sends(own(reader.form(&path, &fields))).await;
        assert_ne!(answer.status, 403, "{path}: {answer:#?}");
        assert!(!answer.status.is_server_error(), "{path}: {answer:#?}");
    }
}

#[tokio::test]
async fn a_token_is_sent_by_nobodys_accident_and_passes() {
    let scene = Scene::set().await;
    for (n, origin) in ["https://evil.test", "null", "http://127.0.0.1:1"].into_iter().enumerate() {
        let request = scene.ana.request(Method::PATCH, "/v1/organizations/acme").header("origin", origin);
        let request = request.header("sec-fetch-site", "cross-site").json(&json!({ "name": format!("Acme {n}") }));
        scene.ana.sends(request).await.expect(200);
    }
    // But not with something else in that header, and the cookie beside it.
    let reader = Reader::of(&scene.server, &scene.ana);
    let before = scene.all().await;
    for authorization in ["Basic YTpi", "Bearer", "Bearer x"] {
        let form = reader.form("/app/acme/settings", &[("name", "Evil"), ("slug", "acme")]);
        let form = form.header("authorization", authorization).header("sec-fetch-site", "cross-site");
        let answer = reader.sends(form).await.expect(303);
        assert_eq!(answer.header("location"), Some("/sign-in?return_to=%2Fapp"));
        let command = reader.request(Method::DELETE, "/v1/organizations/acme").header("authorization", authorization);
        reader.sends(command.header("origin", "https://evil.test")).await.refused(401, "unauthenticated");
    }
    assert_eq!(scene.all().await, before);
}

#[tokio::test]
async fn another_site_may_link_here_but_a_form_in_a_strange_type_is_read_by_nobody() {
    let scene = Scene::set().await;
    let reader = Reader::of(&scene.server, &scene.ana);
    for path in ["/app", "/app/acme", "/app/acme/members", "/app/acme/delete", "/v1/organizations/acme"] {
        let linked = reader.request(Method::GET, path).header("sec-fetch-site", "cross-site");
        let answer = reader.sends(linked.header("sec-fetch-dest", "document")).await;
        assert!(answer.status.is_success() || answer.status == 303, "{path}: {answer:#?}");
    }
    let before = scene.all().await;
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let form = reader.request(Method::POST, "/app/acme/delete").header(CONTENT_TYPE, kind).body("typed=acme");
        reader.sends(form).await.expect(415);
    }
    assert_eq!(scene.all().await, before);
}
