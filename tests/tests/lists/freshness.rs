//! Names and addresses are those of the newest token seen.

use std::time::{Duration, SystemTime};

use gateway::identity::TokenRequest;
use serde_json::json;
use tests::{Person, Server, eventually, says};

/// Ben with this name and address, by a token issued so long ago.
fn ben(server: &Server, name: &str, email: &str, seconds_ago: u64) -> Person {
    let request = TokenRequest { name: Some(name.into()), email: Some(email.into()), ..says("ben") };
    server.person_as_of(&request, SystemTime::now() - Duration::from_secs(seconds_ago))
}

/// The list shows Ben so, now and not only for a moment.
async fn shown(ana: &Person, name: &str, email: &str) {
    let look = async || {
        let page = ana.lists("/v1/organizations/acme/members", 0).await.expect(200);
        (page.body["members"][1]["name"] == name && page.body["members"][1]["email"] == email).then_some(())
    };
    eventually(&format!("ben is shown as {name}, {email}"), look).await;
    assert_eq!(look().await, Some(()));
}

#[tokio::test]
async fn newer_tokens_keep_a_person_fresh_and_older_ones_undo_nothing() {
    let mut server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let first = ben(&server, "Ben", "ben@acme.test", 600);
    let invited =
        ana.posts("/v1/organizations/acme/invitations", json!({ "email": "ben@acme.test", "role": "member" }));
    first.accepts(&invited.await.expect(201).text("/id")).await.expect(200);
    shown(&ana, "Ben", "ben@acme.test").await;

    let newer = ben(&server, "Benjamin", "benjamin@acme.test", 300);
    newer.gets("/v1/organizations").await.expect(200);
    shown(&ana, "Benjamin", "benjamin@acme.test").await;
    first.gets("/v1/organizations").await.expect(200);
    first.checks("acme").await.expect(200);
    shown(&ana, "Benjamin", "benjamin@acme.test").await;

    ben(&server, "B. Okafor", "b@acme.test", 200).checks("acme").await.expect(200);
    shown(&ana, "B. Okafor", "b@acme.test").await;

    assert!(server.stop().success());
    server.restart();
    let (ana, first) = (ana.at(&server.url), first.at(&server.url));
    first.lists("/v1/organizations", 0).await.expect(200);
    shown(&ana, "B. Okafor", "b@acme.test").await;
}

#[tokio::test]
async fn a_token_that_repeats_what_is_known_still_outdates_those_before_it() {
    let mut server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let first = ben(&server, "Ben", "ben@acme.test", 600);
    let invited =
        ana.posts("/v1/organizations/acme/invitations", json!({ "email": "ben@acme.test", "role": "member" }));
    first.accepts(&invited.await.expect(201).text("/id")).await.expect(200);
    ben(&server, "Ben", "ben@acme.test", 100).gets("/v1/organizations").await.expect(200);

    let between = ben(&server, "Former", "former@acme.test", 300);
    between.gets("/v1/organizations").await.expect(200);
    between.checks("acme").await.expect(200);
    shown(&ana, "Ben", "ben@acme.test").await;
    // What is known of people is written in order: Tom's being kept means that what came before him is.
    server.person("tom").gets("/v1/organizations").await.expect(200);
    assert!(server.stop().success());
    server.restart();
    let (ana, between) = (ana.at(&server.url), between.at(&server.url));
    between.lists("/v1/organizations", 0).await.expect(200);
    shown(&ana, "Ben", "ben@acme.test").await;
}

#[tokio::test]
async fn what_a_newer_token_no_longer_says_is_no_longer_shown() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let first = ben(&server, "Ben", "ben@acme.test", 600);
    let invited =
        ana.posts("/v1/organizations/acme/invitations", json!({ "email": "ben@acme.test", "role": "member" }));
    first.accepts(&invited.await.expect(201).text("/id")).await.expect(200);
    let bare = TokenRequest { name: None, email: None, email_verified: false, ..says("ben") };
    server.person_with(&bare).gets("/v1/organizations").await.expect(200);
    let page = ana.lists("/v1/organizations/acme/members", 0).await.expect(200);
    assert_eq!((&page.body["members"][1]["name"], &page.body["members"][1]["email"]), (&json!(null), &json!(null)));
}
