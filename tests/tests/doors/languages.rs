//! What fails is told in the caller's language; the code is for programs, and always the same.

use std::collections::HashSet;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

use crate::reader::Reader;

const LANGUAGES: [&str; 7] = ["de", "fr", "es", "pt-BR", "ja", "zh-Hans", "ar"];

/// A call that fails.
struct Failing {
    person: Option<Person>,
    method: Method,
    path: &'static str,
    body: Option<Value>,
    code: (u16, &'static str),
}

impl Failing {
    fn request(&self, anybody: &Reader) -> RequestBuilder {
        let request = match &self.person {
            Some(person) => person.request(self.method.clone(), self.path),
            None => anybody.request(self.method.clone(), self.path),
        };
        match &self.body {
            Some(body) => request.json(body),
            None => request,
        }
    }
}

/// Acme of Ana with Ben in it and Pia invited, and what fails there.
async fn scene() -> (Server, Vec<Failing>) {
    let server = Server::start();
    let [ana, ben, pia] = ["ana", "ben", "pia"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ana.invites("acme", &pia, "member").await.expect(201);
    let acme = "/v1/organizations/acme";
    let invitations = "/v1/organizations/acme/invitations";
    let failing = |person: &Person, method: &str, path, body, status, code| Failing {
        person: Some(person.clone()),
        method: Method::from_bytes(method.as_bytes()).expect("a method"),
        path,
        body,
        code: (status, code),
    };
    let none = || None::<Value>;
    let all = vec![
        Failing { person: None, ..failing(&ana, "GET", acme, none(), 401, "unauthenticated") },
        failing(&server.bearer("x", "x.y.z"), "GET", acme, none(), 401, "unauthenticated"),
        failing(&ana, "GET", "/v1/nothing", none(), 404, "not-found"),
        failing(&ana, "PUT", acme, none(), 405, "method-not-allowed"),
        failing(&pia, "GET", acme, none(), 404, "organization-not-found"),
        failing(&pia, "GET", "/v1/organizations/acme/access", none(), 403, "not-a-member"),
        failing(&ben, "PATCH", acme, Some(json!({ "name": "B" })), 403, "permission-denied"),
        failing(&ben, "DELETE", acme, none(), 403, "permission-denied"),
        failing(&ana, "POST", "/v1/organizations/acme/leave", none(), 409, "owner-cannot-leave"),
        failing(&ana, "POST", "/v1/organizations", Some(json!({ "name": "A", "slug": "acme" })), 409, "slug-taken"),
        failing(
            &ana,
            "POST",
            invitations,
            Some(json!({ "email": ben.email(), "role": "member" })),
            409,
            "already-a-member",
        ),
        failing(
            &ana,
            "POST",
            invitations,
            Some(json!({ "email": pia.email(), "role": "member" })),
            409,
            "already-invited",
        ),
        failing(&ana, "DELETE", "/v1/organizations/acme/members/none", none(), 404, "member-not-found"),
        failing(&ana, "DELETE", "/v1/organizations/acme/invitations/none", none(), 404, "invitation-not-found"),
        failing(&ana, "POST", "/v1/organizations", none(), 415, "unsupported-media-type"),
        failing(
            &ana,
            "POST",
            "/v1/organizations",
            Some(json!({ "name": "x".repeat(70_000) })),
            413,
            "payload-too-large",
        ),
        failing(&ana, "POST", "/v1/organizations", Some(json!([])), 400, "invalid-request"),
        failing(&ana, "GET", "/v1/organizations/acme/members?limit=many", none(), 400, "invalid-request"),
        failing(&ana, "GET", "/v1/organizations/acme/members?role=boss", none(), 400, "invalid-request"),
        failing(&ana, "GET", "/v1/organizations/acme/members?sort=name", none(), 400, "invalid-request"),
        failing(&ana, "GET", "/v1/organizations/acme/history?after=x", none(), 400, "invalid-request"),
    ];
    (server, all)
}

fn told(answer: &Answer) -> (String, String) {
    (answer.text("/title"), answer.text("/detail"))
}

#[tokio::test]
async fn problems_are_told_in_eight_languages_with_one_code() {
    let (server, all) = scene().await;
    let anybody = Reader::stranger(&server);
    for failing in &all {
        let (status, code) = failing.code;
        let english = anybody.sends(failing.request(&anybody)).await.refused(status, code);
        let mut titles = HashSet::from([english.text("/title")]);
        let mut details = HashSet::from([english.text("/detail")]);
        for language in LANGUAGES {
            let request = failing.request(&anybody).header("accept-language", language);
            let answer = anybody.sends(request).await.refused(status, code);
            let (title, detail) = told(&answer);
            assert_ne!(title, english.text("/title"), "{language}: {answer:#?}");
            assert_ne!(detail, english.text("/detail"), "{language}: {answer:#?}");
            assert_eq!(answer.body["type"], english.body["type"]);
            assert_eq!(answer.body["errors"][0]["pointer"], english.body["errors"][0]["pointer"], "{answer:#?}");
            titles.insert(title);
            details.insert(detail);
        }
        assert!(titles.len() >= 7 && details.len() >= 7, "languages say the same: {titles:?} {details:?}");
        for unknown in ["nl", "xx-YY", "zh-Hant", "", "*", "q=1;;,"] {
            let request = failing.request(&anybody).header("accept-language", unknown);
            let answer = anybody.sends(request).await.refused(status, code);
            assert_eq!(told(&answer), told(&english), "{unknown}: {answer:#?}");
        }
    }
}

#[tokio::test]
async fn a_mistake_in_a_field_is_told_with_its_place() {
    let server = Server::start();
    let ana = server.person("ana");
    let long = json!({ "name": "x".repeat(101), "slug": "acme" });
    for (body, pointer) in [
        (long, "/name"),
        (json!({ "name": "\u{7}", "slug": "acme" }), "/name"),
        (json!({ "name": "Acme", "slug": "A" }), "/slug"),
        (json!({ "name": "Acme", "slug": "app" }), "/slug"),
        (json!({ "name": "Acme", "slug": "a--b" }), "/slug"),
        (json!({ "slug": "acme" }), "/name"),
    ] {
        let asks = |language: &str| {
            let request = ana.request(Method::POST, "/v1/organizations").json(&body);
            ana.sends(request.header("accept-language", language.to_owned()))
        };
        let english = asks("en").await.invalid(pointer).text("/errors/0/detail");
        for language in LANGUAGES {
            let answer = asks(language).await.invalid(pointer);
            assert_ne!(answer.text("/errors/0/detail"), english, "{language}: {answer:#?}");
            assert_ne!(answer.text("/detail"), asks("en").await.text("/detail"), "{language}: {answer:#?}");
            assert!(answer.text("/detail").contains(&pointer[1..]), "the field's name is no word: {answer:#?}");
        }
    }
}

#[tokio::test]
async fn what_ana_chose_on_a_page_comes_before_what_her_browser_says() {
    let server = Server::start();
    let ana = Reader::of(&server, &server.person("ana"));
    ana.posts("/language", &[("language", "ja")]).await.expect(303);
    assert_eq!(ana.cookie("roster_language").as_deref(), Some("ja"));
    let asks = |accepted: &'static str| {
        ana.request(Method::GET, "/v1/organizations/nowhere").header("accept-language", accepted)
    };
    let chosen = told(&ana.sends(asks("de")).await.refused(404, "organization-not-found"));
    assert_eq!(told(&ana.sends(asks("ja")).await), chosen);
    let page = ana.sends(ana.request(Method::GET, "/app/onboarding").header("accept-language", "de")).await;
    assert!(page.expect(200).raw.contains("<html lang=\"ja\""));
    // A language that there is not is not chosen, and does not undo the choice.
    for unknown in ["xx", "", "ja;x", "../de"] {
        let answer = ana.posts("/language", &[("language", unknown)]).await.expect(303);
        assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 0, "{answer:#?}");
    }
    ana.keeps("roster_language", "xx");
    assert_ne!(told(&ana.sends(asks("de")).await), chosen);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_in_the_language_of_its_victim() {
    let server = Server::start();
    let ana = Reader::of(&server, &server.person("ana"));
    let asks = |language: &str| {
        let form = ana.form("/app/onboarding", &[]).header("sec-fetch-site", "cross-site");
        ana.sends(form.header("accept-language", language.to_owned()))
    };
    let english = told(&asks("en").await.refused(403, "permission-denied"));
    for language in LANGUAGES {
        let (title, detail) = told(&asks(language).await.refused(403, "permission-denied"));
        assert!(title != english.0 && detail != english.1, "{language}: {title} {detail}");
    }
}

#[tokio::test]
async fn a_mistake_in_the_address_of_a_page_is_told_in_every_language_too() {
    let server = Server::start();
    let person = server.person("ana");
    person.founds("acme").await.expect(201);
    let ana = Reader::of(&server, &person);
    let (long, mut left_in_english) = (format!("/app/acme/members?search={}", "x".repeat(101)), Vec::new());
    for path in [
        "/app/acme/members?after=x",
        "/app/acme/members?role=boss",
        &long,
        "/app/acme/members?invitations_after=x",
        "/app/acme/history?as_of=x",
        "/app/acme/history?as_of=2026-03-01T00:00",
        "/app/acme/history?as_of=9999-12-31",
        "/app/acme/history?before=x",
        "/app/acme/history?members_after=x",
        "/app/select?after=x",
        "/app/acme/live?after=x",
    ] {
        let asks = |language: &str| {
            let request = ana.request(Method::GET, path).header("accept", "application/json");
            ana.sends(request.header("accept-language", language.to_owned()))
        };
        let english = asks("en").await.refused(400, "invalid-request").text("/errors/0/detail");
        for language in LANGUAGES {
            let detail = asks(language).await.refused(400, "invalid-request").text("/errors/0/detail");
            if detail == english {
                left_in_english.push((path.to_owned(), language, detail));
            }
        }
    }
    assert!(left_in_english.is_empty(), "{left_in_english:#?}");
}
