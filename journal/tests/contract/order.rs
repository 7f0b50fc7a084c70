//! Positions, sequences, times, and what a row keeps.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::{Actor, Notes, OrganizationCommand as C, OrganizationEvent as E, OrganizationId, Recorded, Timestamp};
use futures::future::join_all;
use journal::{Ask, Journal};
use uuid::Uuid;

use super::cast::{called, inviting};
use super::crowd::crowd;
use super::{Fixture, journal};

/// Everything written so far.
pub async fn whole(journal: &Journal) -> Vec<Recorded> {
    let mut all: Vec<Recorded> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.position);
        let rows = journal.store().follow(after, 500).await.unwrap();
        if rows.is_empty() {
            return all;
        }
        all.extend(rows.into_iter().map(Result::unwrap));
    }
}

/// Panics where a position or a sequence is missing or out of place, or time runs backwards.
pub fn assert_in_order(all: &[Recorded]) {
    let mut heads: HashMap<OrganizationId, u64> = HashMap::new();
    for (expected, recorded) in (1..).zip(all) {
        assert_eq!(recorded.position, expected);
        let head = heads.entry(recorded.organization).or_default();
        assert_eq!(recorded.sequence, *head + 1, "in {}", recorded.organization);
        *head += 1;
    }
    assert!(all.is_sorted_by_key(|recorded| recorded.recorded_at), "time ran backwards");
}

pub async fn positions_and_sequences_have_no_gaps_and_time_never_runs_backwards(fixture: &Fixture) {
    let (first, second) = (journal(fixture).await, journal(fixture).await);
    join_all((0..40).map(async |n| {
        let founder = called(&format!("founder-{n}"), if n % 2 == 0 { &first } else { &second });
        let place = founder.founds(&format!("org-{n}")).await;
        for outcome in join_all((0..4).map(async |m| founder.renames(place, &format!("Name {m}")).await)).await {
            outcome.unwrap();
        }
    }))
    .await;

    let all = whole(&first).await;
    assert_eq!(all.len(), 40 * 6);
    assert_in_order(&all);
}

pub async fn a_clock_that_is_set_back_does_not_set_time_back(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    // Whatever wrote last had a clock far ahead of today's.
    fixture.run("update journal set recorded_at = '2999-12-31T23:59:59.000Z'").await.unwrap();
    let ahead: Timestamp = "2999-12-31T23:59:59Z".parse().unwrap();
    let invited = ana.asks(acme, inviting(&ben.email()).1).await.unwrap();
    assert_eq!(invited.events[0].recorded_at, ahead);
    assert_eq!(whole(&journal).await[2].recorded_at, ahead);
    // What is decided goes by the same time.
    let E::MemberInvited { expires_at, .. } = invited.events[0].event else { panic!("{invited:?}") };
    assert_eq!(expires_at, ahead + TimeDelta::days(7));
}

pub async fn what_was_answered_is_what_is_read_back(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let mut answered = journal.ask(ana.founding("acme")).await.unwrap();
    let acme = answered.organization;
    let invitation = ana.invites(acme, &ben).await;
    let accepted = ben.accepts(invitation).await.unwrap();
    assert_eq!(accepted.position, accepted.events.last().unwrap().position);
    assert!(matches!(
        accepted.events[..],
        [Recorded { event: E::InvitationAccepted { .. }, .. }, Recorded { event: E::MemberJoined { .. }, .. }]
    ));

    let history = journal.history(acme, 0, 100).await.unwrap();
    assert_eq!(history.len(), 5);
    answered.events.extend(history[2..3].iter().cloned());
    answered.events.extend(accepted.events);
    assert_eq!(history, answered.events);
    assert_eq!(whole(&journal).await, history);
    assert_eq!(journal.history(acme, 2, 2).await.unwrap(), history[2..4]);
    assert_eq!((journal.position(), journal.store().position().await.unwrap()), (5, 5));
}

pub async fn who_acted_and_what_was_noted_is_kept(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let ben = crowd(&journal, acme, "ben", 1).await.remove(0);

    let noted =
        |via: &str| Notes { via: Some(via.into()), correlationid: Some("r-1 \"quoted\"".into()), ..Notes::default() };
    let service = Actor::Service { sub: "billing".parse().unwrap(), acts_for: ana.user.clone() };
    let for_ana =
        Ask { actor: service.clone(), notes: noted("v1"), ..ana.ask(acme, super::cast::respelling("acme-2")) };
    let operator = Actor::Operator("olga".parse().unwrap());
    let transfer = C::TransferOwnership { member_id: ben.member_id(acme).await.unwrap() };
    let happened_at = "2019-05-01T10:00:00.25Z".parse().ok();
    let reason = Notes { reason: Some("Ana is gone — см. #7".into()), happened_at, ..Notes::default() };
    let by_olga = Ask { actor: operator.clone(), notes: reason.clone(), ..ana.ask(acme, transfer) };

    journal.ask(for_ana.clone()).await.unwrap();
    journal.ask(by_olga.clone()).await.unwrap();
    let history = journal.history(acme, 3, 10).await.unwrap();
    let [by_service, transferred] = &history[..] else { panic!("{history:?}") };
    assert_eq!((&by_service.actor, &by_service.notes), (&service, &noted("v1")));
    assert_eq!((&transferred.actor, &transferred.notes), (&operator, &reason));
    assert_eq!((by_service.command_id, transferred.command_id), (for_ana.id, by_olga.id));

    let mut ids: Vec<Uuid> = whole(&journal).await.iter().map(|recorded| recorded.event_id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "two events have one id");
}

pub async fn what_is_so_already_records_nothing_and_succeeds(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let first = ana.renames(acme, "Acme").await.unwrap();
    let again = ana.renames(acme, "Acme").await.unwrap();
    assert!(again.events.is_empty());
    assert_eq!((again.position, journal.store().position().await.unwrap()), (first.position, first.position));
}
