//! A member leaves while somebody else does something: nothing that is recorded after the departure is told to the departed.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use serde_json::json;
use tests::{Person, Server, at_once};

use crate::reader::Reader;
use crate::stream::{Heard, Stream, last};

const ROUNDS: usize = 200;

/// What became of one round.
struct Round {
    /// The sequence at which Ben left.
    left: u64,
    /// The last one of all.
    head: u64,
    /// What Ben's page was told.
    ben: Vec<Heard>,
    /// The last that Cem's page was told, who stays.
    cem: u64,
}

async fn round(n: usize, people: [Person; 3], readers: [Reader; 2]) -> Round {
    let ([ana, ben, cem], org) = (people, format!("acme-{n}"));
    ana.founds(&org).await.expect(201);
    ana.takes_in(&org, &ben, "member").await;
    ana.takes_in(&org, &cem, "member").await;
    let now = ana.checks(&org).await.expect(200).body["sequence"].as_u64().expect("a sequence");
    let [mut departed, mut staying] =
        [Stream::open(&readers[0], &org, now).await, Stream::open(&readers[1], &org, now).await];
    let path = format!("/v1/organizations/{org}");
    let is_over = AtomicBool::new(false);
    let renames = async {
        for n in 0.. {
            ana.patches(&path, json!({ "name": format!("Renamed {n}") })).await.expect(200);
            if n > 2 && is_over.load(SeqCst) {
                return;
            }
        }
    };
    let leaves = async {
        // In every other round Ben sees a first change before he goes, with more of them under way.
        let mut told = Vec::from_iter(if n % 2 == 1 { departed.hears().await } else { None });
        ben.leaves(&org).await.expect(200);
        told.extend(departed.rest().await);
        is_over.store(true, SeqCst);
        told
    };
    let ((), told) = tokio::join!(renames, leaves);
    let history = ana.history(&org).await;
    let head = history.len() as u64;
    let mut cem = 0;
    while cem < head {
        match staying.hears().await {
            Some(Heard::Changed(sequence)) => cem = sequence,
            other => panic!("Cem stays, but hears {other:?}"),
        }
    }
    Round { left: last(&history, "MemberLeft"), head, ben: told, cem }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_recorded_after_the_departure_is_told_to_the_departed() {
    let server = Server::start();
    let people = ["ana", "ben", "cem"].map(|id| server.person(id));
    let readers = [&people[1], &people[2]].map(|person| Reader::of(&server, person));
    let work: Vec<_> =
        (0..ROUNDS).map(|n| (n, [readers[0].at(&server), readers[1].at(&server)], people.clone())).collect();
    let rounds = at_once(8, work, |(n, readers, people)| round(n, people, readers)).await;
    for round in &rounds {
        assert_eq!(round.ben.last(), Some(&Heard::Gone), "{:?}", round.ben);
        assert_eq!(round.ben.iter().filter(|heard| **heard == Heard::Gone).count(), 1, "{:?}", round.ben);
        for heard in &round.ben {
            if let Heard::Changed(sequence) = heard {
                assert!(*sequence < round.left, "told {sequence}, but left at {}", round.left);
            }
        }
    }
    // The control: in many rounds something was recorded after it, and those who stayed were told.
    let after = rounds.iter().filter(|round| round.head > round.left && round.cem > round.left).count();
    let before = rounds.iter().filter(|round| round.ben.len() > 1).count();
    println!(
        "{ROUNDS} rounds: in {after} something came after the departure, in {before} Ben was told something before it"
    );
    assert!(after > ROUNDS / 10 && before > ROUNDS / 10, "nothing raced: {after} {before}");
}
