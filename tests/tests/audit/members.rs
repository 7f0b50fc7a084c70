//! Who was a member then, in which role, since when, and by whose act.

use serde_json::{Value, json};

use crate::{Scene, failed, ndjson, printed};

const MEMBERS: &str = "/v1/organizations/acme/members";

/// Who was there in which role after each event, told from the history by hand.
fn by_hand(history: &[Value]) -> Vec<Vec<(String, String)>> {
    let mut now: Vec<(String, String)> = Vec::new();
    let text = |data: &Value, pointer: &str| data.pointer(pointer).and_then(Value::as_str).expect("a text").to_owned();
    let after = |event: &Value| {
        let data = &event["data"];
        match event["type"].as_str().expect("a type") {
            "MemberJoined" => now.push((text(data, "/user_id"), text(data, "/role"))),
            "MemberRoleChanged" => {
                let user = text(data, "/user_id");
                now.iter_mut().filter(|one| one.0 == user).for_each(|one| one.1 = text(data, "/role"));
            }
            "OwnershipTransferred" => {
                for (whose, role) in [("/from/user_id", "admin"), ("/to/user_id", "owner")] {
                    let user = text(data, whose);
                    now.iter_mut().filter(|one| one.0 == user).for_each(|one| one.1 = role.to_owned());
                }
            }
            "MemberLeft" | "MemberRemoved" => now.retain(|one| one.0 != text(data, "/user_id")),
            "OrganizationDeleted" => now.clear(),
            _ => {}
        }
        now.clone()
    };
    history.iter().map(after).collect()
}

fn told(members: &Value) -> Vec<(String, String)> {
    let of = |member: &Value, field: &str| member[field].as_str().expect("a text").to_owned();
    members.as_array().expect("members").iter().map(|one| (of(one, "user_id"), of(one, "role"))).collect()
}

#[tokio::test]
async fn at_every_moment_the_members_are_those_the_history_tells() {
    let scene = Scene::set().await;
    let history = scene.ben.history("acme").await;
    for (event, expected) in history.iter().zip(by_hand(&history)) {
        let sequence = event["sequence"].as_u64().expect("a sequence");
        let then = scene.ben.gets(&format!("{MEMBERS}?at_sequence={sequence}")).await.expect(200);
        assert_eq!(told(&then.body["members"]), expected, "{then:#?}");
        assert_eq!((&then.body["sequence"], &then.body["organization_id"]), (&json!(sequence), &json!(scene.acme)));
        let flags = ["members", "acme", "--at-sequence", &sequence.to_string(), "--format", "ndjson"];
        assert_eq!(json!(ndjson(&printed(scene.audit(&flags)))), then.body["members"]);
        // The same by time: of events at one time all count.
        let at = event["at"].as_str().expect("a time");
        let last = history.iter().rfind(|one| one["at"] == at).expect("itself")["sequence"].clone();
        let then = scene.ben.gets(&format!("{MEMBERS}?as_of={at}")).await.expect(200);
        assert_eq!(then.body["sequence"], last);
        let flags = ["members", "acme", "--as-of", at, "--format", "ndjson"];
        assert_eq!(json!(ndjson(&printed(scene.audit(&flags)))), then.body["members"]);
    }
}

#[tokio::test]
async fn each_member_comes_with_the_acts_that_made_them_what_they_are() {
    let scene = Scene::set().await;
    let now = scene.auditor.gets(&format!("{MEMBERS}?at_sequence=11")).await.expect(200).body;
    let history = scene.ben.history("acme").await;
    let event = |kind: &str| history.iter().find(|event| event["type"] == kind).expect("an event");
    let ben = now["members"].as_array().expect("members").iter().find(|one| one["user_id"] == "ben").expect("ben");
    let transfer = event("OwnershipTransferred");
    assert_eq!(ben["role"], "owner");
    assert_eq!(ben["role_by"]["actor"], "person:ana");
    assert_eq!((&ben["role_by"]["sequence"], &ben["role_by"]["at"]), (&transfer["sequence"], &transfer["at"]));
    assert_eq!((&ben["joined_by"]["actor"], &ben["joined_by"]["via"]), (&json!("person:ben"), &json!("v1")));
    let table = printed(scene.audit(&["members", "acme", "--at-sequence", "11"]));
    assert!(
        table.lines().any(|line| line.starts_with("ben ") && line.contains("owner") && line.ends_with("person:ana"))
    );
}

