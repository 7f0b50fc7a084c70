//! A Postgres that is not there at start, is killed, is frozen: 503 with `Retry-After`, nothing half done, and back by itself.

use std::time::{Duration, Instant};

use reqwest::Method;
use servers::Postgres;
use tests::{Person, Server, eventually};

async fn is_unavailable(ana: &Person) {
    for answer in [ana.checks("acme").await, ana.leaves("acme").await, ana.gets("/readyz").await] {
        let answer = answer.refused(503, "unavailable");
        assert!(answer.header("retry-after").is_some(), "{answer:#?}");
    }
    ana.gets("/healthz").await.expect(200);
}

/// Pages say so too, and a leave that is posted changes nothing.
async fn shows_no_page(ben: &Person) {
    for (method, path) in [
        (Method::GET, "/app"),
        (Method::GET, "/app/acme"),
        (Method::GET, "/app/acme/members"),
        (Method::GET, "/app/acme/live"),
        (Method::POST, "/app/acme/leave"),
    ] {
        let answer = ben.calls(method, path, None).await.expect(503);
        assert!(answer.header("retry-after").is_some() && !answer.raw.contains("ana@"), "{answer:#?}");
    }
}

async fn is_ready_again(ana: &Person) {
    eventually("ready again", async || (ana.gets("/readyz").await.status == 200).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_is_away_at_start_is_waited_for() {
    let mut postgres = Postgres::start();
    let url = postgres.create_database();
    postgres.kill();
    let server = Server::on(&url);
    let ana = server.person("ana");
    is_unavailable(&ana).await;
    postgres.restart();
    is_ready_again(&ana).await;
    ana.founds("acme").await.expect(201);
    ana.checks("acme").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_is_killed_stops_commands_and_checks_until_it_is_back() {
    let mut postgres = Postgres::start();
    let server = Server::on(&postgres.create_database());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    for _ in 0..3 {
        postgres.kill();
        is_unavailable(&ana).await;
        shows_no_page(&ben).await;
        postgres.restart();
        is_ready_again(&ana).await;
        ben.checks("acme").await.expect(200);
        eventually("pages are shown again", async || {
            let page = ben.gets("/app/acme/members").await;
            (page.status == 200 && page.raw.contains("ana@acme.test")).then_some(())
        })
        .await;
    }
    let left = ben.leaves("acme").await.expect(200).position();
    let shown = ana.lists("/v1/organizations/acme/members", left).await;
    assert_eq!(shown.body["total"], 1, "{shown:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_hangs_keeps_nobody_waiting_for_long() {
    let postgres = Postgres::start();
    let server = Server::on(&postgres.create_database());
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    postgres.freeze();
    let asked = Instant::now();
    ana.checks("acme").await.refused(503, "unavailable");
    assert!(asked.elapsed() < Duration::from_secs(5), "waited {:?}", asked.elapsed());
    postgres.thaw();
    is_ready_again(&ana).await;
    eventually("checks pass again", async || (ana.checks("acme").await.status == 200).then_some(())).await;
}
