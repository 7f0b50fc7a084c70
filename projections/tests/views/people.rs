//! A directory that knows whom it is told about.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, Person, SearchBy, UserId, search_key};
use projections::{Directory, ViewsError};

#[derive(Default)]
pub struct People(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    people: HashMap<UserId, Person>,
    addresses: HashMap<InvitationId, EmailAddress>,
    searches: usize,
    changed: bool,
}

impl People {
    pub fn knows(&self, user: &str, name: &str, email: &str) {
        let person = Person::from_claims(Some(name), Some(email), true, None);
        self.change().people.insert(user.parse().unwrap(), person);
    }

    pub fn forgets(&self, user: &str) {
        self.change().people.remove(&user.parse().unwrap());
    }

    pub fn addressed(&self, invitation: InvitationId, email: &str) {
        self.change().addresses.insert(invitation, email.parse().unwrap());
    }

    pub fn erases(&self, invitation: InvitationId) {
        self.change().addresses.remove(&invitation);
    }

    /// All of it, if something changed since it was last asked for.
    #[expect(clippy::type_complexity, reason = "the two tables, row by row")]
    pub fn news(&self) -> Option<(Vec<(UserId, Person)>, Vec<(InvitationId, EmailAddress)>)> {
        let mut tables = self.tables();
        if !std::mem::take(&mut tables.changed) {
            return None;
        }
        let people = tables.people.iter().map(|(user, person)| (user.clone(), person.clone())).collect();
        Some((people, tables.addresses.iter().map(|(id, email)| (*id, email.clone())).collect()))
    }

    /// How often all people were searched.
    pub fn searches(&self) -> usize {
        self.tables().searches
    }

    fn change(&self) -> MutexGuard<'_, Tables> {
        let mut tables = self.tables();
        tables.changed = true;
        tables
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap()
    }
}

#[async_trait]
impl Directory for People {
    async fn people(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, ViewsError> {
        let tables = self.tables();
        Ok(users.iter().filter_map(|user| Some((user.clone(), tables.people.get(user)?.clone()))).collect())
    }

    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, ViewsError> {
        let mut tables = self.tables();
        tables.searches += 1;
        let keyed = tables.people.iter().filter_map(|(user, person)| {
            let text = match by {
                SearchBy::Name => person.name.as_deref(),
                SearchBy::Email => person.email.as_ref().map(EmailAddress::as_str),
            };
            Some(Match { key: search_key(text?), user: user.clone() })
        });
        let place = |one: &Match| (one.key.clone(), one.user.clone());
        let mut matches: Vec<Match> = keyed
            .filter(|one| one.key.starts_with(prefix) && after.is_none_or(|after| place(one) > place(after)))
            .collect();
        matches.sort_by_key(place);
        matches.truncate(limit);
        Ok(matches)
    }

    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, ViewsError> {
        let tables = self.tables();
        Ok(invitations.iter().filter_map(|id| Some((*id, tables.addresses.get(id)?.clone()))).collect())
    }
}
