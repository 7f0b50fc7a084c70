//! Erasing a person from the tables beside the journal. The events hold nothing of them but their user id, and stay.

use std::collections::HashSet;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Timestamp, UserId};

use crate::store::StoreError;

/// What lies beside the journal and is this person's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theirs {
    /// Invitations that they accepted or declined, wherever those went.
    pub invitations: Vec<InvitationId>,
    /// The address that their identity provider vouches for now, if any: all that went there is theirs, too. One that is vouched to be
    /// somebody else's as well is not, one that they merely claim never was, and one that they had before may be anybody's by now.
    pub addresses: Vec<EmailAddress>,
}

/// For so many seconds after an erasure a token still counts as older: clocks of issuers differ.
pub const LEEWAY: i64 = 5;

/// What an erasure found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Rows that went; with none there are no traces either.
    pub rows: u64,
    /// Whether it was noted that somebody was erased. It is not where there was nothing of somebody who had been before.
    pub noted: bool,
}

/// How much of a file may be written anew while others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrub {
    /// As much as takes about a second.
    Beside,
    /// All of it, however long it takes.
    Whole,
}

/// What became of the traces of what was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// None are left in the store's files that are in the store's hands.
    Clean,
    /// The file is too large to write it anew while others wait: copies that an earlier rearrangement of its pages left may still lie in it.
    PerhapsNot,
}

/// That somebody was erased, without who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// 1, 2, 3 …, in the order in which they happened.
    pub number: u64,
    /// When.
    pub at: Timestamp,
}

/// Erases people. What is done twice is done once.
#[async_trait]
pub trait Erasure: Send + Sync {
    /// What is theirs. Fails where an event about them can't be read: then nobody knows where they are a member.
    async fn theirs(&self, user: &UserId) -> Result<Theirs, StoreError>;

    /// Forgets their name, their addresses, what they used and looked at, in one transaction. From then on, what tokens say that were
    /// issued up to now is not kept again, at no server: up to the latest of the database's clock, `issued` (seconds), and the newest token
    /// of theirs that was seen, and [`LEEWAY`] later. Where all that is so already, nobody waits for anything.
    async fn erase(&self, user: &UserId, theirs: &Theirs, issued: i64) -> Result<Forgotten, StoreError>;

    /// Which of these are erased, and have not come back since by a newer token.
    async fn erased(&self, users: &[UserId]) -> Result<HashSet<UserId>, StoreError>;

    /// Whether anything is known by this id: an event about them, a row, or that they were erased.
    async fn is_known(&self, user: &UserId) -> Result<bool, StoreError>;

    /// That people were erased, after this number, oldest first.
    async fn noted(&self, after: u64, limit: u32) -> Result<Vec<Noted>, StoreError>;

    /// Overwrites what was only unlinked, as far as that is in the store's hands. Costly: not more often than something went. What failed
    /// can be tried again.
    async fn scrub(&self, how: Scrub) -> Result<Scrubbed, StoreError>;
}
