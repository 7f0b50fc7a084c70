//! Two ways to one state: all events, or those that concern it.

use std::collections::BTreeSet;

use domain::{
    Claimed, InvitationId, MemberId, Organization, OrganizationCommand as C, OrganizationEvent as E, OrganizationId,
    Recorded, Role, Subject, UserId,
};
use futures::future::join_all;
use journal::{Ask, AskError, Journal};
use uuid::Uuid;

use super::cast::{Someone, called, inviting, respelling};
use super::order::{assert_in_order, whole};
use super::past::assert_past_is_the_fold;
use super::{Fixture, journal};

pub async fn the_whole_stream_comes_to_the_same_by_cqrs_es_as_by_folding(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben, cleo) = (called("ana", &journal), called("ben", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    let bens = ana.brings(acme, &ben).await;
    ana.brings(acme, &cleo).await;
    ana.asks(acme, C::TransferOwnership { member_id: bens }).await.unwrap();
    let profile = C::UpdateOrganization {
        name: Some("Acme \"Ünited\" 🚀 ' \\ ".parse().unwrap()),
        slug: Some("acme-united".parse().unwrap()),
        logo: Some(Some("https://acme.test/logo.svg".parse().unwrap())),
        metadata: Some(Some(
            serde_json::from_str(r#"{"plan": "team", "seats": [1, 2.5, null, {"a": "\"'\\"}]}"#).unwrap(),
        )),
    };
    ben.asks(acme, profile).await.unwrap();
    cleo.leaves(acme).await.unwrap();

    let history = journal.history(acme, 0, 1000).await.unwrap();
    let folded = Organization::fold(history.iter().map(|recorded| &recorded.event));
    let replayed = journal.replay(acme).await.unwrap();
    assert_eq!(replayed, folded);
    assert_eq!(replayed.owner().unwrap().member_id, bens);
    assert_eq!(replayed.members().count(), 2);
    let nowhere = journal.replay(OrganizationId(Uuid::now_v7())).await.unwrap();
    assert_eq!(nowhere, Organization::default());
}

/// Dice that fall the same in every run; only which writer is first does not.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed ^ (mixed >> 27)) >> 33) as usize % n
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.below(of.len())) }
    }
}

/// What there is, for commands to refer to.
#[derive(Default)]
struct Past {
    places: Vec<OrganizationId>,
    tenures: Vec<(OrganizationId, MemberId, UserId)>,
    /// With whom they were meant for.
    invitations: Vec<(OrganizationId, InvitationId, Someone)>,
}

impl Past {
    fn remember(&mut self, recorded: &Recorded) {
        let place = recorded.organization;
        match &recorded.event {
            E::OrganizationFounded { .. } => self.places.push(place),
            E::MemberJoined { member_id, user_id, .. } => self.tenures.push((place, *member_id, user_id.clone())),
            // Nobody has much to ask of what has ended, and most would only be refused.
            E::OrganizationDeleted {} => {
                self.tenures.retain(|(at, ..)| *at != place);
                self.invitations.retain(|(at, ..)| *at != place);
            }
            _ => {}
        }
    }
}

/// What is long past is mostly settled, and would only be refused.
fn latest<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(12)..]
}

/// Anything anybody might ask, more or less sensible.
fn anything(dice: &mut Dice, people: &[Someone], past: &mut Past) -> Option<Ask> {
    let anybody = dice.one(people)?;
    let slug = ["acme", "bolt", "corp", "dyne", "evil"][dice.below(5)];
    let Some((place, own, member)) = dice.one(latest(&past.tenures)).cloned() else {
        return Some(anybody.founding(slug));
    };
    let here: Vec<MemberId> = past.tenures.iter().filter(|one| one.0 == place).map(|one| one.1).collect();
    let member_id = *dice.one(latest(&here)).unwrap_or(&own);
    // Mostly somebody who was a member at least once.
    let somebody = people.iter().find(|one| one.user == member && dice.below(4) > 0).unwrap_or(anybody);
    let role = [Role::Member, Role::Admin][dice.below(2)];
    let command = match dice.below(20) {
        0 => return Some(anybody.founding(slug)),
        1 => respelling(slug),
        2 => C::LeaveOrganization,
        3 => C::RemoveMember { member_id },
        4 | 5 => C::TransferOwnership { member_id },
        6 | 7 => C::ChangeMemberRole { member_id, role },
        8..=12 => {
            let (invitation_id, command) = inviting(&anybody.email());
            // Whether it is sent or refused: answers to either are asked.
            past.invitations.push((place, invitation_id, anybody.clone()));
            command
        }
        13 if dice.below(4) == 0 => C::DeleteOrganization,
        _ => return of_an_invitation(dice, somebody, past),
    };
    Some(somebody.ask(place, command))
}

