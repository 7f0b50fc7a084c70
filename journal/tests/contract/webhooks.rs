//! Where events are sent, and how far each is.

use domain::{OrganizationId, Timestamp, UserId};
use futures::future::join_all;
use journal::erasure::Theirs;
use journal::webhooks::{Cursor, Disabled, Failure, LEASE, Lane, LaneKind, Numbers, Secret, Then, Webhook, Which, Why};
use journal::{Epoch, Journal};
use uuid::Uuid;

use super::cast::called;
use super::{Fixture, journal};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_772_000_000 + seconds, 0).unwrap()
}

fn user(id: &str) -> UserId {
    id.parse().unwrap()
}

/// The right to deliver.
async fn leads(journal: &Journal) -> Epoch {
    journal.lease(LEASE).try_take().await.unwrap().unwrap()
}

fn webhook(organization: Option<OrganizationId>, after: u64) -> Webhook {
    Webhook {
        id: Uuid::now_v7(),
        organization,
        url: "https://hooks.acme.test/".into(),
        types: Some(vec!["MemberLeft".into()]),
        secrets: vec![Secret { secret: "whsec_b25l".into(), until: Some(at(60)) }],
        created_at: at(0),
        created_by: Some(user("ana")),
        changed_by: None,
        revision: 0,
        cursor: Cursor { position: after, sequence: 0 },
        delivered_at: None,
        failure: None,
        disabled: None,
    }
}

fn lane(webhook: &Webhook, organization: OrganizationId, sequence: u64) -> Lane {
    Lane {
        webhook: webhook.id,
        organization,
        kind: LaneKind::Waiting,
        sequence,
        position: sequence,
        until: None,
        failing_since: Some(at(1)),
        failures: 1,
        next_attempt: at(10),
        failure: Some(Failure { at: at(1), why: "status".into(), status: Some(503) }),
        parked_at: None,
    }
}

pub async fn what_is_registered_is_read_back_and_no_more_than_the_most(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let acme = called("ana", &here).founds("acme").await;
    let first = webhook(Some(acme), 1);
    assert!(here.webhooks().register(&first, 5).await.unwrap());
    let read = there.webhooks().webhook(first.id).await.unwrap().unwrap();
    // Its place in its organization is that of its place in the journal.
    let expected = Webhook { cursor: Cursor { position: 1, sequence: 1 }, revision: read.revision, ..first };
    assert_eq!(read, expected);
    let journals = [&here, &there];
    let registering =
        (0..20).map(|n| async move { journals[n % 2].webhooks().register(&webhook(Some(acme), 0), 5).await.unwrap() });
    let registered = join_all(registering).await.into_iter().filter(|registered| *registered).count();
    assert_eq!(registered, 4, "raced by two writers");
    assert!(here.webhooks().register(&webhook(None, 0), 5).await.unwrap(), "others are not counted");
    assert_eq!(there.webhooks().of(Some(acme)).await.unwrap().len(), 5);
    assert_eq!(there.webhooks().of(None).await.unwrap().len(), 1);
    assert_eq!(there.webhooks().enabled().await.unwrap().len(), 6);
}

pub async fn a_change_made_on_what_has_changed_since_changes_nothing(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let acme = called("ana", &here).founds("acme").await;
    let id = webhook(Some(acme), 2);
    here.webhooks().register(&id, 5).await.unwrap();
    let id = id.id;
    let seen = here.webhooks().webhook(id).await.unwrap().unwrap();
    let revision = here.webhooks().revision().await.unwrap();
    let disabled = Webhook {
        disabled: Some(Disabled { at: at(5), why: Why::Gone }),
        types: None,
        changed_by: Some(user("ben")),
        ..seen.clone()
    };
    assert!(here.webhooks().change(&disabled, Then::default()).await.unwrap());
    assert!(there.webhooks().revision().await.unwrap() > revision, "whoever delivers notices");
    assert!(
        !there
            .webhooks()
            .change(&Webhook { url: "https://lost.test/".into(), ..seen.clone() }, Then::default())
            .await
            .unwrap()
    );
    let now = there.webhooks().webhook(id).await.unwrap().unwrap();
    assert_eq!((now.url.as_str(), &now.types, now.disabled), (seen.url.as_str(), &None, disabled.disabled));
    assert_eq!(now.cursor, seen.cursor);
    assert_eq!((now.created_by, now.changed_by), (Some(user("ana")), Some(user("ben"))));
    assert_eq!(there.webhooks().enabled().await.unwrap(), []);
    assert_eq!(there.webhooks().numbers().await.unwrap(), Numbers { given_up: 1, ..Numbers::default() });
    assert!(here.webhooks().remove(id).await.unwrap());
    assert!(!there.webhooks().remove(id).await.unwrap());
}

