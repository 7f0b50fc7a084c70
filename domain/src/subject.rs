//! What inside the organization an event is about. The journal has an index on it, so that a command reads only what it concerns.

use std::fmt;
use std::str::FromStr;

use crate::event::OrganizationEvent;
use crate::ids::{InvitationId, UserId};
use crate::text::NotAccepted;

/// One of these per event, as a column: `organization`, `profile`, `user:<id>` or `invitation:<id>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Founding, ownership, deletion: what every decision must know.
    Organization,
    /// Name, slug, logo, metadata.
    Profile,
    /// A person's tenures and roles here.
    User(UserId),
    /// An invitation's life.
    Invitation(InvitationId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organization => f.write_str("organization"),
            Self::Profile => f.write_str("profile"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Invitation(id) => write!(f, "invitation:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        match (text, text.split_once(':')) {
            ("organization", _) => Ok(Self::Organization),
            ("profile", _) => Ok(Self::Profile),
            (_, Some(("user", id))) => Ok(Self::User(id.parse()?)),
            (_, Some(("invitation", id))) => Ok(Self::Invitation(id.parse()?)),
            _ => Err(NotAccepted("must be organization, profile, user:… or invitation:…")),
        }
    }
}

impl OrganizationEvent {
    /// What this event is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::OrganizationFounded { .. } | Self::OwnershipTransferred { .. } | Self::OrganizationDeleted {} => {
                Subject::Organization
            }
            Self::OrganizationRenamed { .. }
            | Self::SlugChanged { .. }
            | Self::LogoChanged { .. }
            | Self::MetadataChanged { .. } => Subject::Profile,
            Self::MemberInvited { invitation_id, .. }
            | Self::InvitationExtended { invitation_id, .. }
            | Self::InvitationRevoked { invitation_id }
            | Self::InvitationDeclined { invitation_id }
            | Self::InvitationAccepted { invitation_id, .. } => Subject::Invitation(*invitation_id),
            Self::MemberJoined { user_id, .. }
            | Self::MemberRoleChanged { user_id, .. }
            | Self::MemberLeft { user_id, .. }
            | Self::MemberRemoved { user_id, .. } => Subject::User(user_id.clone()),
        }
    }
}
