//! Commands decided together: each sees its predecessors, and one append carries many.

use std::sync::atomic::Ordering::SeqCst;

use domain::{OrganizationCommand as C, OrganizationEvent as E, Refusal};
use futures::future::join_all;

use super::Fixture;
use super::cast::{called, inviting, refusal, respelling, spelled};
use super::crowd::crowd;
use super::order::{assert_in_order, whole};
use super::watched::Watched;

pub async fn two_hundred_leaves_of_one_member_are_one(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let acme = ana.founds("acme").await;
    let ben = crowd(&journal, acme, "ben", 1).await.remove(0);

    let outcomes = join_all((0..200).map(|_| ben.leaves(acme))).await;
    let (left, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(left.len(), 1);
    assert!(refused.into_iter().all(|outcome| refusal(outcome) == Refusal::OrganizationNotFound));
    let left = whole(&journal).await.into_iter().filter(|row| matches!(row.event, E::MemberLeft { .. })).count();
    assert_eq!(left, 1);
}

pub async fn sixty_four_members_leave_one_organization_at_once(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let acme = called("ana", &journal).founds("acme").await;
    let members = crowd(&journal, acme, "member", 64).await;

    let before = store.appends.load(SeqCst);
    for outcome in join_all(members.iter().map(|member| member.leaves(acme))).await {
        assert_eq!(outcome.unwrap().events.len(), 1);
    }
    let appends = store.appends.load(SeqCst) - before;
    assert!(appends <= 16, "64 leaves took {appends} appends: they were not grouped");
    for member in &members {
        assert!(!member.passes(acme).await);
    }
    assert_in_order(&whole(&journal).await);
}

pub async fn of_two_who_found_the_same_slug_one_is_refused(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let outcomes = store.in_one_group(&ana, vec![ana.founding("acme"), ben.founding("acme")]).await;
    let [first, second] = outcomes.try_into().unwrap();
    let acme = first.unwrap().organization;
    assert_eq!(refusal(second), Refusal::SlugTaken);
    assert_eq!(ana.journal.access(&spelled("acme"), &ana.user).await.unwrap().unwrap().organization, acme);
}

pub async fn of_two_who_invite_the_same_address_one_is_refused(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben, cleo) = (called("ana", &journal), called("ben", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    let ben_there = ana.brings(acme, &ben).await;
    ana.asks(acme, C::ChangeMemberRole { member_id: ben_there, role: domain::Role::Admin }).await.unwrap();

    let (by_ana, by_ben) = (inviting(&cleo.email()).1, inviting(&cleo.email()).1);
    let outcomes = store.in_one_group(&ana, vec![ana.ask(acme, by_ana), ben.ask(acme, by_ben)]).await;
    let [first, second] = outcomes.try_into().unwrap();
    first.unwrap();
    assert_eq!(refusal(second), Refusal::AlreadyInvited);
    assert_eq!(journal.people().invited(&cleo.email()).await.unwrap().len(), 1);
}

pub async fn an_invitation_taken_back_blocks_nobody(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, cleo) = (called("ana", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    let earlier = ana.invites(acme, &cleo).await;
    let (first, inviting_first) = inviting(&cleo.email());
    let (second, inviting_second) = inviting(&cleo.email());
    let revoking = |invitation_id| ana.ask(acme, C::RevokeInvitation { invitation_id });

    let asks = vec![
        revoking(earlier),
        ana.ask(acme, inviting_first),
        revoking(first),
        revoking(first),
        ana.ask(acme, inviting_second),
    ];
    let mut outcomes = store.in_one_group(&ana, asks).await;
    assert_eq!(refusal(outcomes.remove(3)), Refusal::InvitationSettled);
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let open = journal.people().invited(&cleo.email()).await.unwrap();
    assert_eq!(open.iter().map(|address| address.invitation).collect::<Vec<_>>(), [second]);
    assert_eq!(refusal(cleo.accepts(first).await), Refusal::InvitationSettled);
    cleo.accepts(second).await.unwrap();
}

pub async fn a_slug_given_up_is_free_for_the_next_command(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let found = ana.founding("acme");
    let anas = found.organization.clone();
    let (away, back) = (ana.ask(anas.clone(), respelling("acme-old")), ana.ask(anas, respelling("acme")));
    let asks = vec![found, away, ben.founding("acme"), back];
    let mut outcomes = store.in_one_group(&ana, asks).await;
    assert_eq!(refusal(outcomes.remove(3)), Refusal::SlugTaken);
    let bens = outcomes.remove(2).unwrap().organization;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(journal.access(&spelled("acme"), &ben.user).await.unwrap().unwrap().organization, bens);
    assert!(ana.passes(spelled("acme-old")).await);
}

pub async fn a_deleted_organization_frees_its_slug_for_the_next_command(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let asks = vec![ana.ask(acme, C::DeleteOrganization), ben.founding("acme")];
    let [deleted, founded] = store.in_one_group(&ana, asks).await.try_into().unwrap();
    deleted.unwrap();
    founded.unwrap();
    assert!(ben.passes(spelled("acme")).await);
    assert!(!ana.passes(spelled("acme")).await && !ana.passes(acme).await);
}

pub async fn what_is_founded_and_deleted_at_once_keeps_no_slug(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let ana = called("ana", &journal);
    let found = ana.founding("acme");
    let place = found.organization.clone();
    let (rename, delete) = (ana.ask(place.clone(), respelling("acme-2")), ana.ask(place, C::DeleteOrganization));
    let outcomes = store.in_one_group(&ana, vec![found, rename, delete]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    for slug in ["acme", "acme-2"] {
        assert!(journal.access(&spelled(slug), &ana.user).await.unwrap().is_none(), "{slug} is kept");
        ana.founds(slug).await;
    }
}

pub async fn deleting_settles_the_invitations(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let journal = store.journal().await;
    let (ana, ben, cleo) = (called("ana", &journal), called("ben", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    let bens = ana.invites(acme, &ben).await;
    let (cleos, for_cleo) = inviting(&cleo.email());
    let asks =
        vec![ana.ask(acme, for_cleo), ana.ask(acme, C::DeleteOrganization), ana.ask(acme, C::DeleteOrganization)];
    let [invited, deleted, again] = store.in_one_group(&ana, asks).await.try_into().unwrap();
    invited.unwrap();
    deleted.unwrap();
    assert_eq!(refusal(again), Refusal::OrganizationNotFound);
    for (guest, invitation) in [(&ben, bens), (&cleo, cleos)] {
        assert!(journal.people().invited(&guest.email()).await.unwrap().is_empty());
        assert_eq!(refusal(guest.accepts(invitation).await), Refusal::InvitationNotFound);
    }
}
