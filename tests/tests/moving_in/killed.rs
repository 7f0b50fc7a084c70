//! Killed in the middle and started again: everybody is there, and nobody twice.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use tests::Server;

use crate::{Report, beside, import, imports, list};

const MEMBERS: usize = 12_000;

/// How far a line of progress says that members are.
fn progress(line: &str) -> Option<usize> {
    let (done, all) = line.strip_prefix("members: ")?.split_once(" of ")?;
    all.parse::<usize>().ok()?;
    done.parse().ok()
}

#[tokio::test]
async fn an_import_that_was_killed_goes_on_where_it_was() {
    let mut server = Server::start();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("crowd.ndjson");
    let mut text = String::new();
    for slug in ["acme", "globex"] {
        writeln!(text, r#"{{"type":"organization","slug":"{slug}","name":"{slug}"}}"#).expect("text");
        for n in 0..MEMBERS / 2 {
            let role = if n == 0 { "owner" } else { "member" };
            writeln!(text, r#"{{"type":"member","organization":"{slug}","user_id":"u{n}","role":"{role}"}}"#)
                .expect("text");
        }
    }
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a path");

    if !beside() {
        server.stop();
    }
    let mut child =
        import(&server).arg(file).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("roster import runs");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let seen = lines.by_ref().find_map(|line| progress(&line.expect("text"))).expect("it says how far it is");
    child.kill().expect("it can be killed");
    let killed = Report::of(child.wait_with_output().expect("it has ended"));
    assert_eq!((killed.code, killed.lines.len()), (None, 0), "it was killed before its end: {killed:#?}");
    assert!(seen < MEMBERS, "it was in the middle");
    if !beside() {
        server.restart();
    }

    let report = imports(&mut server, &[file]);
    assert_eq!(report.code, Some(0), "{report:#?}");
    let [read, imported, there_already] = report.counts("members");
    assert_eq!((read, imported + there_already), (MEMBERS, MEMBERS), "{report:#?}");
    assert!(there_already >= seen && imported > 0, "killed in the middle: {report:#?}");
    assert_eq!(imports(&mut server, &[file]).counts("members"), [MEMBERS, 0, MEMBERS]);

    let owner = server.person("u0");
    for slug in ["acme", "globex"] {
        list(&owner, &format!("/v1/organizations/{slug}/members?limit=1"), MEMBERS as u64 / 2).await;
        let history = tests::told::told(&owner.history(slug).await);
        assert_eq!(history.len(), MEMBERS / 2 + 1, "founded, and each joined once");
    }
}
