//! Batches that come twice, overlap, or have a hole.

use domain::{OrganizationEvent as E, Role};
use projections::ViewsError;

use crate::world::{World, all, organization};

on_every_adapter!(
    what_comes_twice_changes_nothing,
    a_batch_with_a_hole_is_not_applied_at_all,
    an_empty_batch_is_fine,
    a_long_batch_is_applied_to_its_end,
);

async fn what_comes_twice_changes_nothing(mut world: World) {
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    world.hands_over("ana", "ben", "acme").await;
    world.leaves("ana", "acme").await;
    world.joins("ana", "acme").await;
    world.invites("ben", "cleo@acme.test", "acme").await;
    let (members, invited) = (world.members("acme", all()).await.unwrap(), world.invited("acme", None).await);
    for from in 0..world.journal.len() {
        world.apply(&world.journal[from..]).await.unwrap();
        world.apply(&world.journal[..from]).await.unwrap();
    }
    assert_eq!(world.members("acme", all()).await.unwrap(), members);
    assert_eq!(world.invited("acme", None).await, invited);
    assert_eq!(world.position().await.unwrap(), world.journal.len() as u64);
    // A batch that overlaps brings only what is new.
    let before = world.journal.len();
    world.write(organization("acme"), E::OrganizationRenamed { name: "Acme".parse().unwrap() });
    world.apply(&world.journal[before - 3..]).await.unwrap();
    assert_eq!(world.organizations_of("ana", 1, None).await.items[0].name.as_str(), "Acme");
    assert_eq!(world.members("acme", all()).await.unwrap(), members);
}

async fn a_batch_with_a_hole_is_not_applied_at_all(mut world: World) {
    world.founds("ana", "acme").await;
    for who in ["ben", "cleo", "dan"] {
        let tenure = world.begins_tenure(who, "acme");
        let (member_id, user_id, role) = (tenure.member_id, tenure.user_id, Role::Member);
        world.write(organization("acme"), E::MemberJoined { member_id, user_id, role, invitation_id: None });
    }
    let [ben, cleo, dan] = &world.journal[2..] else { panic!("three joined") };
    for batch in [vec![ben.clone(), dan.clone()], vec![cleo.clone(), dan.clone()]] {
        let result = world.apply(&batch).await;
        let (first, second) = (batch[0].position(), batch[1].position());
        let (expected, got) = if first == 3 { (4, second) } else { (3, first) };
        assert!(
            matches!(result, Err(ViewsError::Hole { expected: e, got: g }) if (e, g) == (expected, got)),
            "{result:?}"
        );
        assert_eq!(world.position().await.unwrap(), 2);
        assert_eq!(world.member_names("acme").await, ["ana"]);
    }
    world.apply(&world.journal).await.unwrap();
    assert_eq!(world.member_names("acme").await, ["ana", "ben", "cleo", "dan"]);
}

async fn an_empty_batch_is_fine(world: World) {
    world.apply(&[]).await.unwrap();
    assert_eq!(world.position().await.unwrap(), 0);
}

async fn a_long_batch_is_applied_to_its_end(mut world: World) {
    world.founds("ana", "acme").await;
    for n in 0..3_000 {
        let tenure = world.begins_tenure(&format!("member-{n}"), "acme");
        let (member_id, user_id, role) = (tenure.member_id, tenure.user_id, Role::Member);
        world.write(organization("acme"), E::MemberJoined { member_id, user_id, role, invitation_id: None });
    }
    world.write(organization("acme"), E::OrganizationDeleted {});
    let (deletion, joins) = world.journal.split_last().unwrap();
    world.apply(joins).await.unwrap();
    assert_eq!(world.members("acme", all()).await.unwrap().total, 3_001);
    world.apply(std::slice::from_ref(deletion)).await.unwrap();
    assert_eq!(world.members("acme", all()).await.unwrap().total, 0);
    assert!(world.slugs_of("member-7").await.is_empty());
}
