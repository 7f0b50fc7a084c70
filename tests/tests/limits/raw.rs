//! Sockets, for what no HTTP client does.

use std::time::Duration;

use tests::Server;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// A connection that takes in little before it is read.
pub async fn connects(server: &Server) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(16 * 1024).expect("a small buffer");
    let address = server.url.trim_start_matches("http://").parse().expect("an address");
    socket.connect(address).await.expect("a connection")
}

/// Sends, if the other end still listens.
pub async fn sends(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok()
}

/// Everything until the other end closes; `None` when it has not within this time.
pub async fn until_closed(stream: &mut TcpStream, within: Duration) -> Option<String> {
    let mut bytes = Vec::new();
    let read = async {
        let mut some = [0; 4096];
        // Closed is closed, whether politely or not.
        while let Ok(read @ 1..) = stream.read(&mut some).await {
            bytes.extend_from_slice(&some[..read]);
        }
    };
    timeout(within, read).await.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What comes until it has this in it; panics when it does not within this time.
pub async fn until_said(stream: &mut (impl AsyncRead + Unpin), awaited: &str, within: Duration) -> String {
    let mut text = String::new();
    let read = async {
        let mut some = [0; 4096];
        while !text.contains(awaited) {
            let read = stream.read(&mut some).await.expect("an open connection");
            assert_ne!(read, 0, "closed before {awaited:?} came: {text}");
            text.push_str(&String::from_utf8_lossy(&some[..read]));
        }
    };
    let in_time = timeout(within, read).await;
    assert!(in_time.is_ok(), "{awaited:?} did not come within {within:?}: {text}");
    text
}
