//! Processes by their ids, as the kernel shows them.

use std::fs;
use std::process::Command;

/// Sends a signal to those who are still there.
pub fn send(signal: &str, pids: &[u32]) {
    let _some_may_be_gone =
        Command::new("kill").arg(format!("-{signal}")).args(pids.iter().map(u32::to_string)).output();
}

/// Whose child it is.
pub fn parent(pid: u32) -> Option<u32> {
    after_name(pid)?.split_whitespace().nth(1)?.parse().ok()
}

/// A zombie is dead, however long its parent takes to notice.
pub fn is_alive(pid: u32) -> bool {
    state(pid).is_some_and(|state| !['Z', 'X'].contains(&state))
}

/// Whether it is stopped, or gone: it does nothing any more.
pub fn is_stopped(pid: u32) -> bool {
    state(pid).is_none_or(|state| ['T', 'Z', 'X'].contains(&state))
}

fn state(pid: u32) -> Option<char> {
    after_name(pid)?.trim_start().chars().next()
}

/// What the kernel says behind the name, which may hold anything: state, then the parent.
fn after_name(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit(')').next().map(str::to_owned)
}
