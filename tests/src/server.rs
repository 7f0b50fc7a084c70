//! A `roster` process in a folder of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use gateway::identity::{DevKey, TokenRequest};
use servers::{Nats, Postgres};
use tempfile::{NamedTempFile, TempDir};

use crate::person::Person;

/// A running server. Dropping it kills the process and deletes its folder.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    folder: Arc<TempDir>,
    settings: Vec<(String, String)>,
    arguments: Vec<String>,
    client: reqwest::Client,
    key: DevKey,
    log: NamedTempFile,
    /// Kept as long as the server, where it has one to itself.
    nats: Option<Arc<Nats>>,
    /// How long it took from starting the process to its first line.
    pub started_in: Duration,
}

impl Server {
    /// A server with an empty journal: in a file, or with `ROSTER_TEST_DATABASE=postgres` in a database of its own, with a
    /// NATS of its own.
    pub fn start() -> Self {
        Self::with(&[], &[])
    }

    /// The same with arguments and environment variables.
    pub fn with(arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if !on_postgres() {
            return Self::in_folder(folder, arguments, settings);
        }
        let (url, nats) = (Postgres::shared().create_database(), Nats::start());
        let nats_url = nats.url();
        let production = [("DATABASE_URL", url.as_str()), ("NATS_URL", nats_url.as_str())];
        let settings: Vec<_> = settings.iter().copied().chain(production).collect();
        Self::in_folder(folder, arguments, &settings).beside(Some(Arc::new(nats)))
    }

    /// A server with an empty journal in a file, whatever the rest of the suite runs on.
    pub fn in_a_file() -> Self {
        Self::in_folder(tempfile::tempdir().expect("a temporary folder"), &[], &[])
    }

    /// A server on this database.
    pub fn on(database: &str) -> Self {
        Self::in_folder(tempfile::tempdir().expect("a temporary folder"), &[], &[("DATABASE_URL", database)])
    }

    /// A server on this database and this NATS.
    pub fn in_production(database: &str, nats: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::in_folder(folder, &[], &[("DATABASE_URL", database), ("NATS_URL", nats)])
    }

    /// Another server on the same database, NATS and data folder.
    pub fn another(&self) -> Self {
        let another = Self::launched(self.folder.clone(), self.arguments.clone(), self.settings.clone());
        another.beside(self.nats.clone())
    }

    fn beside(mut self, nats: Option<Arc<Nats>>) -> Self {
        self.nats = nats;
        self
    }

    /// A server in a folder that may hold something already.
    pub fn in_folder(folder: TempDir, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let settings: Vec<(String, String)> =
            settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::launched(Arc::new(folder), arguments, settings)
    }

    fn launched(folder: Arc<TempDir>, arguments: Vec<String>, settings: Vec<(String, String)>) -> Self {
        let log = NamedTempFile::new().expect("a file for the log");
        let (child, url, started_in) = launch(folder.path(), &arguments, &settings, log.path());
        let key = DevKey::open_or_create(folder.path()).expect("the server's development key");
        Self { child, url, folder, settings, arguments, client: client(), key, log, nats: None, started_in }
    }

    /// Somebody with this user id, with the verified address `<id>@acme.test` and the id, capitalised, as name.
    pub fn person(&self, id: &str) -> Person {
        self.person_with(&says(id))
    }

    /// The same with these scopes: a backend, an auditor.
    pub fn with_scope(&self, id: &str, scope: &str) -> Person {
        self.person_with(&TokenRequest { scope: Some(scope.to_owned()), ..says(id) })
    }

    /// Somebody whose token says just this. Signed here with the server's key: a thousand people in no time.
    pub fn person_with(&self, request: &TokenRequest) -> Person {
        self.person_as_of(request, SystemTime::now())
    }

    /// The same with a token issued at this time.
    pub fn person_as_of(&self, request: &TokenRequest, issued_at: SystemTime) -> Person {
        let token = self.key.sign(request, issued_at.into());
        self.bearer(request.user_id.as_str(), &token)
    }

    /// Somebody with this token, whatever it is.
    pub fn bearer(&self, id: &str, token: &str) -> Person {
        Person::new(self.url.clone(), self.client.clone(), id, token)
    }

    /// A token of the development identity, as `roster token` prints it.
    pub fn token(&self, id: &str, more: &[&str]) -> String {
        let name = capitalised(id);
        let email = format!("{id}@acme.test");
        let output = Self::command(self.folder.path())
            .args(["token", "--user-id", id, "--email", &email, "--name", &name])
            .args(more)
            .output()
            .expect("roster token runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a token is text").trim().to_owned()
    }

