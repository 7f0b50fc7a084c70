//! The same over HTTP, with distinct tokens. Client and server share this process and its cores, as the yardstick does.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use axum::http::HeaderName;
use chrono::TimeDelta;
use domain::UserId;
use gateway::erasing::scrubbing::Scrubber;
use gateway::identity::{DevKey, Identity, TokenRequest};
use gateway::known::Known;
use gateway::live::Live;
use gateway::original::Original;
use gateway::roster::{Roster, RosterParts};
use gateway::server::{self, Limits};
use gateway::webhooks::Post;
use gateway::webhooks::address::Allowed;
use gateway::{app, telemetry, wiring};
use journal::Journal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::CALLERS;
use crate::measure::{Table, measure};
use crate::seed::{Member, Place};
use crate::yardstick::bare;

/// People with tokens, for each place.
const PEOPLE: usize = 10_000;

/// Callers while tokens are shown for the first time.
const FIRST_CALLERS: usize = 16;

/// Roster and the yardstick, serving.
pub struct Http {
    key: DevKey,
    address: SocketAddr,
    bare: SocketAddr,
}

impl Http {
    /// Starts both.
    pub async fn start(journal: &Journal, folder: &Path) -> Self {
        let key = DevKey::open_or_create(folder).unwrap();
        let address = serve(journal, DevKey::open_or_create(folder).unwrap()).await;
        Self { key, address, bare: bare::serve().await }
    }

    /// A token for each.
    pub fn sign(&self, people: &[Member]) -> Arc<[String]> {
        people.iter().map(|(_, user)| token(&self.key, user)).collect()
    }

    /// Checks of all of them in turn, each with their own token, over and over.
    pub async fn check(&self, callers: usize, time: Duration, people: &Arc<[Member]>, tokens: &Arc<[String]>) -> f64 {
        drive(self.address, callers, time, usize::MAX, checking(people, tokens)).await.0
    }

    /// The same checks as a proxy asks for them.
    pub async fn authorize(
        &self,
        callers: usize,
        time: Duration,
        people: &Arc<[Member]>,
        tokens: &Arc<[String]>,
    ) -> f64 {
        let (people, tokens) = (people.clone(), tokens.clone());
        let authorizing = move |n: usize| {
            let (organization, _) = &people[n % people.len()];
            let asked = request("GET", "/v1/authorize", &tokens[n % tokens.len()]);
            asked.replacen("\r\n", &format!("\r\nx-original-uri: /app/{organization}/reports?year=2026\r\n"), 1)
        };
        drive(self.address, callers, time, usize::MAX, authorizing).await.0
    }

    /// Tokens and people never seen before.
    pub async fn check_each_once(&self, people: &Arc<[Member]>, tokens: &Arc<[String]>) -> f64 {
        drive(self.address, FIRST_CALLERS, Duration::MAX, people.len(), checking(people, tokens)).await.0
    }

    /// Everybody leaves; how many did before the time was over.
    async fn leave(
        &self,
        callers: usize,
        time: Duration,
        people: &Arc<[Member]>,
        tokens: &Arc<[String]>,
    ) -> (f64, usize) {
        let (at_most, people, tokens) = (people.len(), people.clone(), tokens.clone());
        let leave = move |n: usize| request("POST", &format!("/v1/organizations/{}/leave", people[n].0), &tokens[n]);
        drive(self.address, callers, time, at_most, leave).await
    }

    /// The same by the bare handler, which is asked nothing.
    pub async fn bare(&self, callers: usize, time: Duration) -> f64 {
        drive(self.bare, callers, time, usize::MAX, |_| request("GET", "/", "none")).await.0
    }
}

