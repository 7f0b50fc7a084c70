//! An application's front end at an origin of its own: an empty page in which better-auth's client waits to be called.

use browser::Browser;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::better_auth::{Told, installed};

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Front end</title>\
                    <link rel=icon href=data:,><script src=/page.js></script><main>Front end</main></html>";

/// A front end: its origin. Ends with the test's runtime.
///
/// A browser opens `<origin>/?roster=<url>`, and [`calls`] what is in that page, `window.authClient`; the browser sends the cookies
/// it has for that URL. Ports do not divide sites: this one and a Roster at 127.0.0.1 are two origins of one site. As `localhost`
/// with the same port it is another site.
pub async fn front_end() -> String {
    let script = std::fs::read_to_string(installed("page.js")).expect("a script is text");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Browsers open connections to have some, and say nothing on them.
            tokio::spawn(answers(stream, script.clone()));
        }
    });
    origin
}

/// Calls a method of the client in the page before this browser, as [`AuthClient::tries`](crate::AuthClient::tries) does.
pub async fn calls(browser: &Browser, call: &str, arg: Option<Value>) -> Result<Told, String> {
    let mut asked = json!({ "call": call });
    if let Some(arg) = arg {
        asked["arg"] = arg;
    }
    let whole = format!("a page's {asked}");
    let answer = browser.script("return asks(arguments[0])", &[asked]).await;
    let answer = answer.as_str().and_then(|text| serde_json::from_str(text).ok());
    Told::read(whole, &answer.expect("an answer of calls.mjs"))
}

async fn answers(mut stream: TcpStream, script: String) {
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read_buf(&mut request).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, kind, body) = match path.split('?').next().unwrap_or_default() {
        "/" => ("200 OK", "text/html", PAGE),
        "/page.js" => ("200 OK", "text/javascript", script.as_str()),
        _ => ("404 Not Found", "text/plain", ""),
    };
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}", body.len());
    let _ = stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n{body}").as_bytes()).await;
}
