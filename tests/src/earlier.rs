//! What happened, made to have happened earlier: a test has no year to wait. Its database is its own.

use std::time::SystemTime;

use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::server::Server;

/// The day it is (UTC), as it stands in addresses.
pub fn today() -> String {
    domain::Timestamp::from(SystemTime::now()).date_naive().to_string()
}

impl Server {
    /// Gives these events of an organization, by sequence, the times at which they are to have been recorded.
    pub async fn backdates(&self, organization: &str, times: &[(u64, &str)]) {
        let (forget, remember) = match self.is_on_postgres() {
            true => ("alter table events disable trigger user", "alter table events enable trigger user"),
            false => (
                "drop trigger events_are_never_updated",
                "create trigger events_are_never_updated before update on events
                 begin select raise(abort, 'events are never updated'); end",
            ),
        };
        let update = |(sequence, time): &(u64, &str)| {
            format!(
                "update events set recorded_at = '{time}' where aggregate_id = '{organization}' and sequence = {sequence}"
            )
        };
        let updates: Vec<String> = times.iter().map(update).collect();
        self.executes(&format!("begin; {forget}; {}; {remember}; commit", updates.join("; "))).await;
    }

    /// Runs this SQL on the server's database.
    pub async fn executes(&self, sql: &str) {
        if self.is_on_postgres() {
            let mut database = PgConnection::connect(self.setting("DATABASE_URL")).await.expect("the database");
            sqlx::raw_sql(sql).execute(&mut database).await.expect("it is done");
            return;
        }
        let file = self.data().join("roster.sqlite");
        let mut database = SqliteConnection::connect(file.to_str().expect("a path")).await.expect("the file");
        sqlx::raw_sql(sql).execute(&mut database).await.expect("it is done");
    }
}
