//! Ids in paths: what is no id is found as little as what nobody has.

use reqwest::Method;
use serde_json::json;

use crate::Scene;

const NOBODY: &str = "0192f0c1-0000-7000-8000-000000000000";

#[tokio::test]
async fn what_names_no_organization_is_not_found() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let long = "x".repeat(20_000);
    let odd = [
        NOBODY,
        "unknown",
        "Acme",
        "ACME",
        "acme.",
        "acme%20",
        "%20acme",
        "acme%0D%0Aroster-position:%201",
        "acme%2F",
        "acme%2Fmembers",
        "acme%00",
        "%00",
        "%FF%FE",
        "..%2Facme",
        "acme;x=1",
        "a'or'1'='1",
        "%E2%80%AE",
        "0192f0c1000070008000000000000000",
        "%7B0192f0c1-0000-7000-8000-000000000000%7D",
        &long,
    ];
    for org in odd {
        let place = format!("/v1/organizations/{org}");
        for (method, rest, body) in [
            (Method::GET, "", None),
            (Method::PATCH, "", Some(json!({ "name": "Beta" }))),
            (Method::DELETE, "", None),
            (Method::GET, "/members", None),
            (Method::POST, "/leave", None),
            (Method::GET, "/invitations", None),
            (Method::POST, "/invitations", Some(json!({ "email": "tom@acme.test", "role": "member" }))),
            (Method::POST, "/ownership", Some(json!({ "member_id": NOBODY }))),
            (Method::GET, "/history", None),
            (Method::GET, "/events", None),
        ] {
            let answer = scene.ana.calls(method, &format!("{place}{rest}"), body).await;
            answer.refused(404, "organization-not-found");
        }
        scene.ana.gets(&format!("{place}/access")).await.refused(403, "not-a-member");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn what_names_no_member_of_this_organization_is_not_found() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let ben_twice = format!("{0}{0}", scene.ben_member);
    let shouted = format!("{}%00", scene.ben_member);
    for member in [NOBODY, "ben", "%00", "ben%2F..", "1", &scene.zoe_member, &ben_twice, &shouted] {
        let path = format!("/v1/organizations/acme/members/{member}");
        scene.ana.deletes(&path).await.refused(404, "member-not-found");
        scene.ana.patches(&path, json!({ "role": "admin" })).await.refused(404, "member-not-found");
    }
    for member in [NOBODY, &scene.zoe_member] {
        scene.ana.transfers("acme", member).await.refused(404, "member-not-found");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn what_names_no_invitation_is_not_found() {
    let scene = Scene::set().await;
    let tom = scene.server.person("tom");
    let of_zoe = scene.zoe.invites("zoes-own", &tom, "member").await.expect(201).text("/id");
    let before = scene.all().await;
    for id in [NOBODY, "nonsense", "%00", "%FF"] {
        let path = format!("/v1/invitations/{id}");
        scene.ana.gets(&path).await.refused(404, "invitation-not-found");
        scene.ana.accepts(id).await.refused(404, "invitation-not-found");
        scene.ana.calls(Method::POST, &format!("{path}/decline"), None).await.refused(404, "invitation-not-found");
    }
    for id in [NOBODY, "nonsense", "%00", &of_zoe] {
        let path = format!("/v1/organizations/acme/invitations/{id}");
        scene.ana.deletes(&path).await.refused(404, "invitation-not-found");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn nobody_outside_learns_anything_from_an_id() {
    let scene = Scene::set().await;
    for member in [scene.ben_member.as_str(), NOBODY, "nonsense", "%00"] {
        for org in ["acme", "unknown"] {
            let path = format!("/v1/organizations/{org}/members/{member}");
            scene.zoe.deletes(&path).await.refused(404, "organization-not-found");
            scene.zoe.patches(&path, json!({ "role": "admin" })).await.refused(404, "organization-not-found");
            let path = format!("/v1/organizations/{org}/invitations/{member}");
            scene.zoe.deletes(&path).await.refused(404, "organization-not-found");
        }
    }
}
