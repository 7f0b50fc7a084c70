//! Query parameters of lists, and the header that makes them wait.

use reqwest::Method;
use tests::Answer;

use crate::Scene;

const ORGANIZATIONS: &str = "/v1/organizations";
const MEMBERS: &str = "/v1/organizations/acme/members";
const INVITATIONS: &str = "/v1/organizations/acme/invitations";
const HISTORY: &str = "/v1/organizations/acme/history";

async fn asks(scene: &Scene, list: &str, query: &str) -> Answer {
    scene.ana.gets(&format!("{list}?{query}")).await
}

#[tokio::test]
async fn a_limit_is_a_whole_number_from_1_to_200() {
    let scene = Scene::set().await;
    for list in [ORGANIZATIONS, MEMBERS, INVITATIONS, HISTORY] {
        for bad in ["0", "-1", "201", "abc", "1.5", "", "%20", "1e2", "0x10", "99999999999999999999", "10%00"] {
            asks(&scene, list, &format!("limit={bad}")).await.invalid("/limit");
        }
        asks(&scene, list, "limit=5&limit=5").await.invalid("/limit");
        for good in ["1", "200"] {
            asks(&scene, list, &format!("limit={good}&unknown=tolerated")).await.expect(200);
        }
    }
}

#[tokio::test]
async fn a_cursor_goes_on_only_in_the_list_it_came_from() {
    let scene = Scene::set().await;
    scene.ana.founds("beta").await.expect(201);
    for id in ["tom", "tim"] {
        scene.ana.invites("acme", &scene.server.person(id), "member").await.expect(201);
    }
    let position = scene.ana.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position");
    let mut cursors = Vec::new();
    let newest = format!("{MEMBERS}?sort=-joined_at");
    for list in [ORGANIZATIONS, MEMBERS, &newest, INVITATIONS] {
        let ask = format!("{list}{}limit=1", if list.contains('?') { '&' } else { '?' });
        cursors.push((list, scene.ana.lists(&ask, position).await.expect(200).text("/next_cursor")));
    }
    for (list, of) in cursors.iter().flat_map(|(list, _)| cursors.iter().map(move |of| (list, of))) {
        let ask = format!("{list}{}cursor={}", if list.contains('?') { '&' } else { '?' }, of.1);
        let answer = scene.ana.gets(&ask).await;
        if *list == of.0 {
            answer.expect(200)
        } else {
            answer.invalid("/cursor")
        };
    }
    // "members:", "members:x", "members:-1", ":1", "1", bytes that are no text.
    let odd = ["bWVtYmVyczo", "bWVtYmVyczp4", "bWVtYmVyczotMQ", "OjE", "MQ", "__79_A"];
    for bad in ["", "garbage", "%00", "a.b", "bWVtYmVyczox%3D%3D%3D", "%27%20or%201%3D1"].iter().chain(&odd) {
        asks(&scene, MEMBERS, &format!("cursor={bad}")).await.invalid("/cursor");
    }
    asks(&scene, MEMBERS, &format!("cursor={0}&cursor={0}", cursors[1].1)).await.invalid("/cursor");
}

#[tokio::test]
async fn other_parameters_are_looked_at_too() {
    let scene = Scene::set().await;
    for bad in ["", "name", "joined_at,-joined_at", "JOINED_AT", "%2Bjoined_at"] {
        asks(&scene, MEMBERS, &format!("sort={bad}")).await.invalid("/sort");
    }
    for bad in ["", "boss", "OWNER", "member,admin"] {
        asks(&scene, MEMBERS, &format!("role={bad}")).await.invalid("/role");
    }
    asks(&scene, MEMBERS, &format!("search={}", "x".repeat(101))).await.invalid("/search");
    asks(&scene, MEMBERS, "search=a&search=b").await.invalid("/search");
    asks(&scene, MEMBERS, &format!("search={}", "%C3%A9".repeat(100))).await.expect(200);
    for odd in ["%00", "%FF%FE", "%25", "'", "_", "*", "%22%7D"] {
        let found = asks(&scene, MEMBERS, &format!("search={odd}")).await.expect(200);
        assert_eq!(found.body["total"], 0, "{found:#?}");
    }
    for bad in ["", "-1", "abc", "1.5", "18446744073709551616"] {
        asks(&scene, HISTORY, &format!("after={bad}")).await.invalid("/after");
    }
    asks(&scene, HISTORY, "after=1&after=2").await.invalid("/after");
    let beyond = asks(&scene, HISTORY, "after=18446744073709551615").await.expect(200);
    assert_eq!(beyond.body["events"].as_array().map(Vec::len), Some(0));
    for bad in ["", "%00", "%E2%80%AE", &"x".repeat(256)] {
        scene.ana.gets(&format!("/v1/organizations/acme/access?user_id={bad}")).await.invalid("/user_id");
    }
    scene.ana.gets("/v1/organizations/acme/access?user_id=ben&user_id=mia").await.invalid("/user_id");
}

#[tokio::test]
async fn a_position_to_wait_for_is_a_whole_number() {
    let scene = Scene::set().await;
    for list in [ORGANIZATIONS, MEMBERS, INVITATIONS] {
        for bad in ["", "-1", "abc", "1.5", "18446744073709551616", "\u{e9}"] {
            let request = scene.ana.request(Method::GET, list).header("roster-min-position", bad);
            scene.ana.sends(request).await.invalid("/Roster-Min-Position");
        }
    }
}
