//! The membership check of those who were asked about before: nothing is read of them again, and it is as right at commit.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use domain::{InvitationId, MemberId, OrganizationCommand as C, OrganizationId, Position, Role, Subject};
use futures::future::{join, join_all};
use journal::OrganizationRef;
use journal::batch::Batch;
use uuid::Uuid;

use super::cast::{Someone, called, eventually, respelling, spelled};
use super::crowd::{crowd, joined, new_event};
use super::poison::{damage, poison};
use super::watched::Watched;
use super::{Fixture, journal};

/// What the check tells: the role, and the sequence.
async fn told(somebody: &Someone, place: OrganizationId) -> (Option<Role>, u64) {
    let access = somebody.journal.access(&place.into(), &somebody.user).await.unwrap().unwrap();
    (access.membership.map(|membership| membership.role), access.sequence)
}

/// Asks after somebody until nothing is read of them any more: what was read is learnt a moment later.
async fn remembers(store: &Watched, somebody: &Someone, place: impl Into<OrganizationRef>) {
    let place = place.into();
    eventually("what was read is remembered", async || {
        let reads = store.reads.load(SeqCst);
        somebody.passes(place.clone()).await;
        store.reads.load(SeqCst) == reads
    })
    .await;
}

pub async fn whoever_was_asked_about_before_is_not_read_again(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, cleo) = (called("ana", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    for (somebody, place) in [(&ana, acme.into()), (&ana, spelled("acme")), (&cleo, acme.into())] {
        remembers(&store, somebody, place).await;
    }
    let (reads, news) = (store.reads.load(SeqCst), store.news.load(SeqCst));
    for _ in 0..10 {
        assert!(ana.passes(acme).await && ana.passes(spelled("acme")).await && !cleo.passes(acme).await);
    }
    assert_eq!(store.reads.load(SeqCst), reads, "nothing was recorded, and somebody was read again");
    assert_eq!(store.news.load(SeqCst), news + 30, "somebody was answered without asking the journal");

    // What is about others costs nothing, but for the sequence.
    ana.invites(acme, &called("ben", &journal)).await;
    let reads = store.reads.load(SeqCst);
    assert_eq!((told(&ana, acme).await, told(&cleo, acme).await), ((Some(Role::Owner), 3), (None, 3)));
    assert_eq!(store.reads.load(SeqCst), reads);
}

/// Each of these is done by way of another server, and asked here at once.
pub async fn nobody_passes_by_what_was_true_before(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let (ana, ben, cleo) = (called("ana", &here), called("ben", &here), called("cleo", &here));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    let cleos = ana.brings(acme, &cleo).await;
    let (ana_there, ben_there) = (ana.at(&there), ben.at(&there));
    let all_are_remembered = async || {
        for somebody in [&ana, &ben, &cleo] {
            remembers(&store, somebody, acme).await;
        }
    };
    all_are_remembered().await;
    ben_there.leaves(acme).await.unwrap();
    assert_eq!((told(&ben, acme).await, told(&ana, acme).await), ((None, 9), (Some(Role::Owner), 9)));
    all_are_remembered().await;
    let bens = ana_there.brings(acme, &ben_there).await;
    assert_eq!(told(&ben, acme).await, (Some(Role::Member), 12));
    ana_there.asks(acme, C::ChangeMemberRole { member_id: cleos, role: Role::Admin }).await.unwrap();
    assert_eq!(told(&cleo, acme).await, (Some(Role::Admin), 13));
    all_are_remembered().await;
    ana_there.asks(acme, C::RemoveMember { member_id: cleos }).await.unwrap();
    assert_eq!(told(&cleo, acme).await, (None, 14));
    ana_there.asks(acme, C::TransferOwnership { member_id: bens }).await.unwrap();
    assert_eq!((told(&ana, acme).await, told(&ben, acme).await), ((Some(Role::Admin), 15), (Some(Role::Owner), 15)));
    all_are_remembered().await;
    ben_there.deletes(acme).await.unwrap();
    for somebody in [&ana, &ben, &cleo] {
        assert_eq!(told(somebody, acme).await, (None, 16));
    }
}

pub async fn what_is_asked_by_the_slug_is_right_whoever_has_it_now(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let (ana, ben) = (called("ana", &here), called("ben", &here));
    let (acme, bolt) = (ana.founds("acme").await, ben.founds("bolt").await);
    // And what is told is remembered for the next time.
    let passes = async |slug: &str| {
        let told = (ana.passes(spelled(slug)).await, ben.passes(spelled(slug)).await);
        if here.excerpt(&spelled(slug), &[]).await.unwrap().is_some() {
            remembers(&store, &ana, spelled(slug)).await;
            remembers(&store, &ben, spelled(slug)).await;
        }
        told
    };
    assert_eq!((passes("acme").await, passes("bolt").await), ((true, false), (false, true)));
    ana.at(&there).asks(acme, respelling("acorn")).await.unwrap();
    assert_eq!((passes("acme").await, passes("acorn").await), ((false, false), (true, false)));
    ben.at(&there).asks(bolt, respelling("acme")).await.unwrap();
    assert_eq!((passes("acme").await, passes("bolt").await), ((false, true), (false, false)));
    ben.at(&there).deletes(bolt).await.unwrap();
    assert_eq!(passes("acme").await, (false, false));
    ana.at(&there).asks(acme, respelling("acme")).await.unwrap();
    assert_eq!((passes("acme").await, passes("acorn").await), ((true, false), (false, false)));
}

pub async fn the_control_without_what_was_recorded_since_lets_the_departed_in(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    remembers(&store, &ben, acme).await;
    store.news_withheld.store(true, SeqCst);
    ben.leaves(acme).await.unwrap();
    assert!(ben.passes(acme).await, "without news a check is wrong: what is remembered is of no use alone");
    store.news_withheld.store(false, SeqCst);
    assert!(!ben.passes(acme).await);
}

pub async fn what_was_remembered_long_ago_is_read_again(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let (ana, ben) = (called("ana", &here), called("ben", &here));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    for (joins, read_again) in [(2_500, 1), (4_500, 2)] {
        ana.brings(acme, &ben).await;
        remembers(&store, &ana, acme).await;
        remembers(&store, &ben, acme).await;
        let reads = store.reads.load(SeqCst);
        crowd(&there, bolt, &format!("member-{joins}"), joins).await;
        ben.at(&there).leaves(acme).await.unwrap();
        assert!(ana.passes(acme).await && !ben.passes(acme).await);
        assert_eq!(store.reads.load(SeqCst), reads + read_again, "after {joins} events");
    }
}

async fn lose_what_came_after(fixture: &Fixture, position: Position) {
    let lost = format!("delete from events where position > {position}");
    let back = format!("update journal set position = {position}");
    for sql in [fixture.unguarded(), &lost, &back] {
        fixture.run(sql).await.unwrap();
    }
}

/// After a restore or a failover that lost commits the same positions hold other events.
pub async fn another_journal_in_its_place_is_noticed(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let (ana, ben, cleo) = (called("ana", &here), called("ben", &here), called("cleo", &here));
    let acme = ana.founds("acme").await;
    let before = here.store().position().await.unwrap();
    let joins = |somebody: &Someone| {
        let event = joined(somebody, MemberId(Uuid::now_v7()), Role::Member);
        Batch { events: vec![new_event(acme, 3, event)], ..Batch::default() }
    };
    for remembered_before in [false, true] {
        if remembered_before {
            // The journal has been followed until right before what is lost.
            remembers(&store, &ana, acme).await;
        }
        here.store().append(&joins(&ben)).await.unwrap();
        remembers(&store, &ben, acme).await;
        assert!(ben.passes(acme).await && ana.passes(acme).await);
        lose_what_came_after(fixture, before).await;
        assert!(!ben.passes(acme).await, "the event by which ben joined is lost");
        assert!(ana.passes(acme).await);

        here.store().append(&joins(&ben)).await.unwrap();
        remembers(&store, &ben, acme).await;
        lose_what_came_after(fixture, before).await;
        there.store().append(&joins(&cleo)).await.unwrap();
        assert!(!ben.passes(acme).await && cleo.passes(acme).await, "another event is in its place");
        assert!(ana.passes(acme).await);
        lose_what_came_after(fixture, before).await;
    }
}

/// What was read once and not asked about since, of a journal that has lost its end.
pub async fn what_was_read_of_a_journal_that_is_lost_lets_nobody_in(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let here = store.journal().await;
    let (ana, ben) = (called("ana", &here), called("ben", &here));
    let acme = ana.founds("acme").await;
    remembers(&store, &ana, acme).await;
    let before = here.store().position().await.unwrap();
    for _ in 0..20 {
        let event = joined(&ben, MemberId(Uuid::now_v7()), Role::Member);
        let batch = Batch { events: vec![new_event(acme, 3, event)], ..Batch::default() };
        here.store().append(&batch).await.unwrap();
        // Now before it is learnt, now after.
        assert!(ben.passes(acme).await);
        lose_what_came_after(fixture, before).await;
        assert!(!ben.passes(acme).await && ana.passes(acme).await);
        assert!(!ben.passes(acme).await && ana.passes(acme).await);
    }
}

pub async fn a_damaged_row_stops_nobody_elsewhere(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ben.founds("bolt").await);
    remembers(&store, &ana, acme).await;
    remembers(&store, &ben, bolt).await;
    for damaged in [r#"{"event_id": 5}"#, r#"{"event_id": "\u0000"}"#, "[]"] {
        let invitation = Subject::Invitation(InvitationId(Uuid::now_v7()));
        damage(fixture, acme, &invitation.to_string(), damaged).await;
        assert!(ben.passes(bolt).await && ana.passes(acme).await, "{damaged}");
        assert!(called("cleo", &journal).journal.access(&bolt.into(), &ana.user).await.is_ok());
        remembers(&store, &ben, bolt).await;
    }
    // Nobody knows whom it is about.
    damage(fixture, acme, "user:", "{}").await;
    assert!(ben.passes(bolt).await);
    remembers(&store, &ben, bolt).await;
}

