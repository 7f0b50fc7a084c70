//! What is erased is gone from the file, not only from the tables.

use std::path::Path;

use chrono::TimeDelta;
use domain::{OrganizationCommand as C, Person};
use futures::future::join_all;
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
async fn a_forgotten_address_leaves_no_trace_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    // Enough for pages to be split and emptied.
    let guests: Vec<_> = (0..500).map(|n| called(&format!("canary-{n}"), &journal)).collect();
    let invitations = join_all(guests.iter().map(|guest| ana.invites(acme, guest))).await;
    assert!(traces(folder.path(), "@acme.test").await >= 500);

    for outcome in
        join_all(invitations.iter().map(|id| ana.asks(acme, C::RevokeInvitation { invitation_id: *id }))).await
    {
        outcome.unwrap();
    }
    eventually("all are forgotten", async || {
        journal.people().forget_settled(TimeDelta::zero()).await.unwrap();
        journal.people().addresses(&invitations).await.unwrap().is_empty()
    })
    .await;
    assert_eq!(traces(folder.path(), "@acme.test").await, 0);
}

#[tokio::test]
async fn a_name_given_up_leaves_no_trace_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let people = |name: Option<&str>, issued_at| {
        let person = Person::from_claims(name, None, false, None);
        (0..500).map(move |n| Seen { user: format!("user-{n}").parse().unwrap(), person: person.clone(), issued_at })
    };
    journal.people().see(&people(Some("Canary Bird"), 1).collect::<Vec<_>>()).await.unwrap();
    assert!(traces(folder.path(), "Canary Bird").await >= 500);
    journal.people().see(&people(None, 2).collect::<Vec<_>>()).await.unwrap();
    assert_eq!(traces(folder.path(), "Canary Bird").await, 0);
    assert_eq!(traces(folder.path(), "canary bird").await, 0);
}
