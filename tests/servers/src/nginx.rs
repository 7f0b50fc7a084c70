//! An nginx in a temporary folder.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::keeper::Keeper;
use crate::ports::free_port;
use crate::processes::is_alive;

/// How long starting may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server of its own.
pub struct Nginx {
    folder: PathBuf,
    port: u16,
    keeper: Keeper,
}

impl Nginx {
    /// One with these `server` and `upstream` blocks, told for the port that it is to listen on at 127.0.0.1.
    pub fn start(blocks: impl Fn(u16) -> String) -> Self {
        let mut said = String::new();
        for _ in 0..5 {
            let port = free_port();
            match Self::at(port, &blocks(port)) {
                Ok(nginx) => return nginx,
                Err(log) => said = log,
            }
        }
        panic!("nginx does not start: {said}")
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it complained about.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn at(port: u16, blocks: &str) -> Result<Self, String> {
        let folder = tempfile::Builder::new().prefix("roster-nginx-").tempdir().expect("a temporary folder").keep();
        let there = folder.display();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|kind| format!("{kind}_temp_path {there}/{kind};")).join("\n");
        // One process, which is all there is to end.
        let configuration = format!(
            "daemon off;\nmaster_process off;\npid {there}/pid;\nerror_log stderr warn;\n\
             events {{ worker_connections 512; }}\nhttp {{\naccess_log off;\n{temporary}\n{blocks}\n}}\n"
        );
        let conf = folder.join("nginx.conf");
        fs::write(&conf, configuration).expect("the folder is ours");
        let arguments =
            ["-p", &there.to_string(), "-e", "stderr", "-c", &conf.display().to_string()].map(str::to_owned);
        let command: Vec<_> = std::iter::once(program().display().to_string()).chain(arguments).collect();
        let keeper = Keeper::start(&folder, &command);
        let nginx = Self { folder, port, keeper };
        // Written once it listens. Whether its port answers would say nothing: somebody else may have taken it.
        let pid = nginx.folder.join("pid");
        let since = Instant::now();
        while !fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')) {
            if !is_alive(nginx.keeper.pid) {
                return Err(nginx.log());
            }
            assert!(since.elapsed() < PATIENCE, "nginx is not ready: {}", nginx.log());
            sleep(Duration::from_millis(2));
        }
        Ok(nginx)
    }
}

/// Where the installed program is; `tests/run` installs it.
fn program() -> PathBuf {
    let program = std::env::var_os("ROSTER_TEST_NGINX").map_or_else(|| PathBuf::from("/usr/sbin/nginx"), PathBuf::from);
    assert!(program.exists(), "{} is not there: tests/run installs it", program.display());
    program
}
