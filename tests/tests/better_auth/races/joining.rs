//! One person accepts two invitations at once, and each of them twice, on two devices.

use serde_json::json;
use tests::better_auth::Told;
use tests::{at_once, told};

use crate::scene::{Scene, User};

const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn two_invitations_accepted_at_once_and_twice_are_one_membership_each() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let rounds = (0..ROUNDS).map(|round| {
        let ben = format!("ben-{round}");
        (round, ana.clone(), ["phone", "laptop"].map(|device| scene.session(&ben, device)))
    });
    let rounds: Vec<_> = rounds.collect();
    // Some rounds side by side: much happens between an acceptance and its answer.
    let won = at_once(4, rounds, |(round, ana, devices)| async move { joins(round, &ana, &devices).await }).await;
    let split = won.into_iter().filter(|split| *split).count();
    println!("{ROUNDS} rounds: {split} times each device accepted one, otherwise one device both");
}

/// Whether each device accepted one of the two.
async fn joins(round: usize, ana: &User, devices: &[User; 2]) -> bool {
    let slugs = ["acme", "beta"].map(|name| format!("{name}-{round}"));
    let mut invitations = Vec::new();
    for slug in &slugs {
        let org = ana.founds(slug).await.expect(201).text("/id");
        invitations.push(json!({ "invitationId": ana.sends(&org, &devices[0], "member").await }));
    }
    let [phone, laptop] = devices;
    let accepts = |device: &User, n: usize| {
        let (device, invitation) = (device.clone(), invitations[n].clone());
        async move { device.asks("acceptInvitation", invitation).await }
    };
    let (phones_first, laptops_second, laptops_first, phones_second) =
        tokio::join!(accepts(phone, 0), accepts(laptop, 1), accepts(laptop, 0), accepts(phone, 1));

    let mut accepted = [const { Vec::new() }; 2];
    for (slug, answers) in slugs.iter().zip([[phones_first, laptops_first], [phones_second, laptops_second]]) {
        let (device, joined) = once(answers);
        accepted[device].push(joined.text("/member/organizationId"));
        let access = phone.checks(slug).await.expect(200);
        assert_eq!(access.text("/member_id"), joined.text("/member/id"));
        let told = told::told(&ana.history(slug).await);
        assert_eq!((told::count(&told, "InvitationAccepted"), told::count(&told, "MemberJoined")), (1, 2));
        let state = told::fold(&told);
        assert_eq!(state.owner().map(|owner| owner.user_id.as_str()), Some("ana"));
        assert_eq!(state.members().count(), 2, "Ana and Ben, once");
    }
    // A device looks at what it accepted, and at nothing where the other was faster.
    for (device, accepted) in devices.iter().zip(&accepted) {
        match device.active().await {
            Some(active) => assert!(accepted.contains(&active), "{active} is none of {accepted:?}"),
            None => assert!(accepted.is_empty(), "looks at none of {accepted:?}"),
        }
    }
    accepted.iter().all(|some| some.len() == 1)
}

/// The one device that accepted, and what it was answered; the other was told that the invitation is gone.
#[track_caller]
fn once(answers: [Told; 2]) -> (usize, Told) {
    let (mut joined, late): (Vec<_>, Vec<_>) =
        answers.into_iter().enumerate().partition(|(_, told)| told.error.is_null());
    assert_eq!((joined.len(), late.len()), (1, 1), "{joined:?} {late:?}");
    late.into_iter().for_each(|(_, told)| drop(told.refused(400, "INVITATION_NOT_FOUND")));
    joined.remove(0)
}
