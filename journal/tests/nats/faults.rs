//! NATS killed, wiped, frozen, emptied, filled by another journal: what is carried stays each event once, in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use servers::nats::{Nats, Version};

use crate::cast::{called, eventually};
use crate::{connected, in_a_file, stream};

#[tokio::test(flavor = "multi_thread")]
async fn nats_killed_ten_times_while_ana_works_loses_and_doubles_nothing() {
    for version in [Version::Oldest, Version::Newest] {
        let mut server = Nats::with(version, "");
        let nats = connected(&server).await;
        let (journal, _folder) = in_a_file().await;
        let ana = called("ana", &journal);
        let acme = ana.founds("acme").await;
        let relay = tokio::spawn(journal.relay(&nats).run());
        let enough = Arc::new(AtomicBool::new(false));
        let working = tokio::spawn({
            let (ana, enough) = (ana.clone(), enough.clone());
            async move {
                let mut round = 0;
                while !enough.load(Ordering::Relaxed) {
                    round += 1;
                    ana.renames(acme, &format!("Acme {round}")).await.unwrap();
                }
                round
            }
        });
        for _ in 0..10 {
            let before = stream::last(&server).await;
            stream::reaches(&server, before + 20).await;
            server.kill();
            server.restart();
        }
        enough.store(true, Ordering::Relaxed);
        let rounds: u64 = working.await.unwrap();
        assert_eq!(journal.position(), rounds + 2);
        stream::equals(&server, &journal).await;
        println!("{version:?}: killed 10 times, {rounds} events carried once each, in order");
        relay.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_nats_is_filled_again_from_the_journal() {
    let mut server = Nats::start();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    for round in 0..1_200 {
        ana.renames(acme, &format!("Acme {round}")).await.unwrap();
    }
    stream::reaches(&server, 1_202).await;
    let mut feed = journal.feed_from(&nats, 1_200);
    crate::hear(&mut feed, 2).await;
    server.kill();
    server.wipe();
    server.restart();
    ana.renames(acme, "Acme after the fire").await.unwrap();
    stream::equals(&server, &journal).await;
    let next = feed.next().await.unwrap();
    assert_eq!(next.into_iter().map(|event| event.unwrap().position).collect::<Vec<_>>(), [1_203]);
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_nats_is_noticed_and_made_up_for() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::reaches(&server, 2).await;
    server.freeze();
    for round in 0..100 {
        ana.renames(acme, &format!("Acme {round}")).await.unwrap();
    }
    eventually("its silence is noticed", async || !nats.is_there()).await;
    server.thaw();
    stream::equals(&server, &journal).await;
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_stream_is_made_anew() {
    let server = Nats::start();
    let (journal, _folder) = in_a_file().await;
    called("ana", &journal).founds("acme").await;
    let context = stream::open(&server).await;
    let config = || async_nats::jetstream::stream::Config {
        name: "ROSTER".into(),
        subjects: vec!["roster.events.*.*".into()],
        ..Default::default()
    };
    let made = context.create_stream(config()).await.unwrap();
    for _ in 0..3 {
        context.publish("roster.events.00.Nonsense", "{}".into()).await.unwrap().await.unwrap();
    }
    made.purge().await.unwrap();
    let nats = connected(&server).await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::equals(&server, &journal).await;
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_filled_by_another_journal_is_left_alone_until_somebody_decides() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (theirs, _folder) = in_a_file().await;
    called("zoe", &theirs).founds("globex").await;
    let relay = tokio::spawn(theirs.relay(&nats).run());
    stream::reaches(&server, 2).await;
    relay.abort();

    let (ours, _folder) = in_a_file().await;
    let ana = called("ana", &ours);
    ana.founds("acme").await;
    ana.founds("initech").await;
    let relay = tokio::spawn(ours.relay(&nats).run());
    let mut feed = ours.feed_from(&nats, 0);
    // What projections get is ours all the same: they don't take it from there.
    let events = feed.next().await.unwrap();
    assert_eq!(events.len(), 4);
    assert_eq!(stream::last(&server).await, 2, "nothing was added to it");
    stream::equals(&server, &theirs).await;
    nats.delete_stream().await.unwrap();
    stream::equals(&server, &ours).await;
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ahead_of_a_restored_journal_is_left_alone() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (journal, folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let backup = tempfile::tempdir().unwrap();
    let copied = sqlx::query("vacuum into ?1").bind(backup.path().join("roster.sqlite").display().to_string());
    use sqlx::ConnectOptions;
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("roster.sqlite"));
    copied.execute(&mut file.connect().await.unwrap()).await.unwrap();
    let relay = tokio::spawn(journal.relay(&nats).run());
    ana.renames(acme, "Acme of the lost time").await.unwrap();
    stream::reaches(&server, 3).await;
    relay.abort();

    let restored = journal::Journal::open(backup.path(), crate::ISSUER).await.unwrap();
    assert_eq!(restored.position(), 2);
    let ana = called("ana", &restored);
    ana.renames(acme, "Acme of the new time").await.unwrap();
    ana.renames(acme, "Acme today").await.unwrap();
    let relay = tokio::spawn(restored.relay(&nats).run());
    let mut feed = restored.feed_from(&nats, 2);
    let events = feed.next().await.unwrap();
    assert_eq!(events.len(), 2, "projections get what the journal says");
    assert_eq!(stream::last(&server).await, 3, "the stream is left for somebody to look at");
    nats.delete_stream().await.unwrap();
    stream::equals(&server, &restored).await;
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn nats_that_is_away_at_start_is_waited_for() {
    let mut server = Nats::start();
    server.kill();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    let mut feed = journal.feed_from(&nats, 0);
    let first = tokio::time::timeout(Duration::from_secs(10), feed.next()).await;
    assert_eq!(first.expect("the journal is followed meanwhile").unwrap().len(), 2);
    assert!(!nats.is_there());
    server.restart();
    stream::equals(&server, &journal).await;
    relay.abort();
}
