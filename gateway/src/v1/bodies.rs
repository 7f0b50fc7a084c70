//! The JSON of all answers.

use domain::{
    EmailAddress, InvitationId, InvitationState, Logo, MemberId, Metadata, Name, OrganizationEvent, OrganizationId,
    Person, Role, Slug, Timestamp, UserId,
};
use journal::{Outcome, Summary};
use projections::{InvitationRow, MemberRow, OrganizationRow};
use serde::Serialize;
use utoipa::ToSchema;

use crate::roster::MemberDetails;

/// An organization.
#[derive(Serialize, ToSchema)]
pub struct OrganizationBody {
    #[schema(value_type = uuid::Uuid)]
    id: OrganizationId,
    #[schema(value_type = String)]
    slug: Slug,
    #[schema(value_type = String)]
    name: Name,
    #[schema(value_type = Option<String>)]
    logo: Option<Logo>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Metadata>,
    owner: OwnerBody,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// The organization's last sequence.
    sequence: u64,
}

/// The owner.
#[derive(Serialize, ToSchema)]
pub struct OwnerBody {
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
    #[schema(value_type = String)]
    user_id: UserId,
}

impl From<Summary> for OrganizationBody {
    fn from(summary: Summary) -> Self {
        Self {
            id: summary.id,
            slug: summary.profile.slug,
            name: summary.profile.name,
            logo: summary.profile.logo,
            metadata: summary.profile.metadata,
            owner: OwnerBody { member_id: summary.owner.member_id, user_id: summary.owner.user_id },
            created_at: summary.created_at,
            sequence: summary.sequence,
        }
    }
}

/// An organization in the list of somebody's organizations.
#[derive(Serialize, ToSchema)]
pub struct MembershipBody {
    #[schema(value_type = uuid::Uuid)]
    id: OrganizationId,
    #[schema(value_type = String)]
    slug: Slug,
    #[schema(value_type = String)]
    name: Name,
    #[schema(value_type = Option<String>)]
    logo: Option<Logo>,
    #[schema(value_type = String)]
    role: Role,
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
    #[schema(value_type = String, format = DateTime)]
    joined_at: Timestamp,
}

impl From<OrganizationRow> for MembershipBody {
    fn from(row: OrganizationRow) -> Self {
        let OrganizationRow { id, slug, name, logo, role, member_id, joined_at, joined: _ } = row;
        Self { id, slug, name, logo, role, member_id, joined_at }
    }
}

/// A member.
#[derive(Serialize, ToSchema)]
pub struct MemberBody {
    #[schema(value_type = uuid::Uuid)]
    id: MemberId,
    #[schema(value_type = String)]
    user_id: UserId,
    /// Null until a token said it, and after erasure.
    name: Option<String>,
    #[schema(value_type = Option<String>)]
    email: Option<EmailAddress>,
    image: Option<String>,
    #[schema(value_type = String)]
    role: Role,
    #[schema(value_type = String, format = DateTime)]
    joined_at: Timestamp,
}

impl From<MemberRow> for MemberBody {
    fn from(row: MemberRow) -> Self {
        let Person { name, email, picture, .. } = row.person.unwrap_or_default();
        let (id, user_id, role, joined_at) = (row.member_id, row.user_id, row.role, row.joined_at);
        Self { id, user_id, name, email, image: picture, role, joined_at }
    }
}

impl From<MemberDetails> for MemberBody {
    fn from(details: MemberDetails) -> Self {
        let Person { name, email, picture, .. } = details.person;
        Self {
            id: details.membership.member_id,
            user_id: details.user,
            name,
            email,
            image: picture,
            role: details.membership.role,
            joined_at: details.joined_at,
        }
    }
}

/// An invitation.
#[derive(Serialize, ToSchema)]
pub struct InvitationBody {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: InvitationId,
    /// Into which organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Where it went; null once erased.
    #[schema(value_type = Option<String>)]
    pub email: Option<EmailAddress>,
    /// Role on joining.
    #[schema(value_type = String)]
    pub role: Role,
    /// What became of it.
    pub status: StatusBody,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// By whom.
    #[schema(value_type = String)]
    pub invited_by: UserId,
}

/// What became of an invitation.
#[derive(Clone, Copy, Serialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum StatusBody {
    /// Can be accepted.
    Pending,
    /// Too late.
    Expired,
    /// Its person joined.
    Accepted,
    /// Its person did not want to.
    Declined,
    /// Taken back.
    Revoked,
}

impl StatusBody {
    /// As it is shown at this time.
    pub fn of(state: InvitationState, expires_at: Timestamp, now: Timestamp) -> Self {
        match state {
            InvitationState::Pending if expires_at <= now => Self::Expired,
            InvitationState::Pending => Self::Pending,
            InvitationState::Accepted => Self::Accepted,
            InvitationState::Declined => Self::Declined,
            InvitationState::Revoked => Self::Revoked,
        }
    }
}

impl InvitationBody {
    /// An invitation as it was sent to this address, told from what was recorded: asked again under the same key, it is the first one.
    pub fn sent(outcome: &Outcome, email: &EmailAddress) -> Option<Self> {
        outcome.events.iter().find_map(|recorded| match &recorded.event {
            OrganizationEvent::MemberInvited { invitation_id, role, expires_at, invited_by } => Some(Self {
                id: *invitation_id,
                organization_id: outcome.organization,
                email: Some(email.clone()),
                role: *role,
                status: StatusBody::Pending,
                expires_at: *expires_at,
                invited_by: invited_by.clone(),
            }),
            _ => None,
        })
    }

    /// A row of an organization's list, as it is shown at this time.
    pub fn of(organization_id: OrganizationId, row: InvitationRow, now: Timestamp) -> Self {
        let InvitationRow { id, role, state, expires_at, invited_by, email, .. } = row;
        let status = StatusBody::of(state, expires_at, now);
        Self { id, organization_id, email, role, status, expires_at, invited_by }
    }
}
