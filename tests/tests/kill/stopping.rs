//! `SIGTERM`: what is under way is answered, nobody new is let in, and the process ends well.

use serde_json::json;
use tests::{Server, at_once, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A founding of which the server waits for the body.
struct Begun {
    stream: TcpStream,
    body: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_answered_and_nobody_new_is_let_in() {
    let mut server = Server::start();
    let token = server.token("ana", &[]);
    let slugs: Vec<String> = (0..8).map(|n| format!("acme-{n}")).collect();
    let mut begun = Vec::new();
    for slug in &slugs {
        begun.push(begin(&server, &token, slug).await);
    }

    server.signal("TERM");
    eventually("new connections are refused", async || TcpStream::connect(address(&server)).await.err()).await;
    for Begun { mut stream, body } in begun {
        stream.write_all(body.as_bytes()).await.expect("the connection is open");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer, and the end");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    }
    let status = eventually("the server ends", async || server.ended()).await;
    assert_eq!(status.code(), Some(0));

    server.restart();
    for slug in &slugs {
        server.person("ana").checks(slug).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_before_the_end_is_there_after_it() {
    let mut server = Server::start();
    let people = server.people("founder", 16);
    let callers = tokio::spawn(at_once(16, people, |founder| async move {
        let mut founded = Vec::new();
        loop {
            let slug = format!("{}-{}", founder.id, founded.len());
            let body = Some(json!({ "name": slug, "slug": slug }));
            let Ok(answer) = founder.tries(reqwest::Method::POST, "/v1/organizations", body).await else {
                return (founder, founded);
            };
            founded.push((slug, answer.expect(201).text("/owner/member_id")));
        }
    }));
    let ana = server.person("ana");
    eventually("much is founded", async || (ana.gets("/readyz").await.body["position"].as_u64()? > 400).then_some(()))
        .await;
    assert_eq!(server.stop().code(), Some(0));
    let answered = callers.await.expect("callers panic at anything but 201");

    server.restart();
    let count: usize = answered.iter().map(|(_, founded)| founded.len()).sum();
    println!("SIGTERM in a stream of foundings: {count} were answered, all are there");
    assert!(count >= 200);
    for (founder, founded) in answered {
        let founder = founder.at(&server.url);
        for (slug, member) in founded {
            assert_eq!(founder.checks(&slug).await.expect(200).text("/member_id"), member);
        }
    }
}

#[tokio::test]
async fn a_server_that_has_no_connection_left_still_hears_that_it_is_to_stop() {
    let mut server = Server::with(&[], &[("ROSTER_MAX_CONNECTIONS", "2")]);
    let address = address(&server);
    let mut idle = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        stream.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).await.expect("sent");
        assert!(stream.read(&mut [0; 1024]).await.expect("an answer") > 0);
        idle.push(stream);
    }
    let mut third = TcpStream::connect(&address).await.expect("the system's queue takes it");
    server.signal("TERM");
    let status = eventually("the server ends", async || server.ended()).await;
    assert_eq!(status.code(), Some(0));
    assert!(matches!(third.read(&mut [0]).await, Ok(0) | Err(_)), "nobody served the third");
}

/// The server asks for the body only once it is at work on the request.
async fn begin(server: &Server, token: &str, slug: &str) -> Begun {
    let address = address(server);
    let body = json!({ "name": slug, "slug": slug }).to_string();
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let head = format!(
        "POST /v1/organizations HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("the head is sent");
    let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    stream.read_exact(&mut go_on).await.expect("the server asks for the body");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    Begun { stream, body }
}

fn address(server: &Server) -> String {
    server.url.trim_start_matches("http://").to_owned()
}
