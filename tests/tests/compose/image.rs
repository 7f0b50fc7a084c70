//! The Dockerfile, against the workspace and the compose file.

use std::process::Command;

use serde_json::Value;

use crate::files::{environment, instructions, path, read, service, settings, text, texts};

/// What follows this word, the last time it is said.
fn last(word: &str) -> String {
    let said = instructions().into_iter().rfind(|(known, _)| known == word);
    said.unwrap_or_else(|| panic!("the Dockerfile has no {word}")).1
}

/// Major and minor number of the first version in a text.
fn version(text: &str) -> (u32, u32) {
    let from = text.find(|letter: char| letter.is_ascii_digit()).expect("a version");
    let mut numbers = text[from..].split(|letter: char| !letter.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

#[test]
fn it_builds_the_binary_of_this_workspace_with_a_rust_that_is_new_enough() {
    let all = instructions();
    let stages: Vec<_> = all.iter().filter(|(word, _)| word == "FROM").map(|(_, from)| from.as_str()).collect();
    let [build, run] = stages[..] else { panic!("two stages: {stages:?}") };
    assert!(build.starts_with("rust:") && build.ends_with(" AS build"), "{build}");
    let wanted = read("Cargo.toml").lines().find_map(|line| line.strip_prefix("rust-version = ").map(str::to_owned));
    assert!(version(build) >= version(&wanted.expect("a rust-version")), "{build}");
    // What is linked with one C library runs on one that is as new.
    let (release, debian) = (build.split(['-', ' ']).nth(2), run.split([':', '-']).nth(1));
    assert_eq!((release, debian), (Some("trixie"), Some("13")), "trixie is Debian 13");

    let compile = all.iter().find(|(word, rest)| word == "RUN" && rest.contains("cargo build")).expect("a build");
    for part in ["--locked", "--release", "--package gateway", "--bin roster"] {
        assert!(compile.1.contains(part), "{part} is not in {compile:?}");
    }
    let kept = compile.1.rsplit("cp target/release/roster ").next().expect("a place").to_owned();
    let copied =
        all.iter().any(|(word, rest)| word == "COPY" && rest == &format!("--from=build {kept} /usr/local/bin/roster"));
    assert!(copied, "what is built is what is run");
}

#[test]
fn what_is_left_out_is_not_needed_to_build() {
    let left_out = read(".dockerignore");
    let left_out: Vec<_> = left_out.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(path("."))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let root = text(&metadata["workspace_root"]).to_owned();
    let mut needed = vec!["Cargo.toml".to_owned(), "Cargo.lock".into(), "migrations".into()];
    for package in metadata["packages"].as_array().expect("packages") {
        let manifest = text(&package["manifest_path"]).strip_prefix(&root).expect("it is in the workspace");
        needed.push(manifest.trim_start_matches('/').split('/').next().expect("a folder").to_owned());
    }
    assert!(needed.contains(&"gateway".to_owned()), "{needed:?}");
    for needed in needed {
        assert!(!left_out.contains(&needed.as_str()), "{needed} is needed");
    }
    for secret in [".env*", "roster-data", ".git", "target"] {
        assert!(left_out.contains(&secret), "{secret} belongs in no image");
    }
}

#[test]
fn it_runs_as_somebody_who_owns_the_data_folder_and_is_not_root() {
    let user = last("USER");
    let (id, group) = user.split_once(':').expect("user and group by number");
    assert!(id.parse::<u32>().is_ok_and(|id| id > 0) && id == group, "{user}");
    let made = instructions().into_iter().rfind(|(word, _)| word == "RUN").expect("the user is made").1;
    assert!(made.contains(&format!("--uid {id} --user-group")), "{made}");
    let data =
        environment(&service("gateway-1")).into_iter().find(|(name, _)| name == "ROSTER_DATA").expect("a folder");
    assert!(made.contains("--owner=roster --group=roster --mode=0700") && made.ends_with(&data.1), "{made}");
}

#[test]
fn its_settings_port_and_health_check_are_those_of_the_compose_file() {
    let gateway = service("gateway-1");
    let compose = environment(&gateway);
    for set in last("ENV").split(' ') {
        let (name, value) = set.split_once('=').expect("NAME=value");
        assert!(settings().iter().any(|setting| setting.name == name), "{name} is no setting");
        assert!(compose.contains(&(name.to_owned(), value.to_owned())), "{set} is another one there");
    }
    let listen = compose.iter().find(|(name, _)| name == "ROSTER_LISTEN").expect("an address");
    assert_eq!(listen.1.rsplit(':').next(), Some(last("EXPOSE").as_str()));
    let list = |text: &str| serde_json::from_str::<Vec<String>>(text).expect("a list");
    assert_eq!(list(&last("ENTRYPOINT")), ["roster"]);
    let check = last("HEALTHCHECK");
    assert_eq!(list(check.split("CMD ").nth(1).expect("a command")), texts(&gateway["healthcheck"]["test"])[1..]);
}
