//! Rows that can't be read: never skipped, never guessed at, and nobody else's trouble.

use domain::{OrganizationCommand as C, OrganizationId, Subject};
use journal::ask::Unavailable;
use journal::{AskError, OrganizationRef};

use super::cast::{Someone, called, inviting, spelled, unavailable};
use super::crowd::crowd;
use super::watched::Watched;
use super::{Fixture, journal};

/// An event of a later version, as another Roster might have written it.
pub(super) async fn poison(fixture: &Fixture, place: OrganizationId, subject: &Subject) {
    damage(fixture, place, &subject.to_string(), "{}").await;
}

/// The same with this subject and metadata.
pub(super) async fn damage(fixture: &Fixture, place: OrganizationId, subject: &str, metadata: &str) {
    fixture.run("update journal set position = position + 1").await.unwrap();
    let insert = format!(
        "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                             position, recorded_at)
         values ('organization', '{place}', (select 1 + max(sequence) from events where aggregate_id = '{place}'),
                 'MemberBeamedUp', '2', '{{\"MemberBeamedUp\": {{\"whereto\": \"secret\"}}}}', '{metadata}', '{subject}',
                 (select position from journal), (select recorded_at from journal))"
    );
    fixture.run(&insert).await.unwrap();
}

fn assert_unreadable(why: &Unavailable, place: OrganizationId) {
    assert!(matches!(why, Unavailable::Unreadable(named) if *named == place), "{why}");
}

async fn check(somebody: &Someone, place: impl Into<OrganizationRef>) -> Result<bool, AskError> {
    let access = somebody.journal.access(&place.into(), &somebody.user).await?;
    Ok(access.is_some_and(|access| access.membership.is_some()))
}

pub async fn an_event_nobody_knows_stops_its_organization_and_no_other(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    ana.brings(acme, &ben).await;
    ana.brings(bolt, &ben).await;
    poison(fixture, acme, &Subject::Organization).await;

    let asks = vec![ben.ask(acme, C::LeaveOrganization), ben.ask(bolt, C::LeaveOrganization)];
    let [at_acme, at_bolt] = store.in_one_group(&ben, asks).await.try_into().unwrap();
    assert_unreadable(&unavailable(at_acme), acme);
    at_bolt.unwrap();
    for place in [acme.into(), spelled("acme")] {
        assert_unreadable(&unavailable(check(&ana, place).await), acme);
    }
    assert!(check(&ana, bolt).await.unwrap());
    assert_unreadable(&unavailable(journal.history(acme, 0, 100).await.map_err(AskError::from)), acme);
    assert_eq!(journal.history(acme, 0, 5).await.unwrap().len(), 5, "up to the poison it is read");
    unavailable(journal.replay(acme).await.map_err(AskError::from));
}

pub async fn an_event_about_one_person_stops_that_person_only_also_within_a_group(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let acme = called("ana", &journal).founds("acme").await;
    let members = crowd(&journal, acme, "member", 3).await;
    poison(fixture, acme, &Subject::User(members[1].user.clone())).await;

    let asks = members.iter().map(|member| member.ask(acme, C::LeaveOrganization)).collect();
    let mut outcomes = store.in_one_group(&members[0], asks).await;
    assert_unreadable(&unavailable(outcomes.remove(1)), acme);
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_unreadable(&unavailable(check(&members[1], acme).await), acme);
    assert!(!check(&members[2], acme).await.unwrap());
}

pub async fn a_membership_that_can_not_be_read_hides_no_other(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    poison(fixture, acme, &Subject::User(ana.user.clone())).await;
    let held = journal.held_by(&ana.user).await.unwrap();
    assert_eq!(held.iter().map(|one| one.organization).collect::<Vec<_>>(), [bolt]);
}

pub async fn whoever_follows_is_told_where_the_poison_is(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    poison(fixture, acme, &Subject::Profile).await;
    let (_, inviting) = inviting(&called("ben", &journal).email());
    ana.asks(acme, inviting).await.unwrap();

    let mut seen = Vec::new();
    let mut feed = journal.feed(0);
    while seen.len() < 4 {
        seen.extend(feed.next().await.unwrap());
    }
    let poisoned = seen.remove(2).unwrap_err();
    assert_eq!((poisoned.position, poisoned.organization), (3, acme));
    assert!(!poisoned.why.contains("secret"), "a row's content is nobody's business: {}", poisoned.why);
    let read: Vec<u64> = seen.into_iter().map(|row| row.unwrap().position).collect();
    assert_eq!(read, [1, 2, 4]);
}
