//! What is erased is overwritten in the file, not only unlinked.
//!
//! SQLite promises this for what a page holds when it is erased; copies left behind by an earlier split of a page go only
//! with a `vacuum`, which erasing a person does. So the first two of these tests keep to few rows.

use std::path::Path;

use chrono::TimeDelta;
use domain::{OrganizationCommand as C, Person};
use journal::{Journal, Scrub, Scrubbed, Seen};
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

#[tokio::test]
async fn an_erased_person_leaves_no_trace_however_often_pages_were_split() {
    const CROWD: u32 = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let user = |n: u32| format!("{:08x}", n.wrapping_mul(2_654_435_761)).parse().unwrap();
    let seen = |n: u32, name: &str| {
        let email = format!("{}-{n}@{}.test", name.to_lowercase(), name.to_lowercase());
        let person = Person::from_claims(Some(&format!("{name} {n}")), Some(&email), true, None);
        Seen { user: user(n), person, issued_at: 1 }
    };
    // Canaries first; then sparrows come between them, in no order, and pages are split again and again.
    let canaries = || (0..CROWD).step_by(20);
    let canaries_seen: Vec<Seen> = canaries().map(|n| seen(n, "Canary")).collect();
    journal.people().see(&canaries_seen).await.unwrap();
    let sparrows: Vec<Seen> =
        (0..CROWD).map(|n| n * 7_919 % CROWD).filter(|n| n % 20 != 0).map(|n| seen(n, "Sparrow")).collect();
    for some in sparrows.chunks(10) {
        journal.people().see(some).await.unwrap();
    }
    assert!(traces(folder.path(), "Canary").await > 0);
    for n in canaries() {
        let theirs = journal.erasure().theirs(&user(n)).await.unwrap();
        journal.erasure().erase(&user(n), &theirs, 1).await.unwrap();
    }
    assert_eq!(journal.erasure().scrub(Scrub::Beside).await.unwrap(), Scrubbed::Clean);
    // As it lies there, without any help.
    for text in ["Canary", "canary"] {
        let files =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let left: usize = files.map(|bytes| bytes.windows(6).filter(|window| *window == text.as_bytes()).count()).sum();
        assert_eq!(left, 0, "{text}");
    }
    assert!(traces(folder.path(), "Sparrow").await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_log_is_being_read_writers_go_on_and_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), ISSUER).await.unwrap();
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    // Somebody reads what was, and does not end.
    let mut reader = behind_the_back(folder.path()).await;
    reader.execute("begin; select count(*) from people").await.unwrap();
    let scrubbing = tokio::spawn({
        let journal = journal.clone();
        async move { journal.erasure().scrub(Scrub::Beside).await }
    });
    let mut renamed = 0;
    while !scrubbing.is_finished() {
        ana.renames(acme, &format!("Acme {renamed}")).await.unwrap();
        renamed += 1;
    }
    assert!(scrubbing.await.unwrap().is_err());
    assert!(renamed > 20, "{renamed} commands came in between");
    reader.execute("commit").await.unwrap();
    assert_eq!(journal.erasure().scrub(Scrub::Beside).await.unwrap(), Scrubbed::Clean);
}
