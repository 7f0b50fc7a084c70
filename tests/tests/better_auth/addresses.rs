//! Members by their e-mail address: whom it means where several go by it, and when it means nobody.

use std::time::{Duration, SystemTime};

use gateway::identity::TokenRequest;
use serde_json::json;
use tests::says;

use crate::scene::{Scene, User};

/// Somebody who joins acme by their own address, and whose newer token says they go by this one, for which nobody vouches.
async fn goes_by(scene: &Scene, ana: &User, id: &str, email: &str) -> User {
    let earlier = scene.server.person_as_of(&says(id), SystemTime::now() - Duration::from_secs(60));
    ana.takes_in("acme", &earlier, "admin").await;
    let says = TokenRequest { email: Some(email.to_owned()), email_verified: false, ..says(id) };
    let user = scene.user_with(&says);
    let session = user.client.calls_without("getSession").await;
    assert_eq!(
        (session.text("/user/email"), session.data["user"]["emailVerified"].clone()),
        (email.into(), json!(false))
    );
    user
}

#[tokio::test]
async fn an_address_means_whom_it_was_proved_by() {
    let scene = Scene::set();
    let [ana, ben] = ["ana", "ben"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    ana.welcomes(&acme, &ben, "member").await;
    // Eve says that she is Ben.
    let eve = goes_by(&scene, &ana, "eve", "ben@acme.test").await;
    let removes = async |user: &User, email: &str| {
        user.asks("removeMember", json!({ "memberIdOrEmail": email, "organizationId": acme })).await
    };
    let removed = removes(&eve, "BEN@acme.test").await.ok();
    assert_eq!(removed["member"]["userId"], "ben", "an admin who removes Ben by his address removes Ben");
    ben.checks("acme").await.refused(403, "not-a-member");
    eve.checks("acme").await.expect(200);
    // Now she is the only one who goes by it; she leaves by it.
    let left = removes(&eve, "ben@acme.test").await.ok();
    assert_eq!(left["member"]["user"]["id"], "eve");
    let last = ana.history("acme").await.pop().expect("a history");
    assert_eq!((&last["type"], &last["actor"]), (&json!("MemberLeft"), &json!("person:eve")));
    // And whoever was known by an address that they go by no more is not found by it.
    goes_by(&scene, &ana, "dora", "new@acme.test").await;
    removes(&ana, "dora@acme.test").await.refused(400, "MEMBER_NOT_FOUND");
}

#[tokio::test]
async fn an_address_that_could_mean_two_means_nobody() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let acme = ana.creates("acme").await;
    let fay = goes_by(&scene, &ana, "fay", "team@acme.test").await;
    let gus = goes_by(&scene, &ana, "gus", "team@acme.test").await;
    let before = ana.history("acme").await;
    for user in [&ana, &fay, &gus] {
        let by_address = json!({ "memberIdOrEmail": "team@acme.test", "organizationId": acme });
        user.asks("removeMember", by_address).await.refused(400, "MEMBER_NOT_FOUND");
    }
    assert_eq!(ana.history("acme").await, before, "nobody is removed by guess");
    let member = fay.checks("acme").await.expect(200).text("/member_id");
    fay.asks("removeMember", json!({ "memberIdOrEmail": member, "organizationId": acme })).await.ok();
    let removed = json!({ "memberIdOrEmail": "team@acme.test", "organizationId": acme });
    assert_eq!(ana.asks("removeMember", removed).await.ok()["member"]["userId"], "gus");
}

#[tokio::test]
async fn ones_own_address_means_oneself() {
    let scene = Scene::set();
    let [ana, ben] = ["ana", "ben"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    ana.welcomes(&acme, &ben, "admin").await;
    // Ben has a second account, by an address that became his first one's.
    let earlier = scene.server.person_as_of(&says("ben-2"), SystemTime::now() - Duration::from_secs(60));
    ana.takes_in("acme", &earlier, "admin").await;
    let second = scene.user_with(&TokenRequest { email: Some(ben.email()), ..says("ben-2") });
    assert_eq!(second.active().await, None);

    let by_address = json!({ "memberIdOrEmail": "ben@acme.test", "organizationId": acme });
    ana.asks("removeMember", by_address.clone()).await.refused(400, "MEMBER_NOT_FOUND");
    for own in [&second, &ben] {
        let left = own.asks("removeMember", by_address.clone()).await.ok();
        assert_eq!(left["member"]["userId"], own.id);
        own.checks("acme").await.refused(403, "not-a-member");
    }
    let events = ana.events("acme").await;
    assert_eq!(events[events.len() - 2..], ["MemberLeft", "MemberLeft"]);
}
