//! One member leaving many times over, and many members leaving at once.

use std::sync::Arc;
use std::time::Instant;

use tests::{Server, at_once, told};
use tokio::sync::Barrier;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_leaves_of_one_member_are_one_leave() {
    const TIMES: usize = 200;
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;

    let gate = Arc::new(Barrier::new(TIMES));
    let answers = at_once(TIMES, 0..TIMES, move |_| {
        let (ben, gate) = (ben.clone(), gate.clone());
        async move {
            // Everybody's connection is open before anybody goes.
            ben.gets("/v1/organizations/acme").await.expect(200);
            gate.wait().await;
            ben.leaves("acme").await
        }
    })
    .await;

    let (left, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((left.len(), late.len()), (1, TIMES - 1));
    late.into_iter().for_each(|answer| {
        answer.refused(404, "organization-not-found");
    });
    let told = told::told(&ana.history("acme").await);
    assert_eq!(told::count(&told, "MemberLeft"), 1);
    assert_eq!(told.last().map(|last| last.position), Some(left[0].position()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_members_leave_one_organization_at_sixty_four_doors() {
    const MEMBERS: usize = 1_000;
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let members = server.people("member", MEMBERS);
    ana.takes_in_all("acme", &members, "member").await;

    let started = Instant::now();
    let answers = at_once(64, members, |member| async move { member.leaves("acme").await }).await;
    let took = started.elapsed();
    println!(
        "{MEMBERS} members left one organization at 64 doors in {took:.2?}: {:.0}/s",
        MEMBERS as f64 / took.as_secs_f64()
    );

    let last = answers.into_iter().map(|answer| answer.expect(200).position()).max();
    let told = told::told(&ana.history("acme").await);
    assert_eq!(told.len(), 2 + 3 * MEMBERS + MEMBERS, "founded and joined; invited, accepted, joined; left");
    assert_eq!(told::count(&told, "MemberLeft"), MEMBERS);
    // Alone in this journal: what is gapless in the organization is gapless in the whole.
    assert!(told.iter().all(|told| told.position == told.sequence));
    let listed = ana.lists("/v1/organizations/acme/members", last.expect("somebody left")).await.expect(200);
    assert_eq!(listed.body["total"], 1);
    assert_eq!(listed.body["members"][0]["user_id"], "ana");
}
