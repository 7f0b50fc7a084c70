//! A list that changes while it is read page by page.

use projections::{MembersQuery, MembersSort};

use crate::world::{World, names};

on_every_adapter!(
    a_thousand_members_are_each_seen_once_while_others_come_and_go,
    and_so_they_are_from_the_newest_on,
    a_page_that_ends_exactly_at_the_end_has_no_next,
);

/// Reads all members in pages of 7. Between two pages one of the guests leaves, and somebody new joins.
async fn read(world: &mut World, sort: MembersSort) -> Vec<String> {
    let mut seen = Vec::new();
    let mut query = MembersQuery { limit: 7, sort, ..MembersQuery::default() };
    for turn in 0.. {
        let page = world.members("acme", query.clone()).await.unwrap();
        seen.extend(names(&page));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
        if turn < 100 {
            world.leaves(&format!("guest-{turn}"), "acme").await;
            world.joins(&format!("late-{turn}"), "acme").await;
        }
    }
    seen
}

/// A thousand who stay, and a hundred guests between them.
async fn a_full_house(world: &mut World) -> Vec<String> {
    world.founds("ana", "acme").await;
    let mut stay = vec!["ana".to_owned()];
    for n in 1..1_000 {
        stay.push(format!("member-{n}"));
        world.joins(&stay[n], "acme").await;
        if n % 10 == 0 {
            world.joins(&format!("guest-{}", n / 10 - 1), "acme").await;
        }
    }
    world.joins("guest-99", "acme").await;
    stay
}

fn of_those(seen: &[String], stay: &[String]) -> Vec<String> {
    seen.iter().filter(|name| stay.contains(name)).cloned().collect()
}

async fn a_thousand_members_are_each_seen_once_while_others_come_and_go(mut world: World) {
    let stay = a_full_house(&mut world).await;
    let seen = read(&mut world, MembersSort::JoinedAt).await;
    assert_eq!(of_those(&seen, &stay), stay);
    let late = seen.iter().filter(|name| name.starts_with("late-")).count();
    assert_eq!(late, 100, "who joins while the list is read comes at its end");
}

async fn and_so_they_are_from_the_newest_on(mut world: World) {
    let mut stay = a_full_house(&mut world).await;
    let seen = read(&mut world, MembersSort::JoinedAtDescending).await;
    stay.reverse();
    assert_eq!(of_those(&seen, &stay), stay);
    assert!(!seen.iter().any(|name| name.starts_with("late-")));
}

async fn a_page_that_ends_exactly_at_the_end_has_no_next(mut world: World) {
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    let page = world.members("acme", MembersQuery { limit: 2, ..MembersQuery::default() }).await.unwrap();
    assert_eq!((page.items.len(), page.next), (2, None));
    let page = world.members("acme", MembersQuery { limit: 0, ..MembersQuery::default() }).await.unwrap();
    assert_eq!((page.items.len(), page.next, page.total), (1, Some(2), 2), "no page is without rows for ever");
}
