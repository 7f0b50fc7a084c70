//! Nobody has to read what a server says at its start.

use std::fs::File;
use std::process::Stdio;

use tests::{Server, eventually};

#[tokio::test]
async fn a_server_whose_greeting_goes_nowhere_serves_all_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    // Every write to it fails, as to a pipe whose reader has gone.
    let nowhere = File::options().write(true).open("/dev/full").expect("Linux has /dev/full");
    let mut server = Server::command(folder.path())
        .env("ROSTER_LISTEN", "127.0.0.1:0")
        .env("ROSTER_LOG_FORMAT", "json")
        .stdout(Stdio::from(nowhere))
        .stderr(File::create(&log).expect("a log"))
        .spawn()
        .expect("roster starts");

    let address = eventually("the log tells the address", async || {
        assert!(server.try_wait().expect("its state").is_none(), "the server has ended");
        let said = std::fs::read_to_string(&log).ok()?;
        Some(said.split("\"address\":\"").nth(1)?.split('"').next()?.to_owned())
    })
    .await;
    eventually("the server answers", async || {
        assert!(server.try_wait().expect("its state").is_none(), "the server has ended");
        let answer = reqwest::get(format!("http://{address}/healthz")).await.ok()?;
        (answer.status() == 200).then_some(())
    })
    .await;
    server.kill().expect("it can be killed");
    server.wait().expect("it has ended");
}
