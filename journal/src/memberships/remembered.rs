//! Memberships that were read before, and what has been recorded since: nothing here is an answer by itself.
//!
//! What is remembered of a person in an organization holds until something is recorded about that person there, or about the
//! organization itself. Every event since is taken account of, in order, up to one position ([`Remembered::until`]); whatever is
//! found here is true at that position or later.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use domain::{Membership, OrganizationId, Position, Sequence, Slug, Subject, UserId};
use quick_cache::unsync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::news::{Mark, Noted};
use crate::ask::OrganizationRef;
use crate::journal::Access;

/// Bytes that people may take, about 190,000 of them with the user ids most issuers make; and organizations and slugs, each.
const PEOPLE: (usize, u64) = (190_000, 32 * 1024 * 1024);
const ORGANIZATIONS: usize = 50_000;

/// Events of which it is known that they came after something was read.
const RECENT: usize = 2048;

/// What was read before, up to date with the journal at one position.
pub struct Remembered {
    /// The last event taken account of; `None` before the first.
    until: Option<Mark>,
    /// The last events taken account of, oldest first.
    recent: VecDeque<Recent>,
    /// The position from which on `recent` is whole.
    recent_since: Position,
    /// How often everything was forgotten: what was read before that is of no use.
    generation: u64,
    people: Cache<Person, Standing, Bytes>,
    places: Cache<OrganizationId, Place>,
    slugs: Cache<Slug, Claim>,
}

/// A moment before a reading: what the reading finds is not older.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    generation: u64,
    position: Position,
}

struct Recent {
    position: Position,
    organization: OrganizationId,
    sequence: Sequence,
}

#[derive(PartialEq, Eq, Hash)]
struct Person(OrganizationId, UserId);

/// The same without owning it: a look-up allocates nothing.
#[derive(Hash)]
struct Asked<'a>(OrganizationId, &'a UserId);

impl Equivalent<Person> for Asked<'_> {
    fn equivalent(&self, key: &Person) -> bool {
        self.0 == key.0 && *self.1 == key.1
    }
}

/// What was read of a person, at this sequence of their organization.
#[derive(Clone, Copy)]
struct Standing {
    membership: Option<Membership>,
    at: Sequence,
}

/// Whose slug it was, at this sequence of theirs.
#[derive(Clone, Copy)]
struct Claim {
    organization: OrganizationId,
    at: Sequence,
}

/// What has been recorded of an organization since it is remembered.
#[derive(Clone, Copy)]
struct Place {
    /// The last event that concerns everybody in it: what was read at an earlier sequence does not count.
    of_all: Sequence,
    /// The last event of any kind; 0 while there was none.
    last: Sequence,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Person, Standing> for Bytes {
    fn weight(&self, person: &Person, _: &Standing) -> u64 {
        // The rest: both structs, the allocation, and the place in the cache.
        (person.1.as_str().len() + 144) as u64
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Self::with(PEOPLE, ORGANIZATIONS)
    }
}

impl Remembered {
    fn with((people, bytes): (usize, u64), organizations: usize) -> Self {
        Self {
            until: None,
            recent: VecDeque::new(),
            recent_since: 0,
            generation: 0,
            people: Cache::with_weighter(people, bytes, Bytes),
            places: Cache::new(organizations),
            slugs: Cache::new(organizations),
        }
    }

    /// The last event taken account of.
    pub fn until(&self) -> Option<&Mark> {
        self.until.as_ref()
    }

    /// To be asked before a reading that is to be remembered; `None` before the first event.
    pub fn before(&self) -> Option<Before> {
        Some(Before { generation: self.generation, position: self.until.as_ref()?.position })
    }

    /// Forgets everything, and goes on from this event.
    pub fn start_anew(&mut self, from: Option<Mark>) {
        self.people.clear();
        self.places.clear();
        self.slugs.clear();
        self.recent.clear();
        self.recent_since = from.as_ref().map_or(0, |mark| mark.position);
        self.until = from;
        self.generation += 1;
    }

    /// Takes account of what came next. What is known already is passed over; nothing may be left out.
    pub fn follow(&mut self, noted: Noted) {
        if self.until.as_ref().is_some_and(|until| noted.mark.position <= until.position) {
            return;
        }
        let Noted { mark, organization, sequence, subject } = noted;
        if let Some(organization) = organization {
            self.take_account(organization, sequence, subject);
            if self.recent.len() == RECENT
                && let Some(oldest) = self.recent.pop_front()
            {
                self.recent_since = oldest.position;
            }
            self.recent.push_back(Recent { position: mark.position, organization, sequence });
        }
        self.until = Some(mark);
    }

    fn take_account(&mut self, organization: OrganizationId, sequence: Sequence, subject: Option<Subject>) {
        let of_all = match subject {
            Some(Subject::User(user)) => {
                let asked = Asked(organization, &user);
                if self.people.peek(&asked).is_some_and(|standing| standing.at < sequence) {
                    self.people.remove(&asked);
                }
                false
            }
            Some(Subject::Invitation(_)) => false,
            // The profile, for its slug. What we don't know may be about everybody.
            Some(Subject::Organization | Subject::Profile) | None => true,
        };
        if let Some(mut place) = self.places.peek_mut(&organization) {
            place.last = place.last.max(sequence);
            if of_all {
                place.of_all = place.of_all.max(sequence);
            }
        }
    }

    /// Remembers what was read after that moment, unless something it does not know of was recorded meanwhile.
    pub fn learn(&mut self, before: Before, organization: &OrganizationRef, user: &UserId, read: &Access) {
        let is_old = before.generation != self.generation || before.position < self.recent_since;
        let (id, at) = (read.organization, read.sequence);
        let mut since = self.recent.iter().rev().take_while(|recent| recent.position > before.position);
        if is_old || since.any(|recent| recent.organization == id && recent.sequence > at) {
            return;
        }
        if self.places.peek(&id).is_none() {
            // Nothing is known of what was recorded until here: what was read earlier does not count.
            self.places.insert(id, Place { of_all: at, last: 0 });
        }
        self.people.insert(Person(id, user.clone()), Standing { membership: read.membership, at });
        if let OrganizationRef::Slug(slug) = organization {
            self.slugs.insert(slug.clone(), Claim { organization: id, at });
        }
    }

    /// What is known of this person, true at [`until`](Self::until) or later.
    pub fn recall(&self, organization: &OrganizationRef, user: &UserId) -> Option<Access> {
        let (organization, claim) = match organization {
            OrganizationRef::Id(id) => (*id, None),
            OrganizationRef::Slug(slug) => self.slugs.get(slug).map(|claim| (claim.organization, Some(claim.at)))?,
            OrganizationRef::OfInvitation(_) => return None,
        };
        let standing = self.people.get(&Asked(organization, user))?;
        let place = self.places.get(&organization)?;
        // What was read further on than `until` may have been read past a change of the other.
        let of_one_moment = claim.is_none_or(|claim| claim == standing.at || claim.max(standing.at) <= place.last);
        if standing.at.min(claim.unwrap_or(standing.at)) < place.of_all || !of_one_moment {
            return None;
        }
        Some(Access { organization, membership: standing.membership, sequence: standing.at.max(place.last) })
    }
}
