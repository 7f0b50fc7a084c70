//! What an open page is told, and how soon.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tests::{Person, Server, eventually};
use tokio::time::Instant;

use crate::reader::Reader;
use crate::stream::{Heard, Stream};

/// How soon an open page must be told.
const SOON: Duration = Duration::from_secs(1);

/// Acme of Ana with Ben in it: three events of founding and inviting, two of joining.
async fn scene() -> (Server, Person, Person) {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    (server, ana, ben)
}

/// Where acme is.
async fn head(ana: &Person) -> u64 {
    ana.checks("acme").await.expect(200).body["sequence"].as_u64().expect("a sequence")
}

async fn renames(ana: &Person, name: &str) -> u64 {
    ana.patches("/v1/organizations/acme", json!({ "name": name })).await.expect(200);
    head(ana).await
}

/// Ana does something so many times, and each time the stream tells it soon. The slowest and the median are printed.
async fn is_soon_told(told: &str, ana: &Person, stream: &mut Stream) {
    let mut times = Vec::new();
    for n in 0..20 {
        let since = Instant::now();
        ana.patches("/v1/organizations/acme", json!({ "name": format!("{told} {n}") })).await.expect(200);
        let (heard, took) = stream.hears_since(since).await;
        assert_eq!(heard, Some(Heard::Changed(head(ana).await)));
        times.push(took);
    }
    times.sort_unstable();
    println!("{told}: 'changed' after {:?} at the median, {:?} at most", times[10], times[19]);
    assert!(times[19] < SOON, "{times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ben_s_page_learns_within_a_second_what_ana_does() {
    let (server, ana, ben) = scene().await;
    let mut stream = Stream::open(&Reader::of(&server, &ben), "acme", head(&ana).await).await;
    is_soon_told("the same server", &ana, &mut stream).await;
    // What happens elsewhere is not told.
    ana.founds("beta").await.expect(201);
    let next = renames(&ana, "Last").await;
    assert_eq!(stream.hears().await, Some(Heard::Changed(next)));
}

#[tokio::test(flavor = "multi_thread")]
async fn ben_s_page_at_another_server_learns_it_as_soon() {
    if std::env::var("ROSTER_TEST_DATABASE").as_deref() != Ok("postgres") {
        println!("several servers share a Postgres: ROSTER_TEST_DATABASE=postgres");
        return;
    }
    let (server, ana, ben) = scene().await;
    let another = server.another();
    let reader = Reader::of(&server, &ben).at(&another);
    let mut stream = Stream::open(&reader, "acme", head(&ana).await).await;
    is_soon_told("another server", &ana, &mut stream).await;
    let since = Instant::now();
    ben.leaves("acme").await.expect(200);
    let (heard, took) = stream.hears_since(since).await;
    assert_eq!((heard, stream.hears().await), (Some(Heard::Gone), None));
    println!("another server: 'gone' after {took:?}, the end after {:?}", since.elapsed());
    assert!(since.elapsed() < SOON, "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_gone_is_told_so_within_a_second_and_nothing_after_it() {
    for how in ["left", "left by the form", "removed", "deleted"] {
        let (server, ana, ben) = scene().await;
        let member = ben.checks("acme").await.expect(200).text("/member_id");
        let reader = Reader::of(&server, &ben);
        let mut stream = Stream::open(&reader, "acme", head(&ana).await).await;
        let mut other = Stream::open(&reader, "acme", head(&ana).await).await;
        let since = Instant::now();
        match how {
            "left" => drop(ben.leaves("acme").await.expect(200)),
            "left by the form" => drop(reader.posts("/app/acme/leave", &[]).await.expect(303)),
            "removed" => drop(ana.removes("acme", &member).await.expect(204)),
            _ => drop(ana.deletes("/v1/organizations/acme").await.expect(204)),
        }
        let (heard, took) = stream.hears_since(since).await;
        assert_eq!(heard, Some(Heard::Gone), "{how}");
        assert_eq!(stream.hears().await, None, "{how}: nothing comes after it");
        println!("{how}: 'gone' after {took:?}, the end after {:?}", since.elapsed());
        assert!(since.elapsed() < SOON, "{how}: {took:?}");
        assert_eq!(other.rest().await, [Heard::Gone], "every open page of Ben's");
        assert!(stream.raw().ends_with("event: gone\ndata: gone\n\n"), "{}", stream.raw());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_listens_anew() {
    let (server, ana, ben) = scene().await;
    let reader = Reader::of(&server, &ben);
    let mut old = Stream::open(&reader, "acme", head(&ana).await).await;
    // Ben is back before the old stream can have looked.
    let invitation = async {
        ben.leaves("acme").await.expect(200);
        ana.takes_in("acme", &ben, "member").await;
    };
    invitation.await;
    let last = renames(&ana, "Since then").await;
    assert_eq!(old.rest().await, [Heard::Gone]);
    let mut new = Stream::open(&reader, "acme", last).await;
    let next = renames(&ana, "From now on").await;
    assert_eq!(new.hears().await, Some(Heard::Changed(next)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_shows_what_was_is_told_at_once() {
    let (server, ana, ben) = scene().await;
    let reader = Reader::of(&server, &ben);
    let now = head(&ana).await;
    let path = |after: u64| format!("/app/acme/live?after={after}");
    for after in [0, 1, now - 1] {
        let since = Instant::now();
        let mut stream = Stream::ask(&reader, &path(after)).await;
        let (heard, took) = stream.hears_since(since).await;
        assert_eq!(heard, Some(Heard::Changed(now)), "after {after}");
        assert!(took < SOON, "{took:?}");
    }
    // What the browser heard last comes before what the page's address says.
    let again = |id: u64| reader.request(Method::GET, &path(now)).header("last-event-id", id.to_string());
    let mut stream = Stream::answered(again(now - 1)).await;
    assert_eq!(stream.hears().await, Some(Heard::Changed(now)));
    let old = reader.request(Method::GET, &path(1)).header("last-event-id", now.to_string());
    let mut stream = Stream::answered(old).await;
    let next = renames(&ana, "Next").await;
    assert_eq!(stream.hears().await, Some(Heard::Changed(next)), "and nothing before it: {}", stream.raw());
    // Somebody who claims to have seen the future, or nothing in particular, is told what comes.
    for path in [path(next + 1000), "/app/acme/live".to_owned()] {
        let mut stream = Stream::ask(&reader, &path).await;
        let next = renames(&ana, &format!("Next after {path}")).await;
        assert_eq!(stream.hears().await, Some(Heard::Changed(next)));
    }
    reader.opens("/app/acme/live?after=x").await.refused(400, "invalid-request");
}

#[tokio::test]
async fn who_is_not_in_it_is_told_nothing() {
    let (server, _ana, ben) = scene().await;
    let zoe = Reader::of(&server, &server.person("zoe"));
    for org in ["acme", "nowhere"] {
        zoe.opens(&format!("/app/{org}/live?after=0")).await.refused(404, "organization-not-found");
    }
    let reader = Reader::of(&server, &ben);
    ben.leaves("acme").await.expect(200);
    let again = reader.request(Method::GET, "/app/acme/live").header("last-event-id", "1");
    reader.sends(again).await.refused(404, "organization-not-found");
    Reader::stranger(&server).opens("/app/acme/live").await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn open_pages_keep_no_server_from_stopping() {
    let (mut server, ana, ben) = scene().await;
    let reader = Reader::of(&server, &ben);
    let now = head(&ana).await;
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(Stream::open(&reader, "acme", now).await);
    }
    let since = Instant::now();
    server.signal("TERM");
    for stream in &mut streams {
        assert_eq!(stream.rest().await, [], "it ends without a word");
    }
    let ends = since.elapsed();
    let status = eventually("the server ends", async || server.ended()).await;
    println!("told to stop: streams end after {ends:?}, the server after {:?}", since.elapsed());
    assert_eq!(status.code(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_ends_the_stream() {
    let (server, ana, ben) = scene().await;
    let soon = gateway::identity::TokenRequest { expires_in: Duration::from_secs(2), ..tests::says(&ben.id) };
    let reader = Reader::of(&server, &server.person_with(&soon));
    let since = Instant::now();
    let mut stream = Stream::open(&reader, "acme", head(&ana).await).await;
    assert_eq!(stream.rest().await, []);
    assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_can_t_take_all_places_and_gives_them_back() {
    let (server, ana, ben) = scene().await;
    let (reader, now) = (Reader::of(&server, &ben), head(&ana).await);
    let mut streams = Vec::new();
    let refused = loop {
        let response =
            reader.request(Method::GET, &format!("/app/acme/live?after={now}")).send().await.expect("an answer");
        if response.status() != 200 {
            break response.status();
        }
        streams.push(response);
        assert!(streams.len() < 200, "there is no end of it");
    };
    println!("Ben may have {} pages open, then {refused}", streams.len());
    assert!(streams.len() >= 6, "a browser opens six");
    // Whoever else listens is not in his way, nor he in theirs.
    let mut own = Stream::open(&Reader::of(&server, &ana), "acme", now).await;
    let next = renames(&ana, "Still told").await;
    assert_eq!(own.hears().await, Some(Heard::Changed(next)));
    streams.pop();
    eventually("a place is free again", async || {
        let again = reader.request(Method::GET, "/app/acme/live").send().await.ok()?;
        (again.status() == 200).then_some(())
    })
    .await;
}
