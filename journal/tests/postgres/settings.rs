//! What the database and its connections must be, whatever their defaults.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::OrganizationEvent as E;
use futures::future::join_all;
use journal::postgres::PostgresStore;
use journal::{Journal, OpenError};
use servers::Postgres;
use sqlx::{Connection, Executor, PgConnection};

use crate::contract::ISSUER;
use crate::contract::cast::{called, eventually};
use crate::contract::order::{assert_in_order, whole};

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

async fn journal(url: &str) -> Journal {
    Journal::on(Arc::new(PostgresStore::open(url, true).await.unwrap()), ISSUER).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_is_refused() {
    let standby = blocking(Postgres::standby).await;
    match PostgresStore::open(&standby.url("postgres"), true).await {
        Err(OpenError::Unsafe(why)) => assert!(why.contains("standby"), "{why}"),
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("a standby was taken"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_acknowledged_is_on_the_disk_even_where_the_database_would_rather_not_wait() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let mut admin = PgConnection::connect(&url).await.unwrap();
    let database = url.rsplit('/').next().unwrap();
    admin.execute(&*format!("alter database {database} set synchronous_commit = off")).await.unwrap();
    let journal = journal(&url).await;
    // Notes down what each append runs with.
    for sql in [
        "create table noted (setting text)",
        "create function note() returns trigger language plpgsql as $$ begin
            insert into noted values (current_setting('synchronous_commit')); return null; end $$",
        "create trigger note after insert on events for each statement execute function note()",
    ] {
        admin.execute(sql).await.unwrap();
    }
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    ana.renames(acme, "Acme").await.unwrap();
    let noted: Vec<String> = sqlx::query_scalar("select setting from noted").fetch_all(&mut admin).await.unwrap();
    assert_eq!(noted, ["on", "on"]);
    // The control: anybody else's connection does not wait.
    let mut other = PgConnection::connect(&url).await.unwrap();
    let theirs: String =
        sqlx::query_scalar("select current_setting('synchronous_commit')").fetch_one(&mut other).await.unwrap();
    assert_eq!(theirs, "off");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_whose_connection_an_administrator_ends_are_carried_out_once_or_not_at_all() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let journal = journal(&url).await;
    let ana = called("ana", &journal);
    let places = join_all((0..4).map(async |n| ana.founds(&format!("acme-{n}")).await)).await;
    let enough = Arc::new(AtomicBool::new(false));
    let callers: Vec<_> = places
        .into_iter()
        .enumerate()
        .map(|(caller, place)| {
            let (ana, enough) = (ana.clone(), enough.clone());
            tokio::spawn(async move {
                let mut asked: Vec<(String, bool)> = Vec::new();
                while !enough.load(Ordering::Relaxed) {
                    let name = format!("Acme {caller} {}", asked.len());
                    let done = ana.renames(place, &name).await.is_ok();
                    asked.push((name, done));
                }
                asked
            })
        })
        .collect();
    let mut admin = PgConnection::connect(&url).await.unwrap();
    let mut ended = 0;
    let begun = std::time::Instant::now();
    while ended < 30 && begun.elapsed().as_secs() < 30 {
        let before = journal.position();
        eventually("commands are carried out", async || journal.position() > before + 5).await;
        // Only while it appends: what was asked for may be written, or not.
        let many: i64 = sqlx::query_scalar(
            "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity
             where datname = current_database() and application_name = 'roster' and state = 'active'
               and query like '%insert into events%'",
        )
        .fetch_one(&mut admin)
        .await
        .unwrap();
        ended += many;
    }
    assert!(ended > 0, "none was caught at work");
    enough.store(true, Ordering::Relaxed);
    let asked = join_all(callers).await;
    let all = whole(&journal).await;
    assert_in_order(&all);
    let mut there: HashMap<String, u32> = HashMap::new();
    for recorded in &all {
        if let E::OrganizationRenamed { name } = &recorded.event {
            *there.entry(name.to_string()).or_default() += 1;
        }
    }
    let (mut done, mut refused) = (0, 0);
    for caller in asked {
        for (name, acknowledged) in caller.unwrap() {
            let times = there.get(&name).copied().unwrap_or(0);
            assert!(times <= 1, "{name} is there {times} times");
            assert!(times == 1 || !acknowledged, "{name} was acknowledged and is gone");
            if acknowledged { done += 1 } else { refused += 1 }
        }
    }
    println!("{ended} connections ended while appending: {done} commands acknowledged and there, {refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_and_checks_go_by_index_also_in_a_young_table() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let journal = journal(&url).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let mut admin = PgConnection::connect(&url).await.unwrap();
    // With what is known of a table of two rows, whoever is free to choose reads it as a whole.
    admin.execute("analyze events").await.unwrap();
    let control = format!("explain select * from events where aggregate_id = '{acme}' and subject = 'user:ben'");
    let chosen: Vec<String> = sqlx::query_scalar(&control).fetch_all(&mut admin).await.unwrap();
    assert!(chosen[0].contains("Seq Scan"), "{chosen:?}");
    let mut scans = async || -> (i64, i64) {
        sqlx::query_as("select seq_scan, coalesce(idx_scan, 0) from pg_stat_user_tables where relname = 'events'")
            .fetch_one(&mut admin)
            .await
            .unwrap()
    };
    let (before, _) = scans().await;
    for _ in 0..20 {
        ana.brings(acme, &ben).await;
        assert!(ben.passes(acme).await);
        ben.leaves(acme).await.unwrap();
        assert!(!ben.passes(acme).await);
    }
    // Counts are published when a connection has a moment.
    let begun = std::time::Instant::now();
    let (after, by_index) = loop {
        assert!(ben.leaves(acme).await.is_err() && !ben.passes(acme).await);
        let (sequential, by_index) = scans().await;
        if by_index > 100 {
            break (sequential, by_index);
        }
        assert!(begun.elapsed().as_secs() < 20, "only {by_index} scans by index were counted");
    };
    assert_eq!(after, before, "the table was read as a whole, beside {by_index} scans by index");
}
