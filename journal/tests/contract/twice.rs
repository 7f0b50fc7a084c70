//! The same command asked again: the first outcome, recorded once.

use domain::OrganizationCommand as C;
use futures::future::join_all;

use super::cast::{called, refusal, replayed};
use super::crowd::crowd;
use super::order::whole;
use super::watched::Watched;
use super::{Fixture, journal};

pub async fn a_command_asked_again_has_its_first_outcome(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let founding = ana.founding("acme");
    let first = journal.ask(founding.clone()).await.unwrap();
    ana.renames(first.organization, "Something else").await.unwrap();
    assert_eq!(replayed(journal.ask(founding.clone()).await), first);

    // It is the id that counts, whatever comes with it.
    let other = journal::Ask { id: founding.id, ..ana.ask(first.organization, C::DeleteOrganization) };
    assert_eq!(replayed(journal.ask(other).await), first);
    assert_eq!(whole(&journal).await.len(), 3);
}

pub async fn asked_by_many_at_once_it_is_carried_out_once(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let acme = called("ana", &journal).founds("acme").await;
    let ben = crowd(&journal, acme, "ben", 1).await.remove(0);
    let leaving = ben.ask(acme, C::LeaveOrganization);
    let asks = vec![leaving.clone(), ben.ask(acme, C::LeaveOrganization), leaving.clone(), leaving.clone()];
    let mut outcomes = store.in_one_group(&ben, asks).await;
    refusal(outcomes.remove(1));
    let outcomes: Vec<_> = outcomes.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes[0].events.len(), 1);
    assert!(outcomes.iter().all(|outcome| outcome.events == outcomes[0].events));
    assert_eq!(outcomes.iter().filter(|outcome| !outcome.replayed).count(), 1);
    assert_eq!(journal.history(acme, 3, 10).await.unwrap(), outcomes[0].events);
}

pub async fn the_other_writer_knows_the_outcome_too(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (first, second) = (store.journal().await, store.journal().await);
    let acme = called("ana", &first).founds("acme").await;
    let members = crowd(&first, acme, "member", 60).await;
    for member in &members {
        let leaving = member.ask(acme, C::LeaveOrganization);
        let many =
            (0..6).map(|n| if n % 2 == 0 { &first } else { &second }).map(|journal| journal.ask(leaving.clone()));
        let outcomes: Vec<_> = join_all(many).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes[0].events.len(), 1);
        assert!(outcomes.iter().all(|outcome| outcome.events == outcomes[0].events), "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| !outcome.replayed).count(), 1);
    }
    assert_eq!(whole(&first).await.len(), 2 + 60 + 60);
}

/// The look-up is empty, but the events read after it show that Ben has left: by this very command, at the other writer.
pub async fn a_twin_carried_out_between_look_up_and_reading_is_no_refusal(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let ben = crowd(&here, acme, "ben", 1).await.remove(0);

    let leaving = ben.ask(acme, C::LeaveOrganization);
    let (twin, at_the_other) = (leaving.clone(), there.clone());
    *store.between.lock().unwrap() = Some(Box::pin(async move {
        at_the_other.ask(twin).await.unwrap();
    }));
    let outcome = here.ask(leaving.clone()).await.unwrap();
    assert_eq!(outcome.events, there.ask(leaving).await.unwrap().events);
    assert_eq!(outcome.events.len(), 1);

    let renaming = ana.ask(
        acme,
        C::UpdateOrganization { name: Some("Acme".parse().unwrap()), slug: None, logo: None, metadata: None },
    );
    let (twin, at_the_other) = (renaming.clone(), there.clone());
    *store.between.lock().unwrap() = Some(Box::pin(async move {
        at_the_other.ask(twin).await.unwrap();
    }));
    let outcome = here.ask(renaming).await.unwrap();
    assert_eq!(outcome.events.len(), 1, "what the twin recorded is the outcome, not 'so already'");
    assert_eq!(whole(&here).await.len(), 5);
}

pub async fn what_was_so_already_by_the_other_writers_act_shows_in_the_position(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let renamed = ana.at(&there).renames(acme, "Acme").await.unwrap();
    let so_already = ana.renames(acme, "Acme").await.unwrap();
    assert!(so_already.events.is_empty());
    assert_eq!(so_already.position, renamed.position);
}
