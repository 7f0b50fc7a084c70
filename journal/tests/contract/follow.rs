//! What projections see: everything, once, in order; quickly, and also what another process wrote.

use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use domain::Recorded;
use futures::future::join_all;
use journal::{Feed, Journal};
use tokio::time::timeout;

use super::cast::{called, eventually};
use super::order::{assert_in_order, whole};
use super::watched::Watched;
use super::{Fixture, journal};

async fn next(feed: &mut Feed) -> Vec<Recorded> {
    let rows = timeout(Duration::from_secs(10), feed.next()).await.expect("nothing came").unwrap();
    rows.into_iter().map(Result::unwrap).collect()
}

/// Founds organizations and renames them, all at once.
async fn busy(name: &str, journal: &Journal, organizations: usize) {
    join_all((0..organizations).map(async |n| {
        let founder = called(&format!("{name}-{n}"), journal);
        let place = founder.founds(&format!("{name}-{n}")).await;
        for m in 0..8 {
            founder.renames(place, &format!("Name {m}")).await.unwrap();
        }
    }))
    .await;
}

pub async fn whoever_follows_under_contention_misses_nothing(fixture: &Fixture) {
    let writers = [journal(fixture).await, journal(fixture).await, journal(fixture).await];
    let total = 3 * 20 * (2 + 8);
    let mut feeds = [writers[0].feed(0), writers[2].feed(0)];
    let following = join_all(feeds.iter_mut().map(async |feed| {
        let mut seen = Vec::new();
        while seen.len() < total {
            seen.extend(next(feed).await);
        }
        seen
    }));
    let writing =
        join_all(["red", "green", "blue"].into_iter().zip(&writers).map(|(name, journal)| busy(name, journal, 20)));
    let (followed, _) = futures::future::join(following, writing).await;
    for seen in followed {
        assert_eq!(seen.len(), total);
        assert_in_order(&seen);
        assert_eq!(seen, whole(&writers[0]).await);
    }
}

pub async fn a_follower_is_woken_at_once_by_its_own_writer(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let mut feed = journal.feed(0);
    let follower = tokio::spawn(async move { (next(&mut feed).await, Instant::now()) });
    eventually("the follower has looked and found nothing", async || store.follows.load(SeqCst) == 1).await;
    let begun = Instant::now();
    called("ana", &journal).founds("acme").await;
    let (seen, at) = follower.await.unwrap();
    assert_eq!(seen.len(), 2);
    // Looking by itself, it would have found them about a second after it looked the first time.
    assert!(at - begun < Duration::from_millis(700), "woken after {:?}", at - begun);
}

pub async fn a_follower_notices_what_another_writer_wrote(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let mut feed = here.feed(0);
    let follower = tokio::spawn(async move { next(&mut feed).await });
    eventually("the follower has looked and found nothing", async || store.follows.load(SeqCst) == 1).await;
    called("ana", &there).founds("acme").await;
    assert_eq!(follower.await.unwrap(), whole(&there).await);

    // Also when nobody is left who could wake it.
    let mut feed = here.feed(2);
    drop(here);
    called("ben", &there).founds("bolt").await;
    assert_eq!(next(&mut feed).await.len(), 2);
}

pub async fn a_follower_can_go_back(fixture: &Fixture) {
    let journal = journal(fixture).await;
    called("ana", &journal).founds("acme").await;
    let mut feed = journal.feed(1);
    assert_eq!(next(&mut feed).await[0].position, 2);
    feed.resume(0);
    let positions: Vec<u64> = next(&mut feed).await.iter().map(|recorded| recorded.position).collect();
    assert_eq!(positions, [1, 2]);
}
