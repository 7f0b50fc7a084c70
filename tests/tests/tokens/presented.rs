//! How tokens are presented, and which are refused.

use reqwest::Method;
use serde_json::{Value, json};
use tests::issuer::{AUDIENCE, claims, unsigned};
use tests::{Answer, Key, Server};

const LIST: &str = "/v1/organizations";

/// A development token's claims, changed: `null` takes one out.
fn dev(changes: &Value) -> Value {
    let mut all = claims("ana");
    all["iss"] = json!("urn:roster:development");
    all["aud"] = json!(AUDIENCE);
    let members = all.as_object_mut().expect("claims are an object");
    for (name, value) in changes.as_object().expect("so are changes") {
        if value.is_null() {
            members.remove(name)
        } else {
            members.insert(name.clone(), value.clone())
        };
    }
    all
}

#[track_caller]
fn unauthenticated(answer: Answer) {
    let answer = answer.refused(401, "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{answer:#?}");
}

#[tokio::test]
async fn only_a_good_token_signs_anybody_in() {
    let server = Server::start();
    let key = Key::of_folder(server.data());
    let header = json!({ "alg": "EdDSA", "typ": "JWT" });
    let signed = |changes: Value| key.signs(&header, &dev(&changes));
    let now = claims("ana")["iat"].as_u64().expect("a time");

    let good = signed(json!({}));
    server.bearer("ana", &good).gets(LIST).await.expect(200);
    server.bearer("ana", &signed(json!({ "aud": ["other", AUDIENCE] }))).gets(LIST).await.expect(200);

    let (head, tail) = good.rsplit_once('.').expect("three parts");
    let other_folder = tempfile::tempdir().expect("a folder");
    let printed = Server::command(other_folder.path()).args(["token", "--user-id", "ana"]).output().expect("a token");
    let foreign = String::from_utf8(printed.stdout).expect("text").trim().to_owned();
    let (alg_none, ana) = (json!({ "alg": "none", "typ": "JWT" }), dev(&json!({})));
    let bad = [
        ("garbage", "garbage".to_owned()),
        ("dots", "..".to_owned()),
        ("a signature missing", head.to_owned()),
        ("an empty signature", format!("{head}.")),
        ("a fourth part", format!("{good}.{tail}")),
        ("alg none", format!("{}.", unsigned(&alg_none, &ana))),
        ("alg none, signed", key.signs(&alg_none, &ana)),
        ("alg none, another's signature", format!("{}.{tail}", unsigned(&alg_none, &ana))),
        ("unsigned", format!("{}.", unsigned(&header, &ana))),
        ("another's claims", format!("{}.{tail}", unsigned(&header, &dev(&json!({ "sub": "ben" }))))),
        ("a wrong key", Key::ed().signs(&header, &ana)),
        ("a key of another kind", Key::ec().signs(&json!({ "alg": "ES256" }), &ana)),
        ("the development key of another folder", foreign),
        ("something critical", key.signs(&json!({ "alg": "EdDSA", "crit": ["exp"] }), &ana)),
        ("expired", signed(json!({ "iat": now - 7200, "exp": now - 3600 }))),
        ("not valid yet", signed(json!({ "nbf": now + 3600 }))),
        ("issued tomorrow", signed(json!({ "iat": now + 86_400, "exp": now + 90_000 }))),
        ("milliseconds", signed(json!({ "exp": (now + 3600) * 1000 }))),
        ("another audience", signed(json!({ "aud": "other" }))),
        ("nearly the audience", signed(json!({ "aud": "roster2" }))),
        ("another issuer", signed(json!({ "iss": "https://id.acme.test" }))),
        ("no exp", signed(json!({ "exp": null }))),
        ("no iat", signed(json!({ "iat": null }))),
        ("no aud", signed(json!({ "aud": null }))),
        ("no iss", signed(json!({ "iss": null }))),
        ("no sub", signed(json!({ "sub": null }))),
        ("an empty sub", signed(json!({ "sub": "" }))),
        ("a poisoned sub", signed(json!({ "sub": "an\u{0}a" }))),
        ("a long sub", signed(json!({ "sub": "x".repeat(256) }))),
        ("a huge token", signed(json!({ "name": "x".repeat(8 * 1024) }))),
    ];
    for (why, token) in bad {
        for path in [LIST, "/v1/organizations/acme/access"] {
            let answer = server.bearer(why, &token).gets(path).await;
            assert!(!answer.raw.contains(&token), "the token comes back: {answer:#?}");
            unauthenticated(answer);
        }
    }
    server.bearer("ana", &good).gets(LIST).await.expect(200);
}