#[tokio::test]
async fn members_then_come_page_by_page() {
    let scene = Scene::set().await;
    let whole = scene.ben.gets(&format!("{MEMBERS}?at_sequence=9")).await.expect(200).body["members"].clone();
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = scene.ben.gets(&format!("{MEMBERS}?at_sequence=9&limit=1{cursor}")).await.expect(200).body;
        paged.extend(page["members"].as_array().cloned().expect("members"));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!((paged.len(), json!(paged)), (3, whole));
    let of_another_list = scene.ben.gets(&format!("{MEMBERS}?limit=1")).await.expect(200).body;
    let cursor = of_another_list["next_cursor"].as_str().expect("more");
    scene.ben.gets(&format!("{MEMBERS}?at_sequence=9&cursor={cursor}")).await.invalid("/cursor");
}

#[tokio::test]
async fn what_was_is_for_those_who_may_read_the_history() {
    let scene = Scene::set().await;
    let [mia, guest] = ["mia", "guest"].map(|id| scene.server.person(id));
    scene.ben.takes_in("acme", &mia, "member").await;
    mia.gets(&format!("{MEMBERS}?at_sequence=2")).await.refused(403, "permission-denied");
    guest.gets(&format!("{MEMBERS}?at_sequence=2")).await.refused(404, "organization-not-found");
    for person in [&scene.ana, &scene.ben, &scene.auditor] {
        person.gets(&format!("{MEMBERS}?at_sequence=2")).await.expect(200);
    }
    let path = format!("/v1/organizations/{}/members?at_sequence=2", scene.acme);
    scene.auditor.gets(&path).await.expect(200);
    scene.ben.deletes("/v1/organizations/acme").await.expect(204);
    assert_eq!(scene.auditor.gets(&path).await.expect(200).body["members"].as_array().map(Vec::len), Some(1));
    let deleted = scene.auditor.history(&scene.acme).await.len();
    let path = format!("/v1/organizations/{}/members?at_sequence={deleted}", scene.acme);
    assert_eq!(scene.auditor.gets(&path).await.expect(200).body["members"], json!([]));
}

#[tokio::test]
async fn a_moment_that_was_not_is_told() {
    let scene = Scene::set().await;
    for (query, pointer) in [
        ("as_of=2026-03-01", "/as_of"),
        ("as_of=2026-03-01T00:00", "/as_of"),
        ("as_of=9999-01-01T00:00Z", "/as_of"),
        ("at_sequence=0", "/at_sequence"),
        ("at_sequence=1000", "/at_sequence"),
        ("at_sequence=soon", "/at_sequence"),
        ("at_sequence=2&as_of=2026-03-01T00:00Z", "/at_sequence"),
        ("at_sequence=2&search=b", "/search"),
        ("at_sequence=2&role=owner", "/role"),
        ("as_of=2020-03-01T00:00Z&sort=joined_at", "/sort"),
    ] {
        scene.ben.gets(&format!("{MEMBERS}?{query}")).await.invalid(pointer);
    }
    scene.ben.gets(&format!("{MEMBERS}?as_of=2020-03-01T00:00Z")).await.refused(404, "organization-not-found");
    let told = failed(&scene.audit(&["members", "acme", "--as-of", "2020-03-01T00:00Z"]));
    assert!(told.contains("not founded by then"), "{told}");
    let told = failed(&scene.audit(&["members", "acme", "--as-of", "9999-03-01T00:00Z"]));
    assert!(told.contains("has not come yet"), "{told}");
    let told = failed(&scene.audit(&["members", "acme", "--as-of", "2026-03-01T00:00:00"]));
    assert!(told.contains("must say its time zone"), "{told}");
    failed(&scene.audit(&["members", "acme", "--at-sequence", "1000"]));
}
