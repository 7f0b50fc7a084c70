//! Everybody the views refer to, by number: each id is kept once, with the memberships it has, and goes with the last row
//! that names it.
//!
//! Found by hash through maps of numbers alone, which are a third of the size of one keyed by the ids; users whose hashes
//! agree form a chain through `next`. There are many maps because one of a million entries stands still for 27 ms, under
//! the lock, when it grows.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use domain::{Position, UserId};

use super::memberships::Memberships;
use super::slab::Slab;

pub(super) struct Users<H = RandomState> {
    users: Slab<User>,
    by_hash: Vec<HashMap<u32, u32>>,
    hasher: H,
}

/// How many maps; each grows on its own.
const MAPS: usize = 256;

pub(super) struct User {
    pub(super) id: UserId,
    pub(super) memberships: Memberships,
    /// How many rows name this user.
    rows: u32,
    next: Option<Next>,
}

/// The number of the next user in a chain plus one, so that its absence costs nothing.
type Next = std::num::NonZeroU32;

impl<H: Default> Default for Users<H> {
    fn default() -> Self {
        Self { users: Slab::default(), by_hash: vec![HashMap::new(); MAPS], hasher: H::default() }
    }
}

impl<H: BuildHasher> Users<H> {
    pub(super) fn find(&self, id: &UserId) -> Option<u32> {
        let mut number = self.first(self.hash(id))?;
        loop {
            let user = self.users.get(number)?;
            if user.id == *id {
                return Some(number);
            }
            number = user.next?.get() - 1;
        }
    }

    pub(super) fn get(&self, number: u32) -> Option<&User> {
        self.users.get(number)
    }

    pub(super) fn by_id(&self, id: &UserId) -> Option<&User> {
        self.users.get(self.find(id)?)
    }

    /// The user's number, for one more row that names them.
    pub(super) fn hold(&mut self, id: &UserId) -> u32 {
        let number = self.find(id).unwrap_or_else(|| self.add(id));
        if let Some(user) = self.users.get_mut(number) {
            user.rows += 1;
        }
        number
    }

    /// One row less names the user; the last one takes them along.
    pub(super) fn release(&mut self, number: u32) {
        let Some(user) = self.users.get_mut(number) else { return };
        user.rows = user.rows.saturating_sub(1);
        if user.rows == 0 {
            self.unlink(number);
            self.users.take(number);
        }
    }

    pub(super) fn joined(&mut self, number: u32, organization: u32, position: Position) {
        if let Some(user) = self.users.get_mut(number) {
            user.memberships.add(organization, position);
        }
    }

    pub(super) fn left(&mut self, number: u32, organization: u32) {
        if let Some(user) = self.users.get_mut(number) {
            user.memberships.remove(organization);
        }
    }

    fn add(&mut self, id: &UserId) -> u32 {
        let hash = self.hash(id);
        let next = self.first(hash).and_then(|first| Next::new(first + 1));
        let user = User { id: id.clone(), memberships: Memberships::default(), rows: 0, next };
        let number = self.users.put(user);
        self.by_hash[map(hash)].insert(hash, number);
        number
    }

    fn unlink(&mut self, number: u32) {
        let Some(user) = self.users.get(number) else { return };
        let (hash, next) = (self.hash(&user.id), user.next);
        let Some(first) = self.first(hash) else { return };
        if first == number {
            match next {
                Some(next) => self.by_hash[map(hash)].insert(hash, next.get() - 1),
                None => self.by_hash[map(hash)].remove(&hash),
            };
            return;
        }
        let mut before = first;
        while let Some(user) = self.users.get_mut(before) {
            match user.next {
                Some(after) if after.get() - 1 == number => {
                    user.next = next;
                    return;
                }
                Some(after) => before = after.get() - 1,
                None => return,
            }
        }
    }

    /// The first user of a chain.
    fn first(&self, hash: u32) -> Option<u32> {
        self.by_hash[map(hash)].get(&hash).copied()
    }

    fn hash(&self, id: &UserId) -> u32 {
        self.hasher.hash_one(id) as u32
    }
}

fn map(hash: u32) -> usize {
    hash as usize % MAPS
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

    fn user(name: impl std::fmt::Display) -> UserId {
        name.to_string().parse().unwrap()
    }

    /// Knows four hashes only, so that every chain is long.
    #[derive(Default)]
    struct Poor(DefaultHasher);

    impl Hasher for Poor {
        fn write(&mut self, bytes: &[u8]) {
            self.0.write(bytes);
        }
        fn finish(&self) -> u64 {
            self.0.finish() % 4
        }
    }

    #[test]
    fn users_whose_hashes_agree_are_kept_apart_while_others_go() {
        let mut users = Users::<BuildHasherDefault<Poor>>::default();
        let numbers: Vec<u32> = (0..100).map(|n| users.hold(&user(n))).collect();
        let (gone, staying): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|number| *number % 3 == 0);
        for number in &gone {
            users.release(*number);
        }
        for (n, number) in numbers.iter().enumerate() {
            assert_eq!(users.find(&user(n)), staying.contains(number).then_some(*number), "user {n}");
        }
        for number in staying {
            users.release(number);
        }
        assert!(users.by_hash.iter().all(HashMap::is_empty));
    }

    #[test]
    fn ana_stays_as_long_as_one_row_names_her() {
        let mut users: Users = Users::default();
        let number = users.hold(&user("ana"));
        assert_eq!(users.hold(&user("ana")), number);
        users.release(number);
        assert_eq!(users.find(&user("ana")), Some(number));
        users.release(number);
        assert_eq!(users.find(&user("ana")), None);
    }

    #[test]
    fn a_user_takes_forty_bytes_beside_the_id() {
        assert_eq!(size_of::<Option<User>>(), 40);
    }
}
