//! One's own organizations.

use serde_json::{Value, json};
use tests::Server;

use crate::all;

#[tokio::test]
async fn the_organizations_of_a_person_come_oldest_membership_first() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let mut position = 0;
    for n in 0..7 {
        let org = format!("org-{n}");
        let body = json!({ "name": format!("Organization {n}"), "slug": org, "logo": "/logo.svg" });
        ana.posts("/v1/organizations", body).await.expect(201);
        if n % 2 == 0 {
            ana.takes_in(&org, &ben, if n == 0 { "admin" } else { "member" }).await;
        }
        position = ana.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position");
    }
    let slugs =
        |rows: &[Value]| rows.iter().filter_map(|row| row["slug"].as_str().map(str::to_owned)).collect::<Vec<_>>();
    let of_ana = all(&ana, "/v1/organizations?limit=3", "organizations", position).await;
    assert_eq!(slugs(&of_ana), (0..7).map(|n| format!("org-{n}")).collect::<Vec<_>>());
    let of_ben = all(&ben, "/v1/organizations?limit=1", "organizations", position).await;
    assert_eq!(slugs(&of_ben), ["org-0", "org-2", "org-4", "org-6"]);

    let access = ben.checks("org-0").await.expect(200);
    let expected = json!({ "id": access.body["organization_id"], "slug": "org-0", "name": "Organization 0",
        "logo": "/logo.svg", "role": "admin", "member_id": access.body["member_id"],
        "joined_at": of_ben[0]["joined_at"] });
    assert_eq!(of_ben[0], expected);
    assert!(of_ben[0]["joined_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{expected}");

    let left = ben.leaves("org-2").await.expect(200);
    let changed = ana.patches("/v1/organizations/org-0", json!({ "name": "First", "logo": null })).await.expect(200);
    assert!(changed.position() > left.position());
    let page = ben.lists("/v1/organizations", changed.position()).await.expect(200);
    assert_eq!((page.body["total"].as_u64(), &page.body["organizations"][0]["name"]), (Some(3), &json!("First")));
    assert_eq!(page.body["organizations"][0]["logo"], json!(null));
}
