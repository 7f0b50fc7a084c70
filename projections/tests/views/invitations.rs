//! The invitations of an organization.

use domain::{InvitationState as S, OrganizationEvent as E, Role};
use projections::InvitationsQuery;

use crate::world::{World, at, organization, user};

on_every_adapter!(
    they_are_listed_newest_first_with_their_addresses,
    each_state_is_a_list_of_its_own,
    a_resent_invitation_expires_later,
    an_erased_address_is_gone_from_the_list,
    pages_lead_from_one_to_the_next,
);

async fn they_are_listed_newest_first_with_their_addresses(mut world: World) {
    world.founds("ana", "acme").await;
    world.invites("ana", "ben@acme.test", "acme").await;
    let cleo = world.invites("ana", "cleo@acme.test", "acme").await;
    let query = InvitationsQuery { limit: 9, ..InvitationsQuery::default() };
    let page = world.views.invitations(organization("acme"), &query).await.unwrap();
    let addresses: Vec<&str> = page.items.iter().map(|row| row.email.as_ref().unwrap().as_str()).collect();
    assert_eq!((addresses, page.total), (vec!["cleo@acme.test", "ben@acme.test"], 2));
    let row = &page.items[0];
    assert_eq!((row.id, row.role, row.state, &row.invited_by), (cleo, Role::Member, S::Pending, &user("ana")));
    assert_eq!((row.invited, row.invited_at, row.expires_at), (4, at(4), at(1_000_000)));
}

async fn each_state_is_a_list_of_its_own(mut world: World) {
    world.founds("ana", "acme").await;
    let mut ids = Vec::new();
    for address in ["ben@acme.test", "cleo@acme.test", "dan@acme.test", "eva@acme.test"] {
        ids.push(world.invites("ana", address, "acme").await);
    }
    world.happens("acme", E::InvitationRevoked { invitation_id: ids[0] }).await;
    world.happens("acme", E::InvitationDeclined { invitation_id: ids[1] }).await;
    world.happens("acme", E::InvitationAccepted { invitation_id: ids[2], user_id: user("dan") }).await;
    for (state, id) in [(S::Revoked, ids[0]), (S::Declined, ids[1]), (S::Accepted, ids[2]), (S::Pending, ids[3])] {
        assert_eq!(world.invited("acme", Some(state)).await, [id], "{state:?}");
    }
    ids.reverse();
    assert_eq!(world.invited("acme", None).await, ids, "settled or not, they keep their order");
    world.leaves("ana", "acme").await;
    assert_eq!(world.invited("acme", None).await, ids, "and stay when the inviter goes");
    world.deletes("acme").await;
    assert!(world.invited("acme", None).await.is_empty());
}

async fn a_resent_invitation_expires_later(mut world: World) {
    world.founds("ana", "acme").await;
    let invitation_id = world.invites("ana", "ben@acme.test", "acme").await;
    world.happens("acme", E::InvitationExtended { invitation_id, expires_at: at(2_000_000) }).await;
    let query = InvitationsQuery { limit: 9, ..InvitationsQuery::default() };
    let page = world.views.invitations(organization("acme"), &query).await.unwrap();
    assert_eq!((page.items[0].expires_at, page.items[0].state), (at(2_000_000), S::Pending));
}

async fn an_erased_address_is_gone_from_the_list(mut world: World) {
    world.founds("ana", "acme").await;
    let ben = world.invites("ana", "ben@acme.test", "acme").await;
    world.people.erases(ben);
    let query = InvitationsQuery { limit: 9, ..InvitationsQuery::default() };
    let page = world.views.invitations(organization("acme"), &query).await.unwrap();
    assert_eq!((page.items.len(), &page.items[0].email), (1, &None));
}

async fn pages_lead_from_one_to_the_next(mut world: World) {
    world.founds("ana", "acme").await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(world.invites("ana", &format!("guest{n}@acme.test"), "acme").await);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let query = InvitationsQuery { limit: 2, after, state: Some(S::Pending) };
        let page = world.views.invitations(organization("acme"), &query).await.unwrap();
        assert_eq!(page.total, 5);
        seen.extend(page.items.iter().map(|row| row.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    ids.reverse();
    assert_eq!(seen, ids);
}
