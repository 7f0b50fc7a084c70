//! What the server does not start with: it says what is wrong and what to do, and ends.

use std::path::Path;
use std::process::Stdio;

use tests::issuer::{self, AUDIENCE, ISSUER};
use tests::{Key, Server, eventually};

/// What the server said when it did not start.
async fn refused(data: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> String {
    let mut command = Server::command(data);
    command.env("ROSTER_LISTEN", "127.0.0.1:0").env("ROSTER_LOG", "off").envs(settings.iter().copied()).args(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("roster starts");
    let awaited = format!("an end of {settings:?}");
    let status = eventually(&awaited, async || child.try_wait().expect("it can be waited for")).await;
    let output = child.wait_with_output().expect("what it said");
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(status.code(), Some(1), "{errors}");
    assert!(out.is_empty(), "it never said that it listens: {out}");
    assert!(errors.starts_with("roster: ") && !errors.contains("panicked"), "{errors}");
    assert_eq!(errors.trim_end().lines().count(), 1, "one line is enough: {errors}");
    errors.into_owned()
}

#[track_caller]
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
}

#[tokio::test]
async fn settings_that_contradict_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let jwks = folder.path().join("jwks.json");
    issuer::publish(&jwks, &[Key::ed().named("k1")]);
    let (jwks, empty) = (jwks.display().to_string(), folder.path().join("empty.json"));
    issuer::publish(&empty, &[]);
    let empty = empty.display().to_string();
    let (issuer, audience) = (("ROSTER_ISSUER", ISSUER), ("ROSTER_AUDIENCE", AUDIENCE));
    for (settings, parts) in [
        (&[issuer] as &[_], &["ROSTER_AUDIENCE is not set"] as &[_]),
        (&[issuer, ("ROSTER_JWKS", &jwks)], &["ROSTER_AUDIENCE is not set"]),
        (&[issuer, audience], &["ROSTER_JWKS is not set"]),
        (&[audience], &["ROSTER_ISSUER is not set"]),
        (&[("ROSTER_JWKS", &jwks)], &["ROSTER_ISSUER is not set"]),
        (&[issuer, audience, ("ROSTER_JWKS", "http://id.acme.test/jwks")], &["ROSTER_JWKS", "https"]),
        (&[issuer, audience, ("ROSTER_JWKS", "ftp://127.0.0.1/jwks")], &["ROSTER_JWKS", "https"]),
        (&[issuer, audience, ("ROSTER_JWKS", "/nowhere/jwks.json")], &["/nowhere/jwks.json", "No such file"]),
        (&[issuer, audience, ("ROSTER_JWKS", &empty)], &["empty.json", "no key that can be used"]),
        (&[("ROSTER_LISTEN", "0.0.0.0:0")], &["0.0.0.0", "ROSTER_ISSUER", "ROSTER_DEV_IDENTITY=on"]),
        (&[("ROSTER_LISTEN", "[::]:0")], &["ROSTER_DEV_IDENTITY=on"]),
        (&[("DATABASE_URL", "postgres")], &["DATABASE_URL is no URL", "postgres://user:password@host/name"]),
        (&[("NATS_URL", "nats://no place")], &["NATS_URL", "nats://host:port"]),
        (&[("ROSTER_LOG", "=loud=")], &["ROSTER_LOG"]),
    ] {
        let message = refused(&data, &[], settings).await;
        says(&message, parts);
        assert!(!data.join("roster.sqlite").exists(), "{settings:?} left a journal behind");
    }
}

#[tokio::test]
async fn a_second_server_on_the_same_folder() {
    let server = Server::in_a_file();
    let message = refused(server.data(), &[], &[]).await;
    says(&message, &["another Roster server is using", &server.data().display().to_string(), "--data"]);
    server.person("ana").founds("acme").await.expect(201);
}

#[tokio::test]
async fn an_address_that_is_taken_or_none() {
    let (server, folder) = (Server::start(), tempfile::tempdir().expect("a folder"));
    let taken = server.url.trim_start_matches("http://");
    let message = refused(folder.path(), &["serve"], &[("ROSTER_LISTEN", taken)]).await;
    says(&message, &["can't listen on", taken, "in use"]);
    let message = refused(folder.path(), &["--listen", "somewhere"], &[]).await;
    says(&message, &["somewhere", "no address"]);
}

#[tokio::test]
async fn a_journal_of_another_issuer() {
    let mut server = Server::in_a_file();
    server.person("ana").founds("acme").await.expect(201);
    assert!(server.stop().success());
    let folder = tempfile::tempdir().expect("a folder");
    let jwks = folder.path().join("jwks.json");
    issuer::publish(&jwks, &[Key::ed().named("k1")]);
    let jwks = jwks.display().to_string();
    let settings = [("ROSTER_ISSUER", ISSUER), ("ROSTER_AUDIENCE", AUDIENCE), ("ROSTER_JWKS", jwks.as_str())];
    let message = refused(server.data(), &[], &settings).await;
    says(&message, &["urn:roster:development", ISSUER, "other people"]);
    server.restart();
    server.person("ana").checks("acme").await.expect(200);
}

#[tokio::test]
async fn a_folder_that_is_of_no_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let garbage = folder.path().join("garbage");
    std::fs::create_dir(&garbage).expect("a folder");
    std::fs::write(garbage.join("dev-key.pem"), "garbage").expect("a file");
    let message = refused(&garbage, &[], &[]).await;
    says(&message, &["garbage/dev-key.pem", "is not an Ed25519 private key"]);

    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").expect("a file");
    says(&refused(&file, &[], &[]).await, &["file/dev-key.pem", "Not a directory"]);
    says(&refused(Path::new("/proc/roster"), &[], &[]).await, &["/proc/roster"]);

    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).expect("a folder");
    std::fs::write(broken.join("roster.sqlite"), "this is no database at all".repeat(100)).expect("a file");
    says(&refused(&broken, &[], &[]).await, &["not a database"]);
}
