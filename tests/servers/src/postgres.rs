//! A Postgres in a temporary folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::certificates::Certificates;
use crate::keeper::Keeper;
use crate::ports::free_port;
use crate::processes::{is_alive, is_stopped, parent, send};

/// How long starting may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What tests run on: small, quick to start, many at once.
const SMALL: Size = Size { segment: 1, settings: ["shared_buffers=64MB", "max_wal_size=256MB"] };

/// What speed is measured on: as somebody who cares would set it up. No checkpoint falls into a run of a few minutes, and
/// what is measured fits into memory.
const ROOMY: Size = Size { segment: 16, settings: ["shared_buffers=1GB", "max_wal_size=8GB"] };

struct Size {
    /// Of a file of the write-ahead log, MB.
    segment: u32,
    settings: [&'static str; 2],
}

/// A server of its own. Its superuser is `app`, whom everybody on loopback is trusted to be.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    size: &'static Size,
    keeper: Option<Keeper>,
    databases: AtomicU32,
}

impl Postgres {
    /// One for the whole test process.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A new one.
    pub fn start() -> Self {
        Self::on(initialized(&SMALL, |_| {}), &SMALL)
    }

    /// A new one with settings to measure speed on.
    pub fn for_measuring() -> Self {
        Self::on(initialized(&ROOMY, |_| {}), &ROOMY)
    }

    /// One that encrypts with this certificate, and lets nobody but `app` in without a password.
    pub fn guarded(certificates: &Certificates) -> Self {
        Self::on(
            initialized(&SMALL, |data| {
                let copied = |from: PathBuf, to: &str| fs::copy(from, data.join(to)).expect("the folder is ours");
                copied(certificates.certificate(), "server.crt");
                copied(certificates.key(), "server.key");
                fs::set_permissions(data.join("server.key"), fs::Permissions::from_mode(0o600))
                    .expect("the key is ours");
                let settings = fs::read_to_string(data.join("postgresql.conf")).expect("it was just made");
                fs::write(data.join("postgresql.conf"), format!("{settings}\nssl = on\n")).expect("the folder is ours");
                let who = "host all app 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
                fs::write(data.join("pg_hba.conf"), who).expect("the folder is ours");
                if is_root() {
                    run(Command::new("chown")
                        .arg("postgres:")
                        .args([data.join("server.crt"), data.join("server.key")]));
                }
            }),
            &SMALL,
        )
    }

    /// One that waits for what a primary sends, and takes no writes. There is none: it waits for ever.
    pub fn standby() -> Self {
        Self::on(
            initialized(&SMALL, |data| fs::write(data.join("standby.signal"), "").expect("the folder is ours")),
            &SMALL,
        )
    }

    /// Another server that begins with all this one had when it was killed.
    pub fn successor(&self) -> Self {
        let folder = own_folder();
        run(Command::new("cp").arg("-a").arg(self.folder.join("data")).arg(&folder));
        Self::on(folder, self.size)
    }

    fn on(folder: PathBuf, size: &'static Size) -> Self {
        let mut postgres = Self { folder, port: 0, size, keeper: None, databases: AtomicU32::new(0) };
        // A port that was free a moment ago may be taken by the time the server asks for it.
        for _ in 0..5 {
            postgres.port = free_port();
            if postgres.launch().is_ok() {
                return postgres;
            }
        }
        panic!("Postgres does not start: {}", postgres.log())
    }

