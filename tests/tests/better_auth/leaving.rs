//! Leaving, which everybody may but the owner: by the flow's own call, by one's address, by `leave`.

use serde_json::{Value, json};

use crate::scene::{Scene, User};

const ONLY_OWNER: &str = "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER";

/// What happened last in acme: its name, by whom, and to which member.
async fn last(user: &User) -> [Value; 3] {
    let last = user.history("acme").await.pop().expect("a history");
    [last["type"].clone(), last["actor"].clone(), last["data"]["member_id"].clone()]
}

#[tokio::test]
async fn members_and_admins_leave_in_three_ways_and_none_of_them_is_a_removal() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let acme = ana.creates("acme").await;
    for role in ["member", "admin"] {
        for (n, way) in ["own member id", "own address", "leave", "the active one"].into_iter().enumerate() {
            let ben = scene.user(&format!("ben-{role}-{n}"));
            let member = ana.welcomes(&acme, &ben, role).await;
            assert_eq!(ben.checks(&acme).await.expect(200).body["role"], role);
            let told = match way {
                "own member id" => {
                    ben.asks("removeMember", json!({ "memberIdOrEmail": member, "organizationId": acme }))
                }
                "own address" => {
                    ben.asks("removeMember", json!({ "memberIdOrEmail": ben.email(), "organizationId": acme }))
                }
                "leave" => ben.asks("leave", json!({ "organizationId": acme })),
                _ => ben.asks("removeMember", json!({ "memberIdOrEmail": member })),
            };
            let told = told.await;
            // Access ends before the application hears of it.
            ben.checks(&acme).await.refused(403, "not-a-member");
            assert_eq!(ben.active().await, None, "{way}");
            assert_eq!(last(&ana).await, [json!("MemberLeft"), json!(format!("person:{}", ben.id)), json!(member)]);

            // As they were: with who they are, but where they were named by member id.
            let body = told.clone().ok();
            let (at, body) = if way == "leave" { ("", body) } else { ("/member", body["member"].clone()) };
            let joined = told.date(&format!("{at}/createdAt"));
            let mut expected = json!({ "id": member, "organizationId": acme, "userId": ben.id, "role": role,
                "createdAt": { "$date": joined } });
            if ["leave", "own address"].contains(&way) {
                let name = format!("Ben-{role}-{n}");
                expected["user"] = json!({ "id": ben.id, "name": name, "email": ben.email(), "image": null });
            }
            assert_eq!(body, expected, "{way}");

            // Once.
            let again = json!({ "memberIdOrEmail": member, "organizationId": acme });
            ben.asks("removeMember", again.clone()).await.refused(400, "MEMBER_NOT_FOUND");
            ana.asks("removeMember", again).await.refused(400, "MEMBER_NOT_FOUND");
            ben.asks("leave", json!({ "organizationId": acme })).await.refused(400, "MEMBER_NOT_FOUND");
            ben.asks("removeMember", json!({ "memberIdOrEmail": member })).await.refused(400, "NO_ACTIVE_ORGANIZATION");
        }
    }
    let events = ana.events("acme").await;
    assert_eq!(events.iter().filter(|name| *name == "MemberLeft").count(), 8);
    assert!(!events.contains(&"MemberRemoved".to_owned()), "{events:?}");
}

#[tokio::test]
async fn the_owner_stays_whoever_asks_and_however() {
    let scene = Scene::set();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    ana.welcomes(&acme, &ben, "member").await;
    ana.welcomes(&acme, &cleo, "admin").await;
    let owner = ana.checks("acme").await.expect(200).text("/member_id");
    let before = ana.history("acme").await;

    let told = ana.asks("leave", json!({ "organizationId": acme })).await.refused(400, ONLY_OWNER);
    assert_eq!(told.message(), "You cannot leave the organization as the only owner");
    for somebody in [&ana, &cleo, &ben] {
        for whom in [owner.as_str(), "ana@acme.test", "ANA@Acme.test"] {
            let of_acme = json!({ "memberIdOrEmail": whom, "organizationId": acme });
            somebody.asks("removeMember", of_acme).await.refused(400, ONLY_OWNER);
        }
    }
    assert_eq!(ana.history("acme").await, before);
    assert_eq!(ana.checks("acme").await.expect(200).body["role"], "owner");
    assert_eq!(ana.active().await, Some(acme));
}

#[tokio::test]
async fn to_remove_another_is_a_removal_and_not_for_members() {
    let scene = Scene::set();
    let [ana, ben, cleo, dora] = ["ana", "ben", "cleo", "dora"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let bens = ana.welcomes(&acme, &ben, "member").await;
    ana.welcomes(&acme, &cleo, "admin").await;
    let doras = ana.welcomes(&acme, &dora, "admin").await;

    let not_allowed = ben.asks("removeMember", json!({ "memberIdOrEmail": doras })).await;
    let told = not_allowed.refused(401, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER");
    assert_eq!(told.message(), "You are not allowed to delete this member");
    // A user id is nobody's member id.
    cleo.asks("removeMember", json!({ "memberIdOrEmail": "ben" })).await.refused(400, "MEMBER_NOT_FOUND");

    let removed = cleo.asks("removeMember", json!({ "memberIdOrEmail": bens })).await.ok();
    assert_eq!(removed["member"]["userId"], "ben");
    assert_eq!(last(&ana).await, [json!("MemberRemoved"), json!("person:cleo"), json!(bens)]);
    let removed = cleo.asks("removeMember", json!({ "memberIdOrEmail": "dora@acme.test" })).await.ok();
    assert_eq!(removed["member"]["user"]["name"], "Dora");
    assert_eq!(last(&ana).await, [json!("MemberRemoved"), json!("person:cleo"), json!(doras)]);
    for somebody in [&ben, &dora] {
        somebody.checks("acme").await.refused(403, "not-a-member");
        assert_eq!(somebody.active().await, None);
    }
    assert_eq!(cleo.active().await, Some(acme));
}