pub async fn a_webhook_moves_on_from_where_it_was_and_from_nowhere_else(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    here.webhooks().register(&webhook(None, 0), 5).await.unwrap();
    let seen = here.webhooks().enabled().await.unwrap().remove(0);
    let by = leads(&here).await;
    let to = Cursor { position: 20, sequence: 0 };
    assert!(here.webhooks().moved(by, &seen, to, Some(at(3))).await.unwrap());
    assert!(
        !there.webhooks().moved(by, &seen, Cursor { position: 10, sequence: 0 }, None).await.unwrap(),
        "a former leader"
    );
    let now = there.webhooks().webhook(seen.id).await.unwrap().unwrap();
    assert_eq!((now.cursor, now.delivered_at, now.revision), (to, Some(at(3)), seen.revision));
    assert!(there.webhooks().moved(by, &now, Cursor { position: 21, sequence: 0 }, None).await.unwrap());
    assert_eq!(there.webhooks().webhook(seen.id).await.unwrap().unwrap().delivered_at, Some(at(3)));
}

pub async fn an_organization_waits_once_and_until_it_is_released(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let new = webhook(None, 0);
    here.webhooks().register(&new, 5).await.unwrap();
    let (acme, apex) = (OrganizationId(Uuid::now_v7()), OrganizationId(Uuid::now_v7()));
    let first = lane(&new, acme, 3);
    let by = leads(&here).await;
    assert!(here.webhooks().hold(by, &new, &first).await.unwrap());
    assert!(!here.webhooks().hold(by, &new, &lane(&new, acme, 7)).await.unwrap(), "it waits already");
    assert!(here.webhooks().hold(by, &new, &Lane { next_attempt: at(5), ..lane(&new, apex, 2) }).await.unwrap());
    let lanes = there.webhooks().lanes(new.id, Which::All, 10).await.unwrap();
    assert_eq!(lanes.iter().map(|lane| (lane.organization, lane.sequence)).collect::<Vec<_>>(), [(apex, 2), (acme, 3)]);
    assert_eq!(lanes[1], first);
    assert_eq!(there.webhooks().lanes(new.id, Which::All, 1).await.unwrap().len(), 1);
    assert_eq!(there.webhooks().numbers().await.unwrap().waiting, 2);
    let shown = there.webhooks().webhook(new.id).await.unwrap().unwrap();
    assert_eq!(shown.failure, first.failure);

    let on = Lane { sequence: 5, position: 9, failures: 0, failing_since: None, failure: None, ..first.clone() };
    assert!(there.webhooks().lane_moved(by, &on, 3).await.unwrap());
    assert!(!here.webhooks().lane_moved(by, &Lane { sequence: 4, ..on.clone() }, 3).await.unwrap(), "a former leader");
    assert!(!here.webhooks().release(by, &first).await.unwrap(), "it has moved on");
    assert!(here.webhooks().release(by, &on).await.unwrap());
    assert_eq!(there.webhooks().lanes(new.id, Which::All, 10).await.unwrap().len(), 1);

    // Of what waits nothing changes unless it is said so.
    let changes = async |then: Then| {
        let shown = there.webhooks().webhook(new.id).await.unwrap().unwrap();
        assert!(here.webhooks().change(&shown, then).await.unwrap());
        there.webhooks().lanes(new.id, Which::All, 10).await.unwrap()
    };
    let waits = Lane { parked_at: Some(at(4)), failures: 9, ..lane(&new, apex, 2) };
    assert!(here.webhooks().lane_moved(by, &waits, 2).await.unwrap());
    assert_eq!(there.webhooks().lanes(new.id, Which::Tried, 10).await.unwrap(), []);
    assert_eq!(there.webhooks().numbers().await.unwrap().parked, 1);
    let due = changes(Then::default()).await.remove(0);
    assert_eq!((due.failures, due.failing_since, due.parked_at), (9, Some(at(1)), Some(at(4))));
    let due = changes(Then { retry: true, ..Then::default() }).await.remove(0);
    assert_eq!((due.sequence, due.failures, due.failing_since, due.parked_at), (2, 0, None, None));
    let due = changes(Then { skip: Some(acme), ..Then::default() }).await.remove(0);
    assert_eq!(due.sequence, 2, "another one is skipped");
    let due = changes(Then { skip: Some(apex), ..Then::default() }).await.remove(0);
    assert_eq!((due.sequence, due.position), (3, 3));
    assert_eq!(changes(Then { go_on_after: Some(40), ..Then::default() }).await, []);
    assert!(!here.webhooks().hold(by, &new, &first).await.unwrap(), "a round that was under way meanwhile");
    let new = there.webhooks().webhook(new.id).await.unwrap().unwrap();
    assert_eq!(new.cursor.position, 40);
    assert!(here.webhooks().hold(by, &new, &first).await.unwrap());
    assert!(here.webhooks().remove(new.id).await.unwrap());
    assert_eq!(there.webhooks().numbers().await.unwrap(), Numbers::default(), "what waited goes with it");
}

