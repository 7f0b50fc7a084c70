//! `Roster-Position` and `Roster-Min-Position`: a list that shows what was just done, or says that it can't.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tests::Server;

#[tokio::test]
async fn a_list_shows_what_was_just_done_to_who_asks_for_its_position() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    for round in 0..20 {
        ana.takes_in("acme", &ben, "member").await;
        let left = ben.leaves("acme").await.expect(200);
        for (person, path, total) in [(&ben, "/v1/organizations", 0), (&ana, "/v1/organizations/acme/members", 1)] {
            let request = person.request(Method::GET, path).header("roster-min-position", left.position());
            assert_eq!(person.sends(request).await.expect(200).body["total"], total, "round {round}");
        }
    }
}

#[tokio::test]
async fn a_command_that_records_nothing_has_a_position_too() {
    let server = Server::start();
    let ana = server.person("ana");
    let founded = ana.founds("acme").await.expect(201).position();
    let same = ana.patches("/v1/organizations/acme", json!({ "name": "acme" })).await.expect(200).position();
    assert_eq!((founded, same), (2, 2));
    ana.lists("/v1/organizations", same).await.expect(200);
}

#[tokio::test]
async fn a_position_that_does_not_come_is_waited_for_two_seconds() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let lists = ["/v1/organizations", "/v1/organizations/acme/members", "/v1/organizations/acme/invitations"];
    let waits = lists.map(|path| {
        let request = ana.request(Method::GET, path).header("roster-min-position", 1_000_000);
        let ana = ana.clone();
        tokio::spawn(async move {
            let since = Instant::now();
            (ana.sends(request).await.refused(503, "unavailable"), since.elapsed())
        })
    });
    for wait in waits {
        let (answer, took) = wait.await.expect("an answer");
        assert_eq!(answer.header("retry-after"), Some("1"), "{answer:#?}");
        assert!((Duration::from_millis(1900)..Duration::from_secs(10)).contains(&took), "{took:?}");
    }
    ana.gets("/v1/organizations").await.expect(200);
}

#[tokio::test]
async fn who_waits_is_woken_by_what_they_wait_for() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let (patient, next) =
        (ana.request(Method::GET, "/v1/organizations").header("roster-min-position", 4), ana.founds("beta"));
    let (listed, founded) = tokio::join!(ana.sends(patient), next);
    assert_eq!(founded.expect(201).position(), 4);
    assert_eq!(listed.expect(200).body["total"], 2);
}
