//! A `roster subscribe` that runs, and what it printed.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::Value;
use tests::{Server, eventually};

/// `roster subscribe` with these arguments: from the stream in production, embedded from the server.
pub fn subscribe(server: &Server, arguments: &[&str]) -> Command {
    let mut command = Server::command(server.data());
    command.arg("subscribe").args(arguments);
    match server.nats_url() {
        Some(url) => command.env("NATS_URL", url),
        None => command.args(["--url", &server.url]),
    };
    command
}

/// All that it prints until it ends by itself, which must be well.
pub fn printed(mut command: Command) -> String {
    let output = command.output().expect("roster runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

/// Events, one a line.
pub fn events(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no event: {line}"))).collect()
}

/// Positions of events.
pub fn positions(events: &[Value]) -> Vec<u64> {
    events.iter().map(|event| event["position"].as_u64().expect("a position")).collect()
}

/// One that runs. Dropping it kills it.
pub struct Watched {
    child: Child,
    out: Arc<Mutex<String>>,
    errors: Arc<Mutex<String>>,
    /// Reads what it says, to its end.
    listener: Option<JoinHandle<()>>,
}

impl Watched {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("roster starts");
        let (out, _) = gathers(child.stdout.take().expect("piped"));
        let (errors, listener) = gathers(child.stderr.take().expect("piped"));
        Self { child, out, errors, listener: Some(listener) }
    }

    /// What it printed so far.
    pub fn events(&self) -> Vec<Value> {
        events(&self.out.lock().expect("nobody panicked"))
    }

    /// What it said so far.
    pub fn said(&self) -> String {
        self.errors.lock().expect("nobody panicked").clone()
    }

    /// Waits until it has printed everything from this position to that one, each once and in order.
    pub async fn reaches(&self, first: u64, last: u64) {
        let whole: Vec<u64> = (first..=last).collect();
        eventually(&format!("positions {first} to {last}"), async || {
            let seen = positions(&self.events());
            assert!(whole.starts_with(&seen), "{seen:?} {}", self.said());
            (seen == whole).then_some(())
        })
        .await;
    }

    /// Waits until it has said this.
    pub async fn says(&self, what: &str) {
        eventually(what, async || self.said().contains(what).then_some(())).await;
    }

    /// Sends it a signal; how it ends.
    pub fn told(mut self, signal: &str) -> ExitStatus {
        servers::processes::send(signal, &[self.child.id()]);
        self.child.wait().expect("it ends")
    }

    /// How it ends by itself, and what it said.
    pub fn ends(mut self) -> (ExitStatus, String) {
        let ended = self.child.wait().expect("it ends");
        // Its last words may not have been read yet.
        self.listener.take().expect("taken here alone").join().expect("nobody panicked");
        (ended, self.said())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ = self.child.wait();
    }
}

fn gathers(pipe: impl Read + Send + 'static) -> (Arc<Mutex<String>>, JoinHandle<()>) {
    let gathered = Arc::new(Mutex::new(String::new()));
    let (into, mut pipe) = (gathered.clone(), BufReader::new(pipe));
    let reader = std::thread::spawn(move || {
        let mut line = String::new();
        while pipe.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            into.lock().expect("nobody panicked").push_str(&std::mem::take(&mut line));
        }
    });
    (gathered, reader)
}
