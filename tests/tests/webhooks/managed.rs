//! Who may register webhooks, change and see them.

use reqwest::Method;
use serde_json::json;
use tests::Server;

use super::webhooks;

const URL: &str = "https://hooks.acme.test/roster";

#[tokio::test]
async fn the_owner_and_admins_manage_an_organizations_webhooks_and_nobody_else_sees_them() {
    let server = Server::start();
    let [ana, ben, mia, zoe] = ["ana", "ben", "mia", "zoe"].map(|id| server.person(id));
    let root = server.with_scope("root", "roster:admin");
    ana.founds("acme").await.expect(201);
    zoe.founds("zoes").await.expect(201);
    ana.takes_in("acme", &ben, "admin").await;
    ana.takes_in("acme", &mia, "member").await;
    let id = ben.posts(&webhooks("acme"), json!({ "url": URL })).await.expect(201).text("/id");
    let calls = |org: &str| {
        let base = webhooks(org);
        [
            (Method::POST, base.clone(), Some(json!({ "url": URL }))),
            (Method::GET, base.clone(), None),
            (Method::GET, format!("{base}/{id}"), None),
            (Method::PATCH, format!("{base}/{id}"), Some(json!({ "enabled": false }))),
            (Method::POST, format!("{base}/{id}/secret"), None),
            (Method::POST, format!("{base}/{id}/redeliveries"), Some(json!({ "from": 1, "to": 1 }))),
            (Method::POST, format!("{base}/{id}/test"), None),
            (Method::DELETE, format!("{base}/{id}"), None),
        ]
    };
    for (method, path, body) in calls("acme") {
        mia.calls(method.clone(), &path, body.clone()).await.refused(403, "permission-denied");
        zoe.calls(method.clone(), &path, body.clone()).await.refused(404, "organization-not-found");
        root.calls(method, &path, body).await.refused(404, "organization-not-found");
    }
    // In her own organization Zoe names a webhook of Ana's; and the administrator does among those for all.
    for (method, path, body) in calls("zoes").into_iter().filter(|(_, path, _)| path.contains(&id)) {
        zoe.calls(method.clone(), &path, body.clone()).await.refused(404, "webhook-not-found");
        let path = path.replace("/v1/organizations/zoes", "/v1");
        root.calls(method.clone(), &path, body.clone()).await.refused(404, "webhook-not-found");
        ana.calls(method, &path, body).await.refused(403, "permission-denied");
    }
    ana.gets("/v1/webhooks").await.refused(403, "permission-denied");
    ana.posts("/v1/webhooks", json!({ "url": URL })).await.refused(403, "permission-denied");
    let shown = ana.gets(&format!("{}/{id}", webhooks("acme"))).await.expect(200).body;
    assert_eq!((&shown["enabled"], &shown["url"], &shown["types"]), (&json!(true), &json!(URL), &json!(null)));
}

#[tokio::test]
async fn what_is_left_out_stays_and_what_is_wrong_changes_nothing() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let body = json!({ "url": URL, "types": ["MemberLeft", "MemberJoined", "MemberLeft"] });
    let registered = ana.posts(&webhooks("acme"), body).await.expect(201);
    assert_eq!(registered.body["types"], json!(["MemberJoined", "MemberLeft"]));
    assert!(registered.text("/secret").starts_with("whsec_"));
    let path = format!("{}/{}", webhooks("acme"), registered.text("/id"));
    let before = ana.gets(&path).await.expect(200).body;
    for (body, pointer) in [
        (json!({ "types": [] }), "/types"),
        (json!({ "types": ["MemberVanished"] }), "/types"),
        (json!({ "types": "MemberLeft" }), "/types"),
        (json!({ "enabled": "yes" }), "/enabled"),
        (json!({ "enabled": null }), "/enabled"),
        (json!({ "resume": "later" }), "/resume"),
        (json!({ "resume": 5 }), "/resume"),
        (json!({ "url": "https://10.0.0.1/" }), "/url"),
    ] {
        ana.patches(&path, body).await.invalid(pointer);
    }
    assert_eq!(ana.gets(&path).await.expect(200).body, before);
    let off = ana.patches(&path, json!({ "enabled": false })).await.expect(200).body;
    assert_eq!((&off["disabled"]["why"], &off["types"]), (&json!("switched-off"), &before["types"]));
    let all = ana.patches(&path, json!({ "types": null, "enabled": true })).await.expect(200).body;
    assert_eq!((&all["types"], &all["disabled"], &all["url"]), (&json!(null), &json!(null), &before["url"]));
    ana.deletes(&path).await.expect(204);
    for method in [Method::GET, Method::DELETE] {
        ana.calls(method, &path, None).await.refused(404, "webhook-not-found");
    }
    ana.gets(&format!("{}/no-id", webhooks("acme"))).await.refused(404, "webhook-not-found");
}

#[tokio::test]
async fn an_organization_has_twenty_of_them_at_most() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    ana.founds("apex").await.expect(201);
    let registering =
        (0..30).map(|_| async { ana.posts(&webhooks("acme"), json!({ "url": URL })).await.status.as_u16() });
    let statuses = futures::future::join_all(registering).await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 20, "{statuses:?}");
    ana.posts(&webhooks("acme"), json!({ "url": URL })).await.refused(409, "too-many-webhooks");
    let listed = ana.gets(&webhooks("acme")).await.expect(200).body;
    assert_eq!(listed["webhooks"].as_array().map(Vec::len), Some(20));
    ana.posts(&webhooks("apex"), json!({ "url": URL })).await.expect(201);
}