/// Checks and leaves over HTTP at every place.
pub async fn run(journal: &Journal, folder: &Path, places: &mut [Place], time: Duration) {
    let http = Http::start(journal, folder).await;
    let mut checks = Table::new(&["membership checks/s, HTTP", "1 caller", "16", "64"]);
    let mut first = Table::new(&["checks/s, HTTP, by tokens and people never seen before", "16 callers"]);
    let mut leaves = Table::new(&["leave commands/s, HTTP", "1 caller", "16", "64"]);
    for place in places {
        let (mut seen, mut checked, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for callers in CALLERS {
            let people: Arc<[Member]> = place.take(PEOPLE).into();
            let tokens = http.sign(&people);
            let rate = http.check_each_once(&people, &tokens).await;
            if callers == FIRST_CALLERS {
                seen.push(rate);
            }
            checked.push(http.check(callers, time, &people, &tokens).await);
            let (rate, gone) = http.leave(callers, time, &people, &tokens).await;
            left.push(rate);
            place.refill(journal, &people[..gone], &people[gone..]).await;
        }
        first.row(&place.name, &seen);
        checks.row(&place.name, &checked);
        leaves.row(&place.name, &left);
    }
    let mut plain = Vec::new();
    for callers in CALLERS {
        plain.push(http.bare(callers, time).await);
    }
    checks.row("yardstick: a bare axum handler", &plain);
    checks.print();
    first.print();
    leaves.print();
}

fn checking(people: &Arc<[Member]>, tokens: &Arc<[String]>) -> impl Fn(usize) -> String + Send + Sync + 'static {
    let (people, tokens) = (people.clone(), tokens.clone());
    move |n| {
        let (organization, _) = &people[n % people.len()];
        request("GET", &format!("/v1/organizations/{organization}/access"), &tokens[n % tokens.len()])
    }
}

async fn serve(journal: &Journal, key: DevKey) -> SocketAddr {
    let mut tasks = Vec::new();
    let (views, lists) = wiring::lists(journal, None, None, &mut tasks).await;
    // They run as long as the benchmark.
    std::mem::forget(tasks);
    let identity = Identity::development(key);
    let roster = Roster::from(RosterParts {
        journal: journal.clone(),
        nats: None,
        views,
        lists,
        sign_in: Arc::new(identity.sign_in(None)),
        trusted_origins: Arc::default(),
        public_url: Arc::default(),
        original: Arc::new(Original {
            header: HeaderName::from_static("x-original-uri"),
            pattern: "/app/{slug}/…".parse().unwrap(),
        }),
        live: Live::new(journal.clone(), CancellationToken::new(), 0),
        verifier: identity.verifier,
        known: Known::start(journal.clone()),
        scrubber: Scrubber::start(journal.clone()),
        invitation_validity: TimeDelta::days(7),
        limits: gateway::limits::Limits::default(),
        answer_within: Duration::from_secs(30),
        post: Post::new(Allowed::Public, Duration::from_secs(15)),
        head: Arc::default(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app::router(roster, telemetry::start_metrics().unwrap());
    let limits = Limits { connections: 1000, client: Duration::from_secs(30), drain: Duration::ZERO };
    tokio::spawn(server::serve(listener, app, limits, std::future::pending()));
    address
}

/// Sends requests 0, 1, 2 … over one connection a caller; the rate, and how many were sent.
async fn drive(
    address: SocketAddr,
    callers: usize,
    time: Duration,
    at_most: usize,
    request: impl Fn(usize) -> String + Send + Sync + 'static,
) -> (f64, usize) {
    let mut connections = Vec::new();
    for _ in 0..callers {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        connections.push(Mutex::new(stream));
    }
    let next = Arc::new(AtomicUsize::new(0));
    let (sent, shared) = (next.clone(), Arc::new((request, connections)));
    let send = move |caller: usize| {
        let (n, shared) = (next.fetch_add(1, Ordering::Relaxed), shared.clone());
        async move {
            if n >= at_most {
                return false;
            }
            let (request, connections) = &*shared;
            let mut stream = connections[caller].lock().await;
            stream.write_all(request(n).as_bytes()).await.unwrap();
            let status = answer(&mut stream).await;
            assert_eq!(status, 200, "request {n} was answered with {status}");
            true
        }
    };
    let measured = measure(callers, time, send).await;
    (measured.rate, sent.load(Ordering::Relaxed).min(at_most))
}

fn request(method: &str, path: &str, token: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-length: 0\r\n\r\n")
}

/// Reads one answer: just enough of HTTP for a server that always says how long its answer is.
async fn answer(stream: &mut TcpStream) -> u16 {
    let (mut buffer, mut filled) = ([0; 4096], 0);
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server closed the connection");
        filled += read;
        let text = String::from_utf8_lossy(&buffer[..filled]);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                return head.get(9..12).and_then(|status| status.parse().ok()).expect("a status line");
            }
        }
    }
}

fn token(key: &DevKey, user: &UserId) -> String {
    let request = TokenRequest {
        user_id: user.clone(),
        email: None,
        email_verified: false,
        name: None,
        picture: None,
        session: None,
        scope: None,
        expires_in: Duration::from_secs(3600),
    };
    key.sign(&request, SystemTime::now().into())
}
