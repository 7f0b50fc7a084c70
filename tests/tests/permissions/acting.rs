//! Backends that act for people: the rights are the person's, the act is the backend's.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

/// The backend calls for somebody.
async fn acts(backend: &Person, acts_for: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let request = backend.request(method, path).header("roster-actor", acts_for);
    backend
        .sends(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
}

#[tokio::test]
async fn a_backend_has_the_rights_of_whom_it_acts_for() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let backend = server.with_scope("shop", "roster:act-as");
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;

    let rename = Some(json!({ "name": "Renamed" }));
    acts(&backend, "ben", Method::PATCH, "/v1/organizations/acme", rename.clone())
        .await
        .refused(403, "permission-denied");
    acts(&backend, "zoe", Method::PATCH, "/v1/organizations/acme", rename.clone())
        .await
        .refused(404, "organization-not-found");
    backend.patches("/v1/organizations/acme", json!({ "name": "Own" })).await.refused(404, "organization-not-found");
    acts(&backend, "ana", Method::PATCH, "/v1/organizations/acme", rename).await.expect(200);
    let checked = acts(&backend, "ben", Method::GET, "/v1/organizations/acme/access", None).await.expect(200);
    assert_eq!(checked.body["user_id"], "ben");
    let left = acts(&backend, "ben", Method::POST, "/v1/organizations/acme/leave", None).await.expect(200);
    ben.checks("acme").await.refused(403, "not-a-member");
    let listed = ana.lists("/v1/organizations/acme/members", left.position()).await.expect(200);
    assert_eq!(listed.body["total"], 1);

    let history = ana.history("acme").await;
    let [.., renamed, gone] = history.as_slice() else { panic!("{history:#?}") };
    assert_eq!((&renamed["type"], &renamed["actor"]), (&json!("OrganizationRenamed"), &json!("service:shop")));
    assert_eq!((&gone["type"], &gone["actor"]), (&json!("MemberLeft"), &json!("service:shop")));
    assert_eq!(
        (&renamed["acts_for"], &gone["acts_for"]),
        (&json!("ana"), &json!("ben")),
        "with whom it acted for beside it"
    );
    assert_eq!(gone["data"]["user_id"], "ben");
}

#[tokio::test]
async fn a_backend_accepts_with_the_address_the_person_last_proved() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let backend = server.with_scope("shop", "roster:act-as");
    ana.founds("acme").await.expect(201);
    let invitation = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    let accept = format!("/v1/invitations/{invitation}/accept");
    acts(&backend, "ben", Method::POST, &accept, None).await.refused(403, "invitation-not-for-you");
    ben.gets("/v1/organizations").await.expect(200);
    acts(&backend, "zoe", Method::POST, &accept, None).await.refused(403, "invitation-not-for-you");
    let listed = acts(&backend, "ben", Method::GET, "/v1/invitations", None).await.expect(200);
    assert_eq!(listed.body["invitations"][0]["id"], invitation.as_str());
    let joined = acts(&backend, "ben", Method::POST, &accept, None).await.expect(200);
    assert_eq!((joined.text("/user_id"), joined.text("/name")), ("ben".to_owned(), "Ben".to_owned()));
    ben.checks("acme").await.expect(200);
}

#[tokio::test]
async fn nobody_acts_for_others_without_the_scope() {
    let server = Server::start();
    let [ana, zoe] = ["ana", "zoe"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let auditor = server.with_scope("auditor", "roster:audit roster:admin");
    for person in [&zoe, &auditor, &ana] {
        for path in ["/v1/organizations", "/v1/organizations/acme", "/v1/organizations/acme/access"] {
            acts(person, "ana", Method::GET, path, None).await.refused(403, "permission-denied");
        }
        acts(person, "ana", Method::DELETE, "/v1/organizations/acme", None).await.refused(403, "permission-denied");
    }
    ana.checks("acme").await.expect(200);
}

#[tokio::test]
async fn who_is_acted_for_is_said_once_and_well() {
    let server = Server::start();
    let backend = server.with_scope("shop", "roster:act-as");
    let long = "x".repeat(256);
    for bad in ["", "  ", &long, "an\u{202e}a", "an\ta"] {
        acts(&backend, bad, Method::GET, "/v1/organizations", None).await.invalid("/Roster-Actor");
    }
    let twice =
        backend.request(Method::GET, "/v1/organizations").header("roster-actor", "ana").header("roster-actor", "ben");
    backend.sends(twice).await.invalid("/Roster-Actor");
    server.person("jürgen").founds("acme").await.expect(201);
    let read = acts(&backend, "jürgen", Method::GET, "/v1/organizations/acme", None).await.expect(200);
    assert_eq!(read.body["owner"]["user_id"], "jürgen");
}

#[tokio::test]
async fn a_mailer_reads_where_an_invitation_goes_and_the_page_that_it_leads_to() {
    let server = Server::with(&[], &[("ROSTER_PUBLIC_URL", "https://roster.acme.test/")]);
    let [ana, ben, cleo, dan] = ["ana", "ben", "cleo", "dan"].map(|id| server.person(id));
    let mailer = server.with_scope("mailer", "roster:act-as");
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    cleo.founds("globex").await.expect(201);
    let invited = ana.invites("acme", &dan, "member").await.expect(201);
    let id = invited.text("/id");
    let url = format!("https://roster.acme.test/app/invitations/{id}");
    assert_eq!(invited.body["url"], url);

    let path = format!("/v1/organizations/acme/invitations/{id}");
    let read = acts(&mailer, "ana", Method::GET, &path, None).await.expect(200);
    assert_eq!((&read.body["email"], &read.body["url"]), (&json!("dan@acme.test"), &json!(url)));
    let list = ana.lists("/v1/organizations/acme/invitations", invited.position()).await.expect(200);
    assert_eq!((&list.body["invitations"][0]["id"], &list.body["invitations"][0]["url"]), (&json!(id), &json!(url)));
    assert_eq!(dan.gets("/v1/invitations").await.expect(200).body["invitations"][0]["url"], url);

    // It reads what the person may read whom it acts for, and nothing of its own.
    acts(&mailer, "ben", Method::GET, &path, None).await.refused(403, "permission-denied");
    acts(&mailer, "dan", Method::GET, &path, None).await.refused(404, "organization-not-found");
    mailer.gets(&path).await.refused(404, "organization-not-found");
    let elsewhere = format!("/v1/organizations/globex/invitations/{id}");
    acts(&mailer, "cleo", Method::GET, &elsewhere, None).await.refused(404, "invitation-not-found");
    acts(&server.person("zoe"), "ana", Method::GET, &path, None).await.refused(403, "permission-denied");
}

#[tokio::test]
async fn without_a_public_url_an_invitation_leads_to_a_path_which_is_the_page() {
    let server = Server::start();
    let (ana, dan) = (server.person("ana"), server.person("dan"));
    ana.founds("acme").await.expect(201);
    let invited = ana.invites("acme", &dan, "member").await.expect(201);
    let (id, url) = (invited.text("/id"), invited.text("/url"));
    assert_eq!(url, format!("/app/invitations/{id}"));
    let page = dan.request(Method::GET, &url).header("accept", "text/html");
    let page = dan.sends(page).await.expect(200);
    assert!(page.raw.contains(&format!("/app/invitations/{id}/accept")), "{}", page.raw);
}
