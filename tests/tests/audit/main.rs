//! What auditors ask: over HTTP and on the command line, beside a running server and after it has stopped.
//!
//! - `history`: what happened, `long`: how fast; `members`: who was a member; `person`: a person's memberships; `review`: what
//!   changed in a period

mod history;
mod long;
mod members;
mod person;
mod review;

use std::process::Output;

use serde_json::{Value, json};
use tests::{Person, Server};

/// Ana founds acme; Ben becomes admin there, takes Cleo in and gets the ownership; Cleo leaves, comes back and is removed. A backend acts
/// for Dan.
struct Scene {
    server: Server,
    ana: Person,
    ben: Person,
    cleo: Person,
    auditor: Person,
    acme: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, cleo, dan] = ["ana", "ben", "cleo", "dan"].map(|id| server.person(id));
        let auditor = server.with_scope("auditor", "roster:audit");
        let acme = ana.founds("acme").await.expect(201).text("/id");
        let bens = ana.takes_in("acme", &ben, "member").await;
        ana.patches(&format!("/v1/organizations/acme/members/{bens}"), json!({ "role": "admin" })).await.expect(200);
        ben.takes_in("acme", &cleo, "member").await;
        ana.transfers("acme", &bens).await.expect(200);
        cleo.leaves("acme").await.expect(200);
        let cleos = ben.takes_in("acme", &cleo, "admin").await;
        ben.takes_in("acme", &dan, "member").await;
        let backend = server.with_scope("backend", "roster:act-as");
        let leaving =
            backend.request(reqwest::Method::POST, "/v1/organizations/acme/leave").header("roster-actor", "dan");
        backend.sends(leaving).await.expect(200);
        ben.removes("acme", &cleos).await.expect(204);
        Self { server, ana, ben, cleo, auditor, acme }
    }

    /// `roster audit` with these arguments.
    fn audit(&self, arguments: &[&str]) -> Output {
        audit(&self.server, arguments)
    }
}

fn audit(server: &Server, arguments: &[&str]) -> Output {
    server.command_line().arg("audit").args(arguments).output().expect("roster runs")
}

/// What it printed, if it went well.
#[track_caller]
fn printed(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What it said, if it went wrong.
#[track_caller]
fn failed(output: &Output) -> String {
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Each line as JSON.
fn ndjson(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}
