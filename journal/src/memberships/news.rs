//! What has been recorded since.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{OrganizationId, Position, Sequence, Subject};

/// One event, told from every other: also from one that another timeline of the journal, after a restore or a failover, holds in
/// its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it is.
    pub position: Position,
    /// What it is, by its metadata (which holds its id) and its time.
    which: u64,
}

impl Mark {
    /// Of the event at this position, with these as they lie in the row: nothing in it needs to make sense.
    pub fn of(position: Position, metadata: &str, recorded_at: impl Hash) -> Self {
        let mut which = DefaultHasher::new();
        (metadata, recorded_at).hash(&mut which);
        Self { position, which: which.finish() }
    }
}

/// An event in passing: not what happened, but what it is about, which is enough to know what to forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    /// Which.
    pub mark: Mark,
    /// Whose.
    pub organization: OrganizationId,
    /// Place in the organization.
    pub sequence: Sequence,
    /// What it is about; `None` for what this version does not know.
    pub subject: Option<Subject>,
}