pub async fn a_former_leader_writes_nothing(fixture: &Fixture) {
    let (here, there) = (journal(fixture).await, journal(fixture).await);
    let new = webhook(None, 0);
    here.webhooks().register(&new, 5).await.unwrap();
    let (acme, apex) = (OrganizationId(Uuid::now_v7()), OrganizationId(Uuid::now_v7()));
    let former = leads(&here).await;
    assert!(here.webhooks().hold(former, &new, &lane(&new, acme, 3)).await.unwrap());
    here.give_up_leases().await.unwrap();
    if leads(&there).await == former {
        // A file has one server, which always leads.
        return;
    }
    let waits = lane(&new, acme, 3);
    assert!(!here.webhooks().hold(former, &new, &lane(&new, apex, 2)).await.unwrap());
    assert!(!here.webhooks().moved(former, &new, Cursor { position: 9, sequence: 0 }, None).await.unwrap());
    assert!(!here.webhooks().lane_moved(former, &Lane { sequence: 4, ..waits.clone() }, 3).await.unwrap());
    assert!(!here.webhooks().release(former, &waits).await.unwrap());
    assert_eq!(there.webhooks().lanes(new.id, Which::All, 10).await.unwrap(), [waits]);
    assert_eq!(there.webhooks().webhook(new.id).await.unwrap().unwrap().cursor.position, 0);
}

pub async fn a_range_is_delivered_again_by_organization(fixture: &Fixture) {
    let here = journal(fixture).await;
    let ana = called("ana", &here);
    // Two events each.
    let acme = ana.founds("acme").await;
    let apex = ana.founds("apex").await;
    let (all, of_apex) = (webhook(None, 4), webhook(Some(apex), 4));
    for new in [&all, &of_apex] {
        here.webhooks().register(new, 5).await.unwrap();
    }
    let again = async |webhook: &Webhook, from, to| here.webhooks().again(webhook, from, to, at(0)).await.unwrap();
    let lanes = async |webhook: &Webhook| {
        let lanes = here.webhooks().lanes(webhook.id, Which::All, 10).await.unwrap();
        lanes.iter().map(|lane| (lane.organization, lane.kind, lane.sequence, lane.until)).collect::<Vec<_>>()
    };
    assert_eq!(again(&all, 2, 3).await, 2);
    assert_eq!(lanes(&all).await, [(acme, LaneKind::Again, 2, Some(3)), (apex, LaneKind::Again, 1, Some(3))]);
    assert_eq!(again(&of_apex, 4, 4).await, 1);
    assert_eq!(lanes(&of_apex).await, [(apex, LaneKind::Again, 2, Some(4))]);
    assert_eq!(again(&of_apex, 1, 2).await, 0, "nothing of theirs is there");
    assert_eq!(again(&all, 1, 4).await, 2);
    assert_eq!(
        lanes(&all).await,
        [(acme, LaneKind::Again, 1, Some(4)), (apex, LaneKind::Again, 1, Some(4))],
        "widened"
    );
    assert_eq!(here.webhooks().numbers().await.unwrap().waiting, 0);
}

