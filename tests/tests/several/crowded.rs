//! More callers than can be served: nobody waits for long, memory stays bounded, and neither commands nor checks nor
//! whoever asks whether it is ready starve the others.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use futures::future::join_all;
use servers::Postgres;
use tests::{Answer, Person, Server, at_once, eventually};

/// Callers who wait at once.
const CROWD: usize = 2_000;

/// Nobody waits longer, on a machine that has other work.
const AT_MOST: Duration = Duration::from_secs(10);

/// What the crowd may cost in memory, its 2,000 connections included.
const MEMORY: u64 = 128 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_who_wait_for_a_database_that_hangs_are_soon_turned_away() {
    let postgres = Postgres::start();
    let server = Server::on(&postgres.create_database());
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let (people, before) = (server.people("caller", CROWD), resident(server.pid()));

    postgres.freeze();
    let waiting = tokio::spawn(at_once(CROWD, people.into_iter().enumerate(), |(n, person)| async move {
        let asked = Instant::now();
        let answer = if n % 2 == 0 { person.leaves("acme").await } else { person.checks("acme").await };
        let answer = answer.refused(503, "unavailable");
        assert!(answer.header("retry-after").is_some(), "{answer:#?}");
        asked.elapsed()
    }));
    // Alive meanwhile, and says that it is not ready.
    let asked = Instant::now();
    ana.gets("/healthz").await.expect(200);
    let many = join_all((0..100).map(|_| ana.gets("/readyz"))).await;
    many.into_iter().for_each(|told| drop(told.refused(503, "unavailable")));
    let told = asked.elapsed();
    let mut waited = waiting.await.expect("everybody is answered");
    let after = resident(server.pid());
    waited.sort_unstable();
    println!(
        "of {CROWD} in front of a database that hangs half were turned away within {:.1?}, the last after {:.1?}; \
         not ready was told after {told:.1?}; memory {} MB before, {} MB after",
        waited[CROWD / 2],
        waited[CROWD - 1],
        before >> 20,
        after >> 20
    );
    assert!(waited[CROWD - 1] < AT_MOST && told < AT_MOST, "somebody waited {:?}", waited[CROWD - 1]);
    assert!(after < before + MEMORY, "{before} bytes grew to {after}");

    postgres.thaw();
    eventually("ready again", async || (ana.gets("/readyz").await.status == 200).then_some(())).await;
    eventually("checks pass again", async || (ana.checks("acme").await.status == 200).then_some(())).await;
    ana.founds("bolt").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_checks_starves_neither_leaves_nor_readiness() {
    let (server, ana, members) = staffed(200).await;
    let (first, second) = members.split_at(100);
    let quiet = leaves_of(first).await;
    let flood = Flood::begin(64, {
        let ana = ana.clone();
        move |_| {
            let ana = ana.clone();
            async move { ana.checks("acme").await }
        }
    });
    let readiness = tokio::spawn(readiness(ana.clone(), 50));
    let flooded = leaves_of(second).await;
    let (ready, checked) = (readiness.await.expect("always ready"), flood.end().await);
    println!(
        "leaves, 4 at a time: 99 % within {quiet:.0?} alone, {flooded:.0?} beside {checked} checks; ready within {ready:.0?}"
    );
    assert!(checked > 500, "no flood: {checked} checks");
    assert!(flooded < Duration::from_secs(2) && ready < Duration::from_secs(2), "starved: {flooded:?}, {ready:?}");
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_commands_starves_neither_checks_nor_readiness() {
    let (server, ana, members) = staffed(8).await;
    let quiet = checks_of(&members).await;
    let founders = server.people("founder", 64);
    let flood = Flood::begin(64, move |n| {
        let (founder, slug) = (founders[n % 64].clone(), format!("acme-{n}"));
        async move { founder.founds(&slug).await }
    });
    let readiness = tokio::spawn(readiness(ana.clone(), 50));
    let flooded = checks_of(&members).await;
    let (ready, founded) = (readiness.await.expect("always ready"), flood.end().await);
    println!(
        "checks, 4 at a time: 99 % within {quiet:.0?} alone, {flooded:.0?} beside {founded} commands; ready within {ready:.0?}"
    );
    assert!(founded > 200, "no flood: {founded} commands");
    assert!(flooded < Duration::from_secs(2) && ready < Duration::from_secs(2), "starved: {flooded:?}, {ready:?}");
    drop(server);
}

/// A server on Postgres, and an organization with so many members beside its owner.
async fn staffed(members: usize) -> (Server, Person, Vec<Person>) {
    let server = Server::on(&Postgres::shared().create_database());
    let (ana, people) = (server.person("ana"), server.people("member", members));
    ana.founds("acme").await.expect(201);
    ana.takes_in_all("acme", &people, "member").await;
    (server, ana, people)
}

/// How long 99 % of them took to leave, four at a time.
async fn leaves_of(members: &[Person]) -> Duration {
    let took = at_once(4, members.to_vec(), |member| async move { timed(member.leaves("acme")).await }).await;
    ninety_nine(took)
}

/// The same for checks: each of these is made a hundred times.
async fn checks_of(members: &[Person]) -> Duration {
    let often = std::iter::repeat_n(members.to_vec(), 100).flatten().collect::<Vec<_>>();
    ninety_nine(at_once(4, often, |member| async move { timed(member.checks("acme")).await }).await)
}

/// How long the slowest of so many questions took whether it is ready, which it must be each time.
async fn readiness(ana: Person, times: usize) -> Duration {
    let mut slowest = Duration::ZERO;
    for _ in 0..times {
        slowest = slowest.max(timed(ana.gets("/readyz")).await);
    }
    slowest
}

async fn timed(call: impl Future<Output = Answer>) -> Duration {
    let asked = Instant::now();
    call.await.expect(200);
    asked.elapsed()
}

fn ninety_nine(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() * 99 / 100]
}

/// Callers who go on until they are told to end.
struct Flood {
    over: Arc<AtomicBool>,
    callers: tokio::task::JoinHandle<Vec<usize>>,
}

impl Flood {
    /// Lets so many call, each call with a number of its own. Whatever is answered, it is no failure of the server's.
    fn begin<F>(callers: usize, call: impl Fn(usize) -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        let over = Arc::new(AtomicBool::new(false));
        let ending = over.clone();
        let all = at_once(callers, 0..callers, move |first| {
            let (over, call) = (ending.clone(), call.clone());
            async move {
                let mut answered = 0;
                while !over.load(SeqCst) {
                    let answer = call(first + answered * callers).await;
                    assert!(answer.status.is_success() || answer.status == 503, "{answer:#?}");
                    answered += 1;
                }
                answered
            }
        });
        Self { over, callers: tokio::spawn(all) }
    }

    /// How many calls were answered.
    async fn end(self) -> usize {
        self.over.store(true, SeqCst);
        self.callers.await.expect("the flood ends").into_iter().sum()
    }
}

/// Bytes in memory (`VmRSS`).
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the server runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its size");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}
