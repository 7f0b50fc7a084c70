//! An event as written. It belongs here because journal and projections pass it between them without knowing each other.

use uuid::Uuid;

use crate::actor::Actor;
use crate::event::OrganizationEvent;
use crate::ids::OrganizationId;
use crate::{Position, Sequence, Timestamp};

/// One row of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Place in the whole journal.
    pub position: Position,
    /// Place within the organization.
    pub sequence: Sequence,
    /// Which organization.
    pub organization: OrganizationId,
    /// What happened.
    pub event: OrganizationEvent,
    /// When it was committed, by the database's clock; never runs backwards along positions.
    pub recorded_at: Timestamp,
    /// The event's own id, for subscribers.
    pub event_id: Uuid,
    /// The command that caused it.
    pub command_id: Uuid,
    /// By whose act.
    pub actor: Actor,
    /// What else was noted.
    pub notes: Notes,
}

/// What a caller may have written beside a command. Never names or addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Through which door: `v1`, `demo`, …
    pub via: Option<String>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// The request this belongs to, for following it through systems.
    pub correlationid: Option<String>,
    /// When it happened, where that was before it was recorded: what was taken over from elsewhere.
    pub happened_at: Option<Timestamp>,
}
