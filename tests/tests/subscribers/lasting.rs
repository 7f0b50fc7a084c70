//! `roster subscribe` goes on, whatever becomes of what it reads from: nothing missing, nothing twice.

use servers::nats::Version;
use servers::ports::free_port;
use servers::{Nats, Postgres};
use tests::{Server, carried, eventually};

use crate::watched::{Watched, subscribe};

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_away_wiped_and_made_anew_is_followed_on() {
    let mut nats = Nats::start();
    let database = Postgres::shared().create_database();
    let server = Server::in_production(&database, &nats.url());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let watched = Watched::start(subscribe(&server, &["--from", "1"]));
    watched.reaches(1, 2).await;
    let comes_and_goes = async || {
        ana.takes_in("acme", &ben, "member").await;
        ben.leaves("acme").await.expect(200).position()
    };
    nats.kill();
    watched.says("NATS is away").await;
    let position = comes_and_goes().await;
    nats.restart();
    watched.reaches(1, position).await;
    nats.kill();
    nats.wipe();
    let position = comes_and_goes().await;
    nats.restart();
    watched.reaches(1, position).await;
    let republished = Server::command(server.data()).env("NATS_URL", nats.url()).arg("republish").output();
    assert!(republished.expect("roster runs").status.success());
    let position = comes_and_goes().await;
    watched.reaches(1, position).await;
    assert!(watched.said().contains("goes on"), "{}", watched.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_oldest_nats_is_asked_for_what_is_wanted_too() {
    let nats = Nats::with(Version::Oldest, "");
    let server = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let organization = ana.gets("/v1/organizations/acme").await.text("/id");
    let wanted = ["--from", "1", "--type", "MemberLeft", "--organization", &organization];
    let watched = Watched::start(subscribe(&server, &wanted));
    ana.takes_in("acme", &ben, "member").await;
    let left = ben.leaves("acme").await.expect(200).position();
    watched.reaches(left, left).await;
    assert!(watched.told("INT").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_another_journal_is_not_taken_for_the_same() {
    let mut nats = Nats::start();
    let server = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    server.person("ana").founds("acme").await.expect(201);
    let watched = Watched::start(subscribe(&server, &["--from", "1"]));
    watched.reaches(1, 2).await;
    drop(server);
    nats.kill();
    nats.wipe();
    nats.restart();
    let other = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    other.person("dan").founds("apex").await.expect(201);
    let position = other.person("dan").founds("apex-2").await.expect(201).position();
    eventually("all is carried", async || (carried(&nats.url()).await == position).then_some(())).await;
    let (ended, said) = watched.ends();
    assert!(ended.code() == Some(1) && said.contains("another journal") && said.contains("--from 1"), "{ended} {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_for_a_while_is_asked_again() {
    let listen = format!("127.0.0.1:{}", free_port());
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::in_folder(folder, &[], &[("ROSTER_LISTEN", &listen)]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    // Where the server is, its own setting says.
    let mut command = Server::command(server.data());
    command.args(["subscribe", "--from", "1"]).env("ROSTER_LISTEN", &listen);
    let watched = Watched::start(command);
    watched.reaches(1, 2).await;
    server.kill();
    watched.says("nobody answers").await;
    server.restart();
    let position = ana.takes_in("acme", &server.person("ben"), "member").await;
    assert!(!position.is_empty());
    watched.reaches(1, 5).await;
    assert!(watched.said().contains("goes on"), "{}", watched.said());
}
