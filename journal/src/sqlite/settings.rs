//! What only shows from inside: how connections are set, and that no statement walks through all events.
#![expect(clippy::unwrap_used, reason = "in a test, what must not happen is best said by stopping")]

use sqlx::sqlite::SqliteConnection;
use sqlx::{Row, SqlitePool};

use super::SqliteStore;
use super::concerned::CONCERNED;
use super::follow::{HELD_BY, NEWS};
use super::look_up::LOOK_UP;

async fn pragma(connection: &mut SqliteConnection, name: &str) -> String {
    let row = sqlx::query(&format!("pragma {name}")).fetch_one(connection).await.unwrap();
    row.try_get::<String, _>(0).unwrap_or_else(|_| row.get::<i64, _>(0).to_string())
}

#[tokio::test]
async fn what_is_acknowledged_is_on_disk_and_what_is_erased_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).await.unwrap();
    let mut write = store.write.lock().await;
    let write = write.open().await.unwrap();
    assert_eq!(pragma(write, "journal_mode").await, "wal");
    assert_eq!(pragma(write, "synchronous").await, "2", "full");
    assert_eq!(pragma(write, "secure_delete").await, "1");
    assert_eq!(pragma(write, "foreign_keys").await, "1");
}

#[tokio::test]
async fn readers_can_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).await.unwrap();
    for pool in [&store.read, &store.follow, &store.browse] {
        let error = sqlx::query("update journal set position = 7").execute(pool).await.unwrap_err();
        assert!(error.to_string().contains("readonly"), "{error}");
    }
}

async fn plan(pool: &SqlitePool, sql: &str) -> Vec<String> {
    let rows = sqlx::query(&format!("explain query plan {sql}")).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

#[tokio::test]
async fn no_statement_walks_through_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).await.unwrap();
    let by_person = ["events_by_person"].as_slice();
    let by_member = ["events_by_member", "people_by_email", "invitation_addresses_pending"].as_slice();
    let statements = [
        (CONCERNED, ["events_by_subject"].as_slice()),
        (LOOK_UP, by_member),
        (HELD_BY, by_person),
        // The position is the row's own id.
        (NEWS, &["rowid>?"]),
    ];
    for (sql, indexes) in statements {
        let plan = plan(&store.read, sql).await;
        // What may be walked: the parameters, and the one row of the counter.
        let walked = ["json_each", "w", "asked", "journal"];
        let is_walked = |table: &str| walked.contains(&table) || table.starts_with("(subquery");
        for step in &plan {
            let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            assert!(table.is_none_or(is_walked), "{step} in {plan:#?}");
        }
        for index in indexes {
            assert!(plan.iter().any(|step| step.contains(index)), "{index} is not used: {plan:#?}");
        }
    }
    // That a walk would be seen at all.
    let careless = plan(&store.read, "select * from events e where payload like '%ben%'").await;
    assert_eq!(careless, ["SCAN e"]);
}
