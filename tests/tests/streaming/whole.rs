//! Everything arrives, once and in order.

use std::time::{Instant, SystemTime};

use serde_json::{Value, json};
use tests::stream::Told;
use tests::{Person, Server};

use crate::{SOON, acme, last_position, position, renames};

/// Commands of each of three people, one event each.
const EACH: usize = 100;

/// How often the connection is cut.
const CUTS: usize = 20;

/// Ana renames, Ben invites, Cem changes metadata: all at once.
async fn three_people_at_work([ana, ben, cem]: [&Person; 3]) {
    let names = async {
        for n in 0..EACH {
            renames(ana, "acme", &format!("Acme {n}")).await;
        }
    };
    let invitations = async {
        for n in 0..EACH {
            let body = json!({ "email": format!("new-{n}@acme.test"), "role": "member" });
            ben.posts("/v1/organizations/acme/invitations", body).await.expect(201);
        }
    };
    let metadata = async {
        for n in 0..EACH {
            cem.patches("/v1/organizations/acme", json!({ "metadata": { "n": n } })).await.expect(200);
        }
    };
    tokio::join!(names, invitations, metadata);
}

/// What happened after this position, as the history tells it.
async fn history_after(ana: &Person, after: u64) -> Vec<Value> {
    let mut history = ana.history("acme").await;
    history.retain(|event| position(event) > after);
    history
}

/// Some number below `many`, by turns of an old and simple generator.
fn random(state: &mut u64, many: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % many
}

#[tokio::test(flavor = "multi_thread")]
async fn three_people_make_300_events_and_all_arrive_once_and_in_order() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    let cem = server.person("cem");
    ana.takes_in("acme", &cem, "admin").await;
    let begin = last_position(&ana, "acme").await;

    let mut seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time").as_micros() as u64;
    println!("seed {seed}");
    let uncut = async {
        let mut stream = ana.follows("acme").await;
        stream.events(3 * EACH).await
    };
    let cut = async {
        let (mut events, mut cuts, mut resume) = (Vec::new(), 0, begin);
        while events.len() < 3 * EACH {
            let mut stream = cem.follows_after("acme", resume).await;
            let lasts = if cuts < CUTS { 1 + random(&mut seed, 20) as usize } else { usize::MAX };
            for _ in 0..lasts.min(3 * EACH - events.len()) {
                events.push(stream.event().await);
            }
            // With what was on its way, and what was read and not looked at.
            resume = stream.last_id.expect("where to resume");
            cuts += 1;
        }
        (events, cuts - 1)
    };
    let work = async {
        // Both listen before anything happens.
        tokio::time::timeout(SOON, ana.follows("acme")).await.expect("a stream begins soon");
        three_people_at_work([&ana, &ben, &cem]).await;
    };
    let (uncut, (cut, cuts), ()) = tokio::join!(uncut, cut, work);

    let history = history_after(&ana, begin).await;
    assert_eq!(history.len(), 3 * EACH);
    assert!(cuts >= CUTS, "cut {cuts} times");
    assert_eq!(uncut, history, "the stream that was not cut");
    assert_eq!(cut, history, "the one that was");
    println!("{} events arrived, uncut and cut {cuts} times", history.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_replayed_and_what_happens_meanwhile_come_as_one() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    for n in 0..120 {
        renames(&ana, "acme", &format!("Before {n}")).await;
    }
    let follows = async {
        let mut stream = ben.follows_after("acme", 0).await;
        stream.events(5 + 120 + 60).await
    };
    let goes_on = async {
        for n in 0..60 {
            renames(&ana, "acme", &format!("Meanwhile {n}")).await;
        }
    };
    let (events, ()) = tokio::join!(follows, goes_on);
    assert_eq!(events, ana.history("acme").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ana_does_at_another_server_is_told_here_within_a_second() {
    if std::env::var("ROSTER_TEST_DATABASE").as_deref() != Ok("postgres") {
        println!("several servers share a Postgres: ROSTER_TEST_DATABASE=postgres");
        return;
    }
    let server = Server::start();
    let (ana, ben, member) = acme(&server, "admin").await;
    let another = server.another();
    let mut stream = ben.at(&another.url).follows("acme").await;
    let mut slowest = std::time::Duration::ZERO;
    for n in 0..20 {
        let since = Instant::now();
        renames(&ana, "acme", &format!("Elsewhere {n}")).await;
        assert_eq!(stream.event().await["data"]["name"], format!("Elsewhere {n}"));
        slowest = slowest.max(since.elapsed());
    }
    ana.removes("acme", &member).await.expect(204);
    let since = Instant::now();
    assert_eq!((stream.told().await, stream.told().await), (Some(Told::Gone), None));
    println!("told by another server after {slowest:?} at most; gone after {:?}", since.elapsed());
    assert!(slowest < SOON && since.elapsed() < SOON);
}