#[tokio::test]
async fn without_a_token_everything_in_v1_is_closed() {
    let server = Server::start();
    let contract = reqwest::get(format!("{}/openapi.json", server.url)).await.expect("an answer");
    let contract: Value = contract.json().await.expect("JSON");
    let paths = contract["paths"].as_object().expect("paths");
    let mut calls = 0;
    // What each role may do is the same everywhere, and no secret.
    let closed = |path: &str| path.starts_with("/v1/") && path != "/v1/permissions";
    for (path, operations) in paths.iter().filter(|(path, _)| closed(path)) {
        for method in operations.as_object().expect("operations").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let request = reqwest::Client::new().request(method, format!("{}{path}", server.url));
            let response = request.send().await.expect("an answer");
            unauthenticated(Answer::read(path.clone(), response).await.expect("a whole answer"));
            calls += 1;
        }
    }
    assert_eq!(calls, 45);
    for open in ["/healthz", "/readyz", "/metrics", "/openapi.json", "/v1/permissions"] {
        assert_eq!(reqwest::get(format!("{}{open}", server.url)).await.expect("an answer").status(), 200, "{open}");
    }
}

#[tokio::test]
async fn one_authorization_header_of_one_kind() {
    let server = Server::start();
    let ana = server.person("ana");
    let anybody = reqwest::Client::new();
    let with = async |headers: &[String]| {
        let request = anybody.get(format!("{}{LIST}", server.url));
        let request = headers.iter().fold(request, |request, value| request.header("authorization", value));
        Answer::read(format!("{headers:?}"), request.send().await.expect("an answer")).await.expect("a whole answer")
    };
    let token = ana.token();
    for good in [format!("Bearer {token}"), format!("bearer {token}"), format!("BEARER  {token} ")] {
        with(&[good]).await.expect(200);
    }
    for bad in [
        "",
        "Bearer",
        "Bearer ",
        token,
        &format!("Basic {token}"),
        &format!("Token {token}"),
        &format!("Bearer {token}, Bearer {token}"),
    ] {
        unauthenticated(with(&[bad.to_owned()]).await);
    }
    let twice = format!("Bearer {token}");
    unauthenticated(with(&[twice.clone(), twice.clone()]).await);
    unauthenticated(with(&[twice, "Bearer garbage".to_owned()]).await);
}

#[tokio::test]
async fn the_cookie_is_as_good_as_the_header() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let anybody = reqwest::Client::new();
    let with = async |cookie: String, header: Option<&str>| {
        let request = anybody.get(format!("{}/v1/organizations/acme/access", server.url)).header("cookie", cookie);
        let request = match header {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        Answer::read("with a cookie".into(), request.send().await.expect("an answer")).await.expect("a whole answer")
    };
    let session = format!("roster_session={}", ana.token());
    assert_eq!(with(session.clone(), None).await.expect(200).body["user_id"], "ana");
    assert_eq!(with(format!("a=b; {session}; theme=dark"), None).await.expect(200).body["user_id"], "ana");
    unauthenticated(with(format!("xroster_session={}", ana.token()), None).await);
    unauthenticated(with("roster_session=".into(), None).await);
    unauthenticated(with("roster_session=garbage".into(), None).await);
    with(session.clone(), Some(ben.token())).await.refused(403, "not-a-member");
    unauthenticated(with(session, Some("garbage")).await);
}
