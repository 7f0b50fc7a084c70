//! Many people and organizations at once, written straight into the store: a thousand foundings are not what is tested.

use domain::{Actor, MemberId, OrganizationEvent as E, OrganizationId, Role, Sequence, Tenure};
use journal::batch::{Batch, NewEvent};
use journal::{Journal, Store};
use uuid::Uuid;

use super::cast::{Someone, called};

/// An event as a writer would hand it to the store.
pub fn new_event(organization: OrganizationId, sequence: Sequence, event: E) -> NewEvent {
    NewEvent {
        organization,
        sequence,
        event,
        id: Uuid::now_v7(),
        command: Uuid::now_v7(),
        actor: Actor::Operator("seed".parse().unwrap()),
        notes: domain::Notes::default(),
    }
}

pub fn joined(someone: &Someone, member_id: MemberId, role: Role) -> E {
    E::MemberJoined { member_id, user_id: someone.user.clone(), role, invitation_id: None }
}

/// Lets this many members, `prefix-0`, `prefix-1` …, join an organization.
pub async fn crowd(journal: &Journal, place: OrganizationId, prefix: &str, size: usize) -> Vec<Someone> {
    let head = journal.excerpt(&place.into(), &[]).await.unwrap().unwrap().sequence;
    let people: Vec<Someone> = (0..size).map(|n| called(&format!("{prefix}-{n}"), journal)).collect();
    let joins = people.iter().map(|one| joined(one, MemberId(Uuid::now_v7()), Role::Member));
    let events = (head + 1..).zip(joins).map(|(sequence, event)| new_event(place, sequence, event)).collect();
    journal.store().append(&Batch { events, ..Batch::default() }).await.unwrap();
    people
}

/// An organization with an owner and one member, and the ids of both.
pub struct Pair {
    pub place: OrganizationId,
    pub owner: MemberId,
    pub member: MemberId,
}

/// Organizations owned by one person in each of which the other is a member.
pub async fn pairs(store: &dyn Store, owner: &Someone, member: &Someone, many: usize) -> Vec<Pair> {
    let id = || MemberId(Uuid::now_v7());
    let pair = |_| Pair { place: OrganizationId(Uuid::now_v7()), owner: id(), member: id() };
    let pairs: Vec<Pair> = (0..many).map(pair).collect();
    let mut batch = Batch::default();
    for (n, pair) in pairs.iter().enumerate() {
        let slug: domain::Slug = format!("pair-{n}").parse().unwrap();
        let founded = E::OrganizationFounded {
            name: "A pair".parse().unwrap(),
            slug: slug.clone(),
            logo: None,
            metadata: None,
            owner: Tenure { member_id: pair.owner, user_id: owner.user.clone() },
        };
        batch.claimed.push((slug, pair.place));
        batch.events.push(new_event(pair.place, 1, founded));
        batch.events.push(new_event(pair.place, 2, joined(owner, pair.owner, Role::Owner)));
        batch.events.push(new_event(pair.place, 3, joined(member, pair.member, Role::Member)));
    }
    store.append(&batch).await.unwrap();
    pairs
}