fn of_an_invitation(dice: &mut Dice, somebody: &Someone, past: &Past) -> Option<Ask> {
    let (place, invitation_id, guest) = dice.one(latest(&past.invitations))?.clone();
    let caller = Claimed { email: Some(guest.email()), verified: true };
    let member_id = MemberId(Uuid::now_v7());
    Some(match dice.below(8) {
        0 => somebody.ask(place, C::RevokeInvitation { invitation_id }),
        1 => somebody.ask(place, C::ResendInvitation { invitation_id, valid_for: chrono::TimeDelta::days(1) }),
        2 => guest.ask(place, C::DeclineInvitation { invitation_id, caller }),
        3 => somebody.ask(place, C::AcceptInvitation { invitation_id, member_id, caller }),
        _ => guest.ask(place, C::AcceptInvitation { invitation_id, member_id, caller }),
    })
}

/// Every organization, read in part for each person and invitation, agrees with the whole.
async fn assert_parts_agree(journal: &Journal, people: &[Someone], places: &[OrganizationId]) {
    for &place in places {
        let whole = journal.replay(place).await.unwrap();
        assert_past_is_the_fold(journal, place).await;
        for somebody in people {
            let concerned = [Subject::Profile, Subject::User(somebody.user.clone())];
            let part = journal.excerpt(&place.into(), &concerned).await.unwrap().unwrap().state;
            assert_eq!(part.membership(&somebody.user), whole.membership(&somebody.user));
            assert_eq!((part.owner(), part.profile()), (whole.owner(), whole.profile()));
        }
        for recorded in journal.history(place, 0, 10_000).await.unwrap() {
            let Subject::Invitation(id) = recorded.event.subject() else { continue };
            let part = journal.excerpt(&place.into(), &[Subject::Invitation(id)]).await.unwrap().unwrap().state;
            assert_eq!(part.invitation(id), whole.invitation(id));
        }
    }
}

/// At every moment of every history: exactly one owner, who is a member.
fn assert_always_owned(history: &[Recorded]) {
    // The first event alone is half a founding.
    for upto in 2..=history.len() {
        let state = Organization::fold(history[..upto].iter().map(|recorded| &recorded.event));
        let Some(owner) = state.owner() else { continue };
        let owners: Vec<_> = state.members().filter(|(_, member)| member.role == Role::Owner).collect();
        assert!(matches!(owners[..], [(user, _)] if *user == owner.user_id), "after {upto} of {history:?}");
    }
}

pub async fn random_histories_read_in_part_agree_with_the_whole(fixture: &Fixture) {
    let writers = [journal(fixture).await, journal(fixture).await];
    let people: Vec<_> = ["ana", "ben", "cleo", "dana"].iter().map(|name| called(name, &writers[0])).collect();
    let (mut dice, mut past, mut refused) = (Dice(7), Past::default(), BTreeSet::new());
    for round in 0..500 {
        // Some at once, at either writer: groups, lost races and refusals all happen.
        let asks: Vec<Ask> = (0..6).filter_map(|_| anything(&mut dice, &people, &mut past)).collect();
        let asked = asks.into_iter().enumerate().map(|(n, ask)| writers[n % 2].ask(ask));
        for outcome in join_all(asked).await {
            match outcome {
                Ok(outcome) => outcome.events.iter().for_each(|recorded| past.remember(recorded)),
                Err(AskError::Refused(refusal)) => drop(refused.insert(format!("{refusal:?}"))),
                Err(why) => panic!("round {round}: {why}"),
            }
        }
        if round % 50 == 49 {
            assert_parts_agree(&writers[round % 2], &people, &past.places).await;
        }
    }
    let all = whole(&writers[0]).await;
    assert_in_order(&all);
    for &place in &past.places {
        assert_always_owned(&writers[0].history(place, 0, 10_000).await.unwrap());
    }
    let kinds: BTreeSet<&str> = all.iter().map(|recorded| recorded.event.name()).collect();
    assert!(all.len() > 200 && kinds.len() >= 11, "too little happened: {} events of {kinds:?}", all.len());
    assert!(refused.len() >= 8, "too little was refused: {refused:?}");
}
