//! History can't be changed, and what does not belong into it does not get in.

use domain::{MemberId, OrganizationEvent as E, OrganizationId, Role};
use journal::batch::{Batch, NewEvent};
use journal::store::AppendError;
use uuid::Uuid;

use super::cast::{called, spelled};
use super::crowd::{joined, new_event};
use super::order::whole;
use super::{Fixture, journal};

pub async fn an_event_can_be_neither_updated_nor_deleted(fixture: &Fixture) {
    let journal = journal(fixture).await;
    called("ana", &journal).founds("acme").await;
    let before = whole(&journal).await;
    for tampering in [
        "update events set payload = '{}'",
        "update events set recorded_at = recorded_at where position = 1",
        "delete from events",
        "delete from events where position = 2",
    ] {
        let why = fixture.run(tampering).await.unwrap_err();
        assert!(why.contains("events are never"), "{tampering}: {why}");
    }
    assert_eq!(whole(&journal).await, before);
}

pub async fn a_row_out_of_place_is_refused(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = called("ana", &journal).founds("acme").await;
    let before = whole(&journal).await;
    let (third, null) = ("3", "null");
    for (sequence, position) in [(third, "4"), ("4", third), ("2", third), (third, "2"), (third, "0"), (third, null)] {
        let insert = format!(
            "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
                                 subject, position, recorded_at)
             select aggregate_type, aggregate_id, {sequence}, event_type, event_version, payload, metadata, subject,
                    {position}, recorded_at
             from events where aggregate_id = '{acme}' and sequence = 1"
        );
        let why = fixture.run(&insert).await.unwrap_err();
        // By the trigger, or before it by the table's own keys.
        let said = ["must follow", "duplicate key", "not-null", "check constraint"];
        assert!(said.iter().any(|said| why.contains(said)), "sequence {sequence}, position {position}: {why}");
    }
    assert_eq!(whole(&journal).await, before);
}

pub async fn without_its_counter_row_the_journal_fails_loudly_and_inserts_nothing(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    fixture.run("delete from journal").await.unwrap();

    super::cast::unavailable(ana.renames(acme, "Acme").await);
    // The append itself, too, not only the reading before it.
    let renamed = new_event(acme, 3, E::OrganizationRenamed { name: "Acme".parse().unwrap() });
    let appended = journal.store().append(&Batch { events: vec![renamed], ..Batch::default() }).await;
    assert!(matches!(appended, Err(AppendError::Failed(_))), "{appended:?}");
    assert_eq!(whole(&journal).await.len(), 2);
}

pub async fn a_batch_that_was_beaten_leaves_nothing_behind(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let (ana_there, elsewhere) = (ana.member_id(acme).await.unwrap(), OrganizationId(Uuid::now_v7()));
    let joins = |place, sequence, member| new_event(place, sequence, joined(&ben, member, Role::Member));
    let fresh = MemberId(Uuid::now_v7());
    let batch = |events: Vec<NewEvent>| Batch { events, ..Batch::default() };

    let good = joins(acme, 3, fresh);
    for (beaten, why) in [
        (batch(vec![good.clone(), joins(elsewhere, 2, MemberId(Uuid::now_v7()))]), "a sequence ahead of its head"),
        (batch(vec![joins(acme, 2, fresh)]), "a sequence that is taken"),
        (batch(vec![good.clone(), joins(acme, 4, ana_there)]), "a member id that is somebody's"),
        (
            Batch { claimed: vec![("acme".parse().unwrap(), elsewhere)], ..batch(vec![good.clone()]) },
            "a slug that is taken",
        ),
    ] {
        let appended = journal.store().append(&beaten).await;
        assert!(matches!(appended, Err(AppendError::Conflict)), "{why}: {appended:?}");
        assert_eq!((whole(&journal).await.len(), journal.store().position().await.unwrap()), (2, 2), "{why}");
    }
    assert!(ana.passes(spelled("acme")).await);
    journal.store().append(&batch(vec![good])).await.unwrap();
    assert!(ben.passes(acme).await);
}
