//! What is erased is overwritten in the file, not only unlinked.
//!
//! SQLite promises this for what a page holds when it is erased; copies left behind by an earlier split of a page go only
//! with a `vacuum`. So these tests keep to few rows.

use std::path::Path;

use chrono::TimeDelta;
use domain::{OrganizationCommand as C, Person};
use journal::{Journal, Seen};
use sqlx::Executor;

use crate::behind_the_back;
use crate::contract::ISSUER;
use crate::contract::cast::{called, eventually};

/// How often this text lies in the database's files, once the log is folded into the file.
async fn traces(folder: &Path, text: &str) -> usize {
    behind_the_back(folder).await.execute("pragma wal_checkpoint(truncate)").await.unwrap();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.map(|bytes| bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()).sum()
}

#[tokio::test]
async fn a_forgotten_address_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let (forgotten, kept) = (called("canary", &journal), called("sparrow", &journal));
    let invitation_id = ana.invites(acme, &forgotten).await;
    ana.invites(acme, &kept).await;
    assert!(traces(folder.path(), "canary@acme.test").await > 0);

    ana.asks(acme, C::RevokeInvitation { invitation_id }).await.unwrap();
    eventually("it is forgotten", async || journal.people().forget_settled(TimeDelta::zero()).await.unwrap() == 1)
        .await;
    assert_eq!(traces(folder.path(), "canary@acme.test").await, 0);
    assert!(traces(folder.path(), "sparrow@acme.test").await > 0);

    // The control: deleted without the setting, an address can still be read in the file.
    let mut careless = behind_the_back(folder.path()).await;
    careless.execute("pragma secure_delete = off; delete from invitation_addresses").await.unwrap();
    assert!(traces(folder.path(), "sparrow@acme.test").await > 0, "this test could not fail");
}

#[tokio::test]
async fn a_name_given_up_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let seen = |user: &str, name: Option<&str>, issued_at| {
        let person = Person::from_claims(name, None, false, None);
        Seen { user: user.parse().unwrap(), person, issued_at }
    };
    let flock = [seen("u-1", Some("Canary Bird"), 1), seen("u-2", Some("Sparrow Bird"), 1)];
    journal.people().see(&flock).await.unwrap();
    assert!(traces(folder.path(), "Canary Bird").await > 0);
    journal.people().see(&[seen("u-1", None, 2)]).await.unwrap();
    for name in ["Canary", "canary"] {
        assert_eq!(traces(folder.path(), name).await, 0, "{name}");
    }
    assert!(traces(folder.path(), "Sparrow Bird").await > 0);
}
