//! Clients that are slow, silent, or do not read: they are cut off, and stop nobody else meanwhile.

use std::time::{Duration, Instant};

use tests::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::raw::{connects, sends, until_closed, until_said};

/// Long enough for a loaded machine, and far from what is waited by default.
const SOON: Duration = Duration::from_secs(12);

/// A server that waits two seconds for its clients.
fn impatient() -> Server {
    Server::with(&[], &[("ROSTER_CLIENT_TIMEOUT", "2s")])
}

/// The server closes within a while, and not at once.
async fn is_cut_off(stream: &mut TcpStream, since: Instant) -> String {
    let said = until_closed(stream, SOON).await.expect("it is closed");
    assert!(since.elapsed() >= Duration::from_millis(1_900), "closed after {:?}: {said}", since.elapsed());
    said
}

#[tokio::test]
async fn headers_that_come_byte_by_byte_are_not_waited_for() {
    let server = impatient();
    let mut stream = connects(&server).await;
    let since = Instant::now();
    let (mut reading, mut writing) = stream.split();
    let dribbles = async {
        for byte in b"GET /healthz HTTP/1.1\r\nhost: roster\r\nx-padding: ".iter().chain([b'x'; 1_000].iter()) {
            if writing.write_all(&[*byte]).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(250)).await;
        }
    };
    let closed = async {
        let mut some = [0; 1_024];
        while let Ok(1..) = reading.read(&mut some).await {}
    };
    tokio::select! {
        () = dribbles => {}
        closed = timeout(SOON, closed) => closed.expect("it is closed"),
    }
    assert!(since.elapsed() >= Duration::from_millis(1_900) && since.elapsed() < SOON, "{:?}", since.elapsed());
}

#[tokio::test]
async fn headers_that_never_end_are_cut_off() {
    let server = impatient();
    let mut silent = connects(&server).await;
    let since = Instant::now();
    assert!(sends(&mut silent, b"GET /healthz HTTP/1.1\r\nhost: roster\r\n").await);
    is_cut_off(&mut silent, since).await;

    let mut endless = connects(&server).await;
    assert!(sends(&mut endless, b"GET /healthz HTTP/1.1\r\nhost: roster\r\n").await);
    let line = format!("x-padding: {}\r\n", "x".repeat(1_000));
    for _ in 0..100 {
        if !sends(&mut endless, line.as_bytes()).await {
            break;
        }
    }
    let said = until_closed(&mut endless, SOON).await.expect("it is closed");
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
}

#[tokio::test]
async fn silence_before_and_between_requests_is_cut_off() {
    let server = impatient();
    let mut stream = connects(&server).await;
    is_cut_off(&mut stream, Instant::now()).await;

    let mut stream = connects(&server).await;
    for _ in 0..3 {
        // Less than it may be.
        sleep(Duration::from_millis(500)).await;
        assert!(sends(&mut stream, b"GET /healthz HTTP/1.1\r\nhost: roster\r\n\r\n").await);
        until_said(&mut stream, "alive\n", SOON).await;
    }
    is_cut_off(&mut stream, Instant::now()).await;
}

#[tokio::test]
async fn a_body_that_dribbles_in_is_not_waited_for() {
    let server = impatient();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let mut stream = connects(&server).await;
    let since = Instant::now();
    let head = format!(
        "PATCH /v1/organizations/acme HTTP/1.1\r\nhost: roster\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 1000\r\n\r\n{{\"name\": \"",
        ana.token()
    );
    assert!(sends(&mut stream, head.as_bytes()).await);
    let (mut reading, mut writing) = stream.split();
    let dribbles = async {
        while writing.write_all(b"x").await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
        std::future::pending::<()>().await;
    };
    let said = tokio::select! {
        () = dribbles => unreachable!("it never ends"),
        said = until_said(&mut reading, "request-timeout", Duration::from_secs(20)) => said,
    };
    assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    println!("a dribbling body was given up after {:.1?}", since.elapsed());
    assert!(since.elapsed() >= Duration::from_secs(9), "{:?}", since.elapsed());
    assert_eq!(ana.gets("/v1/organizations/acme").await.expect(200).body["name"], "acme");
}

