//! The files, taken apart.

use std::path::PathBuf;

use clap::CommandFactory;
use serde_json::Value;

/// A file of the project.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

pub fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// docker-compose.yml, merge keys resolved.
pub fn compose() -> Value {
    serde_saphyr::from_str(&read("docker-compose.yml")).expect("docker-compose.yml is YAML")
}

/// One of its services.
pub fn service(name: &str) -> Value {
    let service = compose()["services"][name].clone();
    assert!(service.is_object(), "there is no service {name}");
    service
}

/// Text that must be there.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// Texts that must be there.
pub fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list")).iter().map(text).collect()
}

/// What a service's environment sets.
pub fn environment(service: &Value) -> Vec<(String, String)> {
    let set = service["environment"].as_object().expect("an environment");
    set.iter().map(|(name, value)| (name.clone(), text(value).to_owned())).collect()
}

/// The Dockerfile's instructions, each a word and what follows it, continued lines joined.
pub fn instructions() -> Vec<(String, String)> {
    let whole = read("Dockerfile").replace("\\\n", " ");
    let lines = whole.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (word, rest) = line.split_once(' ').unwrap_or_else(|| panic!("{line:?} is no instruction"));
            (word.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect()
}

/// A setting as the command line has it.
#[derive(Debug)]
pub struct Setting {
    pub name: String,
    pub default: Option<String>,
}

/// Every setting that can come from the environment.
pub fn settings() -> Vec<Setting> {
    let command = gateway::cli::Cli::command();
    let settings = command.get_arguments().filter_map(|argument| {
        let name = argument.get_env()?.to_str()?.to_owned();
        let default = argument.get_default_values().first().and_then(|value| value.to_str()).map(str::to_owned);
        Some(Setting { name, default })
    });
    settings.collect()
}
