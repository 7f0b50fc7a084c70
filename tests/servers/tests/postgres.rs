//! The throw-away Postgres itself.

use std::net::TcpStream;
use std::path::PathBuf;

use servers::Postgres;

/// Host and port of a URL, as anybody can reach them.
fn answers(url: &str) -> bool {
    let address = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
    TcpStream::connect(address).is_ok()
}

fn folders() -> Vec<PathBuf> {
    let all = std::fs::read_dir(std::env::temp_dir()).expect("a temporary folder").flatten();
    let ours = all.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("roster-postgres-"));
    ours.collect()
}

#[test]
fn a_server_that_is_killed_starts_again_and_is_gone_when_dropped() {
    let mut postgres = Postgres::start();
    let url = postgres.create_database();
    assert!(answers(&url));
    postgres.kill();
    assert!(!answers(&url));
    postgres.restart();
    assert!(answers(&url));
    postgres.psql("select 1");
    let folder = folders();
    drop(postgres);
    assert!(!answers(&url));
    assert!(folder.iter().any(|path| !path.exists()), "its folder went with it: {folder:?}");
}
