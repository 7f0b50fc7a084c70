//! The binary: parses and calls.

use std::process::ExitCode;

use clap::Parser;
use gateway::saying::{remark, with_causes};

fn main() -> ExitCode {
    match gateway::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            remark(format_args!("roster: {}", with_causes(&error)));
            ExitCode::FAILURE
        }
    }
}
