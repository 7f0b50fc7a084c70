//! Every variable in every file that names one, against the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use clap::CommandFactory;

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

#[test]
fn the_page_on_configuration_has_every_setting_once_with_its_flag_and_default() {
    let page = read("docs/configuration.md");
    let mut there = BTreeMap::new();
    for row in page.lines().filter(|row| row.starts_with("| ") && row.contains("`--")) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let (variable, flag, default) = (quoted(cells[1]), quoted(cells[2]), quoted(cells[3]));
        assert!(there.insert(flag[0].to_owned(), (variable, default)).is_none(), "{flag:?} is there twice");
    }
    let command = gateway::cli::Cli::command();
    let settings =
        command.get_arguments().filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()));
    for argument in settings {
        let flag = format!("--{}", argument.get_long().expect("every setting has a flag"));
        let (variable, default) = there.remove(&flag).unwrap_or_else(|| panic!("{flag} is missing"));
        let text = |text: &std::ffi::OsStr| text.to_str().expect("text").to_owned();
        assert_eq!(variable, argument.get_env().map(text).into_iter().collect::<Vec<_>>(), "{flag}");
        let defaults = argument.get_default_values().iter().map(|value| text(value));
        assert_eq!(default, defaults.collect::<Vec<_>>(), "{flag}");
    }
    assert!(there.is_empty(), "these are no settings: {there:?}");
}

#[test]
fn the_page_on_the_command_line_has_every_subcommand() {
    let page = read("docs/command-line.md");
    for subcommand in gateway::cli::Cli::command().get_subcommands() {
        let name = subcommand.get_name();
        let row = page.lines().any(|row| row.starts_with(&format!("| `{name}")));
        let title = page.lines().any(|line| line.starts_with("## ") && line.contains(name));
        assert!(row && title, "{name} is missing");
    }
}
