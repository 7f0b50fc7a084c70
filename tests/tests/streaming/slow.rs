//! Listeners who do not listen: connections on which an answer was asked for and is not read.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::stream::Told;
use tests::{Person, Server, at_once};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{SOON, acme, sequence};

/// Events, and how large each is: enough that sockets do not hold it all.
const EVENTS: usize = 500;
const SIZE: usize = 14_000;

/// How many ask and don't read: all that two people may.
const SILENT: usize = 40;

/// What the server may grow by. Queued for each of them, it would be 40 times 7 MB.
const GROWTH: u64 = 40 * 1024 * 1024;

/// Asks for everything from the beginning, and reads nothing.
async fn asks(person: &Person, org: &str) -> TcpStream {
    let address = person.url().trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "GET /v1/organizations/{org}/events?after=0 HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\nconnection: close\r\n\r\n",
        person.token()
    );
    connection.write_all(request.as_bytes()).await.expect("a request is sent");
    connection
}

/// Bytes in memory (`VmRSS`).
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the server runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its size");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_is_in_nobody_s_way_and_costs_little() {
    let mut server = Server::start();
    let (ana, ben, member) = acme(&server, "admin").await;
    let cem = server.person("cem");
    ana.takes_in("acme", &cem, "admin").await;
    let host = ana.clone();
    at_once(8, 0..EVENTS, move |n| {
        let host = host.clone();
        async move {
            let metadata = json!({ "n": n, "filler": "x".repeat(SIZE) });
            host.patches("/v1/organizations/acme", json!({ "metadata": metadata })).await.expect(200);
        }
    })
    .await;
    // What making them took is not to be counted.
    server.kill();
    server.restart();
    let [ana, ben, cem] = [ana, ben, cem].map(|person| person.at(&server.url));
    let mut listens = cem.follows("acme").await;
    let before = resident(server.pid());

    let mut silent = Vec::new();
    for n in 0..SILENT {
        silent.push(asks(if n % 2 == 0 { &ben } else { &ana }, "acme").await);
    }
    // Until each got all that the sockets take. Meanwhile, whoever listens is told in time.
    let (mut slowest, mut peak) = (Duration::ZERO, before);
    for n in 0..100 {
        let since = Instant::now();
        ana.invites("acme", &server.person(&format!("new-{n}")), "member").await.expect(201);
        assert_eq!(listens.event().await["type"], "MemberInvited");
        slowest = slowest.max(since.elapsed());
        peak = peak.max(resident(server.pid()));
    }
    println!(
        "beside {SILENT} who do not read: told after {slowest:?} at most; {} MB before, {} MB at most, {} MB each in the journal",
        before >> 20,
        peak >> 20,
        (EVENTS * SIZE) >> 20
    );
    assert!(slowest < SOON, "{slowest:?}");
    assert!(peak - before < GROWTH, "it grew by {} MB", (peak - before) >> 20);

    // Ben is removed, then reads: nothing of what came after.
    ana.removes("acme", &member).await.expect(204);
    let history = ana.history("acme").await;
    let removed = sequence(crate::last(&history, "MemberRemoved"));
    for n in 0..20 {
        ana.invites("acme", &server.person(&format!("later-{n}")), "member").await.expect(201);
    }
    let mut text = Vec::new();
    let mut bens = silent.swap_remove(0);
    tokio::time::timeout(Duration::from_secs(20), bens.read_to_end(&mut text)).await.expect("an end").expect("text");
    let told = tests::stream::chunked(&text);
    let told: Vec<_> = told.split("\n\n").filter(|block| !block.is_empty()).filter_map(tests::stream::told).collect();
    assert_eq!(told.last(), Some(&Told::Gone));
    let mut next = 1;
    for told in &told[..told.len() - 1] {
        let Told::Event(_, event) = told else { panic!("{told:?}") };
        assert_eq!(sequence(event), next);
        next += 1;
    }
    println!("{} events had been on their way to Ben, who was removed at {removed}", next - 1);
    assert!(next <= removed && next > 1);
    // The control: he had not been told everything yet.
    assert!((next as usize) < EVENTS, "the sockets held it all: {next}");
}
