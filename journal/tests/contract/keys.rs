//! Commands with a key that makes asking again safe, and commands for a version that was seen.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{OrganizationCommand as C, Refusal, Role};
use futures::future::join_all;
use journal::batch::{Batch, NewCommand};
use journal::{Ask, AskError};
use uuid::Uuid;

use super::cast::{called, refusal, replayed};
use super::crowd::crowd;
use super::order::whole;
use super::watched::Watched;
use super::{Fixture, journal};

/// The same under this key, saying this.
fn under(key: u128, says: u128, ask: Ask) -> Ask {
    Ask { id: Uuid::from_u128(key), fingerprint: Some(Uuid::from_u128(says)), ..ask }
}

fn renaming(name: &str) -> C {
    C::UpdateOrganization { name: Some(name.parse().unwrap()), slug: None, logo: None, metadata: None }
}

pub async fn something_else_under_the_same_key_is_noticed(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let first = here.ask(under(1, 10, ana.ask(acme, renaming("Apex")))).await.unwrap();
    assert!(!first.replayed);
    for journal in [&here, &there] {
        assert_eq!(replayed(journal.ask(under(1, 10, ana.ask(acme, renaming("Apex")))).await), first);
        let other = journal.ask(under(1, 11, ana.ask(acme, renaming("Zenith")))).await;
        assert!(matches!(other, Err(AskError::OtherAsked)), "{other:?}");
    }
    assert_eq!(whole(&here).await.len(), 3);
}

pub async fn what_changed_nothing_is_remembered_under_its_key(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    ana.renames(acme, "Apex").await.unwrap();
    let nothing = journal.ask(under(2, 1, ana.ask(acme, renaming("Apex")))).await.unwrap();
    assert_eq!((nothing.events.len(), nothing.sequence, nothing.replayed), (0, 3, false));
    ana.renames(acme, "Zenith").await.unwrap();
    let again = replayed(journal.ask(under(2, 1, ana.ask(acme, renaming("Apex")))).await);
    assert_eq!((again.events.len(), again.sequence), (0, 3), "asked again, it does not rename what was renamed since");
    // Without a key it is asked anew.
    assert_eq!(ana.renames(acme, "Apex").await.unwrap().events.len(), 1);
    assert_eq!(whole(&journal).await.len(), 5);
}

pub async fn what_is_refused_is_not_remembered(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let ben = crowd(&journal, acme, "ben", 1).await.remove(0);
    let leaving = under(3, 1, ana.ask(acme, C::LeaveOrganization));
    assert_eq!(refusal(journal.ask(leaving.clone()).await), Refusal::OwnerCannotLeave);
    let member_id = journal.access(&acme.into(), &ben.user).await.unwrap().unwrap().membership.unwrap().member_id;
    ana.asks(acme, C::TransferOwnership { member_id }).await.unwrap();
    assert!(!journal.ask(leaving).await.unwrap().replayed, "she is no longer the owner, and leaves");
}

pub async fn of_many_at_once_under_one_key_one_is_carried_out_and_all_have_its_outcome(fixture: &Fixture) {
    let writers = [journal(fixture).await, journal(fixture).await];
    let acme = called("ana", &writers[0]).founds("acme").await;
    for (n, member) in crowd(&writers[0], acme, "member", 20).await.into_iter().enumerate() {
        let leaving = under(100 + n as u128, 1, member.ask(acme, C::LeaveOrganization));
        let other = under(100 + n as u128, 2, member.ask(acme, C::DeleteOrganization));
        let asked = (0..12).map(|m| writers[m % 2].ask(if m == 5 { other.clone() } else { leaving.clone() }));
        let mut outcomes = join_all(asked).await;
        // It came to a refusal of its own or met the key, as it came first or not: never to a second leave.
        outcomes.remove(5).unwrap_err();
        let outcomes: Vec<_> = outcomes.into_iter().map(Result::unwrap).collect();
        assert!(outcomes.iter().all(|outcome| outcome.events == outcomes[0].events && outcome.events.len() == 1));
        assert_eq!(outcomes.iter().filter(|outcome| !outcome.replayed).count(), 1);
    }
    assert_eq!(whole(&writers[0]).await.len(), 2 + 20 + 20);
}

pub async fn a_key_that_was_refused_is_free_for_the_next_of_its_group(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let leaving = under(6, 1, ana.ask(acme, C::LeaveOrganization));
    let apex = under(6, 2, ana.ask(acme, renaming("Apex")));
    let asks = vec![leaving.clone(), leaving.clone(), apex.clone(), leaving, apex];
    let mut outcomes = store.in_one_group(&ana, asks).await.into_iter();
    let mut next = || outcomes.next().unwrap();
    assert_eq!(refusal(next()), Refusal::OwnerCannotLeave);
    assert_eq!(refusal(next()), Refusal::OwnerCannotLeave);
    let renamed = next().unwrap();
    assert_eq!((renamed.events.len(), renamed.replayed), (1, false));
    assert!(matches!(next(), Err(AskError::OtherAsked)));
    assert_eq!(replayed(next()), renamed);
}

