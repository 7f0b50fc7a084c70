//! A real nginx in front of an application.

use reqwest::Method;
use serde_json::{Value, json};
use tests::Answer;

use crate::raw;
use crate::scene::Scene;

/// What the application was told in this header.
#[track_caller]
fn told(answer: &Answer, name: &str) -> Vec<String> {
    let all = answer.body["headers"].as_object().unwrap_or_else(|| panic!("not of the application: {answer:#?}"));
    let values = all.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    values.iter().map(|value| value.as_str().expect("text").to_owned()).collect()
}

#[tokio::test]
async fn a_member_passes_and_the_application_is_told_who_it_is() {
    let scene = Scene::set().await;
    let ben = scene.ben_outside();
    for path in ["/app/mine/", "/app/mine", "/app/mine/a/b?c=/../d", &format!("/app/{}/x", scene.mine)] {
        let answer = ben.gets(path).await.expect(200);
        assert_eq!(answer.body["path"], path);
        assert_eq!(told(&answer, "roster-user"), ["ben"]);
        assert_eq!(told(&answer, "roster-organization"), [scene.mine.as_str()]);
        assert_eq!(told(&answer, "roster-role"), ["member"]);
    }
    let answer = scene.ana.at(&scene.nginx.url()).gets("/app/mine/").await.expect(200);
    assert_eq!(
        (told(&answer, "roster-user"), told(&answer, "roster-role")),
        (vec!["ana".into()], vec!["owner".into()])
    );
    // What is sent is for the application; Roster waits for none of it.
    let body = json!({ "much": "x".repeat(500_000) });
    let answer = ben.posts("/app/mine/save", body.clone()).await.expect(200);
    assert_eq!(
        (answer.body["method"].as_str(), answer.body["body"].as_str()),
        (Some("POST"), Some(&*body.to_string()))
    );
}

#[tokio::test]
async fn a_browser_shows_its_cookie() {
    let scene = Scene::set().await;
    let cookie = format!("cookie: a=b; roster_session={}", scene.ben.token());
    let answer = raw::sends(&scene.nginx.url(), &format!("GET /app/mine/ HTTP/1.1\n{cookie}")).await.told();
    assert_eq!(answer["headers"]["roster-user"], json!(["ben"]));
    // Also from a form of another site: what comes of it is the application's to say.
    let foreign = "origin: https://evil.example\nsec-fetch-site: cross-site\ncontent-length: 0";
    raw::sends(&scene.nginx.url(), &format!("POST /app/mine/ HTTP/1.1\n{cookie}\n{foreign}")).await.told();
}

#[tokio::test]
async fn a_name_that_no_header_can_hold_is_encoded() {
    let scene = Scene::set().await;
    let zoe = scene.server.person("Zoë 100%");
    let request = gateway::identity::TokenRequest { email: Some("z@acme.test".into()), ..tests::says("Zoë 100%") };
    let zoe_as_herself = scene.server.person_with(&request);
    let body = json!({ "email": "z@acme.test", "role": "admin" });
    let invitation = scene.ana.posts("/v1/organizations/mine/invitations", body).await.expect(201).text("/id");
    zoe_as_herself.accepts(&invitation).await.expect(200);
    let answer = zoe.at(&scene.nginx.url()).gets("/app/mine/").await.expect(200);
    assert_eq!(told(&answer, "roster-user"), ["Zo%C3%AB%20100%25"]);
}

#[tokio::test]
async fn what_a_client_says_of_itself_is_not_believed() {
    let scene = Scene::set().await;
    let ben = scene.ben_outside();
    let lies = [
        ("Roster-User", "zoe"),
        ("Roster-Organization", "theirs"),
        ("Roster-Role", "owner"),
        ("X-Original-URI", "/app/mine/"),
        ("X-Original-URL", "/app/mine/"),
        ("X-Forwarded-Uri", "/app/mine/"),
        ("X-Rewrite-URL", "/app/mine/"),
        ("X_Original_URI", "/app/mine/"),
    ];
    let lied = async |path: &str| {
        let request =
            lies.iter().fold(ben.request(Method::GET, path), |request, (name, lie)| request.header(*name, *lie));
        ben.sends(request).await
    };
    lied("/app/theirs/").await.expect(403);
    let answer = lied("/app/mine/").await.expect(200);
    assert_eq!(told(&answer, "roster-user"), ["ben"]);
    assert_eq!(told(&answer, "roster-organization"), [scene.mine.as_str()]);
    assert_eq!(told(&answer, "roster-role"), ["member"]);
    // Where nobody is asked, nobody is anybody.
    let answer = lied("/").await.expect(200);
    for name in ["roster-user", "roster-organization", "roster-role"] {
        assert_eq!(told(&answer, name), [""; 0], "{name}");
    }
    // Nor can the check be asked from outside, or somebody be acted for.
    ben.gets("/_roster").await.expect(404);
    let acting = ben.request(Method::GET, "/app/mine/").header("Roster-Actor", "ana");
    ben.sends(acting).await.expect(403);
}

#[tokio::test]
async fn strangers_and_others_members_are_refused() {
    let scene = Scene::set().await;
    let ben = scene.ben_outside();
    for path in ["/app/theirs/", "/app/nothing/", "/app/", "/app/-/"] {
        ben.gets(path).await.expect(403);
    }
    let nobody = raw::sends(&scene.nginx.url(), "GET /app/mine/ HTTP/1.1").await;
    assert_eq!(nobody.status, 401);
    let twice = format!("authorization: Bearer {}\nauthorization: Bearer {}", ben.token(), ben.token());
    let twice = raw::sends(&scene.nginx.url(), &format!("GET /app/mine/ HTTP/1.1\n{twice}")).await;
    assert!([400, 401].contains(&twice.status), "{twice:?}");
    ben.gets("/open").await.expect(200);
}

#[tokio::test]
async fn after_leaving_the_very_next_request_is_refused() {
    let scene = Scene::set().await;
    let ben = scene.ben_outside();
    for _ in 0..20 {
        ben.gets("/app/mine/").await.expect(200);
        scene.ben.leaves("mine").await.expect(200);
        ben.gets("/app/mine/").await.expect(403);
        scene.ana.takes_in("mine", &scene.ben, "member").await;
    }
}

#[tokio::test]
async fn while_roster_is_away_nobody_passes() {
    let mut scene = Scene::set().await;
    let ben = scene.ben_outside();
    ben.gets("/app/mine/").await.expect(200);
    scene.server.kill();
    ben.gets("/app/mine/").await.expect(500);
    ben.gets("/open").await.expect(200);
}
