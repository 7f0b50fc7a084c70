//! To somebody outside, an organization that is there, one that was, and one that never was are the same.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, Server};

const NOBODY: &str = "0192f0c1-0000-7000-8000-000000000000";

/// Every call inside an organization.
fn calls(member: &str, invitation: &str) -> Vec<(Method, String, Option<Value>)> {
    vec![
        (Method::GET, String::new(), None),
        (Method::PATCH, String::new(), Some(json!({ "name": "Beta" }))),
        (Method::PATCH, String::new(), Some(json!({ "slug": "zoes-own" }))),
        (Method::DELETE, String::new(), None),
        (Method::GET, "/members".into(), None),
        (Method::GET, "/members?search=ana&limit=1".into(), None),
        (Method::PATCH, format!("/members/{member}"), Some(json!({ "role": "admin" }))),
        (Method::PATCH, format!("/members/{member}"), Some(json!({ "role": "owner" }))),
        (Method::DELETE, format!("/members/{member}"), None),
        (Method::POST, "/leave".into(), None),
        (Method::POST, "/ownership".into(), Some(json!({ "member_id": member }))),
        (Method::POST, "/invitations".into(), Some(json!({ "email": "ana@acme.test", "role": "member" }))),
        (Method::POST, "/invitations".into(), Some(json!({ "email": "pia@acme.test", "role": "owner" }))),
        (Method::GET, "/invitations".into(), None),
        (Method::DELETE, format!("/invitations/{invitation}"), None),
        (Method::GET, "/history".into(), None),
        (Method::GET, "/events".into(), None),
        (Method::GET, "/events?after=0".into(), None),
        (Method::GET, "/access".into(), None),
        (Method::GET, "/access?user_id=ana".into(), None),
    ]
}

/// All that an answer tells, but for the time it was given at.
async fn told(
    zoe: &Person,
    org: &str,
    (method, rest, body): (Method, String, Option<Value>),
) -> (u16, Vec<String>, String) {
    let answer = zoe.calls(method, &format!("/v1/organizations/{org}{rest}"), body).await;
    // The limits count the caller's own commands, and what is no slug never becomes one.
    let own = ["date", "x-request-id", "ratelimit", "ratelimit-policy"];
    let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let mut headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort_unstable();
    (answer.status.as_u16(), headers, answer.raw)
}

#[tokio::test]
async fn existence_does_not_leak() {
    let server = Server::start();
    let [ana, zoe, pia] = ["ana", "zoe", "pia"].map(|id| server.person(id));
    zoe.founds("zoes-own").await.expect(201);
    let gone = ana.founds("gone").await.expect(201).text("/id");
    ana.deletes("/v1/organizations/gone").await.expect(204);
    let acme = ana.founds("acme").await.expect(201);
    let invitation = ana.invites("acme", &pia, "member").await.expect(201).text("/id");

    let member = acme.text("/owner/member_id");
    for (real, unknown) in calls(&member, &invitation).into_iter().zip(calls(NOBODY, NOBODY)) {
        let expected = told(&zoe, "unknown", unknown.clone()).await;
        let code = match real.1.as_str() {
            "/access" => (403, "not-a-member"),
            "/access?user_id=ana" => (403, "permission-denied"),
            _ => (404, "organization-not-found"),
        };
        assert_eq!(expected.0, code.0, "{unknown:?} {expected:?}");
        assert!(expected.2.contains(&format!("\"code\":\"{}\"", code.1)), "{unknown:?} {expected:?}");
        for org in ["acme", &acme.text("/id"), "gone", &gone, NOBODY, "Not A Slug"] {
            assert_eq!(told(&zoe, org, real.clone()).await, expected, "{real:?} in {org}");
        }
    }
    assert_eq!(ana.history("acme").await.len(), 3, "nothing was recorded");
}

#[tokio::test]
async fn a_deleted_organization_is_gone_for_its_owner_too() {
    let server = Server::start();
    let [ana, ben, pia] = ["ana", "ben", "pia"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let member = ana.takes_in("acme", &ben, "admin").await;
    let invitation = ana.invites("acme", &pia, "member").await.expect(201).text("/id");
    let deleted = ana.deletes("/v1/organizations/acme").await.expect(204);

    for (method, rest, body) in calls(&member, &invitation) {
        for (person, org) in [(&ana, "acme"), (&ana, acme.as_str()), (&ben, "acme"), (&ben, acme.as_str())] {
            let answer = person.calls(method.clone(), &format!("/v1/organizations/{org}{rest}"), body.clone()).await;
            match (rest.as_str(), person.id.as_str()) {
                ("/access", _) | ("/access?user_id=ana", "ana") => answer.refused(403, "not-a-member"),
                ("/access?user_id=ana", _) => answer.refused(403, "permission-denied"),
                _ => answer.refused(404, "organization-not-found"),
            };
        }
    }
    pia.accepts(&invitation).await.refused(404, "invitation-not-found");
    pia.gets(&format!("/v1/invitations/{invitation}")).await.refused(404, "invitation-not-found");
    assert_eq!(pia.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [] }));
    let listed = ben.lists("/v1/organizations", deleted.position()).await.expect(200);
    assert_eq!(listed.body["total"], 0);

    let founded = ben.founds("acme").await.expect(201);
    assert_ne!(founded.text("/id"), acme, "the slug is free again");
    ana.gets("/v1/organizations/acme").await.refused(404, "organization-not-found");
    ben.gets("/v1/organizations/acme").await.expect(200);
}
