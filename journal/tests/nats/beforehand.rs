//! Streams with limits, and streams that an administrator made beforehand for a user who may make none.

use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy};
use journal::{NatsSettings, StreamLimits};
use servers::nats::{Nats, Version};

use crate::cast::{called, eventually};
use crate::{connected, in_a_file, stream};

/// What Roster's user needs where the stream is made for it, as docs/operating.md has it.
fn modest() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md");
    let text = std::fs::read_to_string(path).unwrap();
    text.split("```conf").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

fn made(change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config { name: "ROSTER".into(), subjects: vec!["roster.events.*.*".into()], ..Config::default() };
    change(&mut config);
    config
}

async fn as_admin(server: &Nats) -> async_nats::jetstream::Context {
    let options = async_nats::ConnectOptions::with_user_and_password("admin".into(), "admin".into());
    async_nats::jetstream::new(options.connect(server.url()).await.unwrap())
}

async fn a_user_who_may_make_no_stream_uses_the_one_made_for_it(version: Version) {
    let server = Nats::with(version, &modest());
    let url = server.url().replace("nats://", "nats://roster:s3cret@");
    let nats = journal::Nats::connect(&NatsSettings::at(url)).await.unwrap();
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    // There is none, and we may not make one: everything else goes on.
    let mut feed = journal.feed_from(&nats, 0);
    crate::hear(&mut feed, 2).await;
    let admin = as_admin(&server).await;
    assert!(admin.get_stream("ROSTER").await.is_err(), "it has made one all the same");
    admin.create_stream(made(|config| config.deny_purge = true)).await.unwrap();
    ana.renames(acme, "Acme II").await.unwrap();
    eventually("all is carried", async || {
        admin.get_stream("ROSTER").await.unwrap().cached_info().state.last_sequence == 3
    })
    .await;
    // Followed too, by a consumer of its own.
    let following = tokio::spawn(async move { while feed.next().await.is_ok() {} });
    eventually("the stream is followed", async || {
        admin.get_stream("ROSTER").await.unwrap().get_info().await.unwrap().state.consumer_count > 0
    })
    .await;
    following.abort();
    assert!(!nats.is_stopped());
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_may_make_no_stream_uses_the_one_made_for_it_on_the_oldest_nats() {
    a_user_who_may_make_no_stream_uses_the_one_made_for_it(Version::Oldest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_may_make_no_stream_uses_the_one_made_for_it_on_the_newest_nats() {
    a_user_who_may_make_no_stream_uses_the_one_made_for_it(Version::Newest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_can_not_hold_the_journal_is_left_alone_until_it_can() {
    for version in [Version::Oldest, Version::Newest] {
        let server = Nats::with(version, "");
        let (journal, _folder) = in_a_file().await;
        called("ana", &journal).founds("acme").await;
        let context = stream::open(&server).await;
        let nats = connected(&server).await;
        for change in [
            (|config| config.subjects = vec!["roster.events.>".into(), "orders.>".into()]) as fn(&mut Config),
            |config| config.retention = RetentionPolicy::WorkQueue,
            |config| config.retention = RetentionPolicy::Interest,
            |config| (config.discard, config.max_messages) = (DiscardPolicy::New, 1),
            |config| config.max_messages_per_subject = 1,
            |config| config.max_message_size = 100,
            |config| config.no_ack = true,
        ] {
            context.create_stream(made(change)).await.unwrap();
            let relay = tokio::spawn(journal.relay(&nats).run());
            eventually("it is seen that it can't work", async || nats.is_stopped()).await;
            assert_eq!(stream::last(&server).await, 0, "nothing was put into it");
            relay.abort();
            nats.delete_stream().await.unwrap();
        }
        let relay = tokio::spawn(journal.relay(&nats).run());
        stream::equals(&server, &journal).await;
        assert!(!nats.is_stopped());
        relay.abort();
    }
}

async fn with(server: &Nats, limits: StreamLimits) -> journal::Nats {
    journal::Nats::connect(&NatsSettings { limits, ..NatsSettings::at(server.url()) }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_with_a_largest_size_loses_its_beginning_and_nothing_else() {
    for version in [Version::Oldest, Version::Newest] {
        let server = Nats::with(version, "");
        let nats = with(&server, StreamLimits { max_bytes: Some(100_000), ..StreamLimits::default() }).await;
        let (journal, _folder) = in_a_file().await;
        let ana = called("ana", &journal);
        let acme = ana.founds("acme").await;
        let relay = tokio::spawn(journal.relay(&nats).run());
        for round in 0..1_500 {
            ana.renames(acme, &format!("Acme {round}")).await.unwrap();
        }
        stream::reaches(&server, 1_502).await;
        let state = stream::open(&server).await.get_stream("ROSTER").await.unwrap().cached_info().state.clone();
        assert!(state.bytes <= 100_000 && state.first_sequence > 1_000, "{state:?}");
        assert_eq!(state.messages, 1_503 - state.first_sequence, "positions stay: {state:?}");
        // Whoever begins before its beginning reads that from the journal, and each event once.
        let mut feed = journal.feed_from(&nats, 0);
        let mut at = 0;
        while at < 1_502 {
            for event in feed.next().await.unwrap() {
                at += 1;
                assert_eq!(event.unwrap().position, at);
            }
        }
        ana.renames(acme, "Acme today").await.unwrap();
        assert_eq!(feed.next().await.unwrap()[0].as_ref().unwrap().position, 1_503);
        relay.abort();
        // Another relay finds its way into it.
        let relay = tokio::spawn(journal.relay(&nats).run());
        ana.renames(acme, "Acme tomorrow").await.unwrap();
        stream::reaches(&server, 1_504).await;
        relay.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_whose_events_have_all_aged_away_goes_on_where_it_was() {
    for version in [Version::Oldest, Version::Newest] {
        let server = Nats::with(version, "");
        let age = Some(Duration::from_secs(1));
        let nats = with(&server, StreamLimits { max_age: age, ..StreamLimits::default() }).await;
        let (journal, _folder) = in_a_file().await;
        let ana = called("ana", &journal);
        let acme = ana.founds("acme").await;
        let relay = tokio::spawn(journal.relay(&nats).run());
        let made = async || stream::open(&server).await.get_stream("ROSTER").await.unwrap().cached_info().clone();
        stream::reaches(&server, 2).await;
        let first = made().await;
        assert_eq!(first.config.max_age, Duration::from_secs(1));
        eventually("all has aged away", async || made().await.state.messages == 0).await;
        relay.abort();

        // Whoever relays next does not take it for one that was wiped.
        let relay = tokio::spawn(journal.relay(&nats).run());
        let mut feed = journal.feed_from(&nats, 2);
        ana.renames(acme, "Acme II").await.unwrap();
        eventually("it goes on", async || made().await.state.last_sequence == 3).await;
        assert_eq!(made().await.created, first.created, "it was made anew");
        assert_eq!(feed.next().await.unwrap()[0].as_ref().unwrap().position, 3);
        eventually("all has aged away again", async || made().await.state.messages == 0).await;
        relay.abort();

        // A journal that is not as far is another one, however empty the stream.
        let (other, _folder) = in_a_file().await;
        called("zoe", &other).founds("globex").await;
        let relay = tokio::spawn(other.relay(&nats).run());
        eventually("it is noticed", async || nats.is_stopped()).await;
        assert_eq!(made().await.state.last_sequence, 3);
        relay.abort();
    }
}
