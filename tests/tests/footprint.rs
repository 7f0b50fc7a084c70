//! What an empty embedded server costs: how long until it listens, how much memory while it waits.
//!
//! The figures are promised of a release build. A debug build optimises none of our own code, so its start is allowed a factor: still too
//! little to wait for anything. Its file is larger, too, and what is read of it counts as memory: of a debug build all memory may be a quarter
//! more, and what it allocates, which is about the same in both, has a bound of its own.

use std::time::Duration;

use tests::Server;

const START: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3 * 200 } else { 200 });
const MEMORY: u64 = (if cfg!(debug_assertions) { 50 } else { 40 }) * 1024 * 1024;
const ALLOCATED: u64 = 16 * 1024 * 1024;

#[tokio::test]
async fn an_empty_server_listens_soon_and_waits_in_little_memory() {
    let mut starts = Vec::new();
    let (mut memory, mut allocated) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let server = Server::in_a_file();
        starts.push(server.started_in);
        server.person("ana").checks("acme").await.refused(403, "not-a-member");
        memory.push(bytes(server.pid(), "VmRSS:"));
        allocated.push(bytes(server.pid(), "RssAnon:"));
    }
    starts.sort_unstable();
    memory.sort_unstable();
    allocated.sort_unstable();
    let [all, own] = [&memory, &allocated].map(|of| of[2] as f64 / 1_048_576.0);
    println!("starts in {:.0?} (of {starts:.0?}), waits in {all:.1} MB, {own:.1} of them allocated", starts[2]);
    assert!(starts[2] <= START, "{starts:?}");
    assert!(memory[2] <= MEMORY, "{memory:?}");
    assert!(allocated[2] <= ALLOCATED, "{allocated:?}");
}

/// Bytes in memory, of one kind.
fn bytes(pid: u32, kind: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the server runs");
    let line = status.lines().find_map(|line| line.strip_prefix(kind)).expect("its size");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}
