//! The Postgres that is measured: the one at `DATABASE_URL`, whose database should be empty, else one of our own.

use servers::Postgres;
use sqlx::{Connection, Executor, PgConnection};

/// A database, and its server if it is ours.
pub struct Database {
    url: String,
    _server: Option<Postgres>,
}

impl Database {
    /// Takes what is given or starts a server, which goes with this process.
    pub fn find() -> Self {
        if let Ok(url) = std::env::var("DATABASE_URL") {
            return Self { url, _server: None };
        }
        let server = Postgres::for_measuring();
        Self { url: server.create_database(), _server: Some(server) }
    }

    /// Where the journal lies.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A schema of its own in the same database, empty: its URL.
    pub async fn schema(&self, name: &str) -> String {
        self.run_at(&self.url, &format!("drop schema if exists {name} cascade; create schema {name}")).await;
        let separator = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{separator}options=-csearch_path%3D{name}", self.url)
    }

    /// Runs SQL at one of these URLs.
    pub async fn run_at(&self, url: &str, sql: &str) {
        let mut connection = PgConnection::connect(url).await.unwrap();
        for statement in sql.split(';') {
            connection.execute(statement).await.unwrap();
        }
    }

    /// Payload and metadata of somebody's leave.
    pub async fn a_leave(&self) -> (String, String) {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        let left = "select payload::text, metadata::text from events where event_type = 'MemberLeft' limit 1";
        sqlx::query_as(left).fetch_one(&mut connection).await.unwrap()
    }
}
