//! A nats-server with JetStream in a temporary folder.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::keeper::Keeper;
use crate::processes::{is_alive, is_stopped, send};

/// How long starting may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which of the two that Roster promises to work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The oldest: 2.9, as Debian 12 has it.
    Oldest,
    /// The newest: 2.15.
    Newest,
}

/// A server of its own.
pub struct Nats {
    folder: PathBuf,
    version: Version,
    settings: String,
    port: u16,
    keeper: Option<Keeper>,
}

impl Nats {
    /// The newest, as it is.
    pub fn start() -> Self {
        Self::with(Version::Newest, "")
    }

    /// One of this version, with more lines for its configuration.
    pub fn with(version: Version, settings: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("roster-nats-").tempdir().expect("a temporary folder").keep();
        let mut nats = Self { folder, version, settings: settings.to_owned(), port: 0, keeper: None };
        nats.launch();
        nats
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Where it keeps its streams.
    pub fn store(&self) -> PathBuf {
        self.folder.join("store")
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let Some(keeper) = self.keeper.take() else { return };
        send("KILL", &[keeper.pid]);
        wait_until(|| !is_alive(keeper.pid), "nats-server outlives kill -9");
        keeper.leave();
    }

    /// Starts it again after [`Nats::kill`], on the same port.
    pub fn restart(&mut self) {
        self.launch();
    }

    /// Forgets all it kept; to be called while it is killed.
    pub fn wipe(&self) {
        assert!(self.keeper.is_none(), "it still runs");
        let _nothing_there = fs::remove_dir_all(self.folder.join("store"));
    }

    /// Stops it in its tracks: connections open, nobody answers.
    pub fn freeze(&self) {
        if let Some(keeper) = &self.keeper {
            send("STOP", &[keeper.pid]);
            wait_until(|| is_stopped(keeper.pid), "nats-server can't be frozen");
        }
    }

    /// Lets it go on after [`Nats::freeze`].
    pub fn thaw(&self) {
        send("CONT", &self.keeper.iter().map(|keeper| keeper.pid).collect::<Vec<_>>());
    }

    fn launch(&mut self) {
        // The first time it takes a free port and says which; later it keeps that.
        let port = if self.port == 0 { -1 } else { i32::from(self.port) };
        let folder = self.folder.display();
        // 2.9 does not know the setting.
        let sync = if self.version == Version::Newest { "sync_interval: always" } else { "" };
        let configuration = format!(
            "listen: \"127.0.0.1:{port}\"\nports_file_dir: \"{folder}\"\n{}\n\
             jetstream {{ store_dir: \"{folder}/store\", max_file: 4GB, {sync} }}\n",
            self.settings
        );
        fs::write(self.folder.join("nats.conf"), configuration).expect("the folder is ours");
        let since = Instant::now();
        // While it was killed, somebody else's connection may have been given its port, for as long as it lasts.
        while !self.comes_up() {
            let in_the_way = self.log().contains("address already in use") && since.elapsed() < PATIENCE;
            assert!(in_the_way, "nats-server does not start: {}", self.log());
            sleep(Duration::from_millis(50));
        }
    }

    fn comes_up(&mut self) -> bool {
        let conf = self.folder.join("nats.conf").display().to_string();
        let keeper = Keeper::start(&self.folder, &[program(self.version).display().to_string(), "-c".into(), conf]);
        let ports = self.folder.join(format!("nats-server_{}.ports", keeper.pid));
        let told = || fs::read_to_string(&ports).ok().filter(|told| told.contains('}'));
        wait_until(|| told().is_some() || !is_alive(keeper.pid), "nats-server is not ready");
        let Some(told) = told() else {
            keeper.leave();
            return false;
        };
        // `nats://`, or `tls://` where it encrypts.
        let after = told.split("://127.0.0.1:").nth(1).expect("its URL");
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        self.port = digits.parse().expect("a port");
        self.keeper = Some(keeper);
        true
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        if self.keeper.is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn wait_until(there: impl Fn() -> bool, otherwise: &str) {
    let since = Instant::now();
    while !there() {
        assert!(since.elapsed() < PATIENCE, "{otherwise}");
        sleep(Duration::from_millis(2));
    }
}

/// Where the installed programs are; `tests/run` installs them and says where.
pub fn program(version: Version) -> PathBuf {
    static BOTH: OnceLock<[PathBuf; 2]> = OnceLock::new();
    let [oldest, newest] = BOTH.get_or_init(|| {
        let installed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/nats/bin/nats-server");
        let named = |name: &str, otherwise: PathBuf| std::env::var_os(name).map_or(otherwise, PathBuf::from);
        let newest = named("ROSTER_TEST_NATS", installed);
        [named("ROSTER_TEST_NATS_OLDEST", "/usr/sbin/nats-server".into()), newest]
    });
    let program = if version == Version::Oldest { oldest } else { newest };
    assert!(program.exists(), "{} is not there: tests/run installs it", program.display());
    program.clone()
}
