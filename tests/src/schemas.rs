//! What events must look like, by `docs/events`: judged by ajv, as `tests/run` installs it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A program of `tests/asyncapi`, where `tests/run` has installed it with what it needs.
pub fn installed(program: &str) -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/asyncapi");
    let path = std::env::var_os("ROSTER_TEST_ASYNCAPI").map_or_else(|| here.into(), PathBuf::from).join(program);
    assert!(path.exists(), "{} is not there: tests/run installs it, run it once", path.display());
    path
}

/// What is wrong with each of these values by the schema of this name; `None` where nothing is.
pub fn judged(values: &[(&str, &Value)]) -> Vec<Option<String>> {
    let mut node = Command::new("node")
        .arg(installed("validate.mjs"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs; tests/run installs it");
    let lines: String =
        values.iter().map(|(schema, value)| format!("{}\n", json!({ "schema": schema, "value": value }))).collect();
    let mut input = node.stdin.take().expect("its input is piped");
    // Apart, so that neither waits for the other where there is much.
    let writing = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = node.wait_with_output().expect("node ends");
    writing.join().expect("nothing panics there").expect("it reads all");
    assert!(output.status.success(), "the schemas can't be used");
    let told = String::from_utf8(output.stdout).expect("text");
    let told: Vec<Option<String>> = told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(told.len(), values.len());
    told
}

/// Panics where a message does not keep to the schema of the envelope and to that of its data.
#[track_caller]
pub fn keep_to_the_schemas(messages: &[Value]) {
    let name = |message: &Value| {
        let kind = message["type"].as_str().unwrap_or_default();
        kind.strip_prefix("roster.").and_then(|name| name.strip_suffix(".v1")).unwrap_or_default().to_owned()
    };
    let names: Vec<String> = messages.iter().map(name).collect();
    let envelopes = messages.iter().map(|message| ("envelope", message));
    let data = names.iter().zip(messages).map(|(name, message)| (name.as_str(), &message["data"]));
    let values: Vec<(&str, &Value)> = envelopes.chain(data).collect();
    for ((schema, value), wrong) in values.iter().zip(judged(&values)) {
        assert_eq!(wrong, None, "by {schema}: {value}");
    }
}
