//! Whatever happens, no name, address or token gets into the log.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Server, says};

#[tokio::test]
async fn a_whole_story_leaves_no_name_address_or_token_in_the_log() {
    let mut server = Server::with(&[], &[("ROSTER_LOG", "debug"), ("ROSTER_LOG_FORMAT", "json")]);
    let named = |id: &str, name: &str| gateway::identity::TokenRequest { name: Some(name.into()), ..says(id) };
    let ana = server.person_with(&named("u-1", "Anastasia Xenophon"));
    let ben = server.person_with(&named("u-2", "Benedikt Quirinus"));
    let auditor = server.with_scope("u-3", "roster:audit roster:act-as");

    // A good story.
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "admin").await;
    let late = ana.posts("/v1/organizations/acme/invitations", json!({ "email": "pia@secret.test", "role": "member" }));
    let late = late.await.expect(201);
    ana.lists("/v1/organizations/acme/members?search=benedikt", late.position()).await.expect(200);
    ana.gets("/v1/organizations/acme/members?search=u-2@acme.test").await.expect(200);
    ana.gets("/v1/organizations/acme/invitations").await.expect(200);
    ben.gets("/v1/invitations").await.expect(200);
    ben.checks("acme").await.expect(200);
    auditor.history("acme").await;
    let acting = auditor.request(Method::GET, "/v1/organizations/acme").header("roster-actor", "u-2");
    auditor.sends(acting).await.expect(200);
    ana.deletes(&format!("/v1/organizations/acme/invitations/{}", late.text("/id"))).await.expect(204);
    ben.leaves("acme").await.expect(200);

    // And all that can go wrong with it.
    ben.leaves("acme").await.expect(404);
    ana.removes("acme", &member).await.expect(404);
    ana.leaves("acme").await.expect(409);
    ana.gets("/v1/organizations/acme/members/benedikt@secret.test").await.expect(405);
    ana.gets("/v1/organizations/pia@secret.test").await.expect(404);
    ana.gets("/nothing/Xenophon/pia@secret.test?email=pia@secret.test").await.expect(404);
    ana.gets("/v1/organizations/acme/members?sort=pia@secret.test").await.expect(400);
    for body in [
        r#"{"email": "pia@secret.test", "role": "Quirinus"}"#,
        r#"{"email": "pia@secret.test""#,
        r#"["pia@secret.test"]"#,
    ] {
        let request = ana.request(Method::POST, "/v1/organizations/acme/invitations").body(body);
        ana.sends(request.header("content-type", "application/json")).await.expect(400);
    }
    let mut tokens = vec![ana.token().to_owned(), ben.token().to_owned(), auditor.token().to_owned()];
    for bad in [format!("{}x", ana.token()), "pia@secret.test".to_owned(), format!("e30.{}.e30", "a".repeat(64))] {
        server.bearer("nobody", &bad).gets("/v1/organizations").await.expect(401);
        tokens.push(bad);
    }
    let twice = ana.request(Method::GET, "/v1/organizations").header("authorization", "Bearer pia@secret.test");
    ana.sends(twice).await.expect(401);
    assert!(server.stop().success());

    let log = server.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let said = |message: &str| lines.iter().filter(|line| line["message"] == message).count();
    assert!(said("answered") > 20 && said("command") > 5 && said("a token was refused") == 3, "{log}");
    assert!(lines.iter().any(|line| line["route"] == "/v1/organizations/{org}/members"), "{log}");
    let lower = log.to_lowercase();
    for secret in
        ["acme.test", "secret.test", "pia", "xenophon", "anastasia", "quirinus", "benedikt", "authorization", "bearer"]
    {
        assert!(!lower.contains(secret), "{secret} is in the log:\n{log}");
    }
    for part in tokens.iter().flat_map(|token| token.split('.')).filter(|part| part.len() > 8) {
        assert!(!log.contains(part), "{part} of a token is in the log:\n{log}");
    }
}
