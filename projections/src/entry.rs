//! What a feed delivers, in order of position.

use domain::{OrganizationId, Position, Recorded};
use uuid::Uuid;

use crate::views::ViewsError;

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

    /// The event's own id, if it could be read.
    pub fn event_id(&self) -> Option<Uuid> {
        match self {
            Self::Event(recorded) => Some(recorded.event_id),
            Self::Poison { .. } => None,
        }
    }
}

/// Whether a batch leads on from this position; duplicates may come before and between. Asked before any of it is applied.
pub(crate) fn leads_on(from: Position, batch: &[Entry]) -> Result<(), ViewsError> {
    let mut expected = from + 1;
    for entry in batch {
        match entry.position() {
            got if got > expected => return Err(ViewsError::Hole { expected, got }),
            got if got == expected => expected += 1,
            _duplicate => {}
        }
    }
    Ok(())
}
