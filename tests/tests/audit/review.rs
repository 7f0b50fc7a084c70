//! What changed in a period, as a folder of files.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tests::Server;

use crate::{Scene, audit, failed, printed};

fn text(event: &Value) -> String {
    event.as_str().expect("a text").to_owned()
}

fn records(folder: &Path, name: &str) -> Vec<String> {
    let read = std::fs::read_to_string(folder.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    read.split_terminator("\r\n").skip(1).map(str::to_owned).collect()
}

fn review(server: &Server, from: &str, to: &str, out: &Path) -> std::process::Output {
    let out = out.to_str().expect("a path");
    audit(server, &["review", "acme", "--from", from, "--to", to, "--out", out])
}

#[tokio::test]
async fn a_review_has_the_members_at_both_ends_and_every_change_between() {
    let scene = Scene::set().await;
    let history = scene.ben.history("acme").await;
    // From when Ben had become admin until everything was over.
    let (from, to) = (text(&history[4]["at"]), text(&history[history.len() - 1]["at"]));
    let began = history.iter().rfind(|event| event["at"] == from.as_str()).expect("itself")["sequence"].clone();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("review");
    printed(review(&scene.server, &from, &to, &out));

    let lines = |name| records(&out, name);
    let path = |sequence: &Value| format!("/v1/organizations/acme/members?at_sequence={sequence}");
    for (name, sequence) in
        [("members-at-start.csv", &began), ("members-at-end.csv", &history[history.len() - 1]["sequence"])]
    {
        let then = scene.ben.gets(&path(sequence)).await.expect(200).body;
        let then: Vec<String> = then["members"]
            .as_array()
            .expect("members")
            .iter()
            .map(|one| format!("{},{}", text(&one["user_id"]), text(&one["id"])))
            .collect();
        let told: Vec<String> =
            lines(name).iter().map(|line| line.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
        assert_eq!(told, then, "{name}");
    }
    let (start, end) = (lines("members-at-start.csv").len(), lines("members-at-end.csv").len());
    let counts: Vec<usize> =
        ["joins.csv", "leaves.csv", "removals.csv", "transfers.csv"].map(|name| lines(name).len()).into();
    assert_eq!(counts, [3, 2, 1, 2]);
    assert_eq!(start + counts[0] - counts[1] - counts[2], end);
    assert!(
        lines("leaves.csv")[1].contains(",dan,") && lines("leaves.csv")[1].contains(",member,,service:backend,dan,v1,")
    );
    assert!(lines("removals.csv")[0].contains(",cleo,") && lines("removals.csv")[0].contains(",admin,,person:ben,"));
    assert!(
        lines("transfers.csv")[0].contains(",ana,") && lines("transfers.csv")[0].contains(",owner,admin,person:ana,")
    );
    assert!(lines("transfers.csv")[1].contains(",admin,owner,"));

    let page = std::fs::read_to_string(out.join("summary.html")).expect("a page");
    for said in [
        "Access review of",
        "<svg",
        "aria-labelledby=\"chart-title",
        ">Transfers of ownership</th><td class=\"number\">1<",
        "sha256sum -c",
    ] {
        assert!(page.contains(said), "{said} is missing in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"), "{page}");
}

#[tokio::test]
async fn the_checksums_are_right_and_a_second_review_is_the_same_to_the_byte() {
    let scene = Scene::set().await;
    let to = text(&scene.ben.history("acme").await.last().expect("an event")["at"]);
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    printed(review(&scene.server, "2020-01-01T00:00Z", &to, &first));
    // An empty folder may be there already. What was recorded since is not in it.
    std::fs::create_dir(&second).expect("a folder");
    scene.ben.takes_in("acme", &scene.server.person("eva"), "member").await;
    printed(review(&scene.server, "2020-01-01T00:00Z", &to, &second));
    let sums = Command::new("sha256sum")
        .args(["--strict", "-c", "SHA256SUMS"])
        .current_dir(&first)
        .output()
        .expect("sha256sum runs");
    assert!(sums.status.success(), "{sums:?}");
    let mut names: Vec<_> = std::fs::read_dir(&first)
        .expect("files")
        .map(|entry| entry.expect("one").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(String::from_utf8_lossy(&sums.stdout).lines().count(), names.len() - 1);
    for name in &names {
        let read = |folder: &Path| std::fs::read(folder.join(name)).expect("a file");
        assert_eq!(read(&first), read(&second), "{name}");
    }
    // The control: the sums notice a change.
    std::fs::write(first.join("joins.csv"), "nobody\n").expect("a file");
    let sums =
        Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&first).output().expect("sha256sum runs");
    assert!(!sums.status.success());
}

#[tokio::test]
async fn what_is_there_is_not_overwritten_and_nothing_half_is_left() {
    let scene = Scene::set().await;
    let to = text(&scene.ben.history("acme").await.last().expect("an event")["at"]);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("kept");
    std::fs::create_dir(&out).expect("a folder");
    std::fs::write(out.join("mine"), "mine").expect("a file");
    let told = failed(&review(&scene.server, "2020-01-01T00:00Z", &to, &out));
    assert!(told.contains("is not empty"), "{told}");
    assert!(
        failed(&review(&scene.server, &to, "2020-01-01T00:00Z", &folder.path().join("a")))
            .contains("--from must lie before --to")
    );
    assert!(
        failed(&review(&scene.server, "2020-01-01T00:00Z", "9999-01-01T00:00Z", &folder.path().join("a")))
            .contains("has not come yet")
    );
    assert!(
        failed(&review(&scene.server, "2020-01-01T00:00Z", "2020-02-01T00:00Z", &folder.path().join("a")))
            .contains("not founded by then")
    );
    assert!(
        failed(&review(&scene.server, "2020-01-01", &to, &folder.path().join("a"))).contains("must say its time zone")
    );
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("entries").map(|entry| entry.expect("one").file_name()).collect();
    assert_eq!(left, ["kept"]);
    assert_eq!(std::fs::read_to_string(out.join("mine")).expect("a file"), "mine");
}

#[tokio::test]
async fn a_deleted_organization_is_reviewed_too() {
    let scene = Scene::set().await;
    scene.ben.deletes("/v1/organizations/acme").await.expect(204);
    let to = text(&scene.auditor.history(&scene.acme).await.last().expect("an event")["at"]);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("review");
    printed(review(&scene.server, "2020-01-01T00:00Z", &to, &out));
    assert_eq!(records(&out, "members-at-end.csv").len(), 0);
    let ended: Vec<_> = records(&out, "ended-with-organization.csv");
    assert_eq!(ended.len(), 2, "{ended:?}");
}
