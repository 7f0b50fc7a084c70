//! Clients that begin a request and never go on: nobody waits for them.

use std::time::Instant;

use tests::Server;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

#[tokio::test]
async fn fifty_clients_in_the_middle_of_a_request_line_stop_nobody() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let mut silent = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.expect("a connection");
        stream.write_all(b"GET /v1/organizations/ac").await.expect("half a line is sent");
        silent.push(stream);
    }
    // Somebody new, on a connection of their own.
    let ben = server.person("ben");
    let started = Instant::now();
    ana.takes_in("acme", &ben, "member").await;
    ben.checks("acme").await.expect(200);
    println!("with 50 silent clients somebody joined and was checked in {:.1?}", started.elapsed());
    // They were there all the time.
    for stream in &silent {
        let nothing = stream.try_read(&mut [0]).expect_err("neither an answer nor the end");
        assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
    }
}
