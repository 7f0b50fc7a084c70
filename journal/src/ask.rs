//! A command on its way in, and what comes back.

use std::fmt;
use std::str::FromStr;

use domain::{
    Actor, InvitationId, Notes, OrganizationCommand, OrganizationEvent, OrganizationId, Position, Recorded, Refusal,
    Sequence, Slug, Timestamp, UserId,
};
use uuid::Uuid;

use crate::store::StoreError;

/// Which organization is meant. Resolved by the journal, so that what was just acknowledged can be used at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrganizationRef {
    /// By its id.
    Id(OrganizationId),
    /// By the slug it has now.
    Slug(Slug),
    /// The one that sent this invitation.
    OfInvitation(InvitationId),
}

impl OrganizationRef {
    /// The id, where it is meant by its id.
    pub(crate) fn id(&self) -> Option<String> {
        match self {
            Self::Id(id) => Some(id.to_string()),
            Self::Slug(_) | Self::OfInvitation(_) => None,
        }
    }

    /// A number that is the same for everybody who means the same organization in the same way, so that one writer decides for it
    /// and is not in the way of another. Two ways to mean it may meet at two writers, as they do at two servers.
    pub(crate) fn spread(&self) -> u32 {
        match self {
            Self::Id(id) => crc32fast::hash(id.0.as_bytes()),
            Self::Slug(slug) => crc32fast::hash(slug.as_str().as_bytes()),
            Self::OfInvitation(_) => 0,
        }
    }

    /// The slug, where it is meant by its slug.
    pub(crate) fn slug(&self) -> Option<String> {
        match self {
            Self::Slug(slug) => Some(slug.to_string()),
            Self::Id(_) | Self::OfInvitation(_) => None,
        }
    }

    /// The invitation, where it is meant by one it sent.
    pub(crate) fn invitation(&self) -> Option<String> {
        match self {
            Self::OfInvitation(id) => Some(id.to_string()),
            Self::Id(_) | Self::Slug(_) => None,
        }
    }
}

impl FromStr for OrganizationRef {
    type Err = domain::NotAccepted;
    /// An id or a slug; no text is both.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::Id).or_else(|_| text.parse().map(Self::Slug))
    }
}

impl From<OrganizationId> for OrganizationRef {
    fn from(id: OrganizationId) -> Self {
        Self::Id(id)
    }
}

/// A command with everything but the time, which the database tells.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The command's id: asked again, it has the first outcome.
    pub id: Uuid,
    /// Of which organization.
    pub organization: OrganizationRef,
    /// What is asked.
    pub command: OrganizationCommand,
    /// By whom.
    pub actor: Actor,
    /// What else is noted with its events.
    pub notes: Notes,
    /// When whoever joins by it joined, where that was at another time than the rest happened.
    pub joined_at: Option<Timestamp>,
    /// What was asked, in so far as it must be the same when it is asked again: kept with the id. Without one the id is only known
    /// where something was recorded.
    pub fingerprint: Option<Uuid>,
    /// The organization must be at one of these sequences, if any is named.
    pub expected: Option<Vec<Sequence>>,
}

impl Ask {
    /// An ask by a person, with a new command id and nothing noted.
    pub fn new(organization: impl Into<OrganizationRef>, command: OrganizationCommand, person: UserId) -> Self {
        Self {
            id: Uuid::now_v7(),
            organization: organization.into(),
            command,
            actor: Actor::Person(person),
            notes: Notes::default(),
            joined_at: None,
            fingerprint: None,
            expected: None,
        }
    }

    /// What is noted with one of its events.
    pub(crate) fn notes_with(&self, event: &OrganizationEvent) -> Notes {
        let happened_at = match event {
            OrganizationEvent::MemberJoined { .. } => self.joined_at.or(self.notes.happened_at),
            _ => self.notes.happened_at,
        };
        Notes { happened_at, ..self.notes.clone() }
    }
}

/// A command that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Of which organization.
    pub organization: OrganizationId,
    /// What was recorded; nothing when what was asked is so already.
    pub events: Vec<Recorded>,
    /// Where the views must be to show it.
    pub position: Position,
    /// The organization's head right after it.
    pub sequence: Sequence,
    /// Whether it was carried out before, and this is its first outcome.
    pub replayed: bool,
}

/// Why a command was not carried out. Nothing was recorded, unless it says that nobody can tell.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AskError {
    /// A rule of the domain.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The organization is not at a sequence that was expected.
    #[error("the organization has changed")]
    VersionConflict,
    /// Something else was asked under the same id before.
    #[error("something else was asked under this id before")]
    OtherAsked,
    /// The journal can't answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// The journal can't answer now; asking again later may help. Asking with the same command id is always safe.
#[derive(Clone, Debug)]
pub enum Unavailable {
    /// Too many are waiting, or it waited for its turn too long. Nothing was recorded.
    Overloaded,
    /// The store failed, and said why. Nothing was recorded.
    Store(std::sync::Arc<StoreError>),
    /// The store failed while it was writing: it may or may not be recorded. Asked again with the same id, it will tell.
    Unknown(std::sync::Arc<StoreError>),
    /// Others were first, again and again.
    Contended,
    /// An event of this organization can't be read; it is not guessed at.
    Unreadable(OrganizationId),
    /// The journal is shutting down.
    Closed,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overloaded => f.write_str("too many are waiting"),
            Self::Store(error) => write!(f, "the store failed: {error}"),
            Self::Unknown(error) => {
                write!(f, "the store failed while writing, with what outcome nobody knows: {error}")
            }
            Self::Contended => f.write_str("others were first, again and again"),
            Self::Unreadable(id) => write!(f, "an event of organization {id} can't be read"),
            Self::Closed => f.write_str("the journal is shutting down"),
        }
    }
}

impl std::error::Error for Unavailable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) | Self::Unknown(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Self::Store(std::sync::Arc::new(error))
    }
}
