//! The bad day: no space left, and then space again.

use std::process::Command;

use reqwest::Method;
use serde_json::json;
use tests::{Server, eventually};

/// The largest file the server may write, in bytes, as if the disk ended there.
fn limit_files(server: &Server, limit: &str) {
    let limit = format!("--fsize={limit}:unlimited");
    let done = Command::new("prlimit").args(["--pid", &server.pid().to_string(), &limit]).status();
    assert!(done.is_ok_and(|status| status.success()), "prlimit sets {limit}");
}

/// The largest file in its folder, in bytes.
fn largest_file(server: &Server) -> u64 {
    let files = std::fs::read_dir(server.data()).expect("its folder");
    files.filter_map(|file| Some(file.ok()?.metadata().ok()?.len())).max().expect("it has files")
}

#[tokio::test]
async fn a_full_disk_stops_commands_and_nothing_else_and_passes() {
    let server = Server::in_a_file();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;

    limit_files(&server, &(largest_file(&server) + 100_000).to_string());
    let mut acknowledged = Vec::new();
    loop {
        let slug = format!("org-{}", acknowledged.len());
        let answer = ana.founds(&slug).await;
        if answer.status == 503 {
            answer.refused(503, "unavailable");
            break;
        }
        answer.expect(201);
        acknowledged.push(slug);
        assert!(acknowledged.len() < 2_000, "100 KB hold fewer organizations than that");
    }
    // A smaller command might still have found room.
    limit_files(&server, "1");
    ben.leaves("acme").await.refused(503, "unavailable");
    ana.gets("/readyz").await.refused(503, "unavailable");
    ben.checks("acme").await.expect(200);
    ana.gets("/v1/organizations/acme/members").await.expect(200);

    limit_files(&server, "unlimited");
    eventually("the server is ready again", async || (ana.gets("/readyz").await.status == 200).then_some(())).await;
    ben.leaves("acme").await.expect(200);
    ben.checks("acme").await.refused(403, "not-a-member");
    let renamed = ana.calls(Method::PATCH, "/v1/organizations/acme", Some(json!({ "name": "After" }))).await;
    let renamed = renamed.expect(200);
    for slug in &acknowledged {
        ana.checks(slug).await.expect(200);
    }
    let ready = ana.gets("/readyz").await.expect(200);
    assert_eq!(ready.body["position"], renamed.position(), "nothing was half done");
}
