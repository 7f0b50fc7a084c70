//! Whoever is gone is told so within a second, and nothing that was recorded after it.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::stream::Told;
use tests::{Person, Server, at_once};

use crate::{SOON, acme, last, renames, sequence, until};

const ROUNDS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_was_removed_or_lost_the_organization_is_gone_within_a_second() {
    for how in ["left", "removed", "deleted"] {
        for role in ["member", "admin"] {
            let server = Server::start();
            let (ana, ben, member) = acme(&server, role).await;
            let (mut stream, mut other) = (ben.follows("acme").await, ben.follows("acme").await);
            match how {
                "left" => drop(ben.leaves("acme").await.expect(200)),
                "removed" => drop(ana.removes("acme", &member).await.expect(204)),
                _ => drop(ana.deletes("/v1/organizations/acme").await.expect(204)),
            }
            let since = Instant::now();
            assert_eq!(stream.rest().await, [Told::Gone], "{how}: {}", stream.raw);
            let took = since.elapsed();
            println!("{role} {how}: gone after {took:?}");
            assert!(took < SOON, "{how}: {took:?}");
            assert_eq!(other.rest().await, [Told::Gone], "every stream of Ben's");
            assert!(stream.raw.ends_with("event: gone\ndata: {}\n\n"), "{}", stream.raw);
            let again = ben.asks_for_events("acme", "").header("last-event-id", stream.last_id.expect("an id"));
            ben.sends(again).await.refused(404, "organization-not-found");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_listens_anew() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "member").await;
    let mut old = ben.follows("acme").await;
    // Ben is back before the old stream can have looked.
    ben.leaves("acme").await.expect(200);
    renames(&ana, "acme", "Not for Ben").await;
    ana.takes_in("acme", &ben, "member").await;
    renames(&ana, "acme", "Since then").await;
    assert_eq!(old.rest().await, [Told::Gone]);
    // And what happened in between is not for him either.
    let mut new = ben.follows_after("acme", old.last_id.expect("an id")).await;
    assert_eq!(new.event().await["type"], "MemberJoined");
    assert_eq!(new.event().await["data"]["name"], "Since then");
    assert!(!new.raw.contains("Not for Ben"), "{}", new.raw);
}

/// Streams that Ben has open in each round, each of which looks at a moment of its own.
const STREAMS: usize = 10;

/// What became of one round.
struct Round {
    /// The sequence at which Ben was removed.
    removed: u64,
    /// The last one of all.
    head: u64,
    /// What each stream of Ben's told him before it told him to go.
    ben: Vec<Vec<u64>>,
    /// How long after the removal was answered the last of them ended.
    took: Duration,
    /// The last that Cem was told, who stays.
    cem: u64,
}

async fn round(n: usize, [ana, ben, cem]: [Person; 3]) -> Round {
    let org = format!("acme-{n}");
    ana.founds(&org).await.expect(201);
    let member = ana.takes_in(&org, &ben, "admin").await;
    ana.takes_in(&org, &cem, "admin").await;
    let mut departed = Vec::new();
    for _ in 0..STREAMS {
        departed.push(ben.follows(&org).await);
    }
    let mut staying = cem.follows(&org).await;
    let is_over = AtomicBool::new(false);
    // Three at once: what is recorded together with the removal is what a stream might tell too much of.
    let invites = async |who: usize| {
        for n in 0.. {
            let body = json!({ "email": format!("new-{who}-{n}@acme.test"), "role": "member" });
            ana.posts(&format!("/v1/organizations/{org}/invitations"), body).await.expect(201);
            if n > 2 && is_over.load(SeqCst) {
                return;
            }
        }
    };
    let removes = async {
        // In every other round Ben hears a first event before he goes, with more of them under way.
        let first = if n % 2 == 1 { departed[0].told().await } else { None };
        cem.removes(&org, &member).await.expect(204);
        let since = Instant::now();
        let mut told = Vec::new();
        for stream in &mut departed {
            told.push(stream.rest().await);
        }
        let took = since.elapsed();
        is_over.store(true, SeqCst);
        told[0].splice(0..0, first);
        (told, took)
    };
    let (_, _, _, (told, took)) = tokio::join!(invites(0), invites(1), invites(2), removes);
    let history = ana.history(&org).await;
    let (removed, head) = (sequence(last(&history, "MemberRemoved")), history.len() as u64);
    let cem = sequence(until(&mut staying, head).await.last().expect("something"));
    Round { removed, head, ben: told.iter().map(|told| before_the_end(told)).collect(), took, cem }
}

/// The sequences told before the end, which must be there.
fn before_the_end(told: &[Told]) -> Vec<u64> {
    let (end, before) = told.split_last().expect("an end");
    assert_eq!(*end, Told::Gone);
    let sequence = |told: &Told| match told {
        Told::Event(_, event) => sequence(event),
        other => panic!("{other:?} before the end"),
    };
    before.iter().map(sequence).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_admin_is_told_nothing_that_was_recorded_after_the_removal() {
    let server = Server::start();
    let (ana, cem) = (server.person("ana"), server.person("cem"));
    let work: Vec<_> = server.people("ben", ROUNDS).into_iter().enumerate().collect();
    let rounds = at_once(4, work, move |(n, ben)| round(n, [ana.clone(), ben, cem.clone()])).await;
    for round in &rounds {
        let told = round.ben.iter().flatten().max();
        assert!(told.is_none_or(|told| *told < round.removed), "told {told:?}, removed at {}", round.removed);
    }
    // The control: in many rounds something was recorded after it, and Cem was told.
    let after = rounds.iter().filter(|round| round.head > round.removed && round.cem > round.removed).count();
    let before = rounds.iter().filter(|round| round.ben.iter().any(|told| !told.is_empty())).count();
    let mut took: Vec<_> = rounds.iter().map(|round| round.took).collect();
    took.sort_unstable();
    println!(
        "{ROUNDS} rounds of {STREAMS} streams, four at a time: in {after} something came after the removal, in {before} Ben was \
         told something before it; all gone after {:?} at the median, {:?} at most",
        took[ROUNDS / 2],
        took[ROUNDS - 1]
    );
    assert!(after > ROUNDS / 10 && before > ROUNDS / 10, "nothing raced: {after} {before}");
    assert!(took[ROUNDS - 1] < SOON, "{took:?}");
}
