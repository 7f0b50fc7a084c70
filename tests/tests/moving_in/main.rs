//! Organizations, members and invitations that were kept elsewhere, taken over by `roster import`.
//!
//! - [`file`]: a file of ours, what comes of it, what is refused, what is changed since
//! - [`killed`]: broken off in the middle, and started again
//! - [`tables`]: the tables of better-auth
//! - [`beside`]: beside a running server, and beside which not

mod beside;
mod file;
mod killed;
mod tables;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tests::{Person, Server, eventually};

/// A file or folder of this test's own.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/moving_in").join(name)
}

/// Whether imports run beside the server. Into a file they do while it is stopped.
fn beside() -> bool {
    std::env::var("ROSTER_TEST_DATABASE").is_ok_and(|database| database == "postgres")
}

/// A `roster import` into what this server uses.
fn import(server: &Server) -> Command {
    let mut command = Server::command(server.data());
    if beside() {
        command.env("DATABASE_URL", server.setting("DATABASE_URL"));
    }
    command.arg("import");
    command
}

/// What an import said at its end.
#[derive(Debug)]
struct Report {
    /// Its exit code.
    code: Option<i32>,
    /// What it reported.
    lines: Vec<String>,
    /// What else it said.
    errors: String,
}

impl Report {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let lines = text(output.stdout).lines().map(str::to_owned).collect();
        Self { code: output.status.code(), lines, errors: text(output.stderr) }
    }

    /// How many of this kind were read, imported and there already.
    #[track_caller]
    fn counts(&self, kind: &str) -> [usize; 3] {
        let line = self.lines.iter().find(|line| line.starts_with(kind)).unwrap_or_else(|| panic!("{self:#?}"));
        let mut numbers = line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok());
        [(); 3].map(|()| numbers.next().unwrap_or_else(|| panic!("{line}")))
    }

    /// What is told under this title: the place after the file's name, and what of it.
    fn told(&self, title: &str) -> Vec<(String, String)> {
        let rows = self.lines.iter().skip_while(|line| !line.starts_with(title)).skip(1);
        rows.take_while(|line| line.starts_with("  ")).map(|line| told(line)).collect()
    }
}

fn told(line: &str) -> (String, String) {
    let (place, what) = line.trim().split_once(": ").unwrap_or_else(|| panic!("{line}"));
    let place = place.rsplit('/').next().unwrap_or(place);
    (place.to_owned(), what.to_owned())
}

/// Imports what these arguments name.
fn imports(server: &mut Server, arguments: &[&str]) -> Report {
    if !beside() {
        server.stop();
    }
    let output = import(server).args(arguments).output().expect("roster import runs");
    if !beside() {
        server.restart();
    }
    Report::of(output)
}

/// A list once it holds so many.
async fn list(person: &Person, path: &str, total: u64) -> Vec<Value> {
    eventually(&format!("{total} in {path}"), async || {
        let answer = person.gets(path).await;
        (answer.body["total"] == total).then(|| answer.body["members"].as_array().cloned().unwrap_or_default())
    })
    .await
}
