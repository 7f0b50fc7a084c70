//! What has been recorded since.

use domain::{OrganizationId, Position, Sequence, Subject, Timestamp};

/// One event, told from every other: also from one that another timeline of the journal, after a restore or a failover, holds in
/// its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it is.
    pub position: Position,
    /// Its own id; `None` where the metadata is damaged.
    pub event_id: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// An event, without what happened: what it is about is enough to know what to forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Which.
    pub mark: Mark,
    /// Whose; `None` where the column is damaged, which then is nobody's.
    pub organization: Option<OrganizationId>,
    /// Place in the organization.
    pub sequence: Sequence,
    /// What it is about; `None` for what this version does not know.
    pub subject: Option<Subject>,
}
