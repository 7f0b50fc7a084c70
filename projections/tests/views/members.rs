//! Who is listed as a member, with which role.

use domain::{Person, Role};
use projections::{MembersQuery, MembersSort};

use crate::world::{World, all, at, names};

on_every_adapter!(
    members_are_listed_in_order_of_joining_with_what_is_known_of_them,
    who_leaves_or_is_removed_is_listed_no_more,
    who_rejoins_has_a_new_tenure_and_stands_last,
    a_transfer_changes_two_roles,
    roles_are_filtered_with_exact_totals,
    an_unknown_or_deleted_organization_has_no_members,
);

async fn members_are_listed_in_order_of_joining_with_what_is_known_of_them(mut world: World) {
    world.people.knows("ben", "Ben Baker", "ben@acme.test");
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    let page = world.members("acme", all()).await.unwrap();
    assert_eq!((names(&page), page.total, page.next), (vec!["ana".into(), "ben".into()], 2, None));
    let ben = &page.items[1];
    assert_eq!(ben.member_id, world.tenure("ben", "acme").member_id);
    assert_eq!((ben.role, ben.joined, ben.joined_at), (Role::Member, 3, at(3)));
    let name = |person: &Option<Person>| person.as_ref().and_then(|person| person.name.clone());
    assert_eq!((name(&page.items[0].person), name(&ben.person)), (None, Some("Ben Baker".into())));

    world.people.forgets("ben");
    let page = world.members("acme", all()).await.unwrap();
    assert_eq!(page.items[1].person, None, "erased people are members without a name");
}

async fn who_leaves_or_is_removed_is_listed_no_more(mut world: World) {
    world.founds("ana", "acme").await;
    for who in ["ben", "cleo", "dan"] {
        world.joins(who, "acme").await;
    }
    world.leaves("ben", "acme").await;
    world.removes("ana", "dan", "acme").await;
    assert_eq!(world.member_names("acme").await, ["ana", "cleo"]);
    assert_eq!(world.members("acme", all()).await.unwrap().total, 2);
    assert!(world.slugs_of("ben").await.is_empty());
}

async fn who_rejoins_has_a_new_tenure_and_stands_last(mut world: World) {
    world.founds("ana", "acme").await;
    world.joins_as(Role::Admin, "ben", "acme").await;
    world.joins("cleo", "acme").await;
    let before = world.tenure("ben", "acme").member_id;
    world.leaves("ben", "acme").await;
    world.joins("ben", "acme").await;
    let page = world.members("acme", all()).await.unwrap();
    assert_eq!(names(&page), ["ana", "cleo", "ben"]);
    assert_eq!((page.items[2].role, page.items[2].joined), (Role::Member, 6));
    assert_ne!(page.items[2].member_id, before);
}

async fn a_transfer_changes_two_roles(mut world: World) {
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    world.hands_over("ana", "ben", "acme").await;
    let page = world.members("acme", all()).await.unwrap();
    let roles: Vec<Role> = page.items.iter().map(|row| row.role).collect();
    assert_eq!(roles, [Role::Admin, Role::Owner]);
    assert_eq!(world.organizations_of("ben", 1, None).await.items[0].role, Role::Owner);
}

async fn roles_are_filtered_with_exact_totals(mut world: World) {
    world.founds("ana", "acme").await;
    for who in ["ben", "cleo", "dan", "eva"] {
        world.joins(who, "acme").await;
    }
    world.becomes(Role::Admin, "eva", "acme").await;
    world.becomes(Role::Admin, "ben", "acme").await;
    let of = |role, limit| MembersQuery { limit, role: Some(role), ..MembersQuery::default() };
    for (role, expected) in
        [(Role::Owner, vec!["ana"]), (Role::Admin, vec!["ben", "eva"]), (Role::Member, vec!["cleo", "dan"])]
    {
        let page = world.members("acme", of(role, 9)).await.unwrap();
        assert_eq!(
            (names(&page), page.total),
            (expected.iter().map(ToString::to_string).collect(), expected.len() as u64)
        );
    }
    let first = world.members("acme", of(Role::Admin, 1)).await.unwrap();
    assert_eq!((names(&first), first.total), (vec!["ben".into()], 2));
    let query = MembersQuery { after: first.next, ..of(Role::Admin, 1) };
    let second = world.members("acme", query).await.unwrap();
    assert_eq!((names(&second), second.next), (vec!["eva".into()], None));

    let newest = MembersQuery { sort: MembersSort::JoinedAtDescending, ..of(Role::Admin, 9) };
    assert_eq!(names(&world.members("acme", newest).await.unwrap()), ["eva", "ben"]);
}

async fn an_unknown_or_deleted_organization_has_no_members(mut world: World) {
    world.founds("ana", "acme").await;
    world.deletes("acme").await;
    for of in ["acme", "globex"] {
        let page = world.members(of, all()).await.unwrap();
        assert_eq!((page.items.len(), page.total, page.next), (0, 0, None));
    }
}
