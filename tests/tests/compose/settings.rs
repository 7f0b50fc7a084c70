//! Every variable in every file that names one, against the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::files::{environment, read, service, settings};

fn names() -> BTreeSet<String> {
    settings().into_iter().map(|setting| setting.name).collect()
}

/// What is between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_compose_file_sets_only_what_is_there_to_be_set() {
    let known = names();
    for gateway in ["gateway-1", "gateway-2"] {
        for (name, _) in environment(&service(gateway)) {
            assert!(known.contains(&name), "{name} is no setting");
        }
    }
}

#[test]
fn help_names_every_setting() {
    let output = Command::new(tests::server::binary()).args(["serve", "--help"]).output().expect("roster runs");
    let help = String::from_utf8_lossy(&output.stdout);
    for name in names() {
        // Followed by the value it has, where that is no secret.
        assert!(help.contains(&format!("[env: {name}")), "{name} is not in the help");
    }
}

#[test]
fn the_sample_has_every_setting_once_with_its_default() {
    let sample = read(".env.sample");
    let mut there = BTreeMap::new();
    for line in sample.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()) {
        let (name, value) =
            line.strip_prefix('#').and_then(|line| line.split_once('=')).unwrap_or_else(|| panic!("{line}"));
        assert!(there.insert(name, value).is_none(), "{name} is there twice");
    }
    for setting in settings() {
        let value = there.remove(setting.name.as_str()).unwrap_or_else(|| panic!("{} is missing", setting.name));
        assert!(
            setting.default.is_none_or(|default| default == value),
            "{} has another default than {value}",
            setting.name
        );
    }
    assert!(there.is_empty(), "these are no settings: {there:?}");
}

#[test]
fn the_readme_has_every_setting_once_with_its_default() {
    let readme = read("README.md");
    let table =
        readme.split("| variable | default |").nth(1).expect("the table").split("\n\n").next().expect("its end");
    let mut defaults: BTreeMap<_, _> =
        settings().into_iter().map(|setting| (setting.name, setting.default.into_iter().collect::<Vec<_>>())).collect();
    for row in table.lines().filter(|row| row.contains('`')) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let mut expected = Vec::new();
        for name in quoted(cells[1]) {
            expected.extend(defaults.remove(name).unwrap_or_else(|| panic!("{name} is no setting, or there twice")));
        }
        assert_eq!(quoted(cells[2]), expected, "{row}");
    }
    assert!(defaults.is_empty(), "these are missing: {:?}", defaults.keys());
}
