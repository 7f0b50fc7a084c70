//! `kill -9` in the middle of commands: what was acknowledged is there, what was not is there wholly or not at all.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use tests::{Server, eventually};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::callers::{Acknowledged, Caller, SHARED};
use crate::whole::Whole;

const ROUNDS: usize = 20;
const CALLERS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_twenty_kills_and_nothing_is_there_by_half() {
    let mut server = Server::start();
    let founded = server.person("ana").founds(SHARED).await.expect(201);
    let ana = founded.text("/owner/member_id");
    let mut acknowledged = vec![Acknowledged { position: founded.position(), event: "MemberJoined", about: ana }];
    let mut organizations = BTreeSet::from([SHARED.to_owned()]);
    let (mut unanswered, mut carried_out, mut seen) = (0, 0, 0);
    for round in 0..ROUNDS {
        let answered = Arc::new(AtomicUsize::new(0));
        let shared = Arc::new(server);
        let mut callers = JoinSet::new();
        for n in 0..CALLERS {
            let name = format!("caller-{round}-{n}");
            let caller = Caller { name, ana: shared.person("ana"), answered: answered.clone() };
            let server = shared.clone();
            callers.spawn(async move { caller.send(&server).await });
        }
        // Somewhere in the stream: the last bits of such an id are random.
        let enough = 20 + usize::from(Uuid::now_v7().as_bytes()[15]);
        eventually("enough commands are answered", async || (answered.load(SeqCst) >= enough).then_some(())).await;
        shared.signal("KILL");
        for sent in callers.join_all().await {
            acknowledged.extend(sent.acknowledged);
            organizations.extend(sent.organizations);
            unanswered += sent.unanswered;
        }
        server = Arc::into_inner(shared).expect("no caller is left");
        server.kill();
        server.restart();

        let whole = Whole::read(&server, &organizations).await;
        for one in &acknowledged {
            let told = whole.events.get(&one.position);
            let kept = told
                .is_some_and(|told| told.event.name() == one.event && format!("{:?}", told.event).contains(&one.about));
            assert!(kept, "round {round}: {one:?} was acknowledged, and there is {told:?}");
        }
        whole.assert_views_equal_the_fold(&server, seen).await;
        carried_out = whole.commands();
        seen = *whole.events.keys().next_back().expect("something happened");
    }
    println!(
        "{ROUNDS} kills: {} commands acknowledged, 0 lost; {unanswered} without an answer, {} of them carried out",
        acknowledged.len(),
        carried_out - acknowledged.len()
    );
    assert!(unanswered >= ROUNDS, "nobody was ever interrupted: that was no stream");
}
