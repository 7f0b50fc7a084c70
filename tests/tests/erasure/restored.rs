//! A backup from before the erasure has the person again, as docs/privacy.md says; erased again, they are gone.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use servers::Postgres;
use servers::postgres::program;
use tests::{Person, Server};

use crate::{beside, listed, position};

/// The journal's file, with its log beside it.
const FILES: [&str; 2] = ["roster.sqlite", "roster.sqlite-wal"];

/// The journal as it is now, put away.
fn backed_up(server: &mut Server, to: &Path) {
    if beside() {
        let mut dump = Command::new(program("pg_dump"));
        let done = dump.arg("-f").arg(to.join("dump")).arg(server.setting("DATABASE_URL")).status();
        assert!(done.is_ok_and(|status| status.success()), "pg_dump");
        return;
    }
    assert!(server.stop().success());
    for file in FILES.into_iter().filter(|file| server.data().join(file).exists()) {
        std::fs::copy(server.data().join(file), to.join(file)).expect("a copy");
    }
    server.restart();
}

/// A server on what was put away.
fn restored(mut server: Server, from: &Path) -> Server {
    assert!(server.stop().success());
    if beside() {
        let url = Postgres::shared().create_database();
        let mut psql = Command::new(program("psql"));
        let done = psql.args(["-Xq", "-v", "ON_ERROR_STOP=1", "-f"]).arg(from.join("dump")).arg(&url).output();
        assert!(done.as_ref().is_ok_and(|output| output.status.success()), "{done:?}");
        return Server::on(&url);
    }
    for file in ["roster.sqlite", "roster.sqlite-wal", "roster.sqlite-shm"] {
        let _not_there = std::fs::remove_file(server.data().join(file));
    }
    for file in FILES.into_iter().filter(|file| from.join(file).exists()) {
        std::fs::copy(from.join(file), server.data().join(file)).expect("the copy");
    }
    server.restart();
    server
}

fn erased_by_an_operator(server: &mut Server) {
    let mut command = Server::command(server.data());
    match beside() {
        true => {
            command.env("DATABASE_URL", server.setting("DATABASE_URL"));
        }
        false => assert!(server.stop().success()),
    }
    let output = command.args(["erase-person", "ben"]).output().expect("roster runs");
    assert!(output.status.success(), "{output:?}");
    if !beside() {
        server.restart();
    }
}

async fn shown(server: &Server, ana: &Person) -> Option<Value> {
    let member = listed(ana, "acme", "ben", position(server).await).await?;
    Some(member["name"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_somebody_is_erased_again() {
    let backup = tempfile::tempdir().expect("a folder");
    let mut server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    backed_up(&mut server, backup.path());
    erased_by_an_operator(&mut server);
    assert_eq!(shown(&server, &ana.at(&server.url)).await, None);

    let mut server = restored(server, backup.path());
    // By a token of this server's: it may have a folder of its own.
    let ana = server.person("ana");
    assert_eq!(shown(&server, &ana).await, Some(json!("Ben")), "a backup knows nothing of what came after it");
    erased_by_an_operator(&mut server);
    let ana = ana.at(&server.url);
    assert_eq!(shown(&server, &ana).await, None);
    ben.at(&server.url).gets("/v1/organizations").await;
    let search = ana.gets("/v1/organizations/acme/members?search=ben").await.expect(200);
    assert_eq!(search.body["members"], json!([]), "{search:#?}");
}
