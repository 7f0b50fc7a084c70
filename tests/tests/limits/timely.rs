//! An answer comes in time, whatever it waits for; and of a command it does not say that nothing was done.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use tests::{Person, Server, eventually};

use crate::raw::{connects, sends, until_said};

/// The sentence that says that nobody knows.
const UNKNOWN: &str = "It may or may not be done. Read it again in a moment.";

/// Somebody else who holds the journal, so that nothing can be written.
enum Holder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    async fn of(server: &Server) -> Self {
        if std::env::var("ROSTER_TEST_DATABASE").is_ok_and(|database| database == "postgres") {
            let mut held = PgConnection::connect(server.setting("DATABASE_URL")).await.expect("the database");
            held.execute("begin").await.expect("a transaction");
            held.execute("lock table journal in exclusive mode").await.expect("the journal is held");
            return Self::Postgres(held);
        }
        let file = server.data().join("roster.sqlite");
        let mut held = SqliteConnection::connect(file.to_str().expect("a path")).await.expect("the file");
        held.execute("begin immediate").await.expect("the journal is held");
        Self::Sqlite(held)
    }

    async fn lets_go(self) {
        match self {
            Self::Sqlite(mut held) => drop(held.execute("rollback").await.expect("it is let go")),
            Self::Postgres(mut held) => drop(held.execute("rollback").await.expect("it is let go")),
        }
    }
}

async fn scene() -> (Server, Person) {
    let server = Server::with(&[], &[("ROSTER_REQUEST_TIMEOUT", "1s")]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    (server, ana)
}

async fn is_called(ana: &Person, name: &str) {
    eventually(&format!("it is called {name}"), async || {
        let read = ana.gets("/v1/organizations/acme").await;
        (read.body["name"] == name).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_command_that_takes_too_long_is_answered_and_may_be_done() {
    let (server, ana) = scene().await;
    let holder = Holder::of(&server).await;
    let since = Instant::now();
    let answer = ana.patches("/v1/organizations/acme", json!({ "name": "Renamed" })).await;
    let took = since.elapsed();
    holder.lets_go().await;
    let answer = answer.refused(503, "unavailable");
    assert_eq!(answer.body["detail"], UNKNOWN);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert!(took >= Duration::from_millis(900), "{took:?}");
    // It was this bound that was reached, not another one.
    assert!(server.log().contains("a request was not answered in time"), "{}", server.log());
    is_called(&ana, "Renamed").await;
}

#[tokio::test]
async fn the_other_dialects_are_answered_in_time_in_their_own_words() {
    let (server, ana) = scene().await;
    let id = ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    let holder = Holder::of(&server).await;
    let body = json!({ "data": { "name": "Renamed" }, "organizationId": id });
    let answer = ana.posts("/api/auth/organization/update", body).await;
    holder.lets_go().await;
    let answer = answer.expect(503);
    assert_eq!(answer.body, json!({ "message": UNKNOWN, "code": "SERVICE_UNAVAILABLE" }));
    assert_eq!(answer.header("retry-after"), Some("1"));
    is_called(&ana, "Renamed").await;

    let holder = Holder::of(&server).await;
    let page = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let page = page
        .post(format!("{}/app/acme/settings", server.url))
        .header("cookie", format!("roster_session={}", ana.token()))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("name=Again&was_name=Renamed&slug=acme&was_slug=acme");
    let page = ana.sends(page).await;
    holder.lets_go().await;
    let page = page.expect(503);
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{page:#?}");
    assert!(page.raw.contains(UNKNOWN), "{}", page.raw);
    assert_eq!(page.header("retry-after"), Some("1"));
    is_called(&ana, "Again").await;
}

#[tokio::test]
async fn a_read_that_takes_too_long_says_that_it_is_one() {
    let (_server, ana) = scene().await;
    let since = Instant::now();
    // Which by itself would wait for two seconds.
    let request = ana.request(Method::GET, "/v1/organizations/acme/members").header("roster-min-position", 1_000_000);
    let answer = ana.sends(request).await.refused(503, "unavailable");
    assert_eq!(answer.body["detail"], "Memberships can't be read just now. Try again in a moment.");
    assert!(since.elapsed() >= Duration::from_millis(900), "{:?}", since.elapsed());
}

#[tokio::test]
async fn a_stream_goes_on_for_longer_than_an_answer_may_take() {
    let (server, ana) = scene().await;
    let mut stream = connects(&server).await;
    let head = format!(
        "GET /app/acme/live HTTP/1.1\r\nhost: roster\r\ncookie: roster_session={}\r\naccept: text/event-stream\r\n\r\n",
        ana.token()
    );
    let since = Instant::now();
    assert!(sends(&mut stream, head.as_bytes()).await);
    until_said(&mut stream, "listening", Duration::from_secs(10)).await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    ana.patches("/v1/organizations/acme", json!({ "name": "Renamed" })).await.expect(200);
    until_said(&mut stream, "event: changed", Duration::from_secs(10)).await;
    assert!(since.elapsed() > Duration::from_secs(2));
}
