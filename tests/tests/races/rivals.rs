//! Two who can't both have their way.

use std::sync::Arc;

use reqwest::Method;
use tests::{Person, Server, at_once, told};
use tokio::sync::Barrier;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_remove_each_other_one_stays() {
    const ROUNDS: usize = 100;
    let server = Server::start();
    let ana = server.person("ana");
    let ana_member = ana.founds("acme").await.expect(201).text("/owner/member_id");
    for round in 0..ROUNDS {
        let (ben, cleo) = (server.person(&format!("ben-{round}")), server.person(&format!("cleo-{round}")));
        let ben_member = ana.takes_in("acme", &ben, "admin").await;
        let cleo_member = ana.takes_in("acme", &cleo, "admin").await;
        let answers = tokio::join!(ben.removes("acme", &cleo_member), cleo.removes("acme", &ben_member));
        let (stayed, gone, late) = match answers {
            (removed, late) if removed.status == 204 => (ben, cleo, late),
            (late, removed) => {
                removed.expect(204);
                (cleo, ben, late)
            }
        };
        late.refused(404, "organization-not-found");
        gone.checks("acme").await.refused(403, "not-a-member");
        assert_eq!(stayed.checks("acme").await.expect(200).body["role"], "admin");
        stayed.removes("acme", &ana_member).await.refused(409, "owner-cannot-be-removed");
    }
    assert_eq!(told::count(&told::told(&ana.history("acme").await), "MemberRemoved"), ROUNDS);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_while_the_organization_is_deleted_is_told_what_is_recorded() {
    const ROUNDS: usize = 400;
    let server = Server::start();
    let auditor = server.with_scope("auditor", "roster:audit");
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    // Some rounds side by side: much happens between an acceptance and its answer.
    let joined = at_once(16, 0..ROUNDS, move |round| {
        let (ana, ben, auditor) = (ana.clone(), ben.clone(), auditor.clone());
        async move { joins_while_it_is_deleted(&ana, &ben, &auditor, round).await }
    });
    let joined = joined.await.into_iter().filter(|joined| *joined).count();
    println!("{ROUNDS} deletions: {joined} times somebody joined just before");
    assert!(joined > 0 && joined < ROUNDS, "one side always won: that was no race");
}

/// Whether Ben joined before the organization was deleted.
async fn joins_while_it_is_deleted(ana: &Person, ben: &Person, auditor: &Person, round: usize) -> bool {
    let org = ana.founds(&format!("acme-{round}")).await.expect(201).text("/id");
    let invitation = ana.invites(&org, ben, "member").await.expect(201).text("/id");
    let path = format!("/v1/organizations/{org}");
    // Who is sent first takes turns.
    let (deleted, accepted) = if round.is_multiple_of(2) {
        tokio::join!(ana.calls(Method::DELETE, &path, None), ben.accepts(&invitation))
    } else {
        let (accepted, deleted) = tokio::join!(ben.accepts(&invitation), ana.calls(Method::DELETE, &path, None));
        (deleted, accepted)
    };
    deleted.expect(204);
    let told = told::told(&auditor.history(&org).await);
    let joined = told::count(&told, "InvitationAccepted") == 1;
    if joined {
        let member = accepted.expect(200).text("/id");
        assert!(told.iter().any(|told| format!("{:?}", told.event).contains(&member)));
    } else {
        accepted.refused(404, "invitation-not-found");
    }
    assert_eq!(told::count(&told, "MemberJoined"), 1 + usize::from(joined));
    assert!(!told::fold(&told).exists());
    for person in [ana, ben] {
        person.checks(&org).await.refused(403, "not-a-member");
    }
    joined
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_founders_one_gets_the_slug() {
    const FOUNDERS: usize = 50;
    let server = Server::start();
    for slug in ["acme", "beta", "gamma", "delta"] {
        let gate = Arc::new(Barrier::new(FOUNDERS));
        let answers = at_once(FOUNDERS, server.people("founder", FOUNDERS), move |founder| {
            let gate = gate.clone();
            async move {
                founder.checks(slug).await;
                gate.wait().await;
                (founder.founds(slug).await, founder)
            }
        })
        .await;
        let (founded, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(answer, _)| answer.status == 201);
        assert_eq!((founded.len(), late.len()), (1, FOUNDERS - 1));
        late.into_iter().for_each(|(answer, _)| {
            answer.refused(409, "slug-taken");
        });
        let (answer, founder) = &founded[0];
        assert_eq!(founder.checks(slug).await.expect(200).text("/organization_id"), answer.text("/id"));
    }
}
