//! What each session looks at, and that it ends for all of them with the membership.

use reqwest::Method;
use serde_json::{Value, json};

use crate::scene::{Scene, User};

/// Ben on his phone, at his laptop, and where nobody says which session it is.
struct Devices([User; 3]);

impl Devices {
    fn of(scene: &Scene, id: &str) -> Self {
        Self([scene.session(id, "phone"), scene.session(id, "laptop"), scene.user(id)])
    }

    /// Each looks at one of these.
    async fn look(&self, at: [&str; 3]) {
        for (device, org) in self.0.iter().zip(at) {
            device.asks("setActive", json!({ "organizationSlug": org })).await.ok();
        }
    }

    /// What each looks at, by its slug.
    async fn seen(&self) -> [Option<String>; 3] {
        let mut seen = [const { None }; 3];
        for (seen, device) in seen.iter_mut().zip(&self.0) {
            let told = device.sees("getFullOrganization").await.ok();
            // The session and the calls that go by it tell the same.
            assert_eq!(told["id"].as_str(), device.active().await.as_deref());
            *seen = told["slug"].as_str().map(str::to_owned);
        }
        seen
    }
}

fn all(org: &str) -> [Option<String>; 3] {
    [org, org, org].map(|org| Some(org.to_owned()))
}

const NONE: [Option<String>; 3] = [const { None }; 3];

/// Acme and beta of Ana, with Ben and Cleo in both.
async fn scene() -> (Scene, User, [Devices; 2]) {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let people = ["ben", "cleo"].map(|id| Devices::of(&scene, id));
    for org in ["acme", "beta"] {
        ana.founds(org).await.expect(201);
        for somebody in &people {
            ana.takes_in(org, &somebody.0[0], "member").await;
        }
    }
    (scene, ana, people)
}

#[tokio::test]
async fn each_session_looks_where_it_wants_also_after_a_restart() {
    let (mut scene, _ana, [ben, cleo]) = scene().await;
    assert_eq!(ben.seen().await, NONE, "to join by /v1 is not to look");
    ben.look(["acme", "beta", "acme"]).await;
    let some = ["acme", "beta", "acme"].map(|org| Some(org.to_owned()));
    assert_eq!(ben.seen().await, some);
    // What one of them does is nothing to the others.
    ben.0[2].asks("setActive", json!({ "organizationId": null })).await.ok();
    let some = [some[0].clone(), some[1].clone(), None];
    assert_eq!(ben.seen().await, some);
    let told = ben.0[0].client.calls_without("getSession").await;
    assert_eq!((told.text("/session/id"), told.text("/session/userId")), ("phone".to_owned(), "ben".to_owned()));
    assert_ne!(told.text("/session/token"), ben.0[0].token(), "the token is not for script");
    assert!(told.date("/session/createdAt") < told.date("/session/expiresAt"));

    scene.server.kill();
    scene.server.restart();
    let url = scene.server.url.clone();
    let [ben, cleo] = [ben, cleo].map(|somebody| Devices(somebody.0.map(|it| scene.signed_in(it.at(&url)))));
    assert_eq!(ben.seen().await, some);
    assert_eq!(cleo.seen().await, NONE);
    ben.0[1].leaves("beta").await.expect(200);
    assert_eq!(ben.seen().await, [some[0].clone(), None, None]);
}

#[tokio::test]
async fn leaving_in_one_session_ends_it_in_all_of_them() {
    let (_scene, ana, [ben, cleo]) = scene().await;
    for way in ["own member id", "leave", "/v1"] {
        ben.look(["acme"; 3]).await;
        cleo.look(["acme"; 3]).await;
        let [phone, laptop, _] = &ben.0;
        let member = phone.checks("acme").await.expect(200);
        let (member, acme) = (member.text("/member_id"), member.text("/organization_id"));
        match way {
            "own member id" => drop(phone.asks("removeMember", json!({ "memberIdOrEmail": member })).await.ok()),
            "leave" => drop(laptop.asks("leave", json!({ "organizationId": acme })).await.ok()),
            _ => drop(laptop.leaves("acme").await.expect(200)),
        }
        assert_eq!(ben.seen().await, NONE, "{way}");
        for device in &ben.0 {
            device.sees("getActiveMember").await.refused(400, "NO_ACTIVE_ORGANIZATION");
        }
        assert_eq!(cleo.seen().await, all("acme"), "Cleo stays");

        // Whoever joins again starts anew: nothing is put back.
        ana.takes_in("acme", &ben.0[0], "member").await;
        assert_eq!(ben.seen().await, NONE, "{way}");
    }
    // One that looks elsewhere goes on looking there.
    ben.look(["acme", "beta", "acme"]).await;
    ben.0[0].leaves("acme").await.expect(200);
    assert_eq!(ben.seen().await, [None, Some("beta".to_owned()), None]);
    // And who accepts an invitation in one session looks at it in that one.
    let acme = ana.checks("acme").await.expect(200).text("/organization_id");
    ana.welcomes(&acme, &ben.0[0], "member").await;
    assert_eq!(ben.seen().await, [Some("acme".to_owned()), Some("beta".to_owned()), None]);
}

#[tokio::test]
async fn being_removed_ends_it_and_deletion_ends_it_for_everybody() {
    let (scene, ana, [ben, cleo]) = scene().await;
    let anas = Devices::of(&scene, "ana");
    for somebody in [&ben, &cleo, &anas] {
        somebody.look(["acme", "beta", "acme"]).await;
    }
    let acme = ana.checks("acme").await.expect(200).text("/organization_id");
    let removal = json!({ "memberIdOrEmail": "ben@acme.test", "organizationId": acme });
    ana.asks("removeMember", removal).await.ok();
    let beta = Some("beta".to_owned());
    assert_eq!(ben.seen().await, [None, beta.clone(), None]);
    assert_eq!(cleo.seen().await[0].as_deref(), Some("acme"));

    ana.asks("delete", json!({ "organizationId": acme })).await.ok();
    for somebody in [&ben, &cleo, &anas] {
        assert_eq!(somebody.seen().await, [None, beta.clone(), None], "of {}", somebody.0[0].id);
    }
    // Another one under the same name is another one.
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &cleo.0[0], "member").await;
    assert_eq!(cleo.seen().await, [None, beta, None]);
}

#[tokio::test]
async fn a_backend_that_acts_for_ben_moves_none_of_his_sessions() {
    let (scene, _ana, [ben, _cleo]) = scene().await;
    ben.look(["acme"; 3]).await;
    let backend = scene.server.with_scope("backend", "roster:act-as");
    let acts = async |method: Method, path: &str, body: Option<Value>| {
        let request = backend.request(method, &format!("/api/auth{path}")).header("roster-actor", "ben");
        let request = if let Some(body) = body { request.json(&body) } else { request };
        backend.sends(request).await.expect(200)
    };
    let active = async || acts(Method::GET, "/get-session", None).await.body["session"]["activeOrganizationId"].clone();
    assert_eq!(active().await, Value::Null);
    let looks = json!({ "organizationSlug": "beta" });
    let beta = acts(Method::POST, "/organization/set-active", Some(looks)).await.text("/id");
    assert_eq!(active().await, beta.as_str());
    assert_eq!(ben.seen().await, all("acme"));
    // It ends with the membership all the same.
    ben.0[0].leaves("beta").await.expect(200);
    assert_eq!(active().await, Value::Null);
}
