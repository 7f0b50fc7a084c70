//! The write side: tables, and how events change them.

use std::fmt;

use async_trait::async_trait;
use domain::{OrganizationId, Position};
use uuid::Uuid;

use crate::entry::Entry;
use crate::views::ViewsError;

/// How often the right to write has changed hands; a lower one is refused.
pub type Epoch = i64;

/// Which of the two. In memory both are kept as one, and turn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProjectionName {
    /// What is listed by organization: members, invitations.
    Members,
    /// What is listed by person: their organizations.
    UserOrganizations,
}

impl ProjectionName {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Members, Self::UserOrganizations];

    /// The name, as in the checkpoint's row, in metrics and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::UserOrganizations => "user_organizations",
        }
    }
}

impl fmt::Display for ProjectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a projection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// Of the last entry applied; 0 before the first.
    pub position: Position,
    /// The id of the event there; `None` where it could not be read, or is not kept.
    pub event_id: Option<Uuid>,
}

/// Tables that follow the journal.
#[async_trait]
pub trait Projection: Send + Sync {
    /// What it is called in metrics.
    fn name(&self) -> &'static str;

    /// Applies entries that follow the checkpoint without gaps, and moves it, together; what was applied before is skipped.
    ///
    /// Fails with [`ViewsError::Hole`] when an entry is missing, and with [`ViewsError::Superseded`] when somebody with a
    /// later epoch writes now; either way nothing of the batch is applied. A poison entry parks its organization: later
    /// events of it are not applied, those of others are.
    async fn apply(&self, batch: &[Entry]) -> Result<(), ViewsError>;

    /// How far it is.
    async fn checkpoint(&self) -> Result<Checkpoint, ViewsError>;

    /// The organizations whose history could not be read on.
    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError>;
}