    /// Where a database of it is.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://app@127.0.0.1:{}/{database}", self.port)
    }

    /// A new empty database: its URL.
    pub fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.psql(&format!("create database {name}"));
        self.url(&name)
    }

    /// Runs SQL in its maintenance database.
    pub fn psql(&self, sql: &str) {
        self.query(&self.url("postgres"), sql);
    }

    /// Runs SQL in the database at this URL: what it answers, a line a row, columns separated by `|`.
    pub fn query(&self, url: &str, sql: &str) -> String {
        run(Command::new(program("psql")).args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, url]))
    }

    /// `kill -9` of the server and everything it started, as a machine that loses its mind would.
    pub fn kill(&mut self) {
        let Some(keeper) = self.keeper.take() else { return };
        let all = self.processes(keeper.pid);
        // Stopped first, so that it starts nobody while we look.
        send("STOP", &all[..1]);
        let all = self.processes(keeper.pid);
        send("KILL", &all);
        let since = Instant::now();
        while all.iter().any(|pid| is_alive(*pid)) {
            assert!(since.elapsed() < PATIENCE, "Postgres outlives kill -9");
            sleep(Duration::from_millis(2));
        }
        keeper.leave();
    }

    /// Starts it again after [`Postgres::kill`] as one that takes no writes, as after another server has taken over.
    pub fn restart_as_a_standby(&mut self) {
        fs::write(self.folder.join("data/standby.signal"), "").expect("the folder is ours");
        self.restart();
    }

    /// Starts it again after [`Postgres::kill`], on the same port.
    pub fn restart(&mut self) {
        let since = Instant::now();
        // While it was killed, somebody else's connection may have been given its port, for as long as it lasts.
        while self.launch().is_err() {
            let in_the_way = self.log().contains("could not bind") && since.elapsed() < PATIENCE;
            assert!(in_the_way, "Postgres does not start again: {}", self.log());
            sleep(Duration::from_millis(50));
        }
    }

    /// Stops it in its tracks: connections open, nobody answers.
    pub fn freeze(&self) {
        let Some(keeper) = &self.keeper else { return };
        // Until nobody is left who starts somebody while we look.
        let since = Instant::now();
        loop {
            let all = self.processes(keeper.pid);
            send("STOP", &all);
            if all.iter().all(|pid| is_stopped(*pid)) && self.processes(keeper.pid) == all {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "Postgres can't be frozen");
            sleep(Duration::from_millis(2));
        }
    }

    /// Lets it go on after [`Postgres::freeze`].
    pub fn thaw(&self) {
        send("CONT", &self.keeper.as_ref().map(|keeper| self.processes(keeper.pid)).unwrap_or_default());
    }

    fn launch(&mut self) -> Result<(), ()> {
        let data = self.folder.join("data");
        let _of_the_last_one = fs::remove_file(data.join("postmaster.pid"));
        let mut server = as_its_user("postgres");
        server.extend(["-D", &data.display().to_string(), "-p", &self.port.to_string()].map(String::from));
        server.extend(["-k", &self.folder.display().to_string()].map(String::from));
        let settings = [
            "listen_addresses=127.0.0.1",
            "max_connections=300",
            "jit=off",
            // Shared memory that a killed server leaves behind lies in its folder, and goes with it.
            "dynamic_shared_memory_type=mmap",
        ];
        for setting in settings.iter().chain(&self.size.settings) {
            server.extend(["-c".into(), (*setting).into()]);
        }
        let keeper = Keeper::start(&self.folder, &server);
        let since = Instant::now();
        loop {
            let told = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            let mut lines = told.lines();
            if lines.next() == Some(&keeper.pid.to_string())
                && lines.nth(6).is_some_and(|told| ["ready", "standby"].contains(&told.trim()))
            {
                self.keeper = Some(keeper);
                return Ok(());
            }
            if !is_alive(keeper.pid) {
                keeper.leave();
                return Err(());
            }
            assert!(since.elapsed() < PATIENCE, "Postgres is not ready: {}", self.log());
            sleep(Duration::from_millis(5));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The server first, then what it started: looked for by parent, because the kernel's own list of children is not
    /// reliable while they come and go.
    fn processes(&self, server: u32) -> Vec<u32> {
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        std::iter::once(server).chain(pids.filter(|pid| parent(*pid) == Some(server))).collect()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.keeper.is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A folder of its own user's, whom root becomes to start it; the server insists.
fn own_folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("roster-postgres-").tempdir().expect("a temporary folder").keep();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("the folder is ours");
    if is_root() {
        run(Command::new("chown").arg("postgres:").arg(&folder));
    }
    folder
}

/// The same with an empty server's data in it, and what is prepared there before it starts.
fn initialized(size: &Size, prepare: impl FnOnce(&Path)) -> PathBuf {
    let folder = own_folder();
    let data = folder.join("data");
    let mut initdb = as_its_user("initdb");
    initdb.extend(["-D", &data.display().to_string(), "-U", "app", "-A", "trust", "-E", "UTF8"].map(String::from));
    initdb.extend(["--locale=C", "--no-sync", "--no-instructions"].map(String::from));
    initdb.push(format!("--wal-segsize={}", size.segment));
    run(Command::new(&initdb[0]).args(&initdb[1..]));
    prepare(&data);
    folder
}

/// Where the installed Postgres has its programs: the newest, or the one named. What that has not is looked for as any
/// program is: some packages bring the server alone.
pub fn program(name: &str) -> PathBuf {
    static BIN: OnceLock<PathBuf> = OnceLock::new();
    let bin = BIN.get_or_init(|| {
        if let Some(named) = std::env::var_os("ROSTER_TEST_POSTGRES_BIN") {
            return named.into();
        }
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let newest = versions.map(|entry| entry.path()).max_by_key(|path| version(path));
        newest.expect("Postgres is installed (tests/run installs it)").join("bin")
    });
    let there = bin.join(name);
    if there.exists() { there } else { name.into() }
}

fn version(path: &Path) -> u32 {
    path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// Postgres refuses to run as root, who becomes its user; `setpriv` does so without a process of its own in between.
fn as_its_user(name: &str) -> Vec<String> {
    let mut command = Vec::new();
    if is_root() {
        command.extend(["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"].map(String::from));
    }
    command.extend(["env", "-i", "LC_ALL=C", "TZ=UTC", "PATH=/usr/bin:/bin"].map(String::from));
    command.push(program(name).display().to_string());
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|of_us| of_us.uid() == 0)
}

fn run(command: &mut Command) -> String {
    let output = command.current_dir("/").output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
