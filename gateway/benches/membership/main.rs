//! How fast members leave and checks answer: in process and over HTTP, at 1, 16 and 64 callers, over 12,000 organizations
//! and in single ones of 10 to 1,000,000 members; on the embedded store, or with `--postgres` on Postgres, beside yardsticks.
//!
//! `cargo bench -p gateway --bench membership` runs all of it; `-- --largest 10000 --seconds 1` a quick one,
//! `-- --postgres --ratios` only what is promised in proportion to yardsticks.
//! The figures belong into `docs/performance.md`. Traffic stays on loopback and ends by itself.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark that can't go on must stop")]

mod database;
mod footprint;
mod http;
mod measure;
mod ratios;
mod seed;
mod yardstick;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clap::Parser;
use domain::OrganizationCommand;
use journal::postgres::PostgresStore;
use journal::{Ask, Journal};

use database::Database;
use measure::{Table, measure};
use ratios::Rounds;
use seed::{Member, Place, anybody};

const CALLERS: [usize; 3] = [1, 16, 64];

/// Leave commands and membership checks per second.
#[derive(Parser)]
struct Options {
    /// How long each figure is measured, seconds
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Members of the largest organization
    #[arg(long, default_value_t = 1_000_000)]
    largest: usize,
    /// On Postgres: the empty database at DATABASE_URL, or a server started for it
    #[arg(long)]
    postgres: bool,
    /// Only the figures that are promised in proportion to yardsticks
    #[arg(long)]
    ratios: bool,
    /// How often Roster and a yardstick are measured in turn
    #[arg(long, default_value_t = 9)]
    pairs: usize,
    /// Passed by `cargo bench`; nothing to choose here
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    let database = options.postgres.then(Database::find);
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(in_process_and_over_http(&options, database.as_ref(), folder.path()));
    // Ends every task that holds the journal, so that the real binary may open it.
    drop(runtime);
    if !options.postgres && !options.ratios {
        footprint::run(folder.path());
    }
}

async fn in_process_and_over_http(options: &Options, database: Option<&Database>, folder: &Path) {
    let time = Duration::from_secs_f64(options.seconds);
    let issuer = gateway::identity::DEVELOPMENT_ISSUER;
    let journal = match database {
        Some(database) => {
            let store = PostgresStore::open(database.url(), true).await.unwrap();
            Journal::on(Arc::new(store), issuer).await.unwrap()
        }
        None => Journal::open(folder, issuer).await.unwrap(),
    };

    let mut places = vec![Place::many(&journal, "12,000 organizations of 10", 12_000, 10).await];
    let rounds = Rounds { pairs: options.pairs, time };
    if let Some(database) = database {
        ratios::commands(&journal, database, &mut places[0], rounds).await;
    }
    ratios::checks(&journal, folder, &mut places[0], rounds).await;
    if options.ratios {
        return;
    }
    places.push(Place::one(&journal, "one of 10", 10).await);
    places.push(Place::one(&journal, "one of 10,000", 10_000).await);
    if options.largest > 10_000 {
        let name = format!("one of {}", measure::grouped(options.largest as f64));
        places.push(Place::one(&journal, &name, options.largest).await);
    }

    let mut table = Table::new(&["membership checks/s, in process", "1 caller", "16", "64"]);
    for place in &places {
        let mut row = Vec::new();
        for callers in CALLERS {
            row.push(check(&journal, place, callers, time).await);
        }
        table.row(&place.name, &row);
    }
    table.print();

    let mut table = Table::new(&["leave commands/s, in process", "1 caller", "16", "64"]);
    for place in &mut places {
        let mut row = Vec::new();
        for callers in CALLERS {
            row.push(leave(&journal, place, callers, time).await);
        }
        table.row(&place.name, &row);
    }
    if database.is_none() {
        table.row("yardstick: SQLite, one insert a transaction", &[yardstick::sqlite::inserts(time).await]);
    }
    table.print();

    compare(&journal, &mut places, time).await;
    http::run(&journal, folder, &mut places, time).await;
}

/// Checks of random members.
async fn check(journal: &Journal, place: &Place, callers: usize, time: Duration) -> f64 {
    let (journal, people) = (journal.clone(), place.people());
    let check = move |_| {
        let (journal, (organization, user)) = (journal.clone(), anybody(&people));
        async move {
            let access = journal.access(&organization.into(), &user).await.unwrap().expect("the organization exists");
            assert!(access.membership.is_some(), "{user} is a member");
            true
        }
    };
    measure(callers, time, check).await.rate
}

/// Leaves of members who never come back; new ones join outside the measured time.
async fn leave(journal: &Journal, place: &mut Place, callers: usize, time: Duration) -> f64 {
    let (mut left, mut took) = (0, Duration::ZERO);
    while took < time {
        let leavers: Arc<[Member]> = place.take(50_000).into();
        let next = Arc::new(AtomicUsize::new(0));
        let leave = {
            let (journal, leavers, next) = (journal.clone(), leavers.clone(), next.clone());
            move |_| {
                let (journal, leaver) = (journal.clone(), leavers.get(next.fetch_add(1, Ordering::Relaxed)).cloned());
                async move {
                    let Some((organization, user)) = leaver else { return false };
                    let command = OrganizationCommand::LeaveOrganization;
                    journal.ask(Ask::new(organization, command, user)).await.unwrap();
                    true
                }
            }
        };
        let measured = measure(callers, time - took, leave).await;
        left += measured.done;
        took += measured.took;
        let gone = next.load(Ordering::Relaxed).min(leavers.len());
        place.refill(journal, &leavers[..gone], &leavers[gone..]).await;
    }
    left as f64 / took.as_secs_f64()
}

/// The promise that size costs nothing: small and largest in turn, so that a slow moment of the machine hits both.
async fn compare(journal: &Journal, places: &mut [Place], time: Duration) {
    let last = places.len() - 1;
    let slice = time / 4;
    let mut table = Table::new(&[
        "time of one in the largest ÷ time of one over 12,000 organizations of 10 (median of 9 pairs)",
        "1 caller",
        "64",
    ]);
    let (mut checks, mut leaves) = (Vec::new(), Vec::new());
    for callers in [1, 64] {
        let mut pairs = Vec::new();
        for _ in 0..9 {
            let small = check(journal, &places[0], callers, slice).await;
            pairs.push(small / check(journal, &places[last], callers, slice).await);
        }
        checks.push(measure::median(&mut pairs));
        let mut pairs = Vec::new();
        for _ in 0..9 {
            let small = leave(journal, &mut places[0], callers, slice).await;
            pairs.push(small / leave(journal, &mut places[last], callers, slice).await);
        }
        leaves.push(measure::median(&mut pairs));
    }
    table.exact("membership check", &checks);
    table.exact("leave command", &leaves);
    table.print();
}
