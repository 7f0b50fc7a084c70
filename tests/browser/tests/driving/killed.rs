//! What becomes of browsers when the tests are killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use browser::{Browser, Options};
use servers::processes::is_alive;

/// Set where this test program is started by itself, to be killed.
const ASKED: &str = "ROSTER_TEST_STAYS_OPEN";

#[tokio::test]
async fn stays_open_where_asked() {
    if std::env::var_os(ASKED).is_some() {
        let ana = Browser::open(Options::default()).await;
        println!("\nprocess {}", ana.process());
        std::future::pending::<()>().await;
    }
}

#[test]
fn kill_9_leaves_neither_browser_nor_profile() {
    let mut tests = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "killed::stays_open_where_asked", "--nocapture"])
        .env(ASKED, "yes")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let said = BufReader::new(tests.stdout.take().expect("its output is piped"));
    let told = said.lines().map_while(Result::ok).find_map(|line| line.strip_prefix("process ").map(str::to_owned));
    let process = told.and_then(|told| told.parse().ok()).expect("it tells its browser's process");
    let environment = std::fs::read_to_string(format!("/proc/{process}/environ")).expect("the browser runs");
    let folder = environment.split('\0').find_map(|entry| entry.strip_prefix("TMPDIR=")).expect("a folder").to_owned();
    assert!(Path::new(&folder).join("log").exists());
    tests.kill().expect("it can be killed");
    tests.wait().expect("it is dead");
    let since = Instant::now();
    while is_alive(process) || Path::new(&folder).exists() {
        assert!(since.elapsed() < Duration::from_secs(20), "{process} or {folder} is still there");
        sleep(Duration::from_millis(5));
    }
}
