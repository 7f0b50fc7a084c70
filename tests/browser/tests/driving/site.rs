//! A web server of a few lines. Its pages have a content security policy as strict as Roster's.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it answers with.
const HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/html; charset=utf-8\r\n\
    content-security-policy: default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; form-action 'self'";

/// Serves these pages: path and the content of `<body>`. `/echo` tells what it was asked, `/*.js` answers what a page of that
/// name says. The URL without a slash at its end; it lasts as long as the test's runtime.
pub async fn site(pages: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, pages));
        }
    });
    url
}

async fn answer(mut stream: TcpStream, pages: &[(&str, &str)]) {
    let asked = read(&mut stream).await;
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let page = pages.iter().find(|(name, _)| *name == path).map(|(_, page)| *page);
    let answer = match page {
        Some(script) if path.ends_with(".js") => {
            format!("{}\r\n\r\n{script}", HEAD.replace("text/html", "text/javascript"))
        }
        Some(page) => html(page),
        None if path == "/echo" => html(&format!("<h1>Asked</h1><pre>{asked}</pre>")),
        None => "HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n".to_owned(),
    };
    let _gone = stream.write_all(answer.as_bytes()).await;
}

fn html(body: &str) -> String {
    let head = "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Site</title>";
    format!("{HEAD}\r\n\r\n{head}<body>{body}")
}

/// A whole request.
async fn read(stream: &mut TcpStream) -> String {
    let mut asked = Vec::new();
    let mut some = [0; 4096];
    loop {
        let read = stream.read(&mut some).await.unwrap_or(0);
        asked.extend_from_slice(&some[..read]);
        let text = String::from_utf8_lossy(&asked);
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= length(head));
        if read == 0 || whole {
            return text.into_owned();
        }
    }
}

fn length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, n)| n.parse().unwrap_or(0))
}
