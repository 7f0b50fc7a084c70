//! A membership from beginning to end, as an application has it; and after each step what the session looks at.

use serde_json::{Value, json};
use tests::eventually;

use crate::scene::{Scene, User};

/// Waits until these are listed, with their roles, in order of joining.
async fn are_listed(user: &User, org: &str, members: &[(&str, &str)]) {
    let expected: Vec<_> = members.iter().map(|(id, role)| (format!("{id}@acme.test"), (*role).to_owned())).collect();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    eventually(&format!("{expected:?}"), async || {
        let listed = user.reads("listMembers", json!({ "organizationId": org, "sortBy": "createdAt" })).await.ok();
        let members = listed["members"].as_array().expect("members").iter();
        let members: Vec<_> = members.map(|member| (text(&member["user"]["email"]), text(&member["role"]))).collect();
        assert_eq!(listed["total"], members.len(), "{listed}");
        (members == expected).then_some(())
    })
    .await;
}

#[tokio::test]
async fn acme_from_its_founding_to_its_end() {
    let scene = Scene::set();
    let [ana, ben, cleo, dora] = ["ana", "ben", "cleo", "dora"].map(|id| scene.user(id));
    assert_eq!(ana.active().await, None);

    // Founded, and looked at.
    let acme = ana.creates("acme").await;
    assert_eq!(ana.active().await.as_ref(), Some(&acme));

    // Three are invited. Each accepts, and looks at it from then on.
    let mut members = Vec::new();
    for (somebody, role) in [(&ben, "member"), (&cleo, "admin"), (&dora, "member")] {
        let invitation = ana.sends(&acme, somebody, role).await;
        assert_eq!(somebody.active().await, None);
        let accepted = somebody.asks("acceptInvitation", json!({ "invitationId": invitation })).await;
        accepted.date("/member/createdAt");
        assert_eq!(accepted.data["invitation"]["status"], "accepted", "{accepted:#?}");
        assert_eq!(somebody.active().await.as_ref(), Some(&acme));
        members.push(accepted.text("/member/id"));
    }
    let [bens, cleos, doras] = members.try_into().expect("three");
    let all = [("ana", "owner"), ("ben", "member"), ("cleo", "admin"), ("dora", "member")];
    are_listed(&ben, &acme, &all).await;

    // Roles up and down, without a word of whose organization: it is the active one.
    let risen = cleo.asks("updateMemberRole", json!({ "memberId": bens, "role": "admin" })).await.ok();
    assert_eq!((&risen["role"], &risen["userId"]), (&json!("admin"), &json!("ben")));
    ana.asks("updateMemberRole", json!({ "memberId": bens, "role": ["member"] })).await.ok();

    // The flow's own call: Ben removes himself by his member id.
    let own = json!({ "memberIdOrEmail": bens, "organizationId": acme });
    let removed = ben.asks("removeMember", own.clone()).await.ok();
    assert_eq!((&removed["member"]["id"], &removed["member"]["role"]), (&json!(bens), &json!("member")));
    ben.checks("acme").await.refused(403, "not-a-member");
    assert_eq!(ben.active().await, None);
    assert_eq!(ben.sees("list").await.ok(), json!([]));
    ben.asks("removeMember", own).await.refused(400, "MEMBER_NOT_FOUND");

    // Dora by her own address, and the organization she looks at.
    let removed = dora.asks("removeMember", json!({ "memberIdOrEmail": "Dora@acme.test" })).await.ok();
    assert_eq!((&removed["member"]["id"], &removed["member"]["user"]["name"]), (&json!(doras), &json!("Dora")));
    dora.checks("acme").await.refused(403, "not-a-member");
    assert_eq!(dora.active().await, None);

    // Ana owns it and stays, until Cleo does.
    let only_owner = "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER";
    ana.asks("leave", json!({ "organizationId": acme })).await.refused(400, only_owner);
    ana.asks("removeMember", json!({ "memberIdOrEmail": "ana@acme.test" })).await.refused(400, only_owner);
    assert_eq!(ana.active().await.as_ref(), Some(&acme));
    let transferred = ana.asks("updateMemberRole", json!({ "memberId": cleos, "role": "owner" })).await.ok();
    assert_eq!((&transferred["role"], &transferred["userId"]), (&json!("owner"), &json!("cleo")));
    are_listed(&cleo, &acme, &[("ana", "admin"), ("cleo", "owner")]).await;

    // Then she leaves.
    let left = ana.asks("leave", json!({ "organizationId": acme })).await;
    left.date("/createdAt");
    assert_eq!((&left.data["role"], &left.data["user"]["name"]), (&json!("admin"), &json!("Ana")), "{left:#?}");
    ana.checks("acme").await.refused(403, "not-a-member");
    assert_eq!(ana.active().await, None);
    ana.sees("getActiveMember").await.refused(400, "NO_ACTIVE_ORGANIZATION");

    // All went by themselves: nobody was removed.
    let departures: Vec<_> =
        cleo.history("acme").await.into_iter().filter(|event| event["type"] == "MemberLeft").collect();
    let actors: Vec<_> = departures.iter().map(|event| &event["actor"]).collect();
    assert_eq!(actors, ["person:ben", "person:dora", "person:ana"]);
    assert!(!cleo.events("acme").await.contains(&"MemberRemoved".to_owned()));

    // The last one puts out the light.
    let deleted = cleo.asks("delete", json!({ "organizationId": acme })).await;
    assert_eq!((deleted.text("/id"), deleted.text("/slug")), (acme.clone(), "acme".to_owned()));
    assert_eq!(cleo.active().await, None);
    cleo.checks(&acme).await.refused(403, "not-a-member");
    let gone = "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION";
    cleo.asks("delete", json!({ "organizationId": acme })).await.refused(400, gone);
    assert_eq!(cleo.sees("list").await.ok(), json!([]));
}
