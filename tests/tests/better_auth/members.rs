//! Lists of members: by number, in any order, of more than a hundred.

use serde_json::{Value, json};
use tests::Server;
use tests::better_auth::Told;

use crate::scene::{Scene, User};

/// Acme of Ana with many more.
pub struct Crowd {
    pub ana: User,
    /// All of them as they are listed, in order of joining.
    pub all: Vec<Value>,
    _scene: Scene,
}

impl Crowd {
    pub async fn of(admins: usize, members: usize) -> Self {
        let server = Server::start();
        let many = 1 + admins + members;
        let [admins, members] = [("admin", admins), ("member", members)].map(|(name, many)| server.people(name, many));
        let scene = Scene::at(server);
        let ana = scene.user("ana");
        ana.creates("acme").await;
        ana.takes_in_all("acme", &admins, "admin").await;
        ana.takes_in_all("acme", &members, "member").await;
        let all = tests::eventually("all are listed", async || {
            let listed = ana.reads("listMembers", json!({ "limit": 1000 })).await.ok();
            (listed["total"] == many).then(|| listed["members"].as_array().cloned())
        });
        let all = all.await.expect("members");
        assert_eq!(all.len(), many);
        Self { ana, all, _scene: scene }
    }

    pub async fn lists(&self, query: Value) -> Told {
        self.ana.reads("listMembers", query).await
    }
}

/// A field as text; dates as they came over the wire.
pub fn text<'m>(member: &'m Value, field: &str) -> &'m str {
    let value = &member[field];
    value.as_str().or(value["$date"].as_str()).unwrap_or_else(|| panic!("no {field} in {member}"))
}

/// The members of an answer.
#[track_caller]
pub fn page(told: Told) -> Vec<Value> {
    told.ok()["members"].as_array().expect("members").clone()
}

pub const FIELDS: [&str; 5] = ["id", "organizationId", "userId", "role", "createdAt"];

#[tokio::test]
async fn a_hundred_are_listed_where_nobody_says_how_many() {
    let crowd = Crowd::of(40, 80).await;
    for (query, range) in [
        (json!({}), 0..100),
        (json!({ "limit": 0 }), 0..100),
        (json!({ "limit": "many", "offset": "none" }), 0..100),
        (json!({ "limit": 101 }), 0..101),
        (json!({ "limit": 1_000_000 }), 0..121),
        (json!({ "limit": 2, "offset": 1 }), 1..3),
        (json!({ "limit": "10", "offset": "115" }), 115..121),
        (json!({ "offset": 100 }), 100..121),
        (json!({ "limit": 1, "offset": 121 }), 121..121),
        (json!({ "limit": "1e2", "offset": 100_000 }), 121..121),
    ] {
        let told = crowd.lists(query.clone()).await.ok();
        assert_eq!(told["total"], 121, "on all pages: {query}");
        assert_eq!(told["members"], json!(crowd.all[range]), "{query}");
    }
    // Each with who they are.
    let user =
        |id: &str, name: &str| json!({ "id": id, "name": name, "email": format!("{id}@acme.test"), "image": null });
    assert_eq!(crowd.all[0]["user"], user("ana", "Ana"));
    let last = text(&crowd.all[120], "userId");
    assert_eq!(crowd.all[120]["user"], user(last, &last.replacen('m', "M", 1)));

    for (query, many) in
        [(json!({}), 100), (json!({ "membersLimit": 110 }), 110), (json!({ "membersLimit": 500 }), 121)]
    {
        let full = crowd.ana.reads("getFullOrganization", query).await.ok();
        assert_eq!(full["members"], json!(crowd.all[..many]));
    }
}

#[tokio::test]
async fn every_field_sorts_both_ways_and_pages_miss_nobody() {
    let crowd = Crowd::of(9, 16).await;
    for field in FIELDS {
        for way in ["asc", "desc"] {
            let sorted = json!({ "sortBy": field, "sortDirection": way, "limit": 1000 });
            let whole = page(crowd.lists(sorted.clone()).await);
            let texts: Vec<_> = whole.iter().map(|member| text(member, field)).collect();
            let mut expected: Vec<_> = crowd.all.iter().map(|member| text(member, field)).collect();
            expected.sort_unstable();
            if way == "desc" {
                expected.reverse();
            }
            assert_eq!(texts, expected, "{field} {way}");

            let mut paged = Vec::new();
            for offset in (0..26).step_by(10) {
                let mut query = sorted.clone();
                (query["limit"], query["offset"]) = (json!(10), json!(offset));
                paged.extend(page(crowd.lists(query).await));
            }
            assert_eq!(paged, whole, "{field} {way}");
        }
        let unsaid = page(crowd.lists(json!({ "sortBy": field, "limit": 1000 })).await);
        let said = json!({ "sortBy": field, "sortDirection": "asc", "limit": 1000 });
        assert_eq!(unsaid, page(crowd.lists(said).await));
    }
}
