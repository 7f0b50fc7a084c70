//! A backup taken while people come and go, restored into a database of its own, beside a stream that is ahead of it.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use servers::postgres::program;
use servers::{Nats, Postgres};
use tests::carried::{messages, of_organization};
use tests::{Person, Server, carried, eventually, told};

/// Runs a command that is written in docs/operating.md, on files and databases with names of their own.
fn run(written: &str, arguments: &[&str]) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md");
    let text = std::fs::read_to_string(path).expect("docs/operating.md");
    assert!(text.contains(written), "{written} is not what is written there");
    let name = written.split(' ').next().expect("a program");
    let output = Command::new(program(name)).args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
}

/// How many are members: by the list once it is as far as the journal, and by what the history comes to.
async fn members(ana: &Person) -> (u64, usize) {
    let ready = ana.gets("/readyz").await.expect(200);
    let position = ready.body["position"].as_u64().expect("a position");
    let list = ana.lists("/v1/organizations/acme/members", position).await.expect(200);
    let state = told::fold(&told::told(&ana.history("acme").await));
    (list.body["total"].as_u64().expect("a total"), state.members().count())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_journal_is_served_at_once_and_the_stream_is_made_anew_when_somebody_says_so() {
    let (postgres, nats) = (Postgres::start(), Nats::start());
    let database = postgres.create_database();
    let mut server = Server::in_production(&database, &nats.url());
    let ana = server.person("ana");
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let enough = Arc::new(AtomicBool::new(false));
    let coming = tokio::spawn({
        let (ana, enough, guests) = (ana.clone(), enough.clone(), server.people("guest", 3_000));
        async move {
            for (n, guest) in guests.iter().enumerate() {
                ana.takes_in("acme", guest, "member").await;
                if n % 3 == 0 {
                    guest.leaves("acme").await.expect(200);
                }
                if enough.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
    });
    let position = async || {
        let ready = ana.gets("/readyz").await.expect(200);
        ready.body["position"].as_u64().expect("a position")
    };
    eventually("some are in", async || (position().await > 60).then_some(())).await;

    let folder = tempfile::tempdir().expect("a folder");
    let dump = folder.path().join("roster.dump").display().to_string();
    let (url, file) = (database.clone(), dump.clone());
    let file = format!("--file={file}");
    let dumping = move || run("pg_dump --format=custom --file=", &["--format=custom", &file, &url]);
    tokio::task::spawn_blocking(dumping).await.expect("nobody panicked");
    let after = position().await;
    eventually("life goes on", async || (position().await > after + 60).then_some(())).await;
    enough.store(true, Ordering::Relaxed);
    coming.await.expect("everybody was let in");
    let end = position().await;
    eventually("all is carried", async || (carried(&nats.url()).await == end).then_some(())).await;
    assert!(server.stop().success());

    // The database is lost. Its backup is put into a new one.
    let restored = postgres.create_database();
    let into = format!("--dbname={restored}");
    let written = "pg_restore --exit-on-error --no-owner --dbname=";
    run(written, &["--exit-on-error", "--no-owner", &into, &dump]);
    let server = Server::in_production(&restored, &nats.url());
    let ana = server.person("ana");
    let ready = eventually("the relay notices", async || {
        let ready = ana.gets("/readyz").await.expect(200);
        (ready.body["nats"] == "stopped").then_some(ready)
    })
    .await;
    assert_eq!(ready.body["status"], "degraded");
    let back = ready.body["position"].as_u64().expect("a position");
    assert!(back > 60 && back < end, "{back} of {end}");
    eventually("the metric says so", async || {
        let metrics = ana.gets("/metrics").await.raw;
        metrics.lines().any(|line| line == "roster_relay_stopped 1").then_some(())
    })
    .await;
    let log = server.log();
    assert!(log.contains("the relay has stopped") && log.contains("roster republish"), "{log}");

    // Everything else goes on, from the journal. The lists were in the dump, and are of the same moment.
    let verify = || Server::command(server.data()).env("DATABASE_URL", &restored).arg("verify").output();
    let verified = verify().expect("roster runs");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let (listed, folded) = members(&ana).await;
    assert_eq!(listed as usize, folded);
    let ben = server.person("ben");
    ana.takes_in("acme", &ben, "member").await;
    ben.checks("acme").await.expect(200);
    let (listed, folded) = members(&ana).await;
    assert_eq!(listed as usize, folded);
    ben.leaves("acme").await.expect(200);
    ben.checks("acme").await.refused(403, "not-a-member");
    assert_eq!(carried(&nats.url()).await, end, "nothing was put on top of what is no longer so");

    let output = Server::command(server.data()).env("NATS_URL", nats.url()).arg("republish").output();
    assert!(output.expect("roster runs").status.success());
    let now = ana.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position");
    eventually("all is carried anew", async || (carried(&nats.url()).await == now).then_some(())).await;
    let carried = of_organization(&messages(&nats.url()).await, &acme);
    let history = told::told(&ana.history("acme").await);
    assert_eq!(carried.len(), history.len());
    assert!(carried.iter().zip(&history).all(|(a, b)| (a.position, &a.event) == (b.position, &b.event)));
    eventually("all is well", async || (ana.gets("/readyz").await.expect(200).body["status"] == "ready").then_some(()))
        .await;
    println!("dumped at work, restored at {back} of {end}: served at once, the stream made anew up to {now}");
}
