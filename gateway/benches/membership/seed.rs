//! Organizations full of people, written straight into the journal: inviting a million one by one is not what is measured.

use std::sync::Arc;
use std::time::Instant;

use domain::{Actor, MemberId, Notes, OrganizationEvent, OrganizationId, Role, Sequence, Tenure, UserId};
use journal::Journal;
use journal::batch::{Batch, NewEvent};
use rand::Rng;
use rand::seq::SliceRandom;
use uuid::Uuid;

/// Events appended in one transaction.
const AT_ONCE: usize = 2_000;

/// Somebody, and where they belong.
pub type Member = (OrganizationId, UserId);

/// Where people leave from: one organization or many.
pub struct Place {
    pub name: String,
    people: Vec<Member>,
}

impl Place {
    /// One organization with so many members, its owner included.
    pub async fn one(journal: &Journal, name: &str, members: usize) -> Self {
        Self::many(journal, name, 1, members).await
    }

    /// So many organizations with so many members each.
    pub async fn many(journal: &Journal, name: &str, organizations: usize, members: usize) -> Self {
        let started = Instant::now();
        let (mut batch, mut people) = (Batch::default(), Vec::new());
        for _ in 0..organizations {
            let id = OrganizationId(Uuid::now_v7());
            let owner = person();
            let member_id = MemberId(Uuid::now_v7());
            let slug: domain::Slug = format!("o{}", id.0.simple()).parse().unwrap();
            let tenure = Tenure { member_id, user_id: owner.clone() };
            let (name, logo, metadata) = ("Acme".parse().unwrap(), None, None);
            let founded =
                OrganizationEvent::OrganizationFounded { name, slug: slug.clone(), logo, metadata, owner: tenure };
            batch.events.push(event(id, 1, founded, &owner));
            batch.events.push(event(id, 2, joined(member_id, &owner, Role::Owner), &owner));
            batch.claimed.push((slug, id));
            for n in 1..members {
                let user = person();
                let joined = joined(MemberId(Uuid::now_v7()), &user, Role::Member);
                batch.events.push(event(id, n as u64 + 2, joined, &user));
                people.push((id, user));
                flush(journal, &mut batch, AT_ONCE).await;
            }
        }
        flush(journal, &mut batch, 1).await;
        people.shuffle(&mut rand::rng());
        eprintln!("{name}: seeded in {:.1} s", started.elapsed().as_secs_f64());
        Self { name: name.to_owned(), people }
    }

    /// Everybody who is a member.
    pub fn people(&self) -> Arc<[Member]> {
        self.people.as_slice().into()
    }

    /// Random members, each once, at most so many, who are members no longer when they have left.
    pub fn take(&mut self, at_most: usize) -> Vec<Member> {
        self.people.split_off(self.people.len().saturating_sub(at_most))
    }

    /// For everybody who left somebody new joins the same organization; those who stayed are back in the pool.
    pub async fn refill(&mut self, journal: &Journal, left: &[Member], stayed: &[Member]) {
        let mut batch = Batch::default();
        let mut heads = std::collections::HashMap::<OrganizationId, Sequence>::new();
        for (id, _) in left {
            if !heads.contains_key(id) {
                let excerpt = journal.excerpt(&(*id).into(), &[]).await.unwrap().expect("it was seeded");
                heads.insert(*id, excerpt.sequence);
            }
            let (user, head) = (person(), heads.get_mut(id).expect("just inserted"));
            *head += 1;
            batch.events.push(event(*id, *head, joined(MemberId(Uuid::now_v7()), &user, Role::Member), &user));
            self.people.push((*id, user));
            flush(journal, &mut batch, AT_ONCE).await;
        }
        flush(journal, &mut batch, 1).await;
        self.people.extend_from_slice(stayed);
        self.people.shuffle(&mut rand::rng());
    }
}

/// Somebody at random.
pub fn anybody(people: &[Member]) -> Member {
    people[rand::rng().random_range(0..people.len())].clone()
}

async fn flush(journal: &Journal, batch: &mut Batch, from: usize) {
    if batch.events.len() >= from {
        journal.store().append(&std::mem::take(batch)).await.unwrap();
    }
}

fn person() -> UserId {
    Uuid::new_v4().to_string().parse().expect("a user id")
}

fn joined(member_id: MemberId, user: &UserId, role: Role) -> OrganizationEvent {
    OrganizationEvent::MemberJoined { member_id, user_id: user.clone(), role, invitation_id: None }
}

fn event(organization: OrganizationId, sequence: Sequence, event: OrganizationEvent, actor: &UserId) -> NewEvent {
    NewEvent {
        organization,
        sequence,
        event,
        id: Uuid::now_v7(),
        command: Uuid::now_v7(),
        actor: Actor::Person(actor.clone()),
        notes: Notes::default(),
    }
}
