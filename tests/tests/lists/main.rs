//! What is listed, how soon it shows, and what operators see.
//!
//! - `members`: paging, sorting, searching over five hundred; `organizations`: one's own
//! - `positions`: waiting for what was just done; `freshness`: names and addresses from newer tokens
//! - `profile`: what a change records, and slugs; `operating`: health, metrics, the contract

mod freshness;
mod members;
mod operating;
mod organizations;
mod positions;
mod profile;

use serde_json::Value;
use tests::Person;

/// Every row of a list, page by page, at this position.
async fn all(person: &Person, path: &str, rows: &str, position: u64) -> Vec<Value> {
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.lists(&format!("{path}{cursor}"), position).await.expect(200);
        let found = page.body[rows].as_array().unwrap_or_else(|| panic!("no {rows} in {page:#?}"));
        seen.extend(found.iter().cloned());
        let Some(next) = page.body["next_cursor"].as_str() else { return seen };
        assert!(!found.is_empty(), "an empty page promises more: {page:#?}");
        cursor = format!("&cursor={next}");
    }
}
