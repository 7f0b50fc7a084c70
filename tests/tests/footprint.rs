//! What an empty embedded server costs: how long until it listens, how much memory while it waits.
//!
//! The figures are promised of a release build. A debug build has a larger file to load and optimises none of our own code,
//! so its start is allowed a factor: still too little to wait for anything. Memory is hardly more, and gets none.

use std::time::Duration;

use tests::Server;

const START: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3 * 200 } else { 200 });
const MEMORY: u64 = 40 * 1024 * 1024;

#[tokio::test]
async fn an_empty_server_listens_soon_and_waits_in_little_memory() {
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..5 {
        let server = Server::in_a_file();
        starts.push(server.started_in);
        server.person("ana").checks("acme").await.refused(403, "not-a-member");
        memory.push(resident(server.pid()));
    }
    starts.sort_unstable();
    memory.sort_unstable();
    println!("starts in {:.0?} (of {starts:.0?}), waits in {:.1} MB", starts[2], memory[2] as f64 / 1_048_576.0);
    assert!(starts[2] <= START, "{starts:?}");
    assert!(memory[2] <= MEMORY, "{memory:?}");
}

/// Bytes in memory (`VmRSS`).
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the server runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its size");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}
