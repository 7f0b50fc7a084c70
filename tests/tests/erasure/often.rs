//! Whoever asks to be erased again and again is done soon, and nobody else waits.

use tests::{Server, at_once, says};

use crate::{beside, erases};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_again_and_again_waits_and_others_do_not() {
    let server = Server::start();
    let (ana, mallory) = (server.person("ana"), server.person("mallory"));
    ana.founds("acme").await.expect(201);
    mallory.gets("/v1/organizations").await.expect(200);
    let asks = mallory.clone();
    let answers = at_once(8, 0..60, move |_| {
        let mallory = asks.clone();
        async move { erases(&mallory, "mallory").await }
    })
    .await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 204);
    assert!((5..=8).contains(&done.len()), "{} were taken", done.len());
    let one = refused.into_iter().next().expect("most were refused").refused(429, "rate-limited");
    let wait: u64 = one.header("retry-after").and_then(|text| text.parse().ok()).expect("seconds");
    assert!((1..=15).contains(&wait), "{one:#?}");
    // What he does otherwise, and what others do, is not counted with it.
    mallory.founds("bolt").await.expect(201);
    mallory.deletes("/v1/organizations/bolt").await.expect(204);
    erases(&ana, "ana").await.refused(409, "owner-cannot-leave");
    let admin = server.with_scope("root", "roster:admin");
    for _ in 0..12 {
        erases(&admin, "mallory").await.expect(204);
    }
    let auditor = server.with_scope("sue", "roster:audit");
    let noted = auditor.gets("/v1/erasures").await.expect(200);
    let noted = noted.body["erasures"].as_array().map_or(0, Vec::len);
    assert!((1..=2).contains(&noted), "{noted}: there was nothing of him after the first time");
}

/// With nothing to erase nothing is written: asked for within the same seconds it does not even change the mark.
#[tokio::test]
async fn where_nothing_is_left_nothing_is_written() {
    if beside() {
        return;
    }
    let server = Server::in_a_file();
    let admin = server.with_scope("root", "roster:admin");
    server.person_with(&says("ben")).gets("/v1/organizations").await.expect(200);
    erases(&admin, "ben").await.expect(204);
    let written = || {
        let file = std::fs::metadata(server.data().join("roster.sqlite-wal")).expect("a log");
        (file.len(), file.modified().expect("a time"))
    };
    let before = written();
    erases(&admin, "ben").await.expect(204);
    assert_eq!(written(), before);
}
