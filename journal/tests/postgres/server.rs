//! What only a server has: it can be a danger, go away, and be owned by somebody else.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::join_all;
use journal::ask::Unavailable;
use journal::postgres::PostgresStore;
use journal::{Journal, OpenError};
use servers::Postgres;
use sqlx::{Connection, Executor, PgConnection};

use crate::contract::ISSUER;
use crate::contract::cast::{called, eventually, unavailable};
use crate::contract::order::{assert_in_order, whole};

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

async fn journal(url: &str) -> Journal {
    Journal::on(Arc::new(PostgresStore::open(url, true).await.unwrap()), ISSUER).await.unwrap()
}

#[tokio::test]
async fn a_database_without_fsync_is_refused() {
    let postgres = blocking(Postgres::start).await;
    let url = postgres.create_database();
    postgres.psql("alter system set fsync = off");
    postgres.psql("select pg_reload_conf()");
    eventually(
        "fsync is off",
        async || matches!(PostgresStore::open(&url, true).await, Err(OpenError::Unsafe(why)) if why.contains("fsync")),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_on_an_empty_database_migrate_it_once() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let starts = (0..6).map(|_| journal(&url));
    let journals = join_all(starts).await;
    let ids: Vec<&str> = journals.iter().map(Journal::id).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_owns_nothing_but_its_schema_is_enough() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let mut admin = PgConnection::connect(&url).await.unwrap();
    for sql in [
        "create role modest login",
        "create schema modest authorization modest",
        "revoke create on schema public from public",
    ] {
        admin.execute(sql).await.unwrap();
    }
    let journal = journal(&url.replace("app@", "modest@")).await;
    let acme = called("ana", &journal).founds("acme").await;
    assert!(called("ana", &journal).passes(acme).await);
    let mine: i64 = sqlx::query_scalar("select position from modest.journal").fetch_one(&mut admin).await.unwrap();
    assert_eq!(mine, 2);
}

#[tokio::test]
async fn events_are_never_truncated() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let journal = journal(&url).await;
    called("ana", &journal).founds("acme").await;
    let why = PgConnection::connect(&url).await.unwrap().execute("truncate events").await.unwrap_err();
    assert!(why.to_string().contains("events are never"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_kill_9_everything_acknowledged_is_there_and_the_journal_goes_on_by_itself() {
    let mut postgres = blocking(Postgres::start).await;
    let journal = journal(&postgres.create_database()).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let mut acknowledged = 2;
    for round in 0..5 {
        let renaming = tokio::spawn({
            let ana = ana.clone();
            async move {
                let mut renamed = 0;
                while ana.renames(acme, &format!("Acme {round} {renamed}")).await.is_ok() {
                    renamed += 1;
                }
                renamed
            }
        });
        eventually("commands are carried out", async || journal.position() > acknowledged + 50).await;
        postgres = blocking(move || {
            postgres.kill();
            postgres
        })
        .await;
        renaming.await.unwrap();
        unavailable(ana.renames(acme, "nobody hears").await);
        assert!(journal.access(&acme.into(), &ana.user).await.is_err(), "no check passes from memory");
        acknowledged = journal.position();
        postgres = blocking(move || {
            postgres.restart();
            postgres
        })
        .await;
        eventually("commands are carried out again", async || {
            ana.renames(acme, &format!("Acme again {round}")).await.is_ok()
        })
        .await;
        eventually("checks are answered again", async || journal.access(&acme.into(), &ana.user).await.is_ok()).await;
        let all = whole(&journal).await;
        assert_in_order(&all);
        assert!(all.len() as u64 >= acknowledged, "{} of {acknowledged} acknowledged", all.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_is_noticed_and_nobody_waits_for_ever() {
    let postgres = blocking(Postgres::start).await;
    let journal = journal(&postgres.create_database()).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    postgres.freeze();
    let asked = Instant::now();
    let (command, check) =
        futures::future::join(ana.renames(acme, "Acme II"), journal.access(&acme.into(), &ana.user)).await;
    assert!(command.is_err() && check.is_err(), "{command:?} {check:?}");
    assert!(asked.elapsed().as_secs() < 15, "waited {:?}", asked.elapsed());
    postgres.thaw();
    eventually("commands are carried out again", async || ana.renames(acme, "Acme III").await.is_ok()).await;
    assert!(ana.passes(acme).await);
    assert_in_order(&whole(&journal).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn past_the_queue_commands_are_turned_away_at_once_and_those_that_wait_soon() {
    let postgres = blocking(Postgres::start).await;
    let journal = journal(&postgres.create_database()).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    postgres.freeze();
    let asked = Instant::now();
    let told = join_all((0..6_000).map(|n| {
        let ana = &ana;
        async move { (unavailable(ana.renames(acme, &format!("Acme {n}")).await), asked.elapsed()) }
    }))
    .await;
    let count = |what: fn(&Unavailable) -> bool| told.iter().filter(|(why, _)| what(why)).count();
    let turned_away = told
        .iter()
        .filter(|(why, took)| matches!(why, Unavailable::Overloaded) && *took < Duration::from_secs(1))
        .count();
    let last = told.iter().map(|(_, took)| *took).max().unwrap();
    let (unsure, overloaded) =
        (count(|why| matches!(why, Unavailable::Unknown(_))), count(|why| matches!(why, Unavailable::Overloaded)));
    println!("of 6,000 {turned_away} were turned away at once, {overloaded} in all, the last after {last:.1?}");
    assert!((1..=2_000).contains(&turned_away), "{turned_away} were turned away at once");
    assert!(last < Duration::from_secs(12), "somebody waited {last:?}");

    postgres.thaw();
    eventually("commands are carried out again", async || ana.renames(acme, "Acme again").await.is_ok()).await;
    let all = whole(&journal).await;
    assert_in_order(&all);
    // Two of the founding, the last one, and at most those of which nobody could tell.
    assert!(all.len() <= 3 + unsure, "{} events, {unsure} of them unsure", all.len());
}

/// A failover as Patroni and its like do it: another server takes over with all there was, the former primary comes back as a standby where
/// it was, and one Roster has not been told yet.
#[tokio::test(flavor = "multi_thread")]
async fn a_primary_that_came_back_as_a_standby_lets_nobody_in() {
    let mut former = blocking(Postgres::start).await;
    let url = former.create_database();
    let here = journal(&url).await;
    let (ana, ben) = (called("ana", &here), called("ben", &here));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    for _ in 0..20 {
        assert!(ben.passes(acme).await);
    }
    let (former, next) = blocking(move || {
        former.kill();
        let next = former.successor();
        former.restart_as_a_standby();
        (former, next)
    })
    .await;
    let there = journal(&next.url(url.rsplit('/').next().unwrap())).await;
    ben.at(&there).leaves(acme).await.unwrap();
    assert_eq!(former.query(&url, "select pg_is_in_recovery()").trim(), "t", "it answers whoever asks");
    for _ in 0..5 {
        let told = here.access(&acme.into(), &ben.user).await;
        assert!(matches!(told, Err(Unavailable::Store(_))), "ben left, was told so, and is let in: {told:?}");
        // Nor is anybody refused by what is long past there.
        unavailable(ben.leaves(acme).await);
    }
}

/// What can't be read of a damaged disk is asked for with each question for news, unless everything is forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_on_a_damaged_page_stops_nobody_elsewhere() {
    let url = blocking(|| Postgres::shared().create_database()).await;
    let journal = journal(&url).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    for _ in 0..20 {
        assert!(ana.passes(acme).await);
    }
    let mut disk = PgConnection::connect(&url).await.unwrap();
    for sql in [
        "create function damaged() returns json stable language plpgsql as
         $$ begin raise exception 'invalid page in block 7' using errcode = 'data_corrupted'; end $$",
        "alter table events rename to pages",
        "create view events as select aggregate_type, aggregate_id, sequence, event_type, event_version, payload,
             case when position = 3 then damaged() else metadata end as metadata, subject, member, position, recorded_at from pages",
        "update journal set position = position + 2",
        "insert into pages select aggregate_type, id, 1, event_type, event_version, payload, metadata, 'organization', null, n, recorded_at
         from pages, (values (3, gen_random_uuid()::text), (4, gen_random_uuid()::text)) new (n, id) where position = 1 order by n",
    ] {
        disk.execute(sql).await.unwrap();
    }
    eventually("whoever was remembered is read", async || {
        journal.access(&acme.into(), &ana.user).await.is_ok_and(|access| access.is_some())
    })
    .await;
    for _ in 0..20 {
        assert!(ana.passes(acme).await);
    }
}
