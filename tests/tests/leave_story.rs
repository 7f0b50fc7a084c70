//! The hero story: a member leaves an organization.

use reqwest::Method;
use serde_json::json;
use tests::Server;

#[tokio::test]
async fn a_member_leaves_and_access_ends_at_commit() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let invitation = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    let joined = ben.accepts(&invitation).await.expect(200);
    let member = joined.text("/id");
    assert_eq!(joined.body["name"], "Ben");

    let listed = ben.lists("/v1/organizations", joined.position()).await.expect(200);
    assert_eq!(listed.body["organizations"][0]["slug"], "acme");
    assert_eq!(listed.body["total"], 1);
    ben.checks("acme").await.expect(200);

    let left = ben.leaves("acme").await.expect(200);
    assert_eq!(left.body["left"]["member_id"], member.as_str());
    assert_eq!(left.body["next"], json!({ "kind": "onboarding", "url": "/app/onboarding" }));

    ben.checks("acme").await.refused(403, "not-a-member");
    ben.gets("/v1/organizations/acme").await.refused(404, "organization-not-found");
    ben.gets("/v1/organizations/acme/members").await.refused(404, "organization-not-found");

    let members = ana.lists("/v1/organizations/acme/members", left.position()).await.expect(200);
    assert_eq!(members.body["total"], 1);
    assert!(members.body["members"].as_array().is_some_and(|all| all.iter().all(|one| one["user_id"] != "ben")));
    let listed = ben.lists("/v1/organizations", left.position()).await.expect(200);
    assert_eq!(listed.body, json!({ "organizations": [], "next_cursor": null, "total": 0 }));

    let history = ana.history("acme").await;
    let last = history.last().expect("there is a history");
    assert_eq!(last["type"], "MemberLeft");
    assert_eq!(last["actor"], "person:ben");
    assert_eq!(last["at"], left.body["left"]["at"]);
    assert_eq!(last["data"], json!({ "member_id": member, "user_id": "ben" }));
}

#[tokio::test]
async fn the_owner_cannot_leave_but_can_after_transferring() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    let ana_member = ana.founds("acme").await.expect(201).text("/owner/member_id");
    let ben_member = ana.takes_in("acme", &ben, "member").await;

    ana.leaves("acme").await.refused(409, "owner-cannot-leave");
    ana.removes("acme", &ana_member).await.refused(409, "owner-cannot-leave");
    let transferred = ana.transfers("acme", &ben_member).await.expect(200);
    assert_eq!(transferred.body["owner"], json!({ "member_id": ben_member, "user_id": "ben" }));
    assert_eq!(ana.checks("acme").await.expect(200).body["role"], "admin");

    ana.leaves("acme").await.expect(200);
    ana.checks("acme").await.refused(403, "not-a-member");
    ben.leaves("acme").await.refused(409, "owner-cannot-leave");
}

#[tokio::test]
async fn removing_oneself_is_leaving() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    ben.removes("acme", &member).await.expect(204);
    let history = ana.history("acme").await;
    assert_eq!(history.last().expect("a history")["type"], "MemberLeft");
}

#[tokio::test]
async fn an_organization_joined_a_moment_before_leaving_is_the_next() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.founds("beta").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ana.takes_in("beta", &ben, "member").await;
    let left = ben.leaves("acme").await.expect(200);
    assert_eq!(left.body["next"], json!({ "kind": "organization", "slug": "beta", "url": "/app/beta" }));
}

#[tokio::test]
async fn the_organization_used_last_comes_before_the_oldest() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    for org in ["acme", "beta", "gamma"] {
        ana.founds(org).await.expect(201);
        ana.takes_in(org, &ben, "member").await;
    }
    ben.gets("/v1/organizations/beta").await.expect(200);
    tests::eventually("what was used last is kept", async || {
        let other = format!("x-{}", uuid::Uuid::now_v7().simple());
        ana.founds(&other).await.expect(201);
        ana.takes_in(&other, &ben, "member").await;
        ben.gets("/v1/organizations/beta").await.expect(200);
        (ben.leaves(&other).await.expect(200).body["next"]["slug"] == "beta").then_some(())
    })
    .await;
    ben.leaves("beta").await.expect(200);
    let left = ben.leaves("gamma").await.expect(200);
    assert_eq!(left.body["next"]["slug"], "acme", "beta was left: the oldest membership comes next");
}

#[tokio::test]
async fn who_left_can_be_invited_again_and_gets_a_new_member_id() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let first = ana.takes_in("acme", &ben, "member").await;
    ben.leaves("acme").await.expect(200);
    ben.leaves("acme").await.refused(404, "organization-not-found");
    let second = ana.takes_in("acme", &ben, "admin").await;
    assert_ne!(first, second);
    assert_eq!(ben.checks("acme").await.expect(200).text("/member_id"), second);
    ana.removes("acme", &first).await.refused(404, "member-not-found");
    ana.calls(Method::PATCH, &format!("/v1/organizations/acme/members/{first}"), Some(json!({ "role": "admin" })))
        .await
        .refused(404, "member-not-found");
}