pub async fn what_was_not_delivered_yet_is_not_delivered_again(fixture: &Fixture) {
    let here = journal(fixture).await;
    let ana = called("ana", &here);
    // Positions 1 and 2, 3 and 4, 5 and 6.
    let (acme, apex) = (ana.founds("acme").await, ana.founds("apex").await);
    ana.founds("axis").await;
    let new = webhook(None, 4);
    here.webhooks().register(&new, 5).await.unwrap();
    let by = leads(&here).await;
    assert!(here.webhooks().hold(by, &new, &Lane { position: 2, ..lane(&new, acme, 2) }).await.unwrap());
    assert_eq!(here.webhooks().again(&new, 2, 6, at(0)).await.unwrap(), 1, "one waits, and to one it has not come");
    assert_eq!(here.webhooks().again(&new, 1, 6, at(0)).await.unwrap(), 2);
    let mut lanes = here.webhooks().lanes(new.id, Which::All, 10).await.unwrap();
    lanes.retain(|lane| lane.kind == LaneKind::Again);
    let mut ends: Vec<_> = lanes.iter().map(|lane| (lane.organization, lane.sequence, lane.until)).collect();
    ends.sort_by_key(|(_, _, until)| *until);
    assert_eq!(ends, [(acme, 1, Some(1)), (apex, 1, Some(4))]);

    // From an earlier event on it has not failed yet.
    let again = async |from| here.webhooks().again(&new, from, 4, at(0)).await.unwrap();
    let failing = Lane { kind: LaneKind::Again, until: Some(4), failures: 7, ..lane(&new, apex, 2) };
    assert!(here.webhooks().lane_moved(by, &failing, 1).await.unwrap());
    let shown = async || {
        let lanes = here.webhooks().lanes(new.id, Which::All, 10).await.unwrap();
        let lane = lanes.into_iter().find(|lane| lane.organization == apex).unwrap();
        (lane.sequence, lane.failures, lane.failing_since)
    };
    again(4).await;
    assert_eq!(shown().await, (2, 7, Some(at(1))));
    again(3).await;
    assert_eq!(shown().await, (1, 0, None));
}

pub async fn whose_a_webhook_is_is_forgotten_with_them(fixture: &Fixture) {
    let here = journal(fixture).await;
    let new = Webhook { changed_by: Some(user("ben")), ..webhook(None, 0) };
    here.webhooks().register(&new, 5).await.unwrap();
    let by = async || {
        let shown = here.webhooks().webhook(new.id).await.unwrap().unwrap();
        (shown.created_by, shown.changed_by)
    };
    assert_eq!(by().await, (Some(user("ana")), Some(user("ben"))));
    here.erasure().erase(&user("ana"), &Theirs::default(), 0).await.unwrap();
    assert_eq!(by().await, (None, Some(user("ben"))));
    here.erasure().erase(&user("ben"), &Theirs::default(), 0).await.unwrap();
    assert_eq!(by().await, (None, None));
}

pub async fn webhooks_of_what_was_deleted_go_once_they_have_said_so(fixture: &Fixture) {
    let here = journal(fixture).await;
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let [done, behind, disabled, waiting] = std::array::from_fn(|_| webhook(Some(acme), 2));
    for new in [&done, &behind, &disabled, &waiting] {
        here.webhooks().register(new, 5).await.unwrap();
    }
    assert_eq!(here.webhooks().remove_orphans().await.unwrap(), 0);
    ana.deletes(acme).await.unwrap();
    let to = Cursor { position: 3, sequence: 3 };
    let by = leads(&here).await;
    for new in [&done, &waiting] {
        let seen = here.webhooks().webhook(new.id).await.unwrap().unwrap();
        assert!(here.webhooks().moved(by, &seen, to, None).await.unwrap());
    }
    let seen = here.webhooks().webhook(waiting.id).await.unwrap().unwrap();
    assert!(here.webhooks().hold(by, &seen, &lane(&waiting, acme, 3)).await.unwrap());
    let seen = here.webhooks().webhook(disabled.id).await.unwrap().unwrap();
    let off = Webhook { disabled: Some(Disabled { at: at(1), why: Why::SwitchedOff }), ..seen };
    assert!(here.webhooks().change(&off, Then::default()).await.unwrap());
    assert_eq!(here.webhooks().remove_orphans().await.unwrap(), 2);
    let left: Vec<Uuid> = here.webhooks().of(Some(acme)).await.unwrap().iter().map(|left| left.id).collect();
    assert_eq!(left.len(), 2);
    assert!(left.contains(&behind.id) && left.contains(&waiting.id));
}
