//! The real binary, with the environment of the compose file: only the hosts are others here.

use reqwest::StatusCode;
use servers::{Nats, Postgres};
use tests::{Server, eventually};

use crate::files::{environment, service};

#[tokio::test(flavor = "multi_thread")]
async fn both_gateways_start_with_it_and_are_one_service() {
    let (database, nats) = (Postgres::shared().create_database(), Nats::start());
    let settings = environment(&service("gateway-1")).into_iter().filter_map(|(name, value)| {
        let here = match name.as_str() {
            "DATABASE_URL" => database.clone(),
            "NATS_URL" => nats.url(),
            // All addresses, as there, but a port that is free.
            "ROSTER_LISTEN" => value.rsplit_once(':').map(|(address, _)| format!("{address}:0"))?,
            // A folder of its own, which both share, as there.
            "ROSTER_DATA" => return None,
            _ => value,
        };
        Some((name, here))
    });
    let settings: Vec<_> = settings.collect();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut first = Server::in_folder(tempfile::tempdir().expect("a folder"), &[], &settings);
    let mut second = first.another();
    for server in [&mut first, &mut second] {
        assert!(server.url.contains("//0.0.0.0:"), "{}", server.url);
        server.url = server.url.replace("0.0.0.0", "127.0.0.1");
    }
    for server in [&first, &second] {
        let health = async || {
            let url = server.url.clone();
            let mut command = Server::command(server.data());
            let asked = tokio::task::spawn_blocking(move || command.args(["health", "--url", &url]).output());
            let output = asked.await.expect("nobody panicked").expect("roster runs");
            (output.status.success() && output.stdout == b"ready\n").then_some(())
        };
        eventually("its health check passes", health).await;
        let ready = server.person("ana").gets("/readyz").await.expect(200);
        assert_eq!((&ready.body["status"], &ready.body["nats"]), (&"ready".into(), &"connected".into()));
    }
    // One key: the token of one counts at the other.
    let ana = first.person("ana");
    ana.founds("acme").await.expect(201);
    assert_eq!(ana.at(&second.url).checks("acme").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_health_check_fails_where_requests_can_not_be_answered() {
    let mut postgres = Postgres::start();
    let server = Server::on(&postgres.create_database());
    let health = async |url: String| {
        let mut command = Server::command(server.data());
        let asked = tokio::task::spawn_blocking(move || command.args(["health", "--url", &url]).output());
        let output = asked.await.expect("nobody panicked").expect("roster runs");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert!(health(server.url.clone()).await.0);
    postgres.kill();
    let (well, told) = health(server.url.clone()).await;
    assert!(!well && told.contains("can't take requests"), "{told}");
    let (well, told) = health("http://127.0.0.1:1".into()).await;
    assert!(!well && told.contains("nobody answers"), "{told}");
}
