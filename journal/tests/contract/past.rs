//! The past, as it is asked for: what the events up to then come to.

use std::collections::BTreeSet;

use domain::{Claimed, MemberId, Organization, OrganizationCommand as C, OrganizationId, Recorded, Role, UserId};
use journal::{Filter, Journal, Past, Span};
use uuid::Uuid;

use super::cast::{called, respelling, spelled};
use super::{Fixture, journal};

const ALL: Span = Span { after: 0, until: 1000 };

/// Ana founds acme, brings Ben, Cleo and Dan; roles and ownership change; people leave, come back and are removed.
async fn story(journal: &Journal) -> OrganizationId {
    let [ana, ben, cleo, dan] = ["ana", "ben", "cleo", "dan"].map(|name| called(name, journal));
    let acme = ana.founds("acme").await;
    let bens = ana.brings(acme, &ben).await;
    ana.asks(acme, C::ChangeMemberRole { member_id: bens, role: Role::Admin }).await.unwrap();
    ben.brings(acme, &cleo).await;
    let dans = ana.brings(acme, &dan).await;
    ana.asks(acme, C::TransferOwnership { member_id: bens }).await.unwrap();
    cleo.leaves(acme).await.unwrap();
    ben.asks(acme, C::RemoveMember { member_id: dans }).await.unwrap();
    ana.asks(acme, respelling("apex")).await.unwrap();
    ben.brings(acme, &cleo).await;
    ana.leaves(acme).await.unwrap();
    acme
}

fn members(state: &Organization) -> BTreeSet<(UserId, MemberId, Role)> {
    state.members().map(|(user, found)| (user.clone(), found.member_id, found.role)).collect()
}

async fn told(past: &Past, place: OrganizationId, span: Span, limit: usize) -> BTreeSet<(UserId, MemberId, Role)> {
    let stays = past.members(place, span, limit).await.unwrap();
    stays.into_iter().map(|stay| (stay.tenure.user_id, stay.tenure.member_id, stay.role)).collect()
}

/// At every sequence of an organization's history, in one piece and member by member.
pub async fn assert_past_is_the_fold(journal: &Journal, place: OrganizationId) {
    let (past, history) = (journal.past(), journal.history(place, 0, 10_000).await.unwrap());
    for until in 1..=history.len() {
        let state = Organization::fold(history[..until].iter().map(|recorded| &recorded.event));
        let span = Span { after: 0, until: until as u64 };
        assert_eq!(told(&past, place, span, 1000).await, members(&state), "at {until} of {history:?}");
    }
    let (mut page, mut singly) = (Span { until: history.len() as u64, ..ALL }, BTreeSet::new());
    while let Some(stay) = past.members(place, page, 1).await.unwrap().pop() {
        page.after = stay.joined.sequence;
        singly.insert(stay.tenure.member_id);
    }
    let state = Organization::fold(history.iter().map(|recorded| &recorded.event));
    assert_eq!(singly, state.members().map(|(_, member)| member.member_id).collect());
}

pub async fn at_every_sequence_the_members_are_what_the_events_come_to(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    assert_past_is_the_fold(&journal, acme).await;
    called("ben", &journal).deletes(acme).await.unwrap();
    assert_past_is_the_fold(&journal, acme).await;
}

pub async fn a_time_is_the_last_sequence_that_was_recorded_by_then(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    let other = called("eva", &journal).founds("other").await;
    let (past, history) = (journal.past(), journal.history(acme, 0, 1000).await.unwrap());
    for recorded in &history {
        let last = history.iter().rfind(|one| one.recorded_at <= recorded.recorded_at).unwrap();
        assert_eq!(past.sequence_at(acme, recorded.recorded_at).await.unwrap(), last.sequence);
        let just_before = recorded.recorded_at - chrono::TimeDelta::milliseconds(1);
        let before = history.iter().rfind(|one| one.recorded_at <= just_before).map_or(0, |one| one.sequence);
        assert_eq!(past.sequence_at(acme, just_before).await.unwrap(), before);
    }
    let now = past.clock().await.unwrap();
    assert_eq!(past.sequence_at(acme, now).await.unwrap(), history.len() as u64);
    assert_eq!(past.sequence_at(other, history[0].recorded_at).await.unwrap(), 0);
    let from = history[3].recorded_at;
    let span = past.span(acme, Some(from), Some(from)).await.unwrap();
    let within: Vec<_> = history.iter().filter(|one| one.recorded_at == from).map(|one| one.sequence).collect();
    assert_eq!((span.after + 1, span.until), (within[0], within[within.len() - 1]));
}

async fn sequences(past: &Past, place: OrganizationId, filter: &Filter) -> Vec<u64> {
    let events = past.events(place, filter, ALL, 1000).await.unwrap();
    let mut exported = Vec::new();
    let mut pages = past.export(place, filter.clone(), ALL);
    while let Some(page) = pages.recv().await {
        exported.extend(page.unwrap().into_iter().map(|one| one.row.sequence));
    }
    let sequences: Vec<_> = events.iter().map(|one| one.row.sequence).collect();
    assert_eq!(sequences, exported);
    sequences
}

