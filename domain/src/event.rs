//! What happened to an organization. No event carries a person's name or e-mail address.
//!
//! The JSON of each variant is stored for ever: fixtures in `domain/tests/fixtures` must keep deserialising. What subscribers may rely on
//! of it is in `docs/events`, written from these types.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::{InvitationId, MemberId, UserId};
use crate::profile::{Logo, Metadata};
use crate::role::Role;
use crate::slug::Slug;
use crate::text::Name;

#[cfg(test)]
mod schemas;

/// A person during one membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Tenure {
    /// Which membership.
    pub member_id: MemberId,
    /// Whose.
    pub user_id: UserId,
}

/// One thing that happened, in the product's words. In JSON: `{"MemberLeft": {"member_id": …, "user_id": …}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are the command's, explained there")]
pub enum OrganizationEvent {
    /// It began; its owner joined in the event that follows.
    OrganizationFounded {
        name: Name,
        slug: Slug,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo: Option<Logo>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        metadata: Option<Metadata>,
        owner: Tenure,
    },
    /// It has another name.
    OrganizationRenamed { name: Name },
    /// It is spelled differently in addresses; the former slug is free again.
    SlugChanged { slug: Slug },
    /// It has another logo, or none.
    LogoChanged {
        #[cfg_attr(test, schema(required))]
        logo: Option<Logo>,
    },
    /// The host application's data changed, or went.
    MetadataChanged {
        #[cfg_attr(test, schema(required))]
        metadata: Option<Metadata>,
    },
    /// Somebody was invited; the address lies in `invitation_addresses`.
    MemberInvited {
        invitation_id: InvitationId,
        role: Role,
        #[cfg_attr(test, schema(value_type = String, format = DateTime))]
        expires_at: Timestamp,
        invited_by: UserId,
    },
    /// An invitation was sent again.
    InvitationExtended {
        invitation_id: InvitationId,
        #[cfg_attr(test, schema(value_type = String, format = DateTime))]
        expires_at: Timestamp,
    },
    /// An invitation was taken back, or had expired when a new one took its place.
    InvitationRevoked { invitation_id: InvitationId },
    /// An invitation was turned down.
    InvitationDeclined { invitation_id: InvitationId },
    /// An invitation was accepted; its person joined in the event that follows.
    InvitationAccepted { invitation_id: InvitationId, user_id: UserId },
    /// A membership began.
    MemberJoined {
        member_id: MemberId,
        user_id: UserId,
        role: Role,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invitation_id: Option<InvitationId>,
    },
    /// A member became admin, or an admin member.
    MemberRoleChanged { member_id: MemberId, user_id: UserId, role: Role },
    /// Ownership went to another member; the former owner became admin.
    OwnershipTransferred { from: Tenure, to: Tenure },
    /// A member left: a membership ended by the member's own act.
    MemberLeft { member_id: MemberId, user_id: UserId },
    /// A membership was ended by somebody else.
    MemberRemoved { member_id: MemberId, user_id: UserId, removed_by: UserId },
    /// It ended, and every membership with it.
    OrganizationDeleted {},
}

impl OrganizationEvent {
    /// The names of all events, in the order of their declaration.
    pub const NAMES: [&str; 16] = [
        "OrganizationFounded",
        "OrganizationRenamed",
        "SlugChanged",
        "LogoChanged",
        "MetadataChanged",
        "MemberInvited",
        "InvitationExtended",
        "InvitationRevoked",
        "InvitationDeclined",
        "InvitationAccepted",
        "MemberJoined",
        "MemberRoleChanged",
        "OwnershipTransferred",
        "MemberLeft",
        "MemberRemoved",
        "OrganizationDeleted",
    ];

    /// The event's name: its column, its NATS subject, its CloudEvents type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrganizationFounded { .. } => "OrganizationFounded",
            Self::OrganizationRenamed { .. } => "OrganizationRenamed",
            Self::SlugChanged { .. } => "SlugChanged",
            Self::LogoChanged { .. } => "LogoChanged",
            Self::MetadataChanged { .. } => "MetadataChanged",
            Self::MemberInvited { .. } => "MemberInvited",
            Self::InvitationExtended { .. } => "InvitationExtended",
            Self::InvitationRevoked { .. } => "InvitationRevoked",
            Self::InvitationDeclined { .. } => "InvitationDeclined",
            Self::InvitationAccepted { .. } => "InvitationAccepted",
            Self::MemberJoined { .. } => "MemberJoined",
            Self::MemberRoleChanged { .. } => "MemberRoleChanged",
            Self::OwnershipTransferred { .. } => "OwnershipTransferred",
            Self::MemberLeft { .. } => "MemberLeft",
            Self::MemberRemoved { .. } => "MemberRemoved",
            Self::OrganizationDeleted {} => "OrganizationDeleted",
        }
    }

    /// Whether it says this person's id: it is about them, or tells what they did.
    pub fn names(&self, user: &UserId) -> bool {
        match self {
            Self::OrganizationFounded { owner, .. } => owner.user_id == *user,
            Self::OwnershipTransferred { from, to } => from.user_id == *user || to.user_id == *user,
            Self::MemberInvited { invited_by, .. } => invited_by == user,
            Self::MemberRemoved { user_id, removed_by, .. } => user_id == user || removed_by == user,
            Self::InvitationAccepted { user_id, .. }
            | Self::MemberJoined { user_id, .. }
            | Self::MemberRoleChanged { user_id, .. }
            | Self::MemberLeft { user_id, .. } => user_id == user,
            Self::OrganizationRenamed { .. }
            | Self::SlugChanged { .. }
            | Self::LogoChanged { .. }
            | Self::MetadataChanged { .. }
            | Self::InvitationExtended { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. }
            | Self::OrganizationDeleted {} => false,
        }
    }

    /// The role that this person has from then on, where the event gives them one.
    pub fn role_given_to(&self, user: &UserId) -> Option<Role> {
        match self {
            Self::MemberJoined { user_id, role, .. } | Self::MemberRoleChanged { user_id, role, .. } => {
                (user_id == user).then_some(*role)
            }
            Self::OwnershipTransferred { to, .. } if to.user_id == *user => Some(Role::Owner),
            Self::OwnershipTransferred { from, .. } if from.user_id == *user => Some(Role::Admin),
            Self::OwnershipTransferred { .. }
            | Self::OrganizationFounded { .. }
            | Self::OrganizationRenamed { .. }
            | Self::SlugChanged { .. }
            | Self::LogoChanged { .. }
            | Self::MetadataChanged { .. }
            | Self::MemberInvited { .. }
            | Self::InvitationExtended { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. }
            | Self::InvitationAccepted { .. }
            | Self::MemberLeft { .. }
            | Self::MemberRemoved { .. }
            | Self::OrganizationDeleted {} => None,
        }
    }
}

impl cqrs_es::DomainEvent for OrganizationEvent {
    fn event_type(&self) -> String {
        self.name().to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}
