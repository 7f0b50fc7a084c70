//! A row nobody can read: its organization is parked, all others go on.

use domain::Role;
use projections::{InvitationsQuery, ViewsError};

use crate::world::{World, all, organization};

on_every_adapter!(
    poison_parks_its_organization_alone,
    poison_in_a_founding_parks_what_nobody_knew,
    later_events_of_a_parked_organization_are_not_applied,
);

async fn poisons(world: &mut World, of: &str) {
    let entry = world.write_poison(of);
    world.apply(&[entry]).await.unwrap();
}

async fn assert_parked(world: &World, of: &str) {
    let id = organization(of);
    let members = world.members(of, all()).await;
    assert!(matches!(members, Err(ViewsError::Parked(parked)) if parked == id), "{members:?}");
    let search = projections::MembersQuery { search: Some("a".into()), ..all() };
    let found = world.members(of, search).await;
    assert!(matches!(found, Err(ViewsError::Parked(parked)) if parked == id), "{found:?}");
    let invitations = world.views.invitations(id, &InvitationsQuery::default()).await;
    assert!(matches!(invitations, Err(ViewsError::Parked(parked)) if parked == id), "{invitations:?}");
}

async fn poison_parks_its_organization_alone(mut world: World) {
    world.founds("ana", "acme").await;
    world.founds("ana", "globex").await;
    assert!(world.views.parked().await.unwrap().is_empty());
    poisons(&mut world, "acme").await;
    world.joins("ben", "globex").await;
    world.founds("ben", "initech").await;

    assert_parked(&world, "acme").await;
    assert_eq!(world.views.parked().await.unwrap(), [organization("acme")]);
    assert_eq!(world.member_names("globex").await, ["ana", "ben"]);
    assert_eq!(world.slugs_of("ben").await, ["globex", "initech"]);
    assert_eq!(world.slugs_of("ana").await, ["acme", "globex"], "her way to the others stays open");
    assert_eq!(world.position().await.unwrap(), world.journal.len() as u64);
    world.apply(&world.journal).await.unwrap();
    assert_eq!(world.views.parked().await.unwrap().len(), 1);
}

async fn poison_in_a_founding_parks_what_nobody_knew(mut world: World) {
    poisons(&mut world, "acme").await;
    world.founds("ana", "acme").await;
    assert_parked(&world, "acme").await;
    assert!(world.slugs_of("ana").await.is_empty());
}

async fn later_events_of_a_parked_organization_are_not_applied(mut world: World) {
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    poisons(&mut world, "acme").await;
    poisons(&mut world, "acme").await;
    world.hands_over("ana", "ben", "acme").await;
    world.leaves("ana", "acme").await;
    world.deletes("acme").await;
    assert_parked(&world, "acme").await;
    assert_eq!(world.views.parked().await.unwrap(), [organization("acme")]);
    assert_eq!(world.organizations_of("ana", 9, None).await.items[0].role, Role::Owner);
}
