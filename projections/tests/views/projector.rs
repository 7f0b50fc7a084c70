//! The projector over each adapter: how far it is, who may wait for it, and when lists may be shown.

use std::sync::Arc;
use std::time::Duration;

use domain::OrganizationEvent as E;
use projections::{Progress, Projector, ViewsError};

use crate::world::{World, all, organization};

on_every_adapter!(
    a_turn_applies_and_tells_how_far_it_is,
    lists_are_not_ready_before_the_replay_has_caught_up,
    an_empty_journal_is_ready_at_once,
    a_writer_waits_for_the_views_with_a_timeout,
    after_a_hole_the_missing_is_read_again,
    a_new_projector_goes_on_where_the_views_are,
    poison_turns_the_projector_on,
    lists_that_fell_back_are_waited_for_again,
);

const SHORT: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(10);

/// Acme in the journal, not yet in the views: its founding and its first member.
fn acme(world: &mut World) -> (Projector, Arc<Progress>) {
    let owner = world.begins_tenure("ana", "acme");
    let (member_id, user_id) = (owner.member_id, owner.user_id.clone());
    let (name, slug) = ("acme".parse().unwrap(), "acme".parse().unwrap());
    let id = organization("acme");
    world.write(id, E::OrganizationFounded { name, slug, logo: None, metadata: None, owner });
    world.write(id, E::MemberJoined { member_id, user_id, role: domain::Role::Owner, invitation_id: None });
    projector(world)
}

/// Of the one whose lists are read here.
fn projector(world: &World) -> (Projector, Arc<Progress>) {
    let progress = Arc::new(Progress::default());
    (Projector::new(world.projections[0].clone(), progress.clone()), progress)
}

async fn a_turn_applies_and_tells_how_far_it_is(mut world: World) {
    let (projector, progress) = acme(&mut world);
    let mut positions = progress.follow();
    projector.turn(&world.journal).await.unwrap();
    assert_eq!((progress.position(), *positions.borrow_and_update()), (2, 2));
    assert_eq!(world.member_names("acme").await, ["ana"]);
    projector.turn(&world.journal[..1]).await.unwrap();
    projector.turn(&[]).await.unwrap();
    assert_eq!(progress.position(), 2, "a duplicate does not turn it back");
    assert!(!positions.has_changed().unwrap());
}

async fn lists_are_not_ready_before_the_replay_has_caught_up(mut world: World) {
    let (projector, progress) = acme(&mut world);
    assert!(!progress.ready(), "nobody said how far to replay");
    progress.replay_until(2);
    projector.turn(&world.journal[..1]).await.unwrap();
    assert!(!progress.ready());
    projector.turn(&world.journal[1..]).await.unwrap();
    assert!(progress.ready());
}

async fn an_empty_journal_is_ready_at_once(world: World) {
    let (projector, progress) = projector(&world);
    assert_eq!(projector.resume().await.unwrap().position, 0);
    progress.replay_until(0);
    assert!(progress.ready());
}

async fn a_writer_waits_for_the_views_with_a_timeout(mut world: World) {
    let (projector, progress) = acme(&mut world);
    assert!(!progress.wait_for(2, SHORT).await);
    let writer = tokio::spawn({
        let progress = progress.clone();
        async move { progress.wait_for(2, LONG).await }
    });
    tokio::task::yield_now().await;
    projector.turn(&world.journal).await.unwrap();
    assert!(writer.await.unwrap());
    assert!(progress.wait_for(1, Duration::ZERO).await, "what is there needs no waiting");
}

async fn after_a_hole_the_missing_is_read_again(mut world: World) {
    let (projector, progress) = acme(&mut world);
    let result = projector.turn(&world.journal[1..]).await;
    let Err(ViewsError::Hole { expected, got: 2 }) = result else { panic!("{result:?}") };
    assert_eq!(progress.position(), 0);
    projector.turn(&world.journal[expected as usize - 1..]).await.unwrap();
    assert_eq!(progress.position(), 2);
}

async fn a_new_projector_goes_on_where_the_views_are(mut world: World) {
    acme(&mut world).0.turn(&world.journal).await.unwrap();
    let (next, progress) = projector(&world);
    assert_eq!(next.resume().await.unwrap().position, 2);
    assert_eq!(progress.position(), 2);
}

async fn poison_turns_the_projector_on(mut world: World) {
    let (projector, progress) = acme(&mut world);
    world.write_poison("globex");
    projector.turn(&world.journal).await.unwrap();
    assert_eq!(progress.position(), 3);
    assert!(matches!(world.members("globex", all()).await, Err(ViewsError::Parked(_))));
    assert_eq!(world.member_names("acme").await, ["ana"]);
}

async fn lists_that_fell_back_are_waited_for_again(mut world: World) {
    let (projector, progress) = acme(&mut world);
    progress.replay_until(2);
    projector.turn(&world.journal).await.unwrap();
    assert!(progress.ready() && progress.wait_for(2, Duration::ZERO).await);
    // A database that lost power kept the journal, and of what was projected all but the last.
    progress.found_at(1);
    assert!(!progress.wait_for(2, SHORT).await, "they do not show the second event");
    assert!(progress.ready(), "they lag, as they may at any time");
    projector.resume().await.unwrap();
    assert!(progress.wait_for(2, Duration::ZERO).await);
}
