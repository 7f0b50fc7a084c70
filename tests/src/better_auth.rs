//! better-auth's own client, the npm package, as applications have it: `ben.calls("organization.removeMember", …)`. It runs in
//! one Node process for all people of a test, which speaks to Roster as the application would.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{mpsc, oneshot};

use crate::person::Person;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Calls that wait for their answer, by number. `None` when no answers come any more.
type Waiting = Arc<Mutex<Option<HashMap<u64, oneshot::Sender<Value>>>>>;

/// A running process that holds a client for everybody. Cheap to clone; killed with the last of its users.
#[derive(Clone)]
pub struct Clients(Arc<Process>);

struct Process {
    lines: mpsc::UnboundedSender<String>,
    waiting: Waiting,
    next: AtomicU64,
    /// Kept to be killed when dropped.
    _node: Child,
}

impl Clients {
    /// A process without clients; each is made at its first call.
    pub fn start() -> Self {
        let mut node = Command::new("node")
            .arg(installed("client.mjs"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("node does not start: {error}; tests/run installs it"));
        let (lines, to_write) = mpsc::unbounded_channel();
        let waiting = Waiting::new(Mutex::new(Some(HashMap::new())));
        tokio::spawn(writes(to_write, node.stdin.take().expect("its input is piped")));
        tokio::spawn(reads(node.stdout.take().expect("its output is piped"), waiting.clone()));
        Self(Arc::new(Process { lines, waiting, next: AtomicU64::new(1), _node: node }))
    }

    /// This person's client, with their token as its bearer token.
    pub fn of(&self, person: &Person) -> AuthClient {
        self.client(&person.id, person.url(), Some(person.token()))
    }

    /// The client of somebody without a token.
    pub fn anonymous(&self, url: &str) -> AuthClient {
        self.client("nobody", url, None)
    }

    fn client(&self, id: &str, url: &str, token: Option<&str>) -> AuthClient {
        let (id, url, token) = (id.to_owned(), url.to_owned(), token.map(str::to_owned));
        AuthClient { process: self.0.clone(), id, url, token }
    }
}

async fn writes(mut lines: mpsc::UnboundedReceiver<String>, mut input: ChildStdin) {
    while let Some(line) = lines.recv().await {
        if input.write_all(line.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn reads(output: ChildStdout, waiting: Waiting) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("not an answer of client.mjs: {line}"));
        let id = told["id"].as_u64().unwrap_or_else(|| panic!("an answer to nobody: {line}"));
        let asked = waiting.lock().expect("nobody panicked here").as_mut().and_then(|waiting| waiting.remove(&id));
        // Who gave up waiting has taken no harm.
        let _ = asked.map(|asked| asked.send(told));
    }
    *waiting.lock().expect("nobody panicked here") = None;
}

/// One person's better-auth client at one server. Cheap to clone.
#[derive(Clone)]
pub struct AuthClient {
    process: Arc<Process>,
    id: String,
    url: String,
    token: Option<String>,
}

impl AuthClient {
    /// Calls a method of the client with an argument: `organization.removeMember`. With `fetch:/path`, the argument is the options
    /// of the client's `$fetch`: `method`, `body`, `query`, `headers`. A method that the client does not have it takes for a path,
    /// and the server answers 404.
    pub async fn calls(&self, call: &str, arg: Value) -> Told {
        self.must(call, Some(arg)).await
    }

    /// Calls a method of the client without an argument: `organization.list`.
    pub async fn calls_without(&self, call: &str) -> Told {
        self.must(call, None).await
    }

    /// Any call; `Err` with what the client threw, as it does where no answer came.
    pub async fn tries(&self, call: &str, arg: Option<Value>) -> Result<Told, String> {
        let whole = format!("{} {call}({})", self.id, arg.as_ref().map(Value::to_string).unwrap_or_default());
        let told = self.asks(&whole, call, arg).await;
        Told::read(whole, &told)
    }

    async fn must(&self, call: &str, arg: Option<Value>) -> Told {
        let told = self.tries(call, arg).await;
        told.unwrap_or_else(|thrown| panic!("{}'s client threw at {call}: {thrown}", self.id))
    }

    async fn asks(&self, whole: &str, call: &str, arg: Option<Value>) -> Value {
        let number = self.process.next.fetch_add(1, Ordering::Relaxed);
        let mut line = json!({ "id": number, "base": self.url, "token": self.token, "call": call });
        if let Some(arg) = arg {
            line["arg"] = arg;
        }
        let (answer, told) = oneshot::channel();
        if let Some(waiting) = self.process.waiting.lock().expect("nobody panicked here").as_mut() {
            waiting.insert(number, answer);
        }
        // Where the process has ended nobody has kept `answer`, which is told next.
        let _ = self.process.lines.send(format!("{line}\n"));
        let told = tokio::time::timeout(PATIENCE, told).await;
        told.unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain for {whole}"))
            .unwrap_or_else(|_| panic!("the process with the clients ended before {whole} was answered"))
    }
}

/// What the client answered its application. Expectations panic with all of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The call, for messages.
    pub call: String,
    /// `data`, or null. What the client made a `Date` is `{"$date": …}`.
    pub data: Value,
    /// `error`, or null: the error's body and `status`, `statusText`.
    pub error: Value,
}

impl Told {
    /// Reads an answer of `calls.mjs`; `Err` if the client threw.
    pub(crate) fn read(call: String, answer: &Value) -> Result<Self, String> {
        match answer.get("thrown") {
            Some(thrown) => Err(thrown.as_str().unwrap_or_default().to_owned()),
            None => Ok(Self { call, data: answer["data"].clone(), error: answer["error"].clone() }),
        }
    }

    /// Expects no error: the data.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.error.is_null(), "{self:#?}");
        self.data
    }

    /// Expects an error with this status and code. The code of errors that have none is "".
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert!(self.data.is_null(), "{self:#?}");
        assert_eq!(self.error["status"], status, "{self:#?}");
        assert_eq!(self.error["code"].as_str().unwrap_or_default(), code, "{self:#?}");
        self
    }

    /// The error's message, "" if it has none.
    pub fn message(&self) -> &str {
        self.error["message"].as_str().unwrap_or_default()
    }

    /// A text of the data, by JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> String {
        let found = self.data.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer} in {self:#?}")).to_owned()
    }

    /// A date of the data, by JSON pointer, which the client must have made a `Date`.
    #[track_caller]
    pub fn date(&self, pointer: &str) -> String {
        let found = self.data.pointer(pointer).and_then(|value| value["$date"].as_str());
        found.unwrap_or_else(|| panic!("no date at {pointer} in {self:#?}")).to_owned()
    }
}

/// A file of what `tests/run` installs, and says where.
pub(crate) fn installed(name: &str) -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/better-auth");
    let file = std::env::var_os("ROSTER_TEST_BETTER_AUTH").map_or_else(|| here.into(), PathBuf::from).join(name);
    assert!(file.exists(), "{} is not there: tests/run installs it, run it once", file.display());
    file
}
