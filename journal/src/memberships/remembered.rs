//! Memberships that were read before, and what has been recorded since: nothing here is an answer by itself.
//!
//! Every event is taken account of, in order, up to one position ([`Remembered::until`]). What was read is [learnt](Remembered::learn) once
//! that position is past it, and only if the event it was read at is one of those. So all that is found here is true at that position. It holds until
//! something is recorded about that person there, or about the organization itself.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use domain::{Membership, OrganizationId, Position, Sequence, Slug, Subject, UserId};
use quick_cache::unsync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::news::{Mark, Passing};
use crate::ask::OrganizationRef;
use crate::journal::Access;

/// People at most: as many as with user ids of the usual length take this many bytes.
const PEOPLE: (usize, u64) = (190_000, 32 * 1024 * 1024);

/// Organizations at most, and slugs.
const PLACES: usize = 50_000;

/// The events of which it is known that they were taken account of: what was read longer ago is not learnt.
const RECENT: usize = 2048;

/// What was read before, up to date with the journal at one position.
pub struct Remembered {
    until: Option<Mark>,
    /// The last events taken account of, oldest first, without a gap; the last of them is `until`.
    recent: VecDeque<Recent>,
    people: Cache<Person, Standing, Bytes>,
    places: Cache<OrganizationId, Place>,
    slugs: Cache<Slug, Claim>,
}

/// What the journal told of a person, and the last event it held at that moment.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The journal's last event.
    pub at: Mark,
    /// What was asked.
    pub organization: OrganizationRef,
    /// About whom.
    pub user: UserId,
    /// What it told.
    pub access: Access,
}

struct Recent {
    mark: Mark,
    /// `None` for the event from which on all are followed.
    of: Option<OrganizationId>,
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

/// An organization of which all that is recorded is followed.
#[derive(Clone, Copy)]
struct Place {
    head: Sequence,
    /// The last event that concerns everybody in it: what was read at an earlier sequence does not count.
    of_all: Sequence,
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
        Self::with(PEOPLE, PLACES)
    }
}

impl Remembered {
    fn with((people, bytes): (usize, u64), places: usize) -> Self {
        Self {
            until: None,
            recent: VecDeque::new(),
            people: Cache::with_weighter(people, bytes, Bytes),
            places: Cache::new(places),
            slugs: Cache::new(places),
        }
    }

    /// The last event taken account of; `None` where nothing is followed.
    pub fn until(&self) -> Option<Mark> {
        self.until
    }

    /// Forgets everything, and goes on from this event, if any.
    pub fn start_anew(&mut self, from: Option<Mark>) {
        self.people.clear();
        self.places.clear();
        self.slugs.clear();
        self.recent.clear();
        self.recent.extend(from.map(|mark| Recent { mark, of: None }));
        self.until = from;
    }

    /// Takes account of what comes next. `false` where it does not: something is left out, and nothing here counts any more.
    #[must_use]
    pub fn follow(&mut self, passing: Passing) -> bool {
        let Passing { mark, organization, sequence, subject } = passing;
        if self.until.is_none_or(|until| mark.position != until.position + 1) {
            return false;
        }
        let of_all = match subject {
            Some(Subject::User(user)) => {
                self.people.remove(&Asked(organization, &user));
                false
            }
            Some(Subject::Invitation(_)) => false,
            // The profile, for its slug. What we don't know may be about everybody.
            Some(Subject::Organization | Subject::Profile) | None => true,
        };
        if self.places.peek(&organization).is_some_and(|place| sequence != place.head + 1) {
            // Not the next event of it: damaged, and nothing that is known of it counts.
            self.places.remove(&organization);
        }
        if let Some(mut place) = self.places.peek_mut(&organization) {
            place.head = sequence;
            if of_all {
                place.of_all = sequence;
            }
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(Recent { mark, of: Some(organization) });
        self.until = Some(mark);
        true
    }

    /// Remembers what was read, unless the journal has gone on there since, or it was another journal.
    pub fn learn(&mut self, reading: Reading) {
        if !self.holds(&reading) {
            return;
        }
        let Reading { organization: asked, user, access, .. } = reading;
        let (id, at) = (access.organization, access.sequence);
        if self.places.peek(&id).is_none() {
            // Nothing is known of what was recorded before: what was read earlier does not count.
            self.places.insert(id, Place { head: at, of_all: at });
        }
        self.people.insert(Person(id, user), Standing { membership: access.membership, at });
        if let OrganizationRef::Slug(slug) = asked {
            self.slugs.insert(slug, Claim { organization: id, at });
        }
    }

    /// Whether what was read is true at `until`: it was read at an event taken account of, and none about the organization came after.
    fn holds(&self, reading: &Reading) -> bool {
        let oldest = self.recent.front().map_or(Position::MAX, |oldest| oldest.mark.position);
        let place = reading.at.position.checked_sub(oldest).and_then(|place| usize::try_from(place).ok());
        let Some(place) = place.filter(|place| self.recent.get(*place).is_some_and(|one| one.mark == reading.at))
        else {
            return false;
        };
        !self.recent.range(place + 1..).any(|since| since.of == Some(reading.access.organization))
    }

    /// What is known of this person, true at [`until`](Self::until).
    pub fn recall(&self, organization: &OrganizationRef, user: &UserId) -> Option<Access> {
        let (organization, claimed) = match organization {
            OrganizationRef::Id(id) => (*id, None),
            OrganizationRef::Slug(slug) => self.slugs.get(slug).map(|claim| (claim.organization, Some(claim.at)))?,
            OrganizationRef::OfInvitation(_) => return None,
        };
        let standing = self.people.get(&Asked(organization, user))?;
        let place = self.places.get(&organization)?;
        let holds = standing.at >= place.of_all && claimed.is_none_or(|at| at >= place.of_all);
        holds.then_some(Access { organization, membership: standing.membership, sequence: place.head })
    }
}