/// Asks for much and takes none of it.
async fn asks_without_reading(server: &Server) -> TcpStream {
    let mut stream = connects(server).await;
    let asked = "GET /openapi.json HTTP/1.1\r\nhost: roster\r\n\r\n".repeat(1_000);
    assert!(sends(&mut stream, asked.as_bytes()).await);
    stream
}

/// How long somebody new waits for an answer where there is one place; `None` when they do in vain.
async fn newcomer(server: &Server, patience: Duration) -> Option<Duration> {
    let since = Instant::now();
    let mut stream = connects(server).await;
    assert!(sends(&mut stream, b"GET /healthz HTTP/1.1\r\nhost: roster\r\nconnection: close\r\n\r\n").await);
    let said = until_closed(&mut stream, patience).await?;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    Some(since.elapsed())
}

#[tokio::test]
async fn who_never_reads_the_answer_gives_the_place_back() {
    let one_place = |client| Server::with(&[], &[("ROSTER_MAX_CONNECTIONS", "1"), ("ROSTER_CLIENT_TIMEOUT", client)]);
    let server = one_place("2s");
    let stuck = asks_without_reading(&server).await;
    let waited = newcomer(&server, SOON).await.expect("the place is given back");
    println!("a client that did not read held its place for {waited:.1?}");
    drop(stuck);

    // Where it is waited for, it is still there: it was no other limit that cut it off.
    let server = one_place("1h");
    let stuck = asks_without_reading(&server).await;
    assert_eq!(newcomer(&server, Duration::from_secs(5)).await, None);
    drop(stuck);
    newcomer(&server, SOON).await.expect("it is there for the next one");
}

#[tokio::test]
async fn whoever_reads_slowly_gets_all_of_it() {
    let server = impatient();
    let mut stream = connects(&server).await;
    // More than the system would hold for a connection if nobody told it to hold less: of that a part could not be read within two seconds.
    let asked = "GET /openapi.json HTTP/1.1\r\nhost: roster\r\n\r\n".repeat(60);
    assert!(sends(&mut stream, asked.as_bytes()).await);
    let (mut answers, mut read, since) = (0, String::new(), Instant::now());
    while answers < 60 {
        if since.elapsed() < Duration::from_secs(4) {
            // Longer in all than anybody waits, and shorter each time.
            sleep(Duration::from_millis(500)).await;
        }
        let mut some = vec![0; 64 * 1024];
        let came = timeout(SOON, stream.read(&mut some)).await.expect("more comes");
        let came = came.expect("an open connection");
        assert_ne!(came, 0, "closed after {answers} answers");
        read.push_str(&String::from_utf8_lossy(&some[..came]));
        answers += read.matches("HTTP/1.1 200").count();
        // What may be the beginning of the next one.
        read = read.chars().rev().take(11).collect::<Vec<_>>().into_iter().rev().collect();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_idle_connections_stop_nobody() {
    const IDLE: usize = 2_000;
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let mut idle = Vec::with_capacity(IDLE);
    for n in 0..IDLE {
        let mut stream = connects(&server).await;
        if n % 2 == 0 {
            assert!(sends(&mut stream, b"GET /v1/organizations/ac").await);
        }
        idle.push(stream);
    }
    let started = Instant::now();
    ana.takes_in("acme", &ben, "member").await;
    ben.checks("acme").await.expect(200);
    ben.leaves("acme").await.expect(200);
    let took = started.elapsed();
    println!("with {IDLE} idle connections somebody joined, was checked and left in {took:.1?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    // They were there all the time.
    for stream in &idle {
        let nothing = stream.try_read(&mut [0]).expect_err("neither an answer nor the end");
        assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
    }
}
