//! Roster beside its yardsticks, in turn, so that a slow moment of the machine hits both: medians of several pairs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use journal::Journal;

use crate::database::Database;
use crate::http::Http;
use crate::leave;
use crate::measure::{Table, median};
use crate::seed::{Member, Place};
use crate::yardstick::inserts::Inserts;
use crate::yardstick::plain::Plain;

/// What the figures are promised for.
const CALLERS: usize = 64;

/// How often each pair is measured, and for how long a time.
#[derive(Clone, Copy)]
pub struct Rounds {
    pub pairs: usize,
    pub time: Duration,
}

/// Leaves beside `pgbench`'s inserts and beside plain postgres-es.
pub async fn commands(journal: &Journal, database: &Database, place: &mut Place, rounds: Rounds) {
    // Somebody has left, so that there is a row to be like; nothing is cold.
    leave(journal, place, CALLERS, rounds.time / 4).await;
    let inserts = Inserts::prepare(database).await;
    let plain = Plain::prepare(database, place.people(), CALLERS).await;
    let (mut ours, mut theirs, mut beside) = (Vec::new(), [Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..rounds.pairs {
        let first = leave(journal, place, CALLERS, rounds.time).await;
        let inserted = inserts.rate(CALLERS, rounds.time).await;
        let second = leave(journal, place, CALLERS, rounds.time).await;
        let left = plain.rate(CALLERS, rounds.time).await;
        beside[0].push(first / inserted);
        beside[1].push(second / left);
        theirs[0].push(inserted);
        theirs[1].push(left);
        ours.extend([first, second]);
    }
    let [inserted, left] = &mut theirs;
    let [to_inserts, to_plain] = &mut beside;
    let mut table = table("leave commands/s, in process, 64 callers", rounds.pairs);
    table.mixed(&place.name, median(&mut ours), &["", ""]);
    table.mixed("yardstick: pgbench, one insert a transaction", median(inserted), &ratio(to_inserts, "1 (2)"));
    table.mixed("yardstick: plain cqrs-es + postgres-es", median(left), &ratio(to_plain, "8"));
    table.print();
}

/// Checks over HTTP beside a bare handler.
pub async fn checks(journal: &Journal, folder: &Path, place: &mut Place, rounds: Rounds) {
    let http = Http::start(journal, folder).await;
    let people: Arc<[Member]> = place.take(usize::MAX).into();
    let tokens = http.sign(&people);
    http.check_each_once(&people, &tokens).await;
    let (mut ours, mut beside) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    let mut bare = Vec::new();
    for _ in 0..rounds.pairs {
        let checked = http.check(CALLERS, rounds.time, &people, &tokens).await;
        let answered = http.bare(CALLERS, rounds.time).await;
        let authorized = http.authorize(CALLERS, rounds.time, &people, &tokens).await;
        bare.push(answered);
        for (n, rate) in [checked, authorized].into_iter().enumerate() {
            beside[n].push(rate / answered);
            ours[n].push(rate);
        }
    }
    let titles = ["membership checks/s, HTTP, 64 callers", "the same at the proxy (/v1/authorize)"];
    for (n, title) in titles.into_iter().enumerate() {
        let mut table = table(title, rounds.pairs);
        table.mixed(&format!("{}, each with a token", place.name), median(&mut ours[n]), &["", ""]);
        table.mixed("yardstick: a bare axum handler", median(&mut bare), &ratio(&mut beside[n], "0.33 (0.5)"));
        table.print();
    }
    place.refill(journal, &[], &people).await;
}

fn table(title: &str, pairs: usize) -> Table {
    Table::new(&[title, "median", &format!("ours ÷ it, median of {pairs} pairs"), "promised (aim)"])
}

fn ratio(beside: &mut [f64], promised: &'static str) -> [String; 2] {
    [format!("{:.2}", median(beside)), promised.to_owned()]
}
