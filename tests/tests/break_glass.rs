//! `roster admin transfer-ownership`: an organization whose only owner is gone gets another, and its history says by whom and why.

use std::process::{Command, Output};

use serde_json::json;
use tests::{Server, eventually};

/// Whether commands run beside the server. On a file they do while it is stopped.
fn beside() -> bool {
    std::env::var("ROSTER_TEST_DATABASE").is_ok_and(|database| database == "postgres")
}

/// `roster admin transfer-ownership` on what this server uses.
fn command(server: &Server, arguments: &[&str]) -> Command {
    let mut command = Server::command(server.data());
    if beside() {
        command.env("DATABASE_URL", server.setting("DATABASE_URL"));
    }
    command.args(["admin", "transfer-ownership"]).args(arguments);
    command
}

fn transfer(server: &mut Server, arguments: &[&str]) -> Output {
    if !beside() {
        server.stop();
    }
    let output = command(server, arguments).output().expect("roster runs");
    if !beside() {
        server.restart();
    }
    output
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

const WHY: &str = "The owner has left the company (ticket 4711)";

#[tokio::test]
async fn an_operator_makes_a_member_the_owner_and_the_history_says_who_and_why() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let member = ana.takes_in("acme", &ben, "member").await;

    let asked = ["acme", "--to", "ben", "--reason", &format!("  {WHY} "), "--operator", "olga"];
    let (code, out, errors) = said(&transfer(&mut server, &asked));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(out, format!("ben owns {acme} now; ana, who did, is an admin. Position 6.\n"));

    // At the server at once, and in its lists.
    let (ana, ben) = (ana.at(&server.url), ben.at(&server.url));
    assert_eq!(ben.checks("acme").await.expect(200).body["role"], "owner");
    assert_eq!(ana.checks("acme").await.expect(200).body["role"], "admin");
    let list = ben.lists("/v1/organizations/acme/members?role=owner", 6).await.expect(200);
    assert_eq!(list.body["members"][0]["id"], member, "{list:#?}");
    eventually("the list of organizations follows", async || {
        let list = ben.gets("/v1/organizations").await;
        (list.body["organizations"][0]["role"] == "owner").then_some(())
    })
    .await;
    let last = ben.history("acme").await.pop().expect("a history");
    let told = ["type", "actor", "reason"].map(|name| last[name].clone());
    assert_eq!(told, [json!("OwnershipTransferred"), json!("operator:olga"), json!(WHY)]);
    assert!(last.get("acts_for").is_none(), "{last}");
    ana.leaves("acme").await.expect(200);
}

#[tokio::test]
async fn without_a_name_it_is_whoever_is_signed_in_or_the_command_line() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    ana.takes_in("acme", &ben, "admin").await;
    if !beside() {
        server.stop();
    }
    let run = |to: &str, user: Option<&str>| {
        let mut command = command(&server, &[&acme, "--to", to, "--reason", WHY]);
        let output = command.envs(user.map(|user| ("USER", user))).output().expect("roster runs");
        assert!(output.status.success(), "{output:?}");
    };
    run("ben", Some("otto"));
    run("ana", None);
    // What can't stay in the history for ever is not taken from there.
    run("ben", Some("olga@acme.test"));
    if !beside() {
        server.restart();
    }
    let history = ana.at(&server.url).history("acme").await;
    let actors: Vec<_> = history[5..].iter().map(|event| event["actor"].clone()).collect();
    let nameless = json!("operator:command-line");
    assert_eq!(actors, [json!("operator:otto"), nameless.clone(), nameless]);
}

