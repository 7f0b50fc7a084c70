//! Somebody who receives webhooks, and answers them well or badly.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A receiver on a free port of this machine; it ends when it is dropped.
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    heard: Arc<Mutex<Vec<Delivery>>>,
    how: Arc<Mutex<How>>,
    _serving: JoinSet<()>,
}

type How = Box<dyn FnMut(&Delivery) -> Reply + Send>;

/// What a receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A status and nothing else.
    Status(u16),
    /// 204, after a while.
    Slowly(Duration),
    /// 503, and in how many seconds it may be tried again.
    Later(u64),
    /// 307 to this place.
    Elsewhere(String),
    /// 200, and a body that never ends.
    Endless,
    /// Nothing, ever.
    Never,
}

/// A request that was posted.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its headers, in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body as it came.
    pub body: String,
    /// When it came.
    pub at: Instant,
    /// What was answered.
    pub reply: Reply,
}

impl Delivery {
    /// `webhook-id`.
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// The event in it.
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }

    /// The event's name.
    pub fn kind(&self) -> String {
        let kind = self.event()["type"].as_str().expect("a type").to_owned();
        kind.trim_start_matches("roster.").trim_end_matches(".v1").to_owned()
    }

    /// Its organization's id.
    pub fn organization(&self) -> String {
        self.event()["organization"].as_str().expect("an organization").to_owned()
    }

    /// Its place in its organization.
    pub fn sequence(&self) -> u64 {
        self.event()["sequence"].as_u64().expect("a sequence")
    }
}

impl Receiver {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::that(|_| Reply::Status(204)).await
    }

    /// One that answers so.
    pub async fn that(how: impl FnMut(&Delivery) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("its address"));
        let (heard, how) = (Arc::default(), Arc::new(Mutex::new(Box::new(how) as How)));
        let mut serving = JoinSet::new();
        serving.spawn(serve(listener, Arc::clone(&heard), how.clone()));
        Self { url, heard, how, _serving: serving }
    }

    /// From now on it answers so.
    pub fn answers(&self, how: impl FnMut(&Delivery) -> Reply + Send + 'static) {
        *self.how.lock().expect("nobody panicked") = Box::new(how);
    }

    /// Everything that was posted, in its order.
    pub fn heard(&self) -> Vec<Delivery> {
        self.heard.lock().expect("nobody panicked").clone()
    }

    /// What of it was taken.
    pub fn taken(&self) -> Vec<Delivery> {
        let is_taken = |delivery: &Delivery| matches!(delivery.reply, Reply::Status(204) | Reply::Slowly(_));
        self.heard().into_iter().filter(is_taken).collect()
    }
}

async fn serve(listener: TcpListener, heard: Arc<Mutex<Vec<Delivery>>>, how: Arc<Mutex<How>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(talk(stream, heard.clone(), how.clone()));
    }
}

async fn talk(stream: TcpStream, heard: Arc<Mutex<Vec<Delivery>>>, how: Arc<Mutex<How>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut headers = BTreeMap::new();
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        // A greeting in TLS, perhaps: this is no place for it.
        line.starts_with("POST /hook").then_some(())?;
        loop {
            line.clear();
            stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
        stream.read_exact(&mut body).await.ok()?;
        let body = String::from_utf8(body).ok()?;
        let mut delivery = Delivery { headers, body, at: Instant::now(), reply: Reply::Never };
        let reply = {
            let mut how = how.lock().expect("nobody panicked");
            delivery.reply = how(&delivery);
            heard.lock().expect("nobody panicked").push(delivery.clone());
            delivery.reply
        };
        let is_endless = reply == Reply::Endless;
        let head = match reply {
            Reply::Slowly(pause) => {
                tokio::time::sleep(pause).await;
                "HTTP/1.1 204 So\r\n\r\n".to_owned()
            }
            Reply::Status(status) => format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n"),
            Reply::Later(seconds) => format!("HTTP/1.1 503 So\r\nretry-after: {seconds}\r\ncontent-length: 0\r\n\r\n"),
            Reply::Elsewhere(url) => format!("HTTP/1.1 307 So\r\nlocation: {url}\r\ncontent-length: 0\r\n\r\n"),
            Reply::Endless => "HTTP/1.1 200 So\r\n\r\n".to_owned(),
            Reply::Never => std::future::pending().await,
        };
        // 204 has no body, and so no length of one.
        let head = if head.contains(" 204 ") { head.replace("content-length: 0\r\n", "") } else { head };
        stream.write_all(head.as_bytes()).await.ok()?;
        if is_endless {
            loop {
                stream.write_all(&[b'x'; 8192]).await.ok()?;
            }
        }
    }
}
