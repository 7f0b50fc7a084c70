//! A server whose only handler answers at once: the cost of HTTP itself.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use gateway::server::{self, Limits};
use tokio::net::TcpListener;

/// Starts it, without any middleware.
pub async fn serve() -> SocketAddr {
    let app = Router::new().route("/", get(async || "{}"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits { connections: 1000, client: Duration::from_secs(30), drain: Duration::ZERO };
    tokio::spawn(server::serve(listener, app, limits, std::future::pending()));
    address
}
