//! A server that dies between its commit and its answer: the request is sent again, to the next one, and was done once.

use std::time::Duration;

use reqwest::Method;
use tests::{Server, eventually};

/// How many deaths.
const ROUNDS: u64 = 12;

#[tokio::test]
async fn whoever_was_not_answered_asks_again_and_it_was_done_once() {
    let mut server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let mut replays = 0;
    for round in 0..ROUNDS {
        let ben = server.person(&format!("ben-{round}"));
        ana.at(&server.url).takes_in("acme", &ben, "member").await;
        let leave = "/v1/organizations/acme/leave";
        let request = ben.request(Method::POST, leave).header("idempotency-key", "go");
        let sent = tokio::spawn(request.send());
        // At another moment each round: before it is read, while it is written, after it is answered.
        tokio::time::sleep(Duration::from_micros(400 * round)).await;
        server.kill();
        let _answered_or_not = sent.await;
        server.restart();
        let ben = ben.at(&server.url);
        let answer = eventually("an answer to the same request", async || {
            let request = ben.request(Method::POST, leave).header("idempotency-key", "go");
            let answer = ben.sends(request).await;
            (answer.status != 503).then_some(answer)
        })
        .await
        .expect(200);
        replays += u64::from(answer.header("idempotency-replayed").is_some());
        ben.checks("acme").await.refused(403, "not-a-member");
    }
    let history = ana.at(&server.url).history("acme").await;
    let left = history.iter().filter(|event| event["type"] == "MemberLeft").count() as u64;
    assert_eq!(left, ROUNDS);
    println!(
        "{ROUNDS} deaths: {replays} had been done before the server died, {} were done by asking again",
        ROUNDS - replays
    );
}
