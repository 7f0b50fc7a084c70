//! Searching members by the beginning of a name or address, in small organizations and in large ones.

use domain::{OrganizationEvent as E, Role};
use projections::{MembersQuery, MembersSort, Page};

use crate::world::{World, names, organization};

on_every_adapter!(
    people_are_found_in_a_small_organization,
    people_are_found_in_a_large_organization,
    a_search_is_read_page_by_page,
    somebody_erased_is_not_found,
);

fn search(text: &str) -> MembersQuery {
    MembersQuery { limit: 100, search: Some(text.into()), ..MembersQuery::default() }
}

async fn acme(world: &mut World) {
    for (user, name, email) in [
        ("u1", "Ana Álvarez", "ana@acme.test"),
        ("u2", "Ben Baker", "bb@acme.test"),
        ("u3", "BENEDIKT Öz", "oez@acme.test"),
        ("u4", "Cleo", "ben.other@acme.test"),
        ("u5", "Örjan", "orjan@acme.test"),
        ("u6", "Benno Elsewhere", "benno@globex.test"),
    ] {
        world.people.knows(user, name, email);
    }
    world.founds("u1", "acme").await;
    world.founds("u6", "globex").await;
    for user in ["u2", "u3", "u4", "u5", "unknown"] {
        world.joins(user, "acme").await;
    }
    world.becomes(Role::Admin, "u4", "acme").await;
}

async fn finds_what_it_should(world: &World) {
    for (text, expected) in [
        ("ben", vec!["u2", "u3", "u4"]),
        ("  BEN ", vec!["u2", "u3", "u4"]),
        ("ben b", vec!["u2"]),
        ("BB@Acme", vec!["u2"]),
        ("öR", vec!["u5"]),
        ("ana", vec!["u1"]),
        ("ana á", vec!["u1"]),
        ("baker", vec![]),
        ("%", vec![]),
        ("_en", vec![]),
        ("a\0", vec![]),
    ] {
        let page = world.members("acme", search(text)).await.unwrap();
        assert_eq!(
            (names(&page), page.total),
            (expected.iter().map(ToString::to_string).collect(), expected.len() as u64),
            "{text}"
        );
    }
    let admins = MembersQuery { role: Some(Role::Admin), ..search("ben") };
    let page = world.members("acme", admins).await.unwrap();
    assert_eq!((names(&page), page.total), (vec!["u4".into()], 1));
    let newest = MembersQuery { sort: MembersSort::JoinedAtDescending, ..search("ben") };
    assert_eq!(names(&world.members("acme", newest).await.unwrap()), ["u4", "u3", "u2"]);
    assert_eq!(world.members("globex", search("ana")).await.unwrap(), Page::empty());
    let blank = world.members("acme", search("  ")).await.unwrap();
    assert_eq!(blank.total, world.members("acme", search("")).await.unwrap().total);
    assert!(blank.total >= 6, "a blank search is none");
}

async fn people_are_found_in_a_small_organization(mut world: World) {
    acme(&mut world).await;
    finds_what_it_should(&world).await;
}

async fn people_are_found_in_a_large_organization(mut world: World) {
    acme(&mut world).await;
    for n in 0..20_000 {
        let user = format!("member-{n}");
        if n < 2_500 {
            world.people.knows(&user, &format!("Zoe {n}"), &format!("zoe-{n}@acme.test"));
        }
        let tenure = world.begins_tenure(&user, "acme");
        let (member_id, user_id, role) = (tenure.member_id, tenure.user_id, Role::Member);
        world.write(organization("acme"), E::MemberJoined { member_id, user_id, role, invitation_id: None });
    }
    world.apply(&world.journal).await.unwrap();
    finds_what_it_should(&world).await;
    // More than the directory tells at a time, and each found by name and by address.
    assert_eq!(world.members("acme", search("zoe")).await.unwrap().total, 2_500);
}

async fn a_search_is_read_page_by_page(mut world: World) {
    acme(&mut world).await;
    let first = world.members("acme", MembersQuery { limit: 2, ..search("ben") }).await.unwrap();
    assert_eq!((names(&first), first.total), (vec!["u2".into(), "u3".into()], 3));
    let query = MembersQuery { limit: 2, after: first.next, ..search("ben") };
    let second = world.members("acme", query).await.unwrap();
    assert_eq!((names(&second), second.total, second.next), (vec!["u4".into()], 3, None));
    let sort = MembersSort::JoinedAtDescending;
    let query = MembersQuery { limit: 2, sort, after: Some(second.items[0].joined), ..search("ben") };
    assert_eq!(names(&world.members("acme", query).await.unwrap()), ["u3", "u2"]);
}

async fn somebody_erased_is_not_found(mut world: World) {
    acme(&mut world).await;
    world.people.forgets("u2");
    assert_eq!(names(&world.members("acme", search("ben")).await.unwrap()), ["u3", "u4"]);
}

#[tokio::test]
async fn memory_does_not_fetch_twenty_thousand_people_to_find_one() {
    let mut world = World::on::<crate::adapters::Memory>().await;
    acme(&mut world).await;
    world.members("acme", search("ben")).await.unwrap();
    assert_eq!(world.people.searches(), 0, "few are compared");
    for n in 0..20_000 {
        world.joins(&format!("member-{n}"), "acme").await;
    }
    world.members("acme", search("ben")).await.unwrap();
    assert!(world.people.searches() > 0);
}
