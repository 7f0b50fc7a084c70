//! The organizations of a person.

use domain::{OrganizationEvent as E, Role};

use crate::world::{World, at};

on_every_adapter!(
    they_are_listed_from_the_oldest_membership_on,
    they_are_listed_as_they_are_called_now,
    deleted_ones_are_not_listed,
    pages_lead_from_one_to_the_next,
    somebody_unknown_has_none,
);

async fn they_are_listed_from_the_oldest_membership_on(mut world: World) {
    for of in ["zeta", "acme", "globex"] {
        world.founds("ana", of).await;
    }
    world.joins("ben", "globex").await;
    world.joins_as(Role::Admin, "ben", "acme").await;
    assert_eq!(world.slugs_of("ana").await, ["zeta", "acme", "globex"]);
    assert_eq!(world.slugs_of("ben").await, ["globex", "acme"]);
    let acme = &world.organizations_of("ben", 9, None).await.items[1];
    assert_eq!((acme.role, acme.joined, acme.joined_at), (Role::Admin, 8, at(8)));
    assert_eq!(acme.member_id, world.tenure("ben", "acme").member_id);

    world.leaves("ben", "globex").await;
    world.joins("ben", "globex").await;
    assert_eq!(world.slugs_of("ben").await, ["acme", "globex"], "a new tenure is the youngest");
}

async fn they_are_listed_as_they_are_called_now(mut world: World) {
    world.founds("ana", "acme").await;
    world.happens("acme", E::OrganizationRenamed { name: "Acme & Daughters".parse().unwrap() }).await;
    world.happens("acme", E::SlugChanged { slug: "acme-and-daughters".parse().unwrap() }).await;
    world.happens("acme", E::LogoChanged { logo: Some("/logo.svg".parse().unwrap()) }).await;
    world.happens("acme", E::MetadataChanged { metadata: None }).await;
    let row = &world.organizations_of("ana", 9, None).await.items[0];
    assert_eq!((row.name.as_str(), row.slug.as_str()), ("Acme & Daughters", "acme-and-daughters"));
    assert_eq!(row.logo.as_ref().map(|logo| logo.as_str()), Some("/logo.svg"));
    world.happens("acme", E::LogoChanged { logo: None }).await;
    assert_eq!(world.organizations_of("ana", 9, None).await.items[0].logo, None);
}

async fn deleted_ones_are_not_listed(mut world: World) {
    for of in ["acme", "globex", "zeta"] {
        world.founds("ana", of).await;
        world.joins("ben", of).await;
    }
    world.deletes("globex").await;
    assert_eq!(world.slugs_of("ana").await, ["acme", "zeta"]);
    assert_eq!(world.organizations_of("ben", 1, None).await.total, 2);
    // What is founded afterwards may take the place the deleted one had.
    world.founds("cleo", "initech").await;
    assert_eq!(world.slugs_of("ben").await, ["acme", "zeta"]);
    assert_eq!(world.organizations_of("ben", 1, None).await.total, 2);
    assert_eq!(world.slugs_of("cleo").await, ["initech"]);
}

async fn pages_lead_from_one_to_the_next(mut world: World) {
    for of in ["aa", "bb", "cc", "dd", "ee"] {
        world.founds("ana", of).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = world.organizations_of("ana", 2, after).await;
        assert_eq!(page.total, 5);
        seen.extend(page.items.iter().map(|row| row.slug.to_string()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["aa", "bb", "cc", "dd", "ee"]);
}

async fn somebody_unknown_has_none(world: World) {
    let page = world.organizations_of("nobody", 9, None).await;
    assert_eq!((page.items.len(), page.total, page.next), (0, 0, None));
}
