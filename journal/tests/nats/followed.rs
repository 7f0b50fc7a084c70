//! What projections follow is the stream, without gaps, whatever is in it.

use domain::OrganizationEvent;
use servers::Nats;

use crate::cast::called;
use crate::{connected, in_a_file, stream};

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_followed_once_from_wherever_one_begins() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    for round in 0..1_500 {
        ana.renames(acme, &format!("Acme {round}")).await.unwrap();
    }
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::reaches(&server, 1_502).await;
    for after in [0, 1, 700, 1_501] {
        let mut feed = journal.feed_from(&nats, after);
        let mut at = after;
        while at < 1_502 {
            for event in feed.next().await.unwrap() {
                at += 1;
                assert_eq!(event.unwrap().position, at);
            }
        }
        feed.resume(1_000);
        assert_eq!(feed.next().await.unwrap()[0].as_ref().unwrap().position, 1_001);
    }
    relay.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_comes_by_the_stream_and_not_by_looking_into_the_journal() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::reaches(&server, 2).await;
    let mut feed = journal.feed_from(&nats, 0);
    crate::hear(&mut feed, 2).await;
    for round in 0..20 {
        ana.asks(acme, renaming(round)).await.unwrap();
        let events = feed.next().await.unwrap();
        let recorded = events[0].as_ref().unwrap();
        assert!(matches!(recorded.event, OrganizationEvent::OrganizationRenamed { .. }));
        assert_eq!(recorded.notes.via, None, "the way round by the journal would have told the door");
    }
    relay.abort();
}

fn renaming(round: u32) -> domain::OrganizationCommand {
    let name = Some(format!("Acme {round}").parse().unwrap());
    domain::OrganizationCommand::UpdateOrganization { name, slug: None, logo: None, metadata: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hole_and_nonsense_in_the_stream_are_read_from_the_journal() {
    let server = Nats::start();
    let nats = connected(&server).await;
    let (journal, _folder) = in_a_file().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    for round in 0..10 {
        ana.renames(acme, &format!("Acme {round}")).await.unwrap();
    }
    // Somebody's own stream, which may be tampered with.
    let config = async_nats::jetstream::stream::Config {
        name: "ROSTER".into(),
        subjects: vec!["roster.events.*.*".into()],
        ..Default::default()
    };
    let context = stream::open(&server).await;
    let tampered = context.create_stream(config).await.unwrap();
    context.publish("roster.events.00.Nonsense", "not an event".into()).await.unwrap().await.unwrap();
    let relay = tokio::spawn(journal.relay(&nats).run());
    // The relay finds nonsense from nowhere and stops; whoever follows gets the journal's events.
    let mut feed = journal.feed_from(&nats, 0);
    assert_eq!(feed.next().await.unwrap().len(), 12);
    assert_eq!(stream::last(&server).await, 1);
    context.delete_stream("ROSTER").await.unwrap();
    drop(tampered);
    stream::reaches(&server, 12).await;
    relay.abort();
    // A hole.
    let config = async_nats::jetstream::stream::Config { deny_delete: false, ..hole(&context).await };
    context.delete_stream("ROSTER").await.unwrap();
    let stream = context.create_stream(config).await.unwrap();
    let relay = tokio::spawn(journal.relay(&nats).run());
    stream::reaches(&server, 12).await;
    for gone in [3, 4, 9] {
        stream.delete_message(gone).await.unwrap();
    }
    let mut feed = journal.feed_from(&nats, 0);
    let mut seen = Vec::new();
    while seen.len() < 12 {
        seen.extend(feed.next().await.unwrap().into_iter().map(|event| event.unwrap().position));
    }
    assert_eq!(seen, (1..=12).collect::<Vec<_>>());
    relay.abort();
}

async fn hole(context: &async_nats::jetstream::Context) -> async_nats::jetstream::stream::Config {
    context.get_stream("ROSTER").await.unwrap().cached_info().config.clone()
}