pub async fn an_event_nobody_knows_ends_what_is_remembered(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    remembers(&store, &ana, acme).await;
    remembers(&store, &ben, acme).await;
    poison(fixture, acme, &Subject::User(ben.user.clone())).await;
    assert!(journal.access(&acme.into(), &ben.user).await.is_err(), "nobody knows what became of ben");
    assert!(ana.passes(acme).await);
    poison(fixture, acme, &Subject::Organization).await;
    assert!(journal.access(&acme.into(), &ana.user).await.is_err());
}

pub async fn many_who_check_share_one_question(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let acme = called("ana", &journal).founds("acme").await;
    let members = crowd(&journal, acme, "member", 200).await;
    for member in &members {
        remembers(&store, member, acme).await;
    }
    let all_pass =
        async || join_all(members.iter().map(|member| member.passes(acme))).await.iter().all(|passes| *passes);
    let (reads, news) = (store.reads.load(SeqCst), store.news.load(SeqCst));
    for _ in 0..10 {
        assert!(all_pass().await);
    }
    assert_eq!(store.reads.load(SeqCst), reads);
    let asked = store.news.load(SeqCst) - news;
    assert!(asked < 200, "{asked} questions for 2,000 checks: they shared none");
}

/// Each of many leaves and comes back, over and over, while others ask after them; whoever acts knows what must be answered.
pub async fn among_leaves_and_returns_every_check_is_right(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let ana = called("ana", &here);
    let places = join_all((0..4).map(async |n| ana.founds(&format!("acme-{n}")).await)).await;
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let onlookers = join_all((0..8).map(async |n| {
        while !over.load(SeqCst) {
            assert!(ana.passes(places[n % 4]).await);
            asked.fetch_add(1, SeqCst);
        }
    }));
    let travellers = async {
        join_all((0..16).map(async |n| {
            let place = places[n % 4];
            let traveller = called(&format!("traveller-{n}"), &here);
            for round in 0..12 {
                // Now by way of this server, now of the other.
                let acting = traveller.at(if round % 2 == 0 { &here } else { &there });
                ana.at(&acting.journal).brings(place, &acting).await;
                assert!(traveller.passes(place).await && traveller.at(&there).passes(place).await);
                assert!(traveller.passes(spelled(&format!("acme-{}", n % 4))).await);
                acting.leaves(place).await.unwrap();
                assert!(!traveller.passes(place).await && !traveller.at(&there).passes(place).await);
            }
        }))
        .await;
        over.store(true, SeqCst);
    };
    join(onlookers, travellers).await;
    let (reads, checks) = (store.reads.load(SeqCst), asked.load(SeqCst));
    assert!(
        reads < checks,
        "{reads} statements that read, {checks} checks of onlookers: hardly anything was remembered"
    );
}

