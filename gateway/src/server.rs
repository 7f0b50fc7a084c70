//! The accept loop, in place of `axum::serve`, which never times out headers or idle connections and so lets silent
//! clients hold a server for ever.
//!
//! - [`unread`]: what becomes of those who do not read their answers

pub mod unread;

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use unread::Unread;

/// Headers of a request at most, and bytes of them.
const HEADERS: usize = 64;
const HEADER_BYTES: usize = 32 * 1024;

/// What the system holds for a connection, in bytes (Linux doubles it). Whoever reads is seen to read once a third of it has gone, so it is also how slowly
/// one may read: left to itself the system holds megabytes, and somebody at 20 kB/s would pass for somebody who does not read.
const HELD: usize = 128 * 1024;

/// How a server treats its clients.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at once; more wait in the system's queue.
    pub connections: usize,
    /// How long a client may take for the headers of a request, idle between requests, and not read its answer.
    pub client: Duration,
    /// How long open requests may take once the server is told to stop.
    pub drain: Duration,
}

/// Serves until `stop` resolves, then answers what is under way, as long as `limits.drain`.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let open = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // The stop is heard also while every place is taken.
        let next = async { (open.clone().acquire_owned().await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                wait_out(&error).await;
                continue;
            }
        };
        let connection = graceful.watch(connection(stream, app.clone(), limits.client));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("stopping: no new connections, answering what is under way");
    if tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and are cut off");
    }
}

type Connection = http1::Connection<TokioIo<Unread<TcpStream>>, TowerToHyperService<Router>>;

fn connection(stream: TcpStream, app: Router, within: Duration) -> Connection {
    // Answers are small and complete: nothing is gained by holding them back.
    let _ = stream.set_nodelay(true);
    // Where the system can't, somebody slow is given up sooner.
    let _ = SockRef::from(&stream).set_send_buffer_size(HELD);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(within)
        .max_headers(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(Unread::new(stream, within)), TowerToHyperService::new(app))
}

/// Errors of one connection pass; without file descriptors a pause beats spinning.
async fn wait_out(error: &std::io::Error) {
    if !matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused)
    {
        tracing::error!(%error, "can't accept connections");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
