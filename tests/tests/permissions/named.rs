//! Permissions asked by name.

use serde_json::{Value, json};
use tests::{Person, Server};

async fn granted(somebody: &Person, permission: &str) -> Value {
    let path = format!("/v1/organizations/acme/access?permission={permission}");
    let answer = somebody.gets(&path).await.expect(200);
    assert_eq!(answer.body["permission"], permission, "{answer:#?}");
    answer.body["granted_by"].clone()
}

#[tokio::test]
async fn the_answer_says_which_event_gave_the_role() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    let told = async |sequence: u64, event: &str| {
        let history = ana.history("acme").await;
        let recorded = &history[usize::try_from(sequence).expect("few") - 1];
        assert_eq!(recorded["type"], event);
        json!({ "event": event, "sequence": sequence, "at": recorded["at"] })
    };
    assert_eq!(granted(&ana, "organization:delete").await, told(2, "MemberJoined").await);
    ben.gets("/v1/organizations/acme/access?permission=invitation:create").await.refused(403, "permission-denied");

    ana.patches(&format!("/v1/organizations/acme/members/{member}"), json!({ "role": "admin" })).await.expect(200);
    assert_eq!(granted(&ben, "invitation:create").await, told(6, "MemberRoleChanged").await);
    ben.gets("/v1/organizations/acme/access?permission=ownership:transfer").await.refused(403, "permission-denied");
    // Others are asked about in the same way.
    let of_ben = "/v1/organizations/acme/access?user_id=ben&permission=member:delete";
    assert_eq!(ana.gets(of_ben).await.expect(200).body["granted_by"], told(6, "MemberRoleChanged").await);
    server.person("zoe").gets(of_ben).await.refused(403, "permission-denied");

    ana.transfers("acme", &member).await.expect(200);
    assert_eq!(granted(&ben, "organization:delete").await, told(7, "OwnershipTransferred").await);
    assert_eq!(granted(&ana, "history:read").await, told(7, "OwnershipTransferred").await);

    // A new membership owes nothing to the former one.
    ana.leaves("acme").await.expect(200);
    let gone = "/v1/organizations/acme/access?permission=history:read";
    ana.gets(gone).await.refused(403, "not-a-member");
    ben.takes_in("acme", &ana, "admin").await;
    let given = ana.gets(gone).await.expect(200);
    assert_eq!(given.body["granted_by"]["sequence"], 11);
    assert_eq!(given.body["granted_by"]["event"], "MemberJoined");
}

#[tokio::test]
async fn a_permission_nobody_knows_is_a_mistake() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    for bad in [
        "",
        "nothing",
        "invitation",
        "invitation:CREATE",
        "invitation%3acreate%20",
        "history:read&permission=history:read",
    ] {
        ana.gets(&format!("/v1/organizations/acme/access?permission={bad}")).await.invalid("/permission");
    }
    // Who does not ask for one is told of none.
    let plain = ana.checks("acme").await.expect(200).body;
    assert!(plain.get("permission").is_none() && plain.get("granted_by").is_none(), "{plain}");
}

#[tokio::test]
async fn everybody_may_read_the_table_and_it_is_what_the_check_goes_by() {
    let server = Server::start();
    let table = server.bearer("nobody", "none").gets("/v1/permissions").await.expect(200).body;
    let people = ["member", "admin", "owner"].map(|role| (role, server.person(role)));
    let [(_, member), (_, admin), (_, owner)] = &people;
    owner.founds("acme").await.expect(201);
    owner.takes_in("acme", member, "member").await;
    owner.takes_in("acme", admin, "admin").await;
    let permissions = table["permissions"].as_array().expect("permissions");
    assert_eq!(permissions.len(), 8, "{table}");
    for permission in permissions {
        let name = permission["permission"].as_str().expect("a name");
        for (role, person) in &people {
            let has_it = permission["roles"].as_array().is_some_and(|roles| roles.contains(&json!(role)));
            let answer = person.gets(&format!("/v1/organizations/acme/access?permission={name}")).await;
            assert_eq!(answer.status.as_u16(), if has_it { 200 } else { 403 }, "{role} {name}");
        }
    }
    let of = |name: &str| permissions.iter().find(|one| one["permission"] == name).map(|one| one["roles"].clone());
    assert_eq!(of("invitation:create"), Some(json!(["admin", "owner"])));
    assert_eq!(of("organization:delete"), Some(json!(["owner"])));
}