    /// What the server wrote to its standard error so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).expect("the log is text")
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// What it was told in this environment variable.
    pub fn setting(&self, name: &str) -> &str {
        let set = self.settings.iter().find(|(one, _)| one == name);
        set.map_or_else(|| panic!("{name} is not set"), |(_, value)| value)
    }

    /// Whether its journal is in Postgres.
    pub fn is_on_postgres(&self) -> bool {
        self.settings.iter().any(|(name, _)| name == "DATABASE_URL")
    }

    /// The NATS it has to itself, if it has one.
    pub fn nats(&self) -> Option<&Nats> {
        self.nats.as_deref()
    }

    /// Where its stream is, if it has one.
    pub fn nats_url(&self) -> Option<&str> {
        self.settings.iter().find(|(name, _)| name == "NATS_URL").map(|(_, value)| value.as_str())
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server has ended");
    }

    /// Starts the same server again on the same folder, possibly on another port.
    pub fn restart(&mut self) {
        let (child, url, started_in) = launch(self.folder.path(), &self.arguments, &self.settings, self.log.path());
        (self.child, self.url, self.started_in) = (child, url, started_in);
    }

    /// `SIGTERM`, and how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().expect("the server ends")
    }

    /// Sends a signal (`TERM`, `KILL`) and waits for nothing.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.pid().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal {name} is sent");
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("the server can be asked about")
    }

    /// A `roster` command line on the same journal, beside it.
    pub fn command_line(&self) -> Command {
        let mut command = Self::command(self.data());
        let database = self.settings.iter().find(|(name, _)| name == "DATABASE_URL");
        command.envs(database.map(|(name, value)| (name, value)));
        command
    }

    /// A `roster` command line on this data folder.
    pub fn command(data: &Path) -> Command {
        prepared(Command::new(binary()), data)
    }
}

/// Whether the suite runs on Postgres.
fn on_postgres() -> bool {
    match std::env::var("ROSTER_TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Ok("") | Err(_) => false,
        Ok(other) => panic!("ROSTER_TEST_DATABASE is {other}: postgres, or unset for a file"),
    }
}

/// Nothing of the environment but what is set here.
fn prepared(mut command: Command, data: &Path) -> Command {
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("ROSTER_DATA", data);
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.log());
        }
    }
}

/// What the token of somebody ordinary says: `<id>@acme.test`, verified, the id, capitalised, as name, an hour.
pub fn says(id: &str) -> TokenRequest {
    TokenRequest {
        user_id: id.parse().expect("a user id"),
        email: Some(format!("{id}@acme.test")),
        email_verified: true,
        name: Some(capitalised(id)),
        picture: None,
        session: None,
        scope: None,
        expires_in: Duration::from_secs(3600),
    }
}

fn capitalised(id: &str) -> String {
    let mut name = id.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("an HTTP client")
}

fn launch(data: &Path, arguments: &[String], settings: &[(String, String)], log: &Path) -> (Child, String, Duration) {
    let errors = File::options().append(true).open(log).expect("the log can be written");
    let program = binary();
    let started = Instant::now();
    // A file that may not grow is to the server what a full disk is; the signal that comes with it would end the process.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(program);
    let mut child = prepared(shell, data)
        .env("ROSTER_LISTEN", "127.0.0.1:0")
        .env("ROSTER_LOG", "warn")
        // One person does in a second of a test what nobody does in a day; where limits are the matter, a test sets its own.
        .env("ROSTER_COMMANDS_BURST", "100000")
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(errors)
        .spawn()
        .expect("roster starts");
    let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("its first line");
    let took = started.elapsed();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap_or_else(|| {
        let _ = child.kill();
        let said = std::fs::read_to_string(log).unwrap_or_default();
        panic!("roster did not say where it listens: {line:?} {said}")
    });
    let url = url.trim_end_matches(',').to_owned();
    // A full pipe would stop the server.
    std::thread::spawn(move || std::io::copy(&mut out.by_ref(), &mut std::io::sink()));
    (child, url, took)
}

/// The binary under test: `ROSTER_BIN`, or the workspace's own, built if need be in the profile the tests have.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(named) = std::env::var_os("ROSTER_BIN") {
            return named.into();
        }
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "--package", "gateway", "--bin", "roster"]);
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        // What cargo tells this test of its own package; build scripts that look at it would run again, and half of all
        // dependencies be built anew, each time the build is started from here and then from a shell.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                build.env_remove(name);
            }
        }
        assert!(build.status().is_ok_and(|status| status.success()), "the roster binary builds");
        // Test programs lie in target/<profile>/deps.
        let mut path = std::env::current_exe().expect("this program has a path");
        path.pop();
        if path.ends_with("deps") {
            path.pop();
        }
        path.join("roster")
    })
}
