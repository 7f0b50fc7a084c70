//! The contract is what is answered: as a tool finds that knows nothing but the contract, and as a client that is made of it.
//!
//! - [`typescript`]: a generated client compiles strictly and lives the story
//! - [`fuzzed`]: schemathesis, as the owner of a filled organization, finds nothing
//! - [`shown`]: the page to browse in loads nothing from elsewhere

mod fuzzed;
mod shown;
mod typescript;

use std::path::PathBuf;
use std::process::Command;

/// A folder that `tests/run` installs something into.
fn installed(variable: &str, folder: &str) -> PathBuf {
    let path = std::env::var_os(variable)
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")).join(folder), PathBuf::from);
    assert!(path.exists(), "{} is not there: tests/run installs it", path.display());
    path
}

/// Runs a program to its end; what it said, if it went well.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}:\n{said}");
    said
}
