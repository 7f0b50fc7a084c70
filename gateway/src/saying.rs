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