/// Whatever is sent under one key and refused, it takes no more rounds than as much under many keys does.
pub async fn a_flood_under_one_key_that_is_refused_keeps_nobody_in(fixture: &Fixture) {
    const FLOOD: u128 = 400;
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let [ben, cleo] = <[_; 2]>::try_from(crowd(&journal, acme, "member", 2).await).ok().unwrap();
    *store.look_up_takes.lock().unwrap() = Duration::from_millis(20);
    // The other way, with a key each, is the control.
    for (leaver, keys) in [(ben, 1), (cleo, FLOOD)] {
        store.groups.lock().unwrap().clear();
        let one = |n| journal.ask(under(1000 + n % keys, 1, ana.ask(acme, C::LeaveOrganization)));
        let flood = join_all((0..FLOOD).map(one));
        let leaves = async {
            // The flood is asked for first: its first poll puts all of it into the queue.
            tokio::task::yield_now().await;
            let since = Instant::now();
            leaver.leaves(acme).await.unwrap();
            since.elapsed()
        };
        let (refused, took) = futures::future::join(flood, leaves).await;
        assert!(refused.into_iter().all(|outcome| refusal(outcome) == Refusal::OwnerCannotLeave));
        let rounds = store.groups.lock().unwrap().len();
        assert!(rounds < 10, "{rounds} look-ups with {keys} keys");
        assert!(took < Duration::from_secs(1), "{took:?} to leave beside {FLOOD} commands with {keys} keys");
    }
}

pub async fn a_backlog_of_keys_is_forgotten_while_commands_go_on(fixture: &Fixture) {
    const KEYS: u64 = 20_000;
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let kept = |n: u64| NewCommand {
        id: Uuid::from_u128(u128::from(n) << 64 | 7),
        organization: acme,
        first: 1,
        last: 0,
        fingerprint: Some(Uuid::nil()),
    };
    for some in 0..KEYS / 5_000 {
        let commands = (some * 5_000..(some + 1) * 5_000).map(kept).collect();
        journal.store().append(&Batch { commands, ..Batch::default() }).await.unwrap();
    }
    let over = AtomicBool::new(false);
    let forgetting = async {
        let forgotten = journal.forget_keys(TimeDelta::seconds(-5)).await.unwrap();
        over.store(true, SeqCst);
        forgotten
    };
    let renaming = async {
        let mut meanwhile = 0;
        while !over.load(SeqCst) {
            ana.renames(acme, &format!("Acme {meanwhile}")).await.unwrap();
            meanwhile += u64::from(!over.load(SeqCst));
        }
        meanwhile
    };
    let (forgotten, meanwhile) = futures::future::join(forgetting, renaming).await;
    assert_eq!(forgotten, KEYS);
    assert!(meanwhile > 2, "{meanwhile} commands while {KEYS} keys were forgotten");
}

pub async fn keys_are_forgotten_when_their_time_is_over(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    journal.ask(under(4, 1, ana.ask(acme, renaming("Apex")))).await.unwrap();
    assert_eq!(journal.forget_keys(TimeDelta::hours(1)).await.unwrap(), 0);
    replayed(journal.ask(under(4, 1, ana.ask(acme, renaming("Apex")))).await);
    assert_eq!(journal.forget_keys(TimeDelta::seconds(-5)).await.unwrap(), 1, "and no command without a key");
    assert!(!journal.ask(under(4, 2, ana.ask(acme, renaming("Zenith")))).await.unwrap().replayed);
}

pub async fn what_has_changed_since_is_not_changed_unseen(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, dan) = (called("ana", &journal), called("dan", &journal));
    let acme = ana.founds("acme").await;
    let seen = |expected: &[u64], ask: Ask| Ask { expected: Some(expected.to_vec()), ..ask };
    let outcome = journal.ask(seen(&[2], ana.ask(acme, renaming("Apex")))).await.unwrap();
    assert_eq!(outcome.sequence, 3);
    for stale in [&[2][..], &[1, 2, 4], &[]] {
        let late = journal.ask(seen(stale, ana.ask(acme, renaming("Zenith")))).await;
        assert!(matches!(late, Err(AskError::VersionConflict)), "{late:?}");
    }
    assert_eq!(journal.ask(seen(&[1, 3], ana.ask(acme, renaming("Zenith")))).await.unwrap().sequence, 4);
    // Nothing to do is no conflict with nobody, and whoever is outside learns of no version.
    assert_eq!(journal.ask(seen(&[4], ana.ask(acme, renaming("Zenith")))).await.unwrap().events.len(), 0);
    let outside = journal.ask(seen(&[1], dan.ask(acme, renaming("Mine")))).await;
    assert_eq!(refusal(outside), Refusal::OrganizationNotFound);
    // Asked again under a key, the first outcome counts, not what has changed by it.
    let invite = |id| C::InviteMember {
        invitation_id: domain::InvitationId(id),
        email: "eva@acme.test".parse().unwrap(),
        role: Role::Member,
        valid_for: TimeDelta::days(7),
    };
    let first = journal.ask(seen(&[4], under(5, 1, ana.ask(acme, invite(Uuid::now_v7()))))).await.unwrap();
    assert_eq!(replayed(journal.ask(seen(&[4], under(5, 1, ana.ask(acme, invite(Uuid::now_v7()))))).await), first);
}
