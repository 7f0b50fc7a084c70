//! How fast the journal is on this machine, and that a million members cost no more than ten.
//!
//! `cargo run --release -p journal --example throughput [-- <members of the big organization>]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool run by hand: it prints, and stops at what must not happen"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use domain::{
    Actor, MemberId, NewSlug, Notes, OrganizationCommand as C, OrganizationEvent as E, OrganizationId, Role, UserId,
};
use futures::future::join_all;
use journal::batch::{Batch, NewEvent};
use journal::postgres::PostgresStore;
use journal::{Ask, Journal, OrganizationRef};
use uuid::Uuid;

/// Callers at once, each with one question under way.
const CALLERS: usize = 64;

/// How long each figure is taken.
const TAKEN: Duration = Duration::from_secs(4);

/// Members written in one batch.
const AT_ONCE: usize = 5_000;

#[tokio::main]
async fn main() {
    let members = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    // With `DATABASE_URL` (an empty database) the same on Postgres.
    let journal = match std::env::var("DATABASE_URL") {
        Ok(url) => {
            let store = Arc::new(PostgresStore::open(&url, true).await.unwrap());
            Journal::on(store, "https://id.test").await.unwrap()
        }
        Err(_unset) => Journal::open(folder.path(), "https://id.test").await.unwrap(),
    };

    let small = found(&journal, "small").await;
    join(&journal, small, 3, 9).await;
    let many: Vec<OrganizationId> = join_all((0..1_000).map(|n| found_named(&journal, n))).await;
    for place in &many {
        join(&journal, *place, 3, 100).await;
    }
    checks(&journal, "10 members", &[small], 9).await;
    checks(&journal, "1,000 organizations of 100", &many, 100).await;
    leaves(&journal, "over 1,000 organizations", &many, 100).await;

    let (big, begun) = (found(&journal, "big").await, Instant::now());
    join(&journal, big, 3, members).await;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{members} members joined in {seconds:.1} s ({:.0} events/s)", members as f64 / seconds);
    checks(&journal, &format!("{members} members"), &[big], members).await;
    checks(&journal, "10 members, beside them", &[small], 9).await;
    leaves(&journal, &format!("in one organization of {members}"), &[big], members).await;

    let one = user(members - 1);
    let begun = Instant::now();
    for _ in 0..1_000 {
        journal.held_by(&one).await.unwrap();
    }
    println!("held_by: {:.0} µs", begun.elapsed().as_micros() as f64 / 1_000.0);
    // A database keeps its size to itself.
    let bytes = std::fs::metadata(folder.path().join("roster.sqlite")).map_or(0, |file| file.len());
    println!("file: {} MiB", bytes >> 20);
}

fn user(n: usize) -> UserId {
    format!("user-{n}").parse().unwrap()
}

async fn found(journal: &Journal, slug: &str) -> OrganizationId {
    let slug: NewSlug = slug.parse().unwrap();
    let (name, member_id) = ("Measured".parse().unwrap(), MemberId(Uuid::now_v7()));
    let founding = C::FoundOrganization { name, slug, logo: None, metadata: None, member_id };
    let ask = Ask::new(OrganizationId(Uuid::now_v7()), founding, "owner".parse().unwrap());
    journal.ask(ask).await.unwrap().organization
}

async fn found_named(journal: &Journal, n: usize) -> OrganizationId {
    found(journal, &format!("org-{n}")).await
}

/// Straight into the store: a million invitations are not what is measured.
async fn join(journal: &Journal, place: OrganizationId, first: u64, members: usize) {
    let event = |(sequence, n)| NewEvent {
        organization: place,
        sequence,
        event: E::MemberJoined {
            member_id: MemberId(Uuid::now_v7()),
            user_id: user(n),
            role: Role::Member,
            invitation_id: None,
        },
        id: Uuid::now_v7(),
        command: Uuid::now_v7(),
        actor: Actor::Operator("seed".parse().unwrap()),
        notes: Notes::default(),
    };
    let all: Vec<(u64, usize)> = (first..).zip(0..members).collect();
    for some in all.chunks(AT_ONCE) {
        let batch = Batch { events: some.iter().copied().map(event).collect(), ..Batch::default() };
        journal.store().append(&batch).await.unwrap();
    }
}

async fn checks(journal: &Journal, title: &str, places: &[OrganizationId], members: usize) {
    let asked = AtomicUsize::new(0);
    report("checks", title, async || {
        let n = asked.fetch_add(1, SeqCst);
        // Spread, so that neither cache nor index is met in order.
        let who = n.wrapping_mul(7_919) % members;
        let place: OrganizationRef = places[n % places.len()].into();
        journal.access(&place, &user(who)).await.unwrap().unwrap();
        true
    })
    .await;
}

async fn leaves(journal: &Journal, title: &str, places: &[OrganizationId], members: usize) {
    let asked = AtomicUsize::new(0);
    report("leaves", title, async || {
        let n = asked.fetch_add(1, SeqCst);
        let who = n / places.len();
        if who >= members {
            return false;
        }
        journal.ask(Ask::new(places[n % places.len()], C::LeaveOrganization, user(who))).await.unwrap();
        true
    })
    .await;
}

/// Lets all callers do this over and over, and says how often and how long each took.
async fn report(what: &str, title: &str, once: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    let times = join_all((0..CALLERS).map(async |_| {
        let mut times = Vec::new();
        while begun.elapsed() < TAKEN {
            let asked = Instant::now();
            if !once().await {
                break;
            }
            times.push(asked.elapsed());
        }
        times
    }))
    .await;
    let seconds = begun.elapsed().as_secs_f64();
    let mut times = times.concat();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1_000.0;
    let per_second = times.len() as f64 / seconds;
    println!("{what}, {title}: {per_second:.0}/s, half within {:.2} ms, 99 % within {:.2} ms", at(50), at(99));
}
