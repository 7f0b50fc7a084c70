//! Excerpts: what must be read for them, and how what was found is put together.

use domain::{Organization, Subject, UserId};

use crate::ask::{OrganizationRef, Unavailable};
use crate::journal::Excerpt;
use crate::row::Read;
use crate::store::{Found, Wanted};

/// What is read for these excerpts: of each organization its own events, and those about the subjects.
pub fn wanted(asked: &[(OrganizationRef, Vec<Subject>)]) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (organization, subjects) in asked {
        let subjects = std::iter::once(&Subject::Organization).chain(subjects).cloned();
        wanted.extend(subjects.map(|subject| Wanted { organization: organization.clone(), subject }));
    }
    wanted
}

/// The excerpts, in the order asked; `None` where there never was such an organization.
pub fn put_together(
    asked: &[(OrganizationRef, Vec<Subject>)],
    found: Vec<Found>,
) -> Result<Vec<Option<Excerpt>>, Unavailable> {
    let mut found = found.into_iter();
    asked
        .iter()
        .map(|(_, subjects)| {
            let mut of_one: Vec<_> = found.by_ref().take(subjects.len() + 1).collect();
            let Some(first) = of_one.first() else { return Ok(None) };
            let (Some(id), head) = (first.organization, first.head) else { return Ok(None) };
            // One event that can't be read makes every answer a guess: deny by not answering.
            if of_one.iter().any(|found| found.unreadable) {
                return Err(Unavailable::Unreadable(id));
            }
            let mut events: Vec<Read> = of_one.drain(..).flat_map(|found| found.events).collect();
            events.sort_unstable_by_key(|read| read.sequence);
            let state = Organization::fold(events.iter().map(|read| &read.event));
            Ok(Some(Excerpt { organization: id, sequence: head, events, state }))
        })
        .collect()
}

impl Excerpt {
    /// What gave the person the role they have now; the excerpt must have read them.
    pub fn role_given_by(&self, user: &UserId) -> Option<&Read> {
        self.state.membership(user)?;
        self.events.iter().rfind(|read| read.event.role_given_to(user).is_some())
    }
}