#[tokio::test]
async fn what_can_not_be_is_said_clearly_and_nothing_has_changed() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ana.founds("gone").await.expect(201);
    let gone = ana.gets("/v1/organizations/gone").await.expect(200).text("/id");
    ana.deletes("/v1/organizations/gone").await.expect(204);
    if !beside() {
        server.stop();
    }
    let long = "x".repeat(501);
    let refused: [(&[&str], i32, &str); 16] = [
        (&["acme", "--to", "cleo", "--reason", WHY], 1, "cleo is not a member"),
        (&["acme", "--to", "ana", "--reason", WHY], 1, "ana is its owner already"),
        (&["unknown", "--to", "ben", "--reason", WHY], 1, "no such organization"),
        (&[&gone, "--to", "ana", "--reason", WHY], 1, "no such organization"),
        (&["0192f0c1-0000-7000-8000-000000000000", "--to", "ben", "--reason", WHY], 1, "no such organization"),
        (&["Not A Slug", "--to", "ben", "--reason", WHY], 2, "Not A Slug"),
        (&["acme", "--to", "ben"], 2, "--reason"),
        (&["acme", "--reason", WHY], 2, "--to"),
        (&["--to", "ben", "--reason", WHY], 2, "ORGANIZATION"),
        (&["acme", "--to", "ben", "--reason", ""], 2, "--reason"),
        (&["acme", "--to", "ben", "--reason", "  "], 2, "1 to 500 characters"),
        (&["acme", "--to", "ben", "--reason", &long], 2, "1 to 500 characters"),
        (&["acme", "--to", "ben", "--reason", "one\ntwo"], 2, "control characters"),
        (&["acme", "--to", "ben", "--reason", "a\u{202E}b"], 2, "control characters"),
        (&["acme", "--to", "ben", "--reason", "ana@acme.test has gone"], 2, "must not contain an e-mail address"),
        (&["acme", "--to", "b\u{7}n", "--reason", WHY], 2, "printable characters"),
    ];
    for (arguments, code, says) in refused {
        let (got, out, errors) = said(&command(&server, arguments).output().expect("roster runs"));
        assert_eq!((got, out.as_str()), (Some(code), ""), "{arguments:?}: {errors}");
        assert!(errors.contains(says), "{says:?} is not in {errors}");
    }
    let mut others = command(&server, &["acme", "--to", "ben", "--reason", WHY]);
    let output = others.env("ROSTER_ISSUER", "https://id.acme.test").output().expect("roster runs");
    assert!(said(&output).2.contains("would mean other people"), "{output:?}");
    if !beside() {
        server.restart();
    }
    let ana = ana.at(&server.url);
    assert_eq!(ana.history("acme").await.len(), 5);
    assert_eq!(ana.checks("acme").await.expect(200).body["role"], "owner");
}

#[tokio::test]
async fn beside_a_server_that_has_the_file_it_says_what_to_use_instead() {
    let server = Server::in_a_file();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    let mut asked = Server::command(server.data());
    asked.args(["admin", "transfer-ownership", "acme", "--to", "ben", "--reason", WHY]);
    let (code, out, errors) = said(&asked.output().expect("roster runs"));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    for says in ["another Roster server is using", "POST /v1/organizations/{org}/ownership", "Roster-Actor"] {
        assert!(errors.contains(says), "{says} is not in {errors}");
    }
    // What it says works.
    let backend = server.with_scope("backend", "roster:act-as");
    let request = backend.request(reqwest::Method::POST, "/v1/organizations/acme/ownership");
    let request = request.header("roster-actor", "ana").json(&json!({ "member_id": member }));
    backend.sends(request).await.expect(200);
}

#[tokio::test]
async fn whoever_reads_nothing_of_it_makes_nothing_panic_and_it_is_done() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    if !beside() {
        server.stop();
    }
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut asked = command(&server, &["acme", "--to", "ben", "--reason", WHY]);
    let output = asked.stdout(writer).output().expect("roster runs");
    assert!(!said(&output).2.contains("panicked"), "{output:?}");
    if !beside() {
        server.restart();
    }
    assert_eq!(ben.at(&server.url).checks("acme").await.expect(200).body["role"], "owner");
}
