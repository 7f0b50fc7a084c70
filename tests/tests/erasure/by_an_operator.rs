//! `roster erase-person`.

use std::process::{Command, Output};

use serde_json::json;
use tests::{Server, says};

use crate::{beside, erases, is_member, listed, position};

/// `roster erase-person` on what this server uses, by olga.
fn command(server: &Server, arguments: &[&str]) -> Command {
    let mut command = Server::command(server.data());
    if beside() {
        command.env("DATABASE_URL", server.setting("DATABASE_URL"));
    }
    command.args(["erase-person", "--operator", "olga"]).args(arguments);
    command
}

/// The same; a journal in a file while its server is stopped.
fn erase(server: &mut Server, arguments: &[&str]) -> Output {
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

#[tokio::test]
async fn an_operator_erases_somebody_and_the_history_says_by_whom() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    for org in ["acme", "bolt"] {
        ana.founds(org).await.expect(201);
        ana.takes_in(org, &ben, "member").await;
    }
    let (code, out, errors) = said(&erase(&mut server, &["ben"]));
    assert_eq!(code, Some(0), "{errors}");
    assert_eq!(out, "Erased, after leaving 2 organizations. The history keeps the user id.\n");
    let (ana, ben) = (ana.at(&server.url), ben.at(&server.url));
    for org in ["acme", "bolt"] {
        ben.checks(org).await.refused(403, "not-a-member");
        let last = ana.history(org).await.pop().expect("a history");
        let told = ["type", "actor", "acts_for", "reason"].map(|name| last[name].clone());
        assert_eq!(told, [json!("MemberLeft"), json!("operator:olga"), json!("ben"), json!(null)]);
        assert_eq!(listed(&ana, org, "ben", position(&server).await).await, None);
    }
    // The server goes on, and what it remembers brings nothing back.
    ana.takes_in("acme", &ben, "member").await;
    let member = listed(&ana, "acme", "ben", position(&server).await).await.expect("he is back");
    assert_eq!(member["name"], json!(null));
    let (code, out, _) = said(&erase(&mut server, &["ben"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "Erased, after leaving 1 organization. The history keeps the user id.\n")
    );
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_nothing_has_changed() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    ben.founds("bolt").await.expect(201);
    ben.takes_in("bolt", &ana, "member").await;
    let (code, out, errors) = said(&erase(&mut server, &["ana"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(errors.contains(&format!("acme ({acme})")) && errors.contains("Nothing was changed."), "{errors}");
    assert!(is_member(&ben.at(&server.url), "bolt", "ana").await);
    for bad in [
        &[][..],
        &["a\nb"],
        &["ben", "cleo"],
        &["ben", "--operator", "a\u{7}b"],
        &[" "],
        &["ben", "--operator", "o@acme.test"],
    ] {
        let (code, out, errors) = said(&erase(&mut server, bad));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{bad:?}: {errors}");
    }
    // User ids of another issuer are other people.
    if !beside() {
        server.stop();
    }
    let output = command(&server, &["ben"]).env("ROSTER_ISSUER", "https://id.acme.test").output().expect("roster runs");
    assert!(said(&output).2.contains("would mean other people"), "{output:?}");
}

#[tokio::test]
async fn somebody_who_was_never_here_is_told_of_and_nothing_has_changed() {
    let mut server = Server::start();
    let (code, out, errors) = said(&erase(&mut server, &["bne"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(errors.contains("nobody by this id is known here"), "{errors}");
    let auditor = server.with_scope("sue", "roster:audit");
    assert_eq!(auditor.gets("/v1/erasures").await.expect(200).body["erasures"], json!([]));
    // After a restore that may be what is meant.
    assert_eq!(said(&erase(&mut server, &["bne", "--unknown-too"])).0, Some(0));
    assert_eq!(said(&erase(&mut server, &["bne"])).0, Some(0), "the mark is known");
    let auditor = auditor.at(&server.url);
    assert_eq!(auditor.gets("/v1/erasures").await.expect(200).body["erasures"].as_array().map(Vec::len), Some(1));
}

#[test]
fn where_there_is_no_journal_operators_make_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = folder.path().join("elsewhere");
    let transfer = ["admin", "transfer-ownership", "acme", "--to", "ben", "--reason", "gone"];
    for arguments in [&["erase-person", "ben"][..], &["erase-person", "ben", "--unknown-too"], &transfer] {
        let output = Server::command(&elsewhere).args(arguments).output().expect("roster runs");
        let (code, out, errors) = said(&output);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(errors.contains("there is no journal in") && errors.contains("DATABASE_URL"), "{errors}");
        assert!(!elsewhere.exists());
    }
}

#[tokio::test]
async fn beside_a_server_that_has_the_file_it_says_what_to_use_instead() {
    let server = Server::in_a_file();
    let ben = server.person_with(&says("ben"));
    ben.gets("/v1/organizations").await.expect(200);
    let output = Server::command(server.data()).args(["erase-person", "ben"]).output().expect("roster runs");
    let (code, out, errors) = said(&output);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(errors.contains("DELETE /v1/people/{user}") && errors.contains("another Roster server"), "{errors}");
    erases(&server.with_scope("root", "roster:admin"), "ben").await.expect(204);
}

#[tokio::test]
async fn whoever_reads_nothing_of_it_makes_nothing_panic() {
    let mut server = Server::start();
    server.person("ben").gets("/v1/organizations").await.expect(200);
    if !beside() {
        server.stop();
    }
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(&server, &["ben"]).stdout(writer).output().expect("roster runs");
    assert!(!said(&output).2.contains("panicked"), "{output:?}");
}
