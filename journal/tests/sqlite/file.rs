//! The folder: one server at a time, one issuer for ever, everything kept.

use std::path::Path;

use domain::OrganizationCommand as C;
use journal::sqlite::SqliteStore;
use journal::{Journal, OpenError};
use sqlx::Executor;

use crate::behind_the_back;
use crate::contract::ISSUER;
use crate::contract::cast::{called, eventually, replayed};
use crate::contract::order::whole;

async fn open(folder: &Path) -> Result<Journal, OpenError> {
    Journal::open(folder, ISSUER).await
}

/// Opens as soon as the one before has let go: its tasks end a moment after the last handle.
async fn reopen(folder: &Path) -> Journal {
    eventually("the folder is free", async || SqliteStore::open(folder).await.is_ok()).await;
    open(folder).await.unwrap()
}

#[tokio::test]
async fn a_second_server_is_told_that_the_folder_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).await.unwrap();
    let error = open(folder.path()).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
    let text = error.to_string();
    assert!(text.contains(folder.path().to_str().unwrap()) && text.contains("--data"), "{text}");
    // The first one is none the worse for it.
    called("ana", &first).founds("acme").await;
}

#[tokio::test]
async fn a_folder_that_is_a_file_is_named_in_the_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    std::fs::write(&path, "not a folder").unwrap();
    let error = open(&path).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Folder { .. }), "{error}");
    assert!(error.to_string().contains("taken"), "{error}");
}

#[tokio::test]
async fn reopened_the_journal_is_the_same_and_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(&folder.path().join("deep/er")).await.unwrap();
    let (id, ana) = (journal.id().to_owned(), called("ana", &journal));
    let founding = ana.founding("acme");
    let founded = journal.ask(founding.clone()).await.unwrap();
    let invitation = ana.invites(founded.organization, &called("ben", &journal)).await;
    let before = whole(&journal).await;
    drop((journal, ana));

    let journal = reopen(&folder.path().join("deep/er")).await;
    assert_eq!((journal.id(), journal.position()), (id.as_str(), 3));
    assert_eq!(whole(&journal).await, before);
    assert_eq!(replayed(journal.ask(founding).await), founded);
    let ben = called("ben", &journal);
    assert_eq!(ben.accepts(invitation).await.unwrap().position, 5);
    assert!(ben.passes(founded.organization).await);

    let other = tempfile::tempdir().unwrap();
    assert_ne!(open(other.path()).await.unwrap().id(), id);
}

#[tokio::test]
async fn another_identity_provider_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).await.unwrap());
    eventually("the folder is free", async || SqliteStore::open(folder.path()).await.is_ok()).await;
    let error = Journal::open(folder.path(), "https://other.test").await.map(|_| ()).unwrap_err();
    assert!(
        matches!(&error, OpenError::OtherIssuer { bound, wanted } if bound == ISSUER && wanted == "https://other.test")
    );
    let text = error.to_string();
    assert!(text.contains(ISSUER) && text.contains("https://other.test"), "{text}");
    // Being asked did not bind it anew.
    reopen(folder.path()).await;
}

/// `insert or replace` deletes what is in its way without asking the trigger on deletes.
#[tokio::test]
async fn a_row_is_not_replaced_either() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path()).await.unwrap();
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    ben.asks(acme, C::LeaveOrganization).await.unwrap();
    let before = whole(&journal).await;

    let columns = "aggregate_type, aggregate_id, event_type, event_version, payload, metadata, subject, recorded_at";
    let joined = "from events where sequence = 2";
    let mut tool = behind_the_back(folder.path()).await;
    for replacing in [
        // By each key that another row could be in the way of.
        format!("insert or replace into events ({columns}, sequence, position) select {columns}, 2, 2 {joined}"),
        format!("insert or replace into events ({columns}, sequence, position) select {columns}, 2, 7 {joined}"),
        format!("insert or replace into events ({columns}, sequence, position) select {columns}, 7, 2 {joined}"),
        format!(
            "insert or replace into events ({columns}, sequence, position, member) select {columns}, 7, 7, member {joined}"
        ),
        format!(
            "insert or replace into events ({columns}, sequence, position, rowid) select {columns}, 7, 7, rowid {joined}"
        ),
        format!("replace into events ({columns}, sequence, position) select {columns}, 2, 2 {joined}"),
        format!(
            "insert into events ({columns}, sequence, position) select {columns}, 7, 7 {joined}
                 on conflict do update set payload = '{{}}'"
        )
        .replace("7, 7", "2, 7"),
        "update or replace events set sequence = 1 where sequence = 2".to_owned(),
    ] {
        let done = tool.execute(replacing.as_str()).await;
        assert!(done.is_err(), "{replacing}");
        assert_eq!(whole(&journal).await, before, "{replacing}");
    }
}

#[tokio::test]
async fn a_last_row_whose_bytes_are_no_text_stops_nobody_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open(folder.path()).await.unwrap();
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ben.founds("bolt").await);
    assert!(ben.passes(bolt).await);
    let mut behind = behind_the_back(folder.path()).await;
    let damaged = format!(
        "update journal set position = 5;
         insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                             position, recorded_at)
         values ('organization', '{acme}', 3, 'MemberBeamedUp', '2', '{{}}', x'fffe', 'invitation:odd', 5, x'fffe')"
    );
    behind.execute(damaged.as_str()).await.unwrap();
    for _ in 0..5 {
        assert!(ben.passes(bolt).await && !ana.passes(bolt).await);
    }
}
