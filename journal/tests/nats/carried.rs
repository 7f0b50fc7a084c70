//! What was written arrives: each event once, in order, at its own position.

use servers::nats::{Nats, Version};

use crate::cast::called;
use crate::{connected, in_a_file, stream};

async fn everything_ana_and_ben_do_is_carried(version: Version) {
    let server = Nats::with(version, "");
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    for _ in 0..50 {
        ana.brings(acme, &ben).await;
        ben.leaves(acme).await.unwrap();
    }
    stream::equals(&server, &journal).await;
    let stream = stream::open(&server).await.get_stream("ROSTER").await.unwrap();
    let config = &stream.cached_info().config;
    assert_eq!(config.subjects, ["roster.events.*.*"]);
    assert!(config.deny_delete && config.deny_purge);
    assert_eq!((config.max_messages, config.max_bytes), (-1, -1), "no limits");
    let last = stream.get_raw_message(journal.position()).await.unwrap();
    assert_eq!(last.headers.get("Roster-Journal").unwrap().as_str(), journal.id());
    assert!(last.headers.get("Nats-Msg-Id").is_none());
    let partition = journal::nats::partition(acme);
    assert_eq!(last.subject.as_str(), format!("roster.events.{partition:02}.MemberLeft"));
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_ana_and_ben_do_is_carried_by_the_oldest_nats() {
    everything_ana_and_ben_do_is_carried(Version::Oldest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_ana_and_ben_do_is_carried_by_the_newest_nats() {
    everything_ana_and_ben_do_is_carried(Version::Newest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_made_beforehand_is_taken_as_it_is() {
    let server = Nats::start();
    let config = async_nats::jetstream::stream::Config {
        name: "ROSTER".into(),
        subjects: vec!["roster.events.>".into()],
        description: Some("made by hand".into()),
        ..Default::default()
    };
    stream::open(&server).await.create_stream(config).await.unwrap();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    called("ana", &journal).founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::equals(&server, &journal).await;
    let stream = stream::open(&server).await.get_stream("ROSTER").await.unwrap();
    assert_eq!(stream.cached_info().config.description.as_deref(), Some("made by hand"));
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nats_that_asks_for_a_password_is_used_with_it() {
    let server = Nats::with(Version::Newest, "authorization { user: roster, password: \"s3cret\" }");
    let url = server.url().replace("nats://", "nats://roster:s3cret@");
    let nats = journal::Nats::connect(&journal::NatsSettings::at(url)).await.unwrap();
    let (journal, _folder) = in_a_file().await;
    called("ana", &journal).founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    let mut feed = journal.feed_from(&nats, 0);
    crate::hear(&mut feed, 2).await;
    crate::cast::eventually("the password opens the door", async || nats.is_there()).await;
    relay.abort();
}
