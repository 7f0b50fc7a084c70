//! How long a stream lasts.

use std::time::{Duration, Instant};

use tests::{Server, eventually, says};

use crate::{SOON, acme, last_position, renames};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_ends_the_stream_and_another_resumes_it() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    let soon = gateway::identity::TokenRequest { expires_in: Duration::from_secs(2), ..says(&ben.id) };
    let mut stream = server.person_with(&soon).follows("acme").await;
    let since = Instant::now();
    assert_eq!(stream.rest().await, [], "without a word: he is still in");
    assert!(since.elapsed() < Duration::from_secs(4), "{:?}", since.elapsed());
    renames(&ana, "acme", "Meanwhile").await;
    let mut again = ben.follows_after("acme", stream.last_id.expect("an id")).await;
    assert_eq!(again.event().await["data"]["name"], "Meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_nothing_happens_to_is_still_there_every_fifteen_seconds() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "member").await;
    let mut stream = ben.follows("acme").await;
    // Nothing that is for Ben; but then it need not be read again when he comes back.
    ana.invites("acme", &server.person("dan"), "member").await.expect(201);
    let head = last_position(&ana, "acme").await;
    let since = Instant::now();
    for beat in 1..=2 {
        let block = stream.block_within(Duration::from_secs(20)).await.expect("a heartbeat");
        assert_eq!(block, format!(": still here\nid: {head}"));
        let after = since.elapsed().as_secs_f64() / f64::from(beat);
        assert!((13.0..18.0).contains(&after), "{after}");
    }
    renames(&ana, "acme", "Next").await;
    assert_eq!(stream.event().await["data"]["name"], "Next");
}

#[tokio::test(flavor = "multi_thread")]
async fn open_streams_keep_no_server_from_stopping() {
    let mut server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    for n in 0..60 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(ben.follows("acme").await);
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
    assert!(ends < SOON && since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_and_started_again_is_resumed_where_it_was() {
    let mut server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    let mut stream = ben.follows("acme").await;
    renames(&ana, "acme", "Before").await;
    assert_eq!(stream.event().await["data"]["name"], "Before");
    let resume = stream.last_id.expect("an id");
    renames(&ana, "acme", "Not seen").await;
    server.kill();
    drop(stream);
    server.restart();
    renames(&ana.at(&server.url), "acme", "After").await;
    let mut again = ben.at(&server.url).follows_after("acme", resume).await;
    let names = again.events(2).await;
    assert_eq!((&names[0]["data"]["name"], &names[1]["data"]["name"]), (&"Not seen".into(), &"After".into()));
}
