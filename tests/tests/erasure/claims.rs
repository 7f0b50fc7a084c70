//! What tokens say of people: from those issued before the erasure nothing is kept again, at any server; from those issued after, it is.

use std::time::{Duration, SystemTime};

use serde_json::Value;
use tests::{Person, Server, eventually, says};

use crate::{beside, erases, invites, listed, position};

/// How a list shows somebody: the name and the address.
async fn shown(ana: &Person, user: &str, server: &Server) -> [Value; 2] {
    let member = listed(ana, "acme", user, position(server).await).await.expect("a member");
    ["name", "email"].map(|field| member[field].clone())
}

const NOTHING: [Value; 2] = [Value::Null, Value::Null];

#[tokio::test]
async fn an_older_token_brings_nothing_back_at_any_server_and_a_newer_one_does() {
    let mut server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    // Of the two, one has served him before, and remembers his token; one learns it only now.
    let another = beside().then(|| server.another());
    let mut doors = vec![server.url.clone()];
    doors.extend(another.as_ref().map(|server| server.url.clone()));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    // The control: his token is what lists know him by.
    assert_eq!(shown(&ana, "ben", &server).await, ["Ben".into(), "ben@acme.test".into()] as [Value; 2]);
    erases(&ben, "ben").await.expect(204);

    // He comes back by the token he has, and is a member without a name.
    for door in &doors {
        let ben = ben.at(door);
        ben.gets("/v1/organizations").await.expect(200);
        ben.checks("acme").await.refused(403, "not-a-member");
    }
    let invitation = invites(&ana, "acme", "ben@acme.test").await;
    ben.at(&doors[doors.len() - 1]).accepts(&invitation).await.expect(200);
    for door in &doors {
        ben.at(door).gets("/v1/organizations/acme/members").await.expect(200);
        assert_eq!(shown(&ana.at(door), "ben", &server).await, NOTHING);
    }
    let search = ana.gets("/v1/organizations/acme/members?search=ben").await.expect(200);
    assert_eq!(search.body["members"], Value::Array(vec![]), "{search:#?}");
    // Another one of the same age, which no server has seen yet, says the same.
    let other = server.person_as_of(&says("ben"), SystemTime::now() - Duration::from_secs(600));
    other.at(&doors[0]).gets("/v1/organizations").await.expect(200);
    assert_eq!(shown(&ana, "ben", &server).await, NOTHING);
    // Nor does it after a start, when nothing is remembered.
    if !beside() {
        assert!(server.stop().success());
        server.restart();
        let (ana, ben) = (ana.at(&server.url), ben.at(&server.url));
        ben.gets("/v1/organizations").await.expect(200);
        assert_eq!(shown(&ana, "ben", &server).await, NOTHING);
    }

    // He signs in again.
    let ana = ana.at(&server.url);
    // Kept in passing: what it says is no news to this server. And clocks differ: for some seconds he comes as one from before.
    eventually("he has his name again", async || {
        let newer = server.person_as_of(&says("ben"), SystemTime::now() + Duration::from_secs(4));
        newer.at(&server.url).gets("/v1/organizations").await.expect(200);
        (shown(&ana, "ben", &server).await == ["Ben".into(), "ben@acme.test".into()] as [Value; 2]).then_some(())
    })
    .await;
    ben.at(&server.url).gets("/v1/organizations").await.expect(200);
    assert_eq!(shown(&ana, "ben", &server).await, ["Ben".into(), "ben@acme.test".into()] as [Value; 2]);
}

#[tokio::test]
async fn by_a_clock_that_is_ahead_a_token_that_was_seen_is_older_all_the_same() {
    let server = Server::start();
    let ana = server.person("ana");
    let ahead = server.person_as_of(&says("ben"), SystemTime::now() + Duration::from_secs(4));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ahead, "member").await;
    erases(&ahead, "ben").await.expect(204);
    let invitation = invites(&ana, "acme", "ben@acme.test").await;
    ahead.accepts(&invitation).await.expect(200);
    assert_eq!(shown(&ana, "ben", &server).await, NOTHING);
}
