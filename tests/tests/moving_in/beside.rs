//! Beside a running server, and beside which not; and whose user ids they are.

use tests::Server;

use crate::{Report, beside, fixture, import, imports};

#[tokio::test]
async fn a_file_is_imported_into_while_its_server_is_stopped_and_that_is_said() {
    let server = Server::in_a_file();
    let output = Server::command(server.data()).arg("import").arg(fixture("three.ndjson")).output();
    let report = Report::of(output.expect("roster import runs"));
    assert_eq!((report.code, report.lines.len()), (Some(1), 0), "{report:#?}");
    assert!(report.errors.contains("while its server is stopped"), "{report:#?}");
    assert!(report.errors.contains("another Roster server is using"), "{report:#?}");
}

#[tokio::test]
async fn into_a_database_people_come_while_its_server_answers() {
    if !beside() {
        return;
    }
    let server = Server::start();
    let output = import(&server).arg(fixture("three.ndjson")).output().expect("roster import runs");
    assert_eq!(Report::of(output).counts("members"), [12, 4, 0]);
    server.person("ben").checks("acme").await.expect(200);
}

#[tokio::test]
async fn a_journal_of_one_issuer_takes_no_members_of_another() {
    let mut server = Server::start();
    if !beside() {
        server.stop();
    }
    let output = import(&server).arg(fixture("three.ndjson")).env("ROSTER_ISSUER", "https://id.acme.test").output();
    let report = Report::of(output.expect("roster import runs"));
    assert_eq!(report.code, Some(1), "{report:#?}");
    assert!(report.errors.contains("would mean other people"), "{report:#?}");
}

#[tokio::test]
async fn rows_can_come_through_a_pipe_and_a_file_that_is_not_there_does_nothing() {
    let mut server = Server::start();
    let missing = imports(&mut server, &["/nowhere/three.ndjson"]);
    assert!(missing.errors.contains("can't read /nowhere/three.ndjson"), "{missing:#?}");
    if !beside() {
        server.stop();
    }
    let file = std::fs::File::open(fixture("three.ndjson")).expect("the file");
    let output = import(&server).arg("-").stdin(file).output().expect("roster import runs");
    let report = Report::of(output);
    assert_eq!(report.counts("organizations"), [5, 2, 0], "{report:#?}");
    assert!(report.told("refused").iter().all(|(place, _)| place.starts_with("-:")), "{report:#?}");
}

#[test]
fn a_new_journal_is_given_to_no_issuer_that_nobody_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let three = fixture("three.ndjson").display().to_string();
    let import = |arguments: &[&str]| {
        let output = Server::command(&data).arg("import").arg(&three).args(arguments).output();
        Report::of(output.expect("roster import runs"))
    };
    for arguments in [&["--dry-run"][..], &[]] {
        let report = import(arguments);
        assert_eq!((report.code, report.lines.len()), (Some(1), 0), "{report:#?}");
        assert!(report.errors.contains("no issuer yet"), "{report:#?}");
    }
    let both = import(&["--development", "--issuer", "https://id.acme.test"]);
    assert!(both.errors.contains("name two issuers"), "{both:#?}");
    // Named, it is kept, and need not be named again.
    assert_eq!(import(&["--issuer", "https://id.acme.test"]).counts("organizations"), [5, 2, 0]);
    assert_eq!(import(&[]).counts("organizations"), [5, 0, 2]);
    let other = import(&["--development", "--dry-run"]);
    assert!(other.errors.contains("would mean other people"), "{other:#?}");
}

#[test]
fn a_rehearsal_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, ids) = (folder.path().join("data"), folder.path().join("ids"));
    std::fs::write(&ids, "of the last time").expect("a file");
    let mut command = Server::command(&data);
    command.args(["import", "--dry-run", "--development", "--ids"]).arg(&ids).arg(fixture("three.ndjson"));
    let report = Report::of(command.output().expect("roster import runs"));
    assert_eq!(report.counts("members"), [12, 4, 0], "{report:#?}");
    assert!(!data.exists(), "no journal is made");
    assert_eq!(std::fs::read_to_string(&ids).expect("the ids"), "of the last time");
}
