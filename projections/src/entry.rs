//! What a feed delivers, in order of position.

use domain::{OrganizationId, Position, Recorded};

/// One row of the journal as a feed could read it.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "all but one in millions are events; a box for each would only cost")]
pub enum Entry {
    /// An event.
    Event(Recorded),
    /// A row that could not be read. It is never skipped: its organization is parked until somebody mends it.
    Poison {
        /// The row's place in the journal.
        position: Position,
        /// Whose history it belongs to.
        organization: OrganizationId,
        /// What was wrong, for the log.
        why: String,
    },
}

impl Entry {
    /// Its place in the journal.
    pub fn position(&self) -> Position {
        match self {
            Self::Event(recorded) => recorded.position,
            Self::Poison { position, .. } => *position,
        }
    }

    /// Whose history it belongs to.
    pub fn organization(&self) -> OrganizationId {
        match self {
            Self::Event(recorded) => recorded.organization,
            Self::Poison { organization, .. } => *organization,
        }
    }
}
