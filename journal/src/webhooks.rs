//! Where events are sent, and how far each is: beside the journal, so that nothing is forgotten when a server stops.
//!
//! A webhook goes along the journal by position. An event that can't be delivered lets its organization wait: a *lane* of its own,
//! from that event on, while the others go on. Whatever delivers needs to remember is in these rows.

use std::fmt;

use async_trait::async_trait;
use domain::{OrganizationId, Position, Sequence, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::StoreError;

/// Where events are sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its id, UUIDv7.
    pub id: Uuid,
    /// Whose events; `None` for everybody's.
    pub organization: Option<OrganizationId>,
    /// Where they are posted.
    pub url: String,
    /// The names of those that are sent; `None` for all.
    pub types: Option<Vec<String>>,
    /// What they are signed with, the newest first.
    pub secrets: Vec<Secret>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Which change of a webhook its last one was.
    pub revision: i64,
    /// How far it is.
    pub cursor: Cursor,
    /// When an event was last delivered.
    pub delivered_at: Option<Timestamp>,
    /// How an attempt last failed.
    pub failure: Option<Failure>,
    /// Since when nothing is sent, and why.
    pub disabled: Option<Disabled>,
}

/// Every event up to here was delivered, waits in a lane, or is not for the webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// In the journal.
    pub position: Position,
    /// In the webhook's organization, if it has one.
    pub sequence: Sequence,
}

/// What deliveries are signed with. `{:?}` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// `whsec_` and base64.
    pub secret: String,
    /// A former one signs until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Attempts failed for longer than is tried.
    Failing,
    /// The receiver said that it is gone (410).
    Gone,
    /// Somebody switched it off.
    SwitchedOff,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Failing, Self::Gone, Self::SwitchedOff];

    /// As it is told.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Gone => "gone",
            Self::SwitchedOff => "switched-off",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, StoreError> {
        let known = Self::ALL.into_iter().find(|why| why.as_str() == text);
        known.ok_or_else(|| StoreError::Unreadable("a webhook is disabled for no known reason".into()))
    }
}

/// Since when nothing is sent, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disabled {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
}

/// How an attempt failed; nothing of what the receiver said but its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// In one word: `status`, `timeout`, `unreachable`, …
    pub why: String,
    /// What was answered, if anything was.
    pub status: Option<u16>,
}

/// What a lane is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKind {
    /// An event could not be delivered: it and the organization's later ones wait.
    Waiting,
    /// A range that is delivered once more.
    Again,
}

impl LaneKind {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Again => "again",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, StoreError> {
        match text {
            "waiting" => Ok(Self::Waiting),
            "again" => Ok(Self::Again),
            _ => Err(StoreError::Unreadable("a webhook's lane is of no known kind".into())),
        }
    }
}

/// An organization's events on a way of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Of which webhook.
    pub webhook: Uuid,
    /// Whose events.
    pub organization: OrganizationId,
    /// What for.
    pub kind: LaneKind,
    /// The next event to be delivered, in its organization.
    pub sequence: Sequence,
    /// The same in the journal, or where it was when the lane began.
    pub position: Position,
    /// The last position of those delivered once more.
    pub until: Option<Position>,
    /// Since when its next event fails.
    pub failing_since: Option<Timestamp>,
    /// How often in a row.
    pub failures: u32,
    /// When it is tried again.
    pub next_attempt: Timestamp,
    /// How it failed.
    pub failure: Option<Failure>,
}

/// How many there are, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Webhooks that events are sent to.
    pub enabled: u64,
    /// Webhooks that were given up (not those switched off by hand).
    pub given_up: u64,
    /// Organizations that wait, over all webhooks.
    pub waiting: u64,
}

/// Reads and writes of webhooks. What delivers writes only on top of what it has read: each of its writes says what must still be
/// so, and tells with `false` that it is not.
#[async_trait]
pub trait Webhooks: Send + Sync {
    /// Keeps a new one that begins after `cursor.position`, unless its organization, or the whole, has `most` already.
    async fn register(&self, webhook: &Webhook, most: u32) -> Result<bool, StoreError>;

    /// Those of an organization, or those of all organizations together, the oldest first.
    async fn of(&self, organization: Option<OrganizationId>) -> Result<Vec<Webhook>, StoreError>;

    /// One of them.
    async fn webhook(&self, id: Uuid) -> Result<Option<Webhook>, StoreError>;

    /// Changes url, types, secrets, and whether it is disabled, if it is still at this revision. With a position, it goes on after
    /// that, and what waited no longer does.
    async fn change(&self, webhook: &Webhook, go_on_after: Option<Position>) -> Result<bool, StoreError>;

    /// Forgets one.
    async fn remove(&self, id: Uuid) -> Result<bool, StoreError>;

    /// Forgets the disabled ones of organizations that were deleted: nobody could enable them again. Says how many.
    async fn remove_orphans(&self) -> Result<u64, StoreError>;

    /// The last change of any.
    async fn revision(&self) -> Result<i64, StoreError>;

    /// All that events are sent to.
    async fn enabled(&self) -> Result<Vec<Webhook>, StoreError>;

    /// How many there are.
    async fn numbers(&self) -> Result<Numbers, StoreError>;

    /// Notes how far it is now, if it still was there.
    async fn moved(&self, webhook: &Webhook, to: Cursor, delivered_at: Option<Timestamp>) -> Result<bool, StoreError>;

    /// A webhook's lanes in the order in which they are tried, those due by a moment or all.
    async fn lanes(&self, id: Uuid, due_by: Option<Timestamp>, limit: u32) -> Result<Vec<Lane>, StoreError>;

    /// Lets an organization wait. One that waits already waits on as it did.
    async fn hold(&self, lane: &Lane) -> Result<(), StoreError>;

    /// Notes how far a lane is and how it went, if it was at this sequence.
    async fn lane_moved(&self, lane: &Lane, from: Sequence) -> Result<bool, StoreError>;

    /// Ends a lane that is still at this sequence.
    async fn release(&self, lane: &Lane) -> Result<bool, StoreError>;

    /// Delivers the events from one position to another once more; of how many organizations they are. What is under way of the
    /// same kind is widened.
    async fn again(&self, webhook: &Webhook, from: Position, to: Position, at: Timestamp) -> Result<u64, StoreError>;
}
