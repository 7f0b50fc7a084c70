//! An application that knows nothing of Roster: it answers every request with what it was told.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Starts it; its address. Ends with the test's runtime.
pub async fn starts() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answers(stream));
        }
    });
    address
}

/// `{method, path, headers: {name: [value, …]}, body}`, names in lower case.
async fn answers(mut stream: TcpStream) {
    let (mut request, mut end) = (Vec::new(), None);
    while end.is_none() {
        match stream.read_buf(&mut request).await {
            Ok(0) | Err(_) => return,
            Ok(_) => end = request.windows(4).position(|end| end == b"\r\n\r\n").map(|end| end + 4),
        }
    }
    let end = end.unwrap_or_default();
    let head = String::from_utf8_lossy(&request[..end]).into_owned();
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(':')) {
        headers.entry(name.to_ascii_lowercase()).or_default().push(value.trim());
    }
    let length = headers.get("content-length").and_then(|values| values[0].parse().ok()).unwrap_or(0);
    while request.len() < end + length {
        if matches!(stream.read_buf(&mut request).await, Ok(0) | Err(_)) {
            return;
        }
    }
    let body = String::from_utf8_lossy(&request[end..]);
    let told: Value = json!({ "method": method, "path": path, "headers": headers, "body": body });
    let told = told.to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    let _ = stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{told}", told.len()).as_bytes()).await;
}
