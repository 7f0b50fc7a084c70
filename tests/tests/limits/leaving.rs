//! Nothing keeps anybody in: leaving has buckets of its own.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Person, Server, at_once};

use crate::{exhausts, limited, names};

/// A server with few commands for each, and Ana's organizations, where Ben is an admin and Carla a member.
struct Scene {
    server: Server,
    ben: Person,
    members: Vec<[String; 2]>,
}

const ORGS: [&str; 3] = ["acme", "beta", "gamma"];

impl Scene {
    async fn set() -> Self {
        let server = limited(1, 20);
        let [ana, ben, carla] = ["ana", "ben", "carla"].map(|id| server.person(id));
        let mut members = Vec::new();
        for org in ORGS {
            ana.founds(org).await.expect(201);
            let of_ben = ana.takes_in(org, &ben, "admin").await;
            members.push([of_ben, ana.takes_in(org, &carla, "member").await]);
        }
        exhausts(&ben, "acme").await;
        Self { server, ben, members }
    }

    /// What Ben does otherwise is too much, or at least the next time.
    async fn ben_is_limited(&self) {
        let org = self.still_in().await;
        exhausts(&self.ben, &org).await.refused(429, "rate-limited");
    }

    async fn still_in(&self) -> String {
        for org in ORGS {
            if self.ben.checks(org).await.status == 200 {
                return org.to_owned();
            }
        }
        panic!("Ben has left everything");
    }
}

#[tokio::test]
async fn whoever_has_no_command_left_can_leave() {
    let scene = Scene::set().await;
    scene.ben_is_limited().await;
    let left = scene.ben.leaves("acme").await.expect(200);
    assert_eq!(left.header("ratelimit-policy"), Some("\"leaving\";q=1000;w=10"));
    scene.ben.checks("acme").await.refused(403, "not-a-member");
}

#[tokio::test]
async fn removing_oneself_is_leaving_and_removing_others_is_not() {
    let scene = Scene::set().await;
    let nobody = uuid::Uuid::now_v7().to_string();
    // Carla, and somebody who was never there: a command may come free meanwhile, but not each time.
    let mut refused = 0;
    for (org, [_, carla]) in ORGS.iter().zip(&scene.members) {
        for whom in [carla, &nobody] {
            scene.ben_is_limited().await;
            refused += usize::from(scene.ben.removes(org, whom).await.status == 429);
        }
    }
    assert!(refused > 0, "removing others is not counted");
    for (org, [own, _]) in ORGS.iter().zip(&scene.members) {
        exhausts(&scene.ben, "gamma").await;
        scene.ben.removes(org, own).await.expect(204);
    }
    for org in ORGS {
        scene.ben.checks(org).await.refused(403, "not-a-member");
    }
}

#[tokio::test]
async fn the_other_doors_let_out_too() {
    let scene = Scene::set().await;
    let id = |org: &str| {
        let (ben, path) = (scene.ben.clone(), format!("/v1/organizations/{org}"));
        async move { ben.gets(&path).await.expect(200).text("/id") }
    };
    let (acme, beta) = (id("acme").await, id("beta").await);
    scene.ben_is_limited().await;
    let left = scene.ben.posts("/api/auth/organization/leave", json!({ "organizationId": acme })).await.expect(200);
    assert_eq!(left.body["id"], scene.members[0][0]);
    scene.ben_is_limited().await;
    let body = json!({ "memberIdOrEmail": "ben@acme.test", "organizationId": beta });
    scene.ben.posts("/api/auth/organization/remove-member", body).await.expect(200);
    exhausts(&scene.ben, "gamma").await;
    let cookie = format!("roster_session={}", scene.ben.token());
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let client = client.expect("an HTTP client");
    let page = client.post(format!("{}/app/gamma/leave", scene.server.url)).header("cookie", cookie);
    let page = page.header("sec-fetch-site", "same-origin").send().await.expect("an answer");
    assert_eq!(page.status(), 303);
    for org in ORGS {
        scene.ben.checks(org).await.refused(403, "not-a-member");
    }
}

#[tokio::test]
async fn a_backend_that_has_no_command_left_lets_everybody_leave() {
    let scene = Scene::set().await;
    let backend = scene.server.with_scope("shop", "roster:act-as");
    let acts = async |acts_for: &str, method: Method, path: &str| -> Answer {
        let request = backend.request(method.clone(), path).header("roster-actor", acts_for);
        let request = if method == Method::PATCH { request.json(&json!({ "name": "acme" })) } else { request };
        backend.sends(request).await
    };
    while acts("ben", Method::PATCH, "/v1/organizations/acme").await.status == 200 {}
    for person in ["ben", "carla"] {
        acts(person, Method::POST, "/v1/organizations/acme/leave").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_has_a_bound_too_for_each_by_themselves() {
    const TIMES: usize = 3_000;
    let server = limited(1, 20);
    let [ana, ben, carla] = ["ana", "ben", "carla"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let zealous = carla.clone();
    let answers = at_once(64, 0..TIMES, move |_| {
        let carla = zealous.clone();
        async move { carla.leaves("acme").await }
    })
    .await;
    let refused = answers.iter().filter(|answer| answer.status == 429).count();
    assert!(refused > 0 && refused <= TIMES - 1_000, "{refused} departures of {TIMES} were too many");
    ben.leaves("acme").await.expect(200);
    // And of what she does otherwise, nothing was taken.
    carla.founds("carlas").await.expect(201);
    names(&carla, "carlas").await.expect(200);
}
