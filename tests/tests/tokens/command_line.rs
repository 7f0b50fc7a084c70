//! `roster token` and `--help`.

use std::process::Output;

use serde_json::json;
use tests::Server;

fn roster(data: &std::path::Path, arguments: &[&str]) -> Output {
    Server::command(data).args(arguments).output().expect("roster runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

#[tokio::test]
async fn a_printed_token_works_beside_a_running_server() {
    let server = Server::start();
    let ana = server.bearer("ana", &server.token("ana", &[]));
    let founded = ana.founds("acme").await.expect(201);
    let members = ana.lists("/v1/organizations/acme/members", founded.position()).await.expect(200);
    assert_eq!(members.body["members"][0]["name"], "Ana");
    assert_eq!(members.body["members"][0]["email"], "ana@acme.test");
    assert_eq!(members.body["members"][0]["image"], json!(null));
}

#[tokio::test]
async fn a_token_says_what_it_was_told_to() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let ben = server.bearer("ben", &server.token("ben", &["--email-unverified", "--picture", "/ben.png"]));
    let invitation = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    ben.accepts(&invitation).await.refused(403, "email-not-verified");
    let verified = server.bearer("ben", &server.token("ben", &["--picture", "/ben.png", "--session", "s1"]));
    assert_eq!(verified.accepts(&invitation).await.expect(200).body["image"], "/ben.png");
    let auditor = server.bearer("auditor", &server.token("auditor", &["--scope", "openid roster:audit"]));
    assert_eq!(auditor.history("acme").await.len(), 5);
}

#[tokio::test]
async fn a_token_comes_alone_and_a_mistake_does_not_come_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = roster(folder.path(), &["token", "--user-id", "ana"]);
    assert!(good.status.success());
    assert_eq!(text(&good.stdout).lines().count(), 1);
    assert_eq!(text(&good.stdout).split('.').count(), 3);
    assert_eq!(text(&good.stderr), "");
    for (arguments, says) in [
        (&["token"] as &[_], "--user-id"),
        (&["token", "--user-id", ""], "1 to 255 printable characters"),
        (&["token", "--user-id", "ana", "--email", "ana"], "must be an e-mail address"),
        (&["token", "--user-id", "ana", "--expires-in", "soon"], "30m, 1h or 7d"),
        (&["toke"], "unrecognized subcommand"),
        (&["--drain", "soon"], "30m, 1h or 7d"),
    ] {
        let bad = roster(folder.path(), arguments);
        assert_eq!(bad.status.code(), Some(2), "{arguments:?}");
        assert!(bad.stdout.is_empty() && text(&bad.stderr).contains(says), "{arguments:?} {}", text(&bad.stderr));
    }
}

#[test]
fn help_tells_what_can_be_said() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, lines) in [
        (
            &["--help"] as &[_],
            &[
                "Membership with a memory",
                "serve         Start the server (what `roster` alone does)",
                "migrate       Bring the schema of the database at DATABASE_URL up to date, and stop",
                "republish     Delete the stream at NATS_URL; a running server makes it anew from the journal",
                "token         Print a token of the development identity; works beside a running server",
                "--nats-url <nats://…>",
                "[env: ROSTER_NATS_REPLICAS=]",
                "--data <FOLDER>",
                "--listen <ADDRESS:PORT>",
                "[env: ROSTER_LISTEN=]",
                "[default: 127.0.0.1:8080]",
            ] as &[_],
        ),
        (
            &["serve", "--help"],
            &[
                "Usage: roster serve [OPTIONS]",
                "[default: ./roster-data]",
                "--issuer <ISSUER>",
                "--audience <AUDIENCE>",
                "--jwks <URL|FILE>",
                "--invitation-validity <DURATION>",
                "--database-url <postgres://…>",
                "--no-migrate",
                "[default: 7d]",
                "[env: ROSTER_LOG_FORMAT=]",
            ],
        ),
        (
            &["token", "--help"],
            &[
                "Usage: roster token [OPTIONS] --user-id <ID>",
                "Whose: the id the identity provider would have",
                "roster:act-as, roster:audit, roster:admin",
                "--data <FOLDER>",
                "[default: 1h]",
            ],
        ),
    ] {
        let help = roster(folder.path(), arguments);
        assert!(help.status.success() && help.stderr.is_empty());
        let help = text(&help.stdout);
        for line in lines {
            assert!(help.contains(line), "{line:?} is not in the help of {arguments:?}:\n{help}");
        }
    }
}
