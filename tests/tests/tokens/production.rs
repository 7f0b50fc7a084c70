//! An issuer's tokens: its keys in a file, followed as it changes, and at a URL.

use serde_json::json;
use tests::issuer::{self, AUDIENCE, ISSUER, claims};
use tests::{Key, Server, eventually};

const LIST: &str = "/v1/organizations";

fn trusting(jwks: &str) -> Server {
    Server::with(&[], &[("ROSTER_ISSUER", ISSUER), ("ROSTER_AUDIENCE", AUDIENCE), ("ROSTER_JWKS", jwks)])
}

#[tokio::test]
async fn keys_in_a_file_are_trusted_and_the_development_identity_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jwks.json");
    let key = Key::ec();
    issuer::publish(&path, &[key.named("first")]);
    let server = trusting(&path.display().to_string());

    let ana = server.bearer("ana", &key.token("first", &claims("ana")));
    let founded = ana.founds("acme").await.expect(201);
    assert_eq!(founded.body["owner"]["user_id"], "ana");
    let ben = server.bearer("ben", &key.token("first", &claims("ben")));
    ana.takes_in("acme", &ben, "member").await;
    ben.checks("acme").await.expect(200);

    for (why, token) in [
        ("a development token", server.token("ana", &[])),
        ("another key", Key::ec().token("first", &claims("ana"))),
        ("an unknown key", Key::ed().token("second", &claims("ana"))),
        ("the public half as a secret", key.signs(&json!({ "alg": "HS256", "kid": "first" }), &claims("ana"))),
    ] {
        server.bearer(why, &token).gets(LIST).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_rotated_file_is_followed_while_the_server_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jwks.json");
    let (old, new) = (Key::ec(), Key::ed());
    issuer::publish(&path, &[old.named("old")]);
    let server = trusting(&path.display().to_string());
    let by_old = server.bearer("ana", &old.token("old", &claims("ana")));
    let by_new = server.bearer("ana", &new.token("new", &claims("ana")));
    by_old.gets(LIST).await.expect(200);
    by_new.gets(LIST).await.refused(401, "unauthenticated");

    issuer::publish(&path, &[old.named("old"), new.named("new")]);
    by_new.gets(LIST).await.expect(200);
    by_old.gets(LIST).await.expect(200);
    issuer::publish(&path, &[new.named("new")]);
    eventually("tokens of the old key end", async || (by_old.gets(LIST).await.status == 401).then_some(())).await;
    by_new.gets(LIST).await.expect(200);
}

#[tokio::test]
async fn keys_at_a_url_are_fetched() {
    let key = Key::ed();
    let server = trusting(&issuer::serve(&[key.named("k1"), json!({ "kty": "unknown" })]).await);
    server.bearer("ana", &key.token("k1", &claims("ana"))).founds("acme").await.expect(201);
    let stranger = Key::ed().token("k1", &claims("ana"));
    server.bearer("ana", &stranger).gets(LIST).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn while_no_key_was_ever_read_nobody_is_refused_for_it() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/jwks", silent.local_addr().expect("its address"));
    drop(silent);
    let server = trusting(&url);
    let ana = server.bearer("ana", &Key::ed().token("k1", &claims("ana")));
    let answer = ana.gets(LIST).await.refused(503, "unavailable");
    assert!(answer.header("retry-after").is_some(), "{answer:#?}");
    // Nor are requests sent here.
    ana.gets("/readyz").await.refused(503, "unavailable");
    ana.gets("/healthz").await.expect(200);
}

#[tokio::test]
async fn odd_claims_lock_nobody_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jwks.json");
    let key = Key::ec();
    issuer::publish(&path, &[key.named("k1")]);
    let server = trusting(&path.display().to_string());
    let mut odd = claims("ana");
    for (name, value) in [
        ("name", json!("  An\u{0}a\u{202e} ")),
        ("email", json!("not an address")),
        ("picture", json!({ "url": 1 })),
        ("scope", json!(["roster:audit"])),
        ("sid", json!(7)),
    ] {
        odd[name] = value;
    }
    let ana = server.bearer("ana", &key.token("k1", &odd));
    let founded = ana.founds("acme").await.expect(201);
    let members = ana.lists("/v1/organizations/acme/members", founded.position()).await.expect(200);
    assert_eq!(members.body["members"][0]["name"], "Ana");
    assert_eq!(members.body["members"][0]["email"], json!(null));
}
