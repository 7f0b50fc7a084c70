//! A person's memberships over all organizations, straight from the journal.

use domain::{MemberId, OrganizationCommand as C, OrganizationId, Role};
use journal::Journal;
use uuid::Uuid;

use super::cast::{Someone, called, respelling};
use super::{Fixture, journal};

async fn places(journal: &Journal, somebody: &Someone) -> Vec<OrganizationId> {
    journal.held_by(&somebody.user).await.unwrap().into_iter().map(|held| held.organization).collect()
}

pub async fn memberships_come_oldest_first_and_whoever_rejoins_is_new(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    // Not the order of founding: that of joining.
    let (at_bolt, at_acme) = (ana.brings(bolt, &ben).await, ana.brings(acme, &ben).await);
    let own = ben.founds("bens-own").await;
    ana.asks(acme, C::ChangeMemberRole { member_id: at_acme, role: Role::Admin }).await.unwrap();
    ana.asks(acme, respelling("acme-2")).await.unwrap();

    let held = journal.held_by(&ben.user).await.unwrap();
    assert_eq!(held.iter().map(|one| one.organization).collect::<Vec<_>>(), [bolt, acme, own]);
    assert_eq!(held.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(), ["bolt", "acme-2", "bens-own"]);
    assert_eq!((held[0].member_id, held[1].member_id), (at_bolt, at_acme));
    assert!(held.is_sorted_by_key(|one| one.joined));

    ben.leaves(bolt).await.unwrap();
    let again = ana.brings(bolt, &ben).await;
    let held = journal.held_by(&ben.user).await.unwrap();
    assert_eq!(held.iter().map(|one| one.organization).collect::<Vec<_>>(), [acme, own, bolt]);
    assert_eq!(held[2].member_id, again);
    assert_ne!(again, at_bolt);
}

pub async fn what_was_left_or_deleted_is_not_held(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (left, lost) = (ana.founds("left").await, ana.founds("lost").await);
    let (gone, kept) = (ana.founds("gone").await, ana.founds("kept").await);
    for place in [left, gone, kept] {
        ana.brings(place, &ben).await;
    }
    let at_lost = ana.brings(lost, &ben).await;
    ben.leaves(left).await.unwrap();
    ana.asks(lost, C::RemoveMember { member_id: at_lost }).await.unwrap();
    ana.deletes(gone).await.unwrap();
    assert_eq!(places(&journal, &ben).await, [kept]);
    assert_eq!(places(&journal, &ana).await, [left, lost, kept]);
    assert!(places(&journal, &called("cleo", &journal)).await.is_empty());
    // Neither by a name that only begins alike, nor as a pattern.
    for lookalike in ["be", "ben2", "%", "b_n", "BEN"] {
        assert!(places(&journal, &called(lookalike, &journal)).await.is_empty(), "{lookalike}");
    }
}

pub async fn the_last_used_one_is_marked(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    ana.brings(acme, &ben).await;
    let marks = async || {
        let held = journal.held_by(&ana.user).await.unwrap();
        held.into_iter().map(|one| one.last_used).collect::<Vec<_>>()
    };
    assert_eq!(marks().await, [false, false]);
    journal
        .people()
        .used(&[(ana.user.clone(), acme), (ben.user.clone(), acme), (ana.user.clone(), bolt)])
        .await
        .unwrap();
    assert_eq!(marks().await, [false, true], "of one person's several the last one counts");
    journal.people().used(&[(ana.user.clone(), acme)]).await.unwrap();
    assert_eq!(marks().await, [true, false]);
    ana.deletes(acme).await.unwrap();
    assert_eq!(marks().await, [false]);
}

pub async fn a_membership_is_held_the_moment_it_is_acknowledged(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    for n in 0..50 {
        let place = ana.founds(&format!("org-{n}")).await;
        assert_eq!(places(&journal, &ana).await.last(), Some(&place));
        let invitation = ana.invites(place, &ben).await;
        ben.accepts(invitation).await.unwrap();
        assert_eq!(places(&journal, &ben).await, [place]);
        ben.leaves(place).await.unwrap();
        assert!(places(&journal, &ben).await.is_empty());
    }
}

pub async fn a_tenure_is_known_by_its_member_id_also_afterwards(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let bens = ana.brings(acme, &ben).await;
    ben.leaves(acme).await.unwrap();
    assert_eq!(journal.whose(acme, bens).await.unwrap(), Some(ben.user));
    assert_eq!(journal.whose(bolt, bens).await.unwrap(), None, "in another organization it means nobody");
    assert_eq!(journal.whose(acme, MemberId(Uuid::now_v7())).await.unwrap(), None);
}
