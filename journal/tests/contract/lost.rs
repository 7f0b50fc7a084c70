//! Outcomes that nobody can tell, and races lost again and again.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use domain::OrganizationCommand as C;
use futures::future::join;
use journal::ask::Unavailable;
use uuid::Uuid;

use super::cast::{called, unavailable};
use super::crowd::crowd;
use super::order::whole;
use super::watched::{Fate, Watched};
use super::{Fixture, journal};

pub async fn a_commit_without_an_answer_is_found_and_not_repeated(fixture: &Fixture) {
    let store = Watched::with(fixture.store().await, |_, before| match before {
        0 => Fate::WrittenUnheard,
        _ => Fate::Written,
    });
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let founding = ana.founding("acme");
    let outcome = journal.ask(founding.clone()).await.unwrap();
    assert_eq!(outcome.events, whole(&journal).await);
    assert_eq!(outcome.events.len(), 2);
    assert!(outcome.events.iter().all(|recorded| recorded.command_id == founding.id));
    // The same batch was sent again and refused as beaten, then the command's id was found.
    assert_eq!((store.appends.load(SeqCst), store.conflicts.load(SeqCst)), (2, 1));
    // A gap left by the second try would show here.
    assert_eq!(ana.renames(outcome.organization, "Acme").await.unwrap().position, 3);
}

pub async fn a_batch_lost_before_its_commit_is_written_by_the_second_try(fixture: &Fixture) {
    let store = Watched::with(fixture.store().await, |_, before| match before {
        0 => Fate::LostUnheard,
        _ => Fate::Written,
    });
    let journal = store.journal().await;
    called("ana", &journal).founds("acme").await;
    assert_eq!(whole(&journal).await.len(), 2);
    assert_eq!((store.appends.load(SeqCst), store.conflicts.load(SeqCst)), (2, 0));
}

/// The first try may have lain where the second one comes to lie, in a journal that a failover cut short: whoever knows events by place and id
/// tells them apart.
pub async fn events_that_are_sent_again_have_other_ids(fixture: &Fixture) {
    let tries = Arc::new(Mutex::new(Vec::new()));
    let store = Watched::with(fixture.store().await, {
        let tries = tries.clone();
        move |batch, before| {
            tries.lock().unwrap().push(batch.events.iter().map(|new| (new.id, new.command, new.sequence)).collect());
            if before == 0 { Fate::LostUnheard } else { Fate::Written }
        }
    });
    let journal = store.journal().await;
    called("ana", &journal).founds("acme").await;
    let tries: Vec<Vec<(Uuid, Uuid, u64)>> = std::mem::take(&mut tries.lock().unwrap());
    let [first, second] = &tries[..] else { panic!("{} tries", tries.len()) };
    let recorded: Vec<_> = whole(&journal).await.into_iter().map(|event| event.event_id).collect();
    for (n, (before, again)) in first.iter().zip(second).enumerate() {
        assert!(before.0 != again.0 && recorded[n] == again.0, "{before:?}, {again:?}");
        assert_eq!((before.1, before.2), (again.1, again.2));
    }
}

pub async fn an_outcome_that_stays_unknown_is_said_to_be_and_can_be_asked_for(fixture: &Fixture) {
    let mended = Arc::new(AtomicBool::new(false));
    let store = Watched::with(fixture.store().await, {
        let mended = mended.clone();
        move |_, before| match (mended.load(SeqCst), before) {
            (true, _) => Fate::Written,
            (false, 0) => Fate::WrittenUnheard,
            (false, _) => Fate::LostUnheard,
        }
    });
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let founding = ana.founding("acme");
    let why = unavailable(journal.ask(founding.clone()).await);
    assert!(matches!(why, Unavailable::Unknown(_)), "{why}");
    mended.store(true, SeqCst);
    let outcome = journal.ask(founding).await.unwrap();
    assert_eq!(outcome.events, whole(&journal).await);
    assert_eq!(outcome.events.len(), 2);
}

pub async fn an_outcome_that_is_unknown_is_not_denied_because_the_next_try_fails(fixture: &Fixture) {
    let mended = Arc::new(AtomicBool::new(false));
    let store = Watched::with(fixture.store().await, {
        let mended = mended.clone();
        move |_, before| match (mended.load(SeqCst), before) {
            (true, _) => Fate::Written,
            (false, 0) => Fate::WrittenUnheard,
            (false, _) => Fate::Failed,
        }
    });
    let journal = store.journal().await;
    let founding = called("ana", &journal).founding("acme");
    let why = unavailable(journal.ask(founding.clone()).await);
    assert!(matches!(why, Unavailable::Unknown(_)), "it is written, and was told: {why}");
    mended.store(true, SeqCst);
    assert_eq!(journal.ask(founding).await.unwrap().events, whole(&journal).await);
}

pub async fn a_race_lost_a_few_times_is_won_quietly(fixture: &Fixture) {
    let store = Watched::with(fixture.store().await, |_, before| match before {
        0..3 => Fate::Beaten,
        _ => Fate::Written,
    });
    let journal = store.journal().await;
    called("ana", &journal).founds("acme").await;
    assert_eq!((store.appends.load(SeqCst), whole(&journal).await.len()), (4, 2));
}

pub async fn a_hopeless_command_takes_no_other_with_it(fixture: &Fixture) {
    let seeding = journal(fixture).await;
    let acme = called("ana", &seeding).founds("acme").await;
    let members = crowd(&seeding, acme, "member", 5).await;
    let hopeless = members[2].ask(acme, C::LeaveOrganization);
    let store = Watched::with(fixture.store().await, {
        let id = hopeless.id;
        move |batch, _| match batch.commands.iter().any(|command| command.id == id) {
            true => Fate::Beaten,
            false => Fate::Written,
        }
    });
    let journal = store.journal().await;
    let members: Vec<_> = members.iter().map(|member| member.at(&journal)).collect();

    let asks = members.iter().map(|member| match member.user == members[2].user {
        true => hopeless.clone(),
        false => member.ask(acme, C::LeaveOrganization),
    });
    let mut outcomes = store.in_one_group(&members[0], asks.collect()).await;
    let why = unavailable(outcomes.remove(2));
    assert!(matches!(why, Unavailable::Contended), "{why}");
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert!(members[2].passes(acme).await, "what was not carried out did not happen");
    let tries = store.conflicts.load(SeqCst);
    assert!((2..=36).contains(&tries), "{tries} tries");
}

pub async fn a_store_that_fails_fails_its_group_and_not_the_next_one(fixture: &Fixture) {
    let store = Watched::with(fixture.store().await, |_, before| match before {
        0 => Fate::Failed,
        _ => Fate::Written,
    });
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let founding = ana.founding("acme");
    assert!(matches!(unavailable(journal.ask(founding.clone()).await), Unavailable::Store(_)));
    assert!(whole(&journal).await.is_empty());
    let (again, another) = join(journal.ask(founding), journal.ask(ben.founding("bolt"))).await;
    assert_eq!(again.unwrap().events.len() + another.unwrap().events.len(), 4);
}
