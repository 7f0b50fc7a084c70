//! Many membership checks in one call.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

const NOWHERE: &str = "0192f0c1-0000-7000-8000-000000000000";

/// Ana owns acme, in which Ben is an admin; Zoe owns zoes-own.
struct Scene {
    server: Server,
    ana: Person,
    ben: Person,
    zoe: Person,
    acme: String,
    zoes: String,
    /// Ben's member id.
    member: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, zoe] = ["ana", "ben", "zoe"].map(|id| server.person(id));
        let acme = ana.founds("acme").await.expect(201).text("/id");
        let zoes = zoe.founds("zoes-own").await.expect(201).text("/id");
        let member = ana.takes_in("acme", &ben, "admin").await;
        Self { server, ana, ben, zoe, acme, zoes, member }
    }
}

async fn asks(somebody: &Person, pairs: &[(&str, &str)]) -> Answer {
    let pairs: Vec<_> = pairs.iter().map(|(org, user)| json!({ "organization_id": org, "user_id": user })).collect();
    somebody.posts("/v1/access", json!({ "pairs": pairs })).await
}

fn member(org: &str, user: &str, member_id: &str, role: &str, sequence: u64) -> Value {
    json!({ "organization_id": org, "user_id": user, "member": true, "member_id": member_id, "role": role,
            "sequence": sequence })
}

fn nobody(org: &str, user: &str, sequence: Option<u64>) -> Value {
    json!({ "organization_id": org, "user_id": user, "member": false, "member_id": null, "role": null,
            "sequence": sequence })
}

#[tokio::test]
async fn backends_ask_about_anybody_and_are_answered_in_the_order_asked() {
    let scene = Scene::set().await;
    let Scene { acme, zoes, .. } = &scene;
    let pairs = [(&**zoes, "ben"), (acme, "ben"), (NOWHERE, "ben"), (acme, "nobody"), (acme, "ben")];
    for scope in ["roster:act-as", "roster:audit"] {
        let answer = asks(&scene.server.with_scope("backend", scope), &pairs).await.expect(200);
        let expected = [
            nobody(zoes, "ben", Some(2)),
            member(acme, "ben", &scene.member, "admin", 5),
            nobody(NOWHERE, "ben", None),
            nobody(acme, "nobody", Some(5)),
            member(acme, "ben", &scene.member, "admin", 5),
        ];
        assert_eq!(answer.body["results"], json!(expected));
        assert_eq!(answer.body["position"], 7);
    }
    // Departures count at once, and so does the end.
    let auditor = scene.server.with_scope("auditor", "roster:audit");
    let left = scene.ben.leaves("acme").await.expect(200).position();
    scene.zoe.deletes("/v1/organizations/zoes-own").await.expect(204);
    let answer = asks(&auditor, &[(acme, "ben"), (zoes, "zoe")]).await.expect(200);
    assert_eq!(answer.body["results"], json!([nobody(acme, "ben", Some(6)), nobody(zoes, "zoe", Some(3))]));
    assert_eq!(answer.body["position"], left + 1);
    assert_eq!(asks(&auditor, &[]).await.expect(200).body["results"], json!([]));
}

#[tokio::test]
async fn people_ask_about_themselves_and_about_others_where_they_are_members() {
    let scene = Scene::set().await;
    let Scene { acme, zoes, .. } = &scene;
    let answer = asks(&scene.ben, &[(acme, "ana"), (acme, "ben"), (acme, "zoe")]).await.expect(200);
    let results = answer.body["results"].as_array().expect("results");
    assert_eq!((&results[0]["role"], &results[1]["role"]), (&json!("owner"), &json!("admin")));
    assert_eq!(results[2], nobody(acme, "zoe", Some(5)));
    // An organization one does not belong to and one that does not exist are the same.
    let answer = asks(&scene.ben, &[(zoes, "ben"), (NOWHERE, "ben")]).await.expect(200);
    assert_eq!(answer.body["results"], json!([nobody(zoes, "ben", None), nobody(NOWHERE, "ben", None)]));
    for denied in [[(&**acme, "ben"), (zoes, "zoe")], [(NOWHERE, "zoe"), (acme, "ben")]] {
        asks(&scene.ben, &denied).await.refused(403, "permission-denied");
    }
    asks(&scene.server.with_scope("root", "roster:admin"), &[(acme, "ben")]).await.refused(403, "permission-denied");
    scene.ben.leaves("acme").await.expect(200);
    asks(&scene.ben, &[(acme, "ana")]).await.refused(403, "permission-denied");
    // A backend that acts for somebody may still ask about anybody.
    let acting = scene.server.with_scope("backend", "roster:act-as").request(Method::POST, "/v1/access");
    let body = json!({ "pairs": [{ "organization_id": acme, "user_id": "ana" }] });
    scene.ana.sends(acting.header("Roster-Actor", "ben").json(&body)).await.expect(200);
}

#[tokio::test]
async fn a_thousand_are_answered_and_one_more_is_too_many() {
    let scene = Scene::set().await;
    let auditor = scene.server.with_scope("auditor", "roster:audit");
    // As long as user ids get, and of few bytes a character.
    let users: Vec<String> = (0..1_001).map(|n| if n % 2 == 0 { format!("{n:0>255}") } else { "ben".into() }).collect();
    let pairs: Vec<_> = users.iter().map(|user| (scene.acme.as_str(), user.as_str())).collect();
    let answer = asks(&auditor, &pairs[..1_000]).await.expect(200);
    let results = answer.body["results"].as_array().expect("results");
    assert_eq!(results.len(), 1_000);
    for (result, (_, user)) in results.iter().zip(&pairs) {
        assert_eq!((result["user_id"].as_str(), result["member"].as_bool()), (Some(*user), Some(*user == "ben")));
    }
    asks(&auditor, &pairs).await.invalid("/pairs");
    let long = json!({ "pairs": [{ "organization_id": scene.acme, "user_id": "x".repeat(1024 * 1024) }] });
    auditor.posts("/v1/access", long).await.refused(413, "payload-too-large");
}

#[tokio::test]
async fn only_ids_are_taken_and_a_mistake_is_pointed_at() {
    let scene = Scene::set().await;
    let good = json!({ "organization_id": scene.acme, "user_id": "ana" });
    for (pointer, pairs) in [
        ("/pairs", json!({})),
        ("/pairs", json!({ "pairs": null })),
        ("/pairs/1/organization_id", json!({ "pairs": [good, { "organization_id": "acme", "user_id": "ana" }] })),
        ("/pairs/0/organization_id", json!({ "pairs": [{ "user_id": "ana" }] })),
        (
            "/pairs/0/organization_id",
            json!({ "pairs": [{ "organization_id": format!("{{{NOWHERE}}}"), "user_id": "a" }] }),
        ),
        ("/pairs/0/user_id", json!({ "pairs": [{ "organization_id": scene.acme, "user_id": "" }] })),
        ("/pairs/0/user_id", json!({ "pairs": [{ "organization_id": scene.acme, "user_id": "a\u{0}" }] })),
        ("/pairs/0/user_id", json!({ "pairs": [{ "organization_id": scene.acme }] })),
    ] {
        scene.ana.posts("/v1/access", pairs).await.invalid(pointer);
    }
    let nobody = scene.server.bearer("nobody", "none");
    asks(&nobody, &[(&scene.acme, "ana")]).await.refused(401, "unauthenticated");
}
