//! Roles: up and down, several in one text, what they permit, and the owner's, which is handed over.

use serde_json::{Value, json};

use crate::scene::{Scene, User};

const NOT_THIS_MEMBER: &str = "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER";

async fn role(user: &User) -> Value {
    let by_call = user.reads("getActiveMemberRole", json!({})).await.ok()["role"].clone();
    assert_eq!(user.sees("getActiveMember").await.ok()["role"], by_call);
    assert_eq!(user.checks("acme").await.expect(200).body["role"], by_call);
    by_call
}

#[tokio::test]
async fn ben_rises_and_falls() {
    let scene = Scene::set();
    let [ana, ben] = ["ana", "ben"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let member = ana.welcomes(&acme, &ben, "member").await;
    let active = ben.sees("getActiveMember").await;
    let joined = active.date("/createdAt");
    let user = json!({ "id": "ben", "name": "Ben", "email": "ben@acme.test", "image": null });
    let mut expected = json!({ "id": member, "organizationId": acme, "userId": "ben", "role": "member",
        "createdAt": { "$date": joined }, "user": user });
    assert_eq!(active.ok(), expected);
    expected.as_object_mut().expect("a member").remove("user");

    // Of several the highest counts, and one is told.
    for (asked, becomes) in [
        (json!("admin"), "admin"),
        (json!(["member"]), "member"),
        (json!("member, admin,member"), "admin"),
        (json!("admin"), "admin"),
        (json!(["member", " member "]), "member"),
    ] {
        let changed = ana.asks("updateMemberRole", json!({ "memberId": member, "role": asked })).await.ok();
        expected["role"] = json!(becomes);
        assert_eq!(changed, expected, "{asked}");
        assert_eq!(role(&ben).await, becomes);
    }
    // What is so already is not recorded again.
    let changes = ana.events("acme").await.iter().filter(|name| *name == "MemberRoleChanged").count();
    assert_eq!(changes, 4);
    // An admin may step down without anybody's leave.
    ana.asks("updateMemberRole", json!({ "memberId": member, "role": "admin" })).await.ok();
    ben.asks("updateMemberRole", json!({ "memberId": member, "role": "member" })).await.ok();
    let again = ben.asks("updateMemberRole", json!({ "memberId": member, "role": "admin" })).await;
    again.refused(403, NOT_THIS_MEMBER);
    let of_ana = json!({ "userId": "ana", "organizationSlug": "acme" });
    assert_eq!(ben.reads("getActiveMemberRole", of_ana).await.ok(), json!({ "role": "owner" }));
}

#[tokio::test]
async fn each_role_may_what_it_may() {
    let scene = Scene::set();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    ana.welcomes(&acme, &ben, "member").await;
    ana.welcomes(&acme, &cleo, "admin").await;
    for (permissions, [owner, admin, member]) in [
        (json!({ "organization": ["update"] }), [true, true, false]),
        (json!({ "organization": ["delete"] }), [true, false, false]),
        (json!({ "organization": ["update", "delete"] }), [true, false, false]),
        (json!({ "member": ["create", "update", "delete"] }), [true, true, false]),
        (json!({ "member": ["delete"], "invitation": ["create", "cancel"] }), [true, true, false]),
        (json!({ "ownership": ["transfer"] }), [true, false, false]),
        (json!({ "member": ["fly"] }), [false; 3]),
        (json!({ "member": ["delete", "fly"] }), [false; 3]),
        (json!({ "project": ["create"] }), [false; 3]),
        (json!({ "team": ["create"] }), [false; 3]),
        (json!({ "ac": ["read"] }), [false; 3]),
        (json!({ "member": [] }), [false; 3]),
        (json!({}), [false; 3]),
    ] {
        for (user, may) in [(&ana, owner), (&cleo, admin), (&ben, member)] {
            let told = user.asks("hasPermission", json!({ "permissions": permissions, "organizationId": acme })).await;
            assert_eq!(told.ok(), json!({ "error": null, "success": may }), "{} {permissions}", user.id);
        }
    }
    // By the name it had formerly nothing is permitted to anybody.
    let formerly = json!({ "permission": { "member": ["delete"] } });
    assert_eq!(ana.asks("hasPermission", formerly).await.ok()["success"], false);
}

#[tokio::test]
async fn ana_hands_acme_over_by_making_ben_its_owner() {
    let scene = Scene::set();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let bens = ana.welcomes(&acme, &ben, "member").await;
    let cleos = ana.welcomes(&acme, &cleo, "admin").await;
    let anas = ana.checks("acme").await.expect(200).text("/member_id");
    let makes = async |user: &User, member: &str, role: &str| {
        user.asks("updateMemberRole", json!({ "memberId": member, "role": role, "organizationId": acme })).await
    };
    let before = ana.history("acme").await;
    // Not by others, and not into nobody's hands.
    makes(&cleo, &bens, "owner").await.refused(403, NOT_THIS_MEMBER);
    makes(&cleo, &cleos, "owner").await.refused(403, NOT_THIS_MEMBER);
    makes(&cleo, &anas, "member").await.refused(403, NOT_THIS_MEMBER);
    makes(&ben, &bens, "owner").await.refused(403, NOT_THIS_MEMBER);
    for lower in ["admin", "member", "admin,member"] {
        let told = makes(&ana, &anas, lower).await;
        let told = told.refused(400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER");
        assert_eq!(told.message(), "You cannot leave the organization without an owner");
    }
    // She is what she is.
    assert_eq!(makes(&ana, &anas, "owner,admin").await.ok()["role"], "owner");
    assert_eq!(ana.history("acme").await, before);

    let handed = makes(&ana, &bens, "owner").await.ok();
    assert_eq!((&handed["id"], &handed["role"]), (&json!(bens), &json!("owner")));
    assert_eq!((role(&ben).await, role(&ana).await), (json!("owner"), json!("admin")), "one owner");
    let last = ben.history("acme").await.pop().expect("a history");
    assert_eq!((&last["type"], &last["actor"]), (&json!("OwnershipTransferred"), &json!("person:ana")));
    for user in [&ana, &ben] {
        assert_eq!(user.active().await.as_ref(), Some(&acme), "both look at it as before");
    }
    makes(&ana, &bens, "member").await.refused(403, NOT_THIS_MEMBER);
    ben.asks("leave", json!({ "organizationId": acme }))
        .await
        .refused(400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");
    ana.asks("removeMember", json!({ "memberIdOrEmail": anas })).await.ok();
    ana.checks("acme").await.refused(403, "not-a-member");
}
