//! What else is started on a folder while a server uses it.

use std::time::Duration;

use tests::Server;

#[tokio::test]
async fn a_second_server_on_the_same_folder_is_refused_and_the_first_goes_on() {
    let mut server = Server::in_a_file();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);

    let mut second = tokio::process::Command::from(Server::command(server.data()));
    second.env("ROSTER_LISTEN", "127.0.0.1:0").kill_on_drop(true);
    let refused = tokio::time::timeout(Duration::from_secs(20), second.output()).await;
    let refused = refused.expect("it ends by itself").expect("it starts");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(refused.stdout.is_empty(), "it must not say that it listens");
    let folder = server.data().display().to_string();
    assert!(said.contains("another Roster server is using") && said.contains(&folder), "{said}");

    ana.takes_in("acme", &ben, "member").await;
    ben.checks("acme").await.expect(200);

    // The lock goes with the process, however it ends.
    server.kill();
    server.restart();
    server.person("ben").checks("acme").await.expect(200);
}

#[tokio::test]
async fn a_token_printed_beside_a_running_server_is_trusted_at_once() {
    let server = Server::start();
    let ana = server.bearer("ana", &server.token("ana", &[]));
    let founded = ana.founds("acme").await.expect(201);
    assert_eq!(founded.text("/owner/user_id"), "ana");
}
