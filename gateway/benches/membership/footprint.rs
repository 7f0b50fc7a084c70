//! What the real binary takes: start-up, and memory idle and with everybody in it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::measure::{Table, median};

/// Starts the binary on an empty folder and on this one.
pub fn run(folder: &Path) {
    let (mut starts, mut idle) = (Vec::new(), 0.0);
    for _ in 0..9 {
        let empty = tempfile::tempdir().unwrap();
        let (mut child, _, took) = start(empty.path());
        starts.push(took.as_secs_f64() * 1000.0);
        idle = memory(&child);
        stop(&mut child);
    }
    let (mut child, address, took) = start(folder);
    let since = Instant::now();
    while !ready(&address) {
        assert!(since.elapsed() < Duration::from_secs(300), "the views are built");
        std::thread::sleep(Duration::from_millis(20));
    }
    let (replay, full) = (since.elapsed().as_secs_f64(), memory(&child));
    stop(&mut child);

    let mut table = Table::new(&["the real binary", ""]);
    table.exact("start-up, empty, median of 9, ms", &[median(&mut starts)]);
    table.exact("idle memory, empty, MB", &[idle]);
    table.exact("start-up with everybody seeded above, ms", &[took.as_secs_f64() * 1000.0]);
    table.exact("until the lists are served, s", &[replay]);
    table.exact("memory with everybody, MB", &[full]);
    table.print();
}

fn start(folder: &Path) -> (Child, String, Duration) {
    let started = Instant::now();
    // Nothing of the environment: what is set there for tests is no setting, and what is one would be measured.
    let mut child = Command::new(env!("CARGO_BIN_EXE_roster"))
        .env_clear()
        .args(["--listen", "127.0.0.1:0", "--log", "warn", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let took = started.elapsed();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(',').next()).expect("an address");
    (child, address.to_owned(), took)
}

fn stop(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn ready(address: &str) -> bool {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    answer.contains("\"ready\"")
}

/// Resident memory, MB.
fn memory(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    kilobytes.map_or(f64::NAN, |kb: f64| kb / 1024.0)
}