/// Of an organization that is spelled as no journal spells it: whoever reads does not take it for one of that organization.
pub async fn a_row_that_only_looks_like_one_of_an_organization_lets_nobody_back_in(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let (ana, ben) = (called("ana", &here), called("ben", &here));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    remembers(&store, &ana, acme).await;
    remembers(&store, &ben, acme).await;
    ana.at(&there).deletes(acme).await.unwrap();
    assert!(!ana.passes(acme).await);
    write_past_the_journal(fixture, &acme.to_string().to_uppercase(), 1, "(select recorded_at from journal)").await;
    // Somebody else is asked about, so that the row is taken account of.
    remembers(&store, &ana, acme).await;
    assert!(!ben.passes(acme).await, "acme is deleted, and ben passes");
}

pub async fn a_time_that_is_none_stops_nobody_elsewhere(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ben.founds("bolt").await);
    remembers(&store, &ana, acme).await;
    remembers(&store, &ben, bolt).await;
    write_past_the_journal(fixture, &bolt.to_string(), 3, "'infinity'").await;
    assert!(ana.passes(acme).await && !called("cleo", &journal).passes(acme).await);
    assert!(journal.access(&bolt.into(), &ben.user).await.is_err(), "nobody knows what became of bolt");
    remembers(&store, &ana, acme).await;
    assert!(ana.passes(acme).await);
}

/// An event about the organization whose columns are as told.
async fn write_past_the_journal(fixture: &Fixture, organization: &str, sequence: u64, recorded_at: &str) {
    fixture.run("update journal set position = position + 1").await.unwrap();
    let insert = format!(
        "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                             position, recorded_at)
         values ('organization', '{organization}', {sequence}, 'X', '1', '{{}}', '{{}}', 'organization',
                 (select position from journal), {recorded_at})"
    );
    fixture.run(&insert).await.unwrap();
}
