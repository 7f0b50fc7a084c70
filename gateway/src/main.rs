//! The binary: parses and calls.

use std::process::ExitCode;

use clap::Parser;
use gateway::saying::remark;

fn main() -> ExitCode {
    match gateway::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            remark(format_args!("roster: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