pub async fn events_are_found_by_type_person_and_actor(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    // Somebody whose id is the end of another's, and one that JSON escapes.
    let [ben, en, quoted] = ["ben", "en", "b\"en"].map(|name| called(name, &journal));
    ben.brings(acme, &en).await;
    let address = called("quoted", &journal);
    let invitation_id = ben.invites(acme, &address).await;
    let caller = Claimed { email: Some(address.email()), verified: true };
    let accepting = C::AcceptInvitation { invitation_id, member_id: MemberId(Uuid::now_v7()), caller };
    quoted.asks(acme, accepting).await.unwrap();
    let (past, history) = (journal.past(), journal.history(acme, 0, 1000).await.unwrap());
    let those = |wanted: &dyn Fn(&Recorded) -> bool| -> Vec<u64> {
        history.iter().filter(|one| wanted(one)).map(|one| one.sequence).collect()
    };
    let types = ["MemberLeft", "MemberRemoved"];
    let filter = Filter { types: types.map(str::to_owned).into(), ..Filter::default() };
    let expected = those(&|one| types.contains(&one.event.name()));
    assert_eq!((expected.len(), &sequences(&past, acme, &filter).await), (3, &expected));
    for name in ["ben", "cleo", "en", "b\"en", "nobody"] {
        let user: UserId = name.parse().unwrap();
        let filter = Filter { person: Some(user.clone()), ..Filter::default() };
        let expected = those(&|one| one.event.names(&user) || one.actor.person() == Some(&user));
        assert_eq!((expected.is_empty(), &sequences(&past, acme, &filter).await), (name == "nobody", &expected));
    }
    let actor = "person:ana".to_owned();
    let filter = Filter { actor: Some(actor.clone()), ..Filter::default() };
    let expected = those(&|one| one.actor.to_string() == actor);
    assert_eq!((expected.is_empty(), &sequences(&past, acme, &filter).await), (false, &expected));
    assert_eq!(sequences(&past, acme, &Filter::default()).await.len(), history.len());
    let some = past.events(acme, &Filter::default(), Span { after: 2, until: 9 }, 3).await.unwrap();
    assert_eq!(some.iter().map(|one| one.row.sequence).collect::<Vec<_>>(), [3, 4, 5]);
}

pub async fn every_tenure_of_a_person_is_told_with_its_end(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    let (cleo, eva) = (called("cleo", &journal), called("eva", &journal));
    let bolt = cleo.founds("bolt").await;
    cleo.brings(bolt, &eva).await;
    cleo.deletes(bolt).await.unwrap();
    let past = journal.past();
    let stays = past.memberships(&cleo.user, None).await.unwrap();
    let told = |stays: &[journal::StayAt]| -> Vec<(OrganizationId, String, Option<&'static str>)> {
        let one = |one: &journal::StayAt| {
            let slug = one.slug.as_ref().unwrap().to_string();
            (one.organization, slug, one.stay.ended.as_ref().map(|ended| ended.how.as_str()))
        };
        stays.iter().map(one).collect()
    };
    let expected = [
        (acme, "apex".to_owned(), Some("left")),
        (acme, "apex".to_owned(), None),
        (bolt, "bolt".to_owned(), Some("organization-deleted")),
    ];
    assert_eq!(told(&stays), expected);
    // As it was known when she left for the first time: the slug too.
    let left_at = stays[0].stay.ended.as_ref().unwrap().by.at;
    let then = past.memberships(&cleo.user, Some(left_at)).await.unwrap();
    assert_eq!(then[0].stay.tenure, stays[0].stay.tenure);
    let before = stays[0].stay.joined.at;
    let then = past.memberships(&cleo.user, Some(before)).await.unwrap();
    assert!(then.len() == 1 && then[0].slug.as_ref().unwrap().as_str() == "acme", "{then:?}");
    assert!(past.memberships(&"nobody".parse().unwrap(), None).await.unwrap().is_empty());
}

pub async fn comings_and_goings_are_counted_by_day(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    let (past, head) = (journal.past(), journal.history(acme, 0, 1000).await.unwrap().len() as u64);
    let whole = past.census(acme, Span { after: 0, until: head }).await.unwrap();
    let sum = |of: &dyn Fn(&domain::Movement) -> u64| -> u64 { whole.days.iter().map(|(_, day)| of(day)).sum() };
    assert_eq!(whole.before, 0);
    assert_eq!((sum(&|day| day.joined), sum(&|day| day.left), sum(&|day| day.removed)), (5, 2, 1));
    let rest = past.census(acme, Span { after: head, until: head }).await.unwrap();
    assert_eq!((rest.before, rest.days.len()), (2, 0));
    let last = whole.days[whole.days.len() - 1].0;
    let counts = whole.by(domain::Stretch::Day, whole.days[0].0, last);
    assert_eq!(counts[counts.len() - 1].members, 2);
}

pub async fn an_organization_is_found_by_the_slug_it_had(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = story(&journal).await;
    let past = journal.past();
    assert_eq!(past.find(&acme.into()).await.unwrap(), Some(acme));
    assert_eq!(past.find(&spelled("apex")).await.unwrap(), Some(acme));
    assert_eq!(past.find(&spelled("acme")).await.unwrap(), None);
    assert_eq!(past.find_former(&"acme".parse().unwrap()).await.unwrap(), Some(acme));
    let second = called("eva", &journal).founds("acme").await;
    called("eva", &journal).deletes(second).await.unwrap();
    assert_eq!(past.find(&second.into()).await.unwrap(), Some(second));
    assert_eq!(past.find_former(&"acme".parse().unwrap()).await.unwrap(), Some(second));
    assert_eq!(past.find_former(&"nobodys".parse().unwrap()).await.unwrap(), None);
    assert_eq!(past.profile(acme, 2).await.unwrap().unwrap().slug.as_str(), "acme");
}
