//! Whoever may see less, or more, is told less, or more, from that moment on.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use serde_json::{Value, json};
use tests::{Person, Server, at_once};

use crate::{acme, gives_role, kinds, last, renames, sequence, until};

const ROUNDS: usize = 100;

/// Streams that Ben has open in each round, each of which looks at a moment of its own.
const STREAMS: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_who_becomes_a_member_is_told_of_no_further_invitation() {
    let server = Server::start();
    let (ana, ben, member) = acme(&server, "admin").await;
    let mut stream = ben.follows("acme").await;
    ana.invites("acme", &server.person("one"), "member").await.expect(201);
    assert_eq!(stream.event().await["type"], "MemberInvited");
    gives_role(&ana, "acme", &member, "member").await;
    ana.invites("acme", &server.person("two"), "member").await.expect(201);
    ana.patches("/v1/organizations/acme", json!({ "metadata": { "plan": "secret" } })).await.expect(200);
    renames(&ana, "acme", "Seen").await;
    assert_eq!(kinds(&stream.events(2).await), ["MemberRoleChanged", "OrganizationRenamed"]);
    // Nor by asking again for the time as an admin.
    let head = ana.history("acme").await.len() as u64;
    let again = until(&mut ben.follows_after("acme", 0).await, head).await;
    assert_eq!(kinds(&again), ["MemberJoined", "MemberRoleChanged", "OrganizationRenamed"]);

    gives_role(&ana, "acme", &member, "admin").await;
    assert_eq!(stream.event().await["type"], "MemberRoleChanged");
    ana.invites("acme", &server.person("three"), "member").await.expect(201);
    assert_eq!(stream.event().await["type"], "MemberInvited", "made an admin again");
}

/// What became of one round.
struct Round {
    /// The sequence at which Ben became a member.
    demoted: u64,
    /// Invitations that Ben was told of.
    ben: Vec<u64>,
    /// And Cem, who stays an admin.
    cem: Vec<u64>,
}

async fn round(n: usize, [ana, ben, cem]: [Person; 3]) -> Round {
    let org = format!("acme-{n}");
    ana.founds(&org).await.expect(201);
    let member = ana.takes_in(&org, &ben, "admin").await;
    ana.takes_in(&org, &cem, "admin").await;
    let mut demoted = Vec::new();
    for _ in 0..STREAMS {
        demoted.push(ben.follows(&org).await);
    }
    let mut staying = cem.follows(&org).await;
    let is_over = AtomicBool::new(false);
    let invites = async |who: usize| {
        for n in 0.. {
            let body = json!({ "email": format!("new-{who}-{n}@acme.test"), "role": "member" });
            ana.posts(&format!("/v1/organizations/{org}/invitations"), body).await.expect(201);
            if n > 2 && is_over.load(SeqCst) {
                return;
            }
        }
    };
    let demotes = async {
        let mut told = Vec::from_iter(if n % 2 == 1 { Some(demoted[0].event().await) } else { None });
        gives_role(&cem, &org, &member, "member").await;
        is_over.store(true, SeqCst);
        // What all see, so that it is known when all is told.
        renames(&cem, &org, "The end").await;
        for stream in &mut demoted {
            loop {
                let event = stream.event().await;
                let is_end = event["type"] == "OrganizationRenamed";
                told.push(event);
                if is_end {
                    break;
                }
            }
        }
        told
    };
    let (_, _, _, ben) = tokio::join!(invites(0), invites(1), invites(2), demotes);
    let history = ana.history(&org).await;
    let cem = until(&mut staying, history.len() as u64).await;
    let invitations = |told: Vec<Value>| {
        told.iter().filter(|event| event["type"] == "MemberInvited").map(sequence).collect::<Vec<_>>()
    };
    Round { demoted: sequence(last(&history, "MemberRoleChanged")), ben: invitations(ben), cem: invitations(cem) }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_recorded_after_a_demotion_is_told_but_what_members_may_see() {
    let server = Server::start();
    let (ana, cem) = (server.person("ana"), server.person("cem"));
    let work: Vec<_> = server.people("ben", ROUNDS).into_iter().enumerate().collect();
    let rounds = at_once(4, work, move |(n, ben)| round(n, [ana.clone(), ben, cem.clone()])).await;
    for round in &rounds {
        assert!(round.ben.iter().all(|told| *told < round.demoted), "{:?}, demoted at {}", round.ben, round.demoted);
    }
    // The control: there was something to see, and Cem saw it.
    let after = rounds.iter().filter(|round| round.cem.iter().any(|told| *told > round.demoted)).count();
    let before = rounds.iter().filter(|round| !round.ben.is_empty()).count();
    println!("{ROUNDS} rounds: in {after} somebody was invited after the demotion, in {before} Ben saw it before");
    assert!(after > ROUNDS / 10 && before > ROUNDS / 10, "nothing raced: {after} {before}");
}
