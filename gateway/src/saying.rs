//! A word to whoever is at the terminal. Where nobody reads on, as in `roster rebuild members | head -1`, writing fails and what is under way
//! goes on; `println!` and `eprintln!` would panic.

use std::fmt::Display;
use std::io::{self, Write};

/// What comes of what was asked, to standard output.
pub fn say(line: impl Display) {
    let _nobody_reads_it = writeln!(io::stdout(), "{line}");
}

/// What goes beside it, to standard error.
pub fn remark(line: impl Display) {
    let _nobody_reads_it = writeln!(io::stderr(), "{line}");
}

/// What went wrong and why. Some errors say their cause themselves; it is not said again.
pub fn with_causes(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::with_causes;

    #[test]
    fn each_cause_is_said_once() {
        let refused = anyhow!("connection refused").context("can't connect: connection refused").context("no journal");
        assert_eq!(with_causes(&refused), "no journal: can't connect: connection refused");
        assert_eq!(with_causes(&anyhow!("no such file").context("can't open it")), "can't open it: no such file");
    }
}
