//! Members: five hundred of them, each once.

use std::collections::HashSet;

use gateway::identity::TokenRequest;
use serde_json::{Value, json};
use tests::{Person, Server, says};

use crate::all;

const MEMBERS: &str = "/v1/organizations/acme/members";

fn users(rows: &[Value]) -> Vec<String> {
    rows.iter().filter_map(|row| row["user_id"].as_str().map(str::to_owned)).collect()
}

async fn position(person: &Person) -> u64 {
    person.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position")
}

#[tokio::test]
async fn paging_over_five_hundred_sees_each_once_in_either_order() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let guests = server.people("guest", 499);
    ana.takes_in_all("acme", &guests, "member").await;
    let position = position(&ana).await;

    let mut everybody: HashSet<String> = guests.iter().map(|guest| guest.id.clone()).collect();
    everybody.insert("ana".into());
    let oldest = users(&all(&ana, &format!("{MEMBERS}?limit=37"), "members", position).await);
    assert_eq!(oldest.len(), 500);
    assert_eq!(oldest.iter().cloned().collect::<HashSet<_>>(), everybody);
    assert_eq!(oldest[0], "ana", "who founded it joined first");
    for limit in [50, 200] {
        let again = format!("{MEMBERS}?sort=joined_at&limit={limit}");
        assert_eq!(users(&all(&ana, &again, "members", position).await), oldest, "at {limit} a page");
    }
    let found = users(&all(&ana, &format!("{MEMBERS}?limit=10&search=GUEST-7"), "members", position).await);
    assert!(found.iter().eq(oldest.iter().filter(|id| id.starts_with("guest-7"))), "{found:?}");
    assert_eq!(found.len(), 11, "7 and 70 to 79");
    let newest = users(&all(&ana, &format!("{MEMBERS}?sort=-joined_at&limit=64"), "members", position).await);
    assert!(newest.iter().eq(oldest.iter().rev()), "the other way round");
    let first = ana.gets(MEMBERS).await.expect(200);
    assert_eq!(first.body["total"], 500);
    assert_eq!(first.body["members"].as_array().map(Vec::len), Some(50), "where no limit is given");
}

#[tokio::test]
async fn who_joins_or_leaves_between_two_pages_moves_nobody_else() {
    let server = Server::start();
    let (ana, late, guests) = (server.person("ana"), server.person("late"), server.people("guest", 6));
    for (org, sort, seen, rest) in [
        ("acme", "joined_at", ["ana", "guest-0", "guest-1"], &["guest-2", "guest-4", "guest-5", "late"] as &[_]),
        ("beta", "-joined_at", ["guest-5", "guest-4", "guest-3"], &["guest-2", "guest-1", "ana"]),
    ] {
        ana.founds(org).await.expect(201);
        for guest in &guests {
            ana.takes_in(org, guest, "member").await;
        }
        let list = format!("/v1/organizations/{org}/members?sort={sort}");
        let page = ana.lists(&format!("{list}&limit=3"), position(&ana).await).await.expect(200);
        assert_eq!(users(page.body["members"].as_array().expect("rows")), seen);
        guests[0].leaves(org).await.expect(200);
        guests[3].leaves(org).await.expect(200);
        ana.takes_in(org, &late, "member").await;
        let next = format!("{list}&cursor={}", page.text("/next_cursor"));
        let page = ana.lists(&next, position(&ana).await).await.expect(200);
        assert_eq!(users(page.body["members"].as_array().expect("rows")), rest);
    }
}

#[tokio::test]
async fn search_finds_names_and_addresses_that_begin_so_in_any_case() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    for (id, name, email) in [
        ("u1", "Émile Zola", "ez@acme.test"),
        ("u2", "Jonas Weiß", "jonas@acme.test"),
        ("u3", "李伟", "liwei@acme.test"),
        ("u4", "jonathan", "Johnny@Other.Test"),
        ("u5", "100% Jo_", "percent@acme.test"),
        ("u6", "Joanna Émile", "zola@acme.test"),
    ] {
        let person = TokenRequest { name: Some(name.into()), email: Some(email.into()), ..says(id) };
        let person = server.person_with(&person);
        let invited = ana.posts("/v1/organizations/acme/invitations", json!({ "email": email, "role": "member" }));
        person.accepts(&invited.await.expect(201).text("/id")).await.expect(200);
    }
    let position = position(&ana).await;
    for (search, found) in [
        ("jo", &["u2", "u4", "u6"] as &[_]),
        ("JO", &["u2", "u4", "u6"]),
        ("jona", &["u2", "u4"]),
        ("johnny@OTHER", &["u4"]),
        ("  jonas w ", &["u2"]),
        ("émile", &["u1"]),
        ("ÉMILE", &["u1"]),
        ("李", &["u3"]),
        ("zola", &["u6"]),
        ("100%", &["u5"]),
        ("%", &[]),
        ("_", &[]),
        ("acme.test", &[]),
        ("onas", &[]),
        ("nobody", &[]),
        ("u1", &[]),
    ] {
        let url = reqwest::Url::parse_with_params("http://x/", [("search", search)]).expect("a URL");
        let query = url.query().expect("a query");
        let page = ana.lists(&format!("{MEMBERS}?{query}"), position).await.expect(200);
        assert_eq!(users(page.body["members"].as_array().expect("rows")), found, "{search:?}");
        assert_eq!(page.body["total"].as_u64(), Some(found.len() as u64), "{search:?}");
        let one_by_one = users(&all(&ana, &format!("{MEMBERS}?limit=1&{query}"), "members", position).await);
        assert_eq!(one_by_one, found, "{search:?}, one by one");
    }
    let blank = ana.lists(&format!("{MEMBERS}?search=%20"), position).await.expect(200);
    assert_eq!(blank.body["total"], 7, "blank is as good as none");
}

#[tokio::test]
async fn roles_are_filtered_and_counted_exactly() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let (admins, members) = (server.people("admin", 3), server.people("member", 5));
    ana.takes_in_all("acme", &admins, "admin").await;
    ana.takes_in_all("acme", &members, "member").await;
    members[0].leaves("acme").await.expect(200);
    let promoted = members[1].checks("acme").await.expect(200).text("/member_id");
    let changed = ana.patches(&format!("{MEMBERS}/{promoted}"), json!({ "role": "admin" })).await.expect(200);
    assert_eq!((changed.text("/role"), changed.text("/user_id")), ("admin".to_owned(), "member-1".to_owned()));
    for (query, total) in [
        ("", 8),
        ("?role=owner", 1),
        ("?role=admin", 4),
        ("?role=member", 3),
        ("?role=admin&search=member", 1),
        ("?role=member&search=ADMIN", 0),
        ("?role=owner&search=ana@", 1),
    ] {
        let page = ana.lists(&format!("{MEMBERS}{query}"), changed.position()).await.expect(200);
        assert_eq!(page.body["total"], total, "{query}");
        assert_eq!(page.body["members"].as_array().map(Vec::len), Some(total), "{query}");
    }
}
