//! What can be asked of an organization. New ids come with the command; who asks and when come as [`crate::Circumstances`].

use chrono::TimeDelta;

use crate::Timestamp;
use crate::email::EmailAddress;
use crate::event::Tenure;
use crate::ids::{InvitationId, MemberId, UserId};
use crate::profile::{Logo, Metadata};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::slug::{NewSlug, Slug};
use crate::text::Name;

/// One command. Addresses in it go to a table that can be erased, never into an event.
#[derive(Clone, Debug, PartialEq)]
pub enum OrganizationCommand {
    /// Begin an organization; the actor becomes its owner.
    FoundOrganization {
        /// What it is called.
        name: Name,
        /// How it is spelled in addresses; unique over all organizations.
        slug: NewSlug,
        /// Its logo.
        logo: Option<Logo>,
        /// The host application's own data.
        metadata: Option<Metadata>,
        /// The owner's member id.
        member_id: MemberId,
    },
    /// Change the profile; `None` leaves a field as it is.
    UpdateOrganization {
        /// New name.
        name: Option<Name>,
        /// New slug.
        slug: Option<NewSlug>,
        /// New logo, or none.
        logo: Option<Option<Logo>>,
        /// New metadata, or none.
        metadata: Option<Option<Metadata>>,
    },
    /// Invite whoever proves to have this address.
    InviteMember {
        /// The new invitation's id.
        invitation_id: InvitationId,
        /// Where the invitation goes.
        email: EmailAddress,
        /// Role on joining: member or admin.
        role: Role,
        /// How long it can be accepted.
        valid_for: TimeDelta,
    },
    /// Send a pending invitation again, from now on valid as long as a new one.
    ResendInvitation {
        /// Which.
        invitation_id: InvitationId,
        /// How long it can be accepted from now.
        valid_for: TimeDelta,
    },
    /// Take a pending invitation back.
    RevokeInvitation {
        /// Which.
        invitation_id: InvitationId,
    },
    /// Turn an invitation down.
    DeclineInvitation {
        /// Which.
        invitation_id: InvitationId,
        /// The address the caller can prove.
        caller: Claimed,
    },
    /// Accept an invitation and become a member.
    AcceptInvitation {
        /// Which.
        invitation_id: InvitationId,
        /// The new member's id.
        member_id: MemberId,
        /// The address the caller can prove.
        caller: Claimed,
    },
    /// Make a member an admin, or an admin a member.
    ChangeMemberRole {
        /// Whose.
        member_id: MemberId,
        /// The new role: member or admin.
        role: Role,
    },
    /// Hand ownership to another member; the former owner becomes admin.
    TransferOwnership {
        /// To whom.
        member_id: MemberId,
    },
    /// Leave. The one command behind every door a member can go out by.
    LeaveOrganization,
    /// Remove a member; of oneself it is leaving.
    RemoveMember {
        /// Whom.
        member_id: MemberId,
    },
    /// End the organization.
    DeleteOrganization,
    /// Take over an organization that was kept elsewhere, with its owner. An operator's act, as the next two are.
    ImportOrganization {
        /// What it is called.
        name: Name,
        /// How it is spelled in addresses; unique over all organizations.
        slug: NewSlug,
        /// Its logo.
        logo: Option<Logo>,
        /// The host application's own data.
        metadata: Option<Metadata>,
        /// Who owns it.
        owner: Tenure,
    },
    /// Take over a membership.
    ImportMember {
        /// The member's id.
        member_id: MemberId,
        /// Whose membership.
        user_id: UserId,
        /// Member or admin; the owner comes with the organization.
        role: Role,
    },
    /// Take over an invitation that can still be accepted.
    ImportInvitation {
        /// The invitation's id.
        invitation_id: InvitationId,
        /// Where it went.
        email: EmailAddress,
        /// Role on joining: member or admin.
        role: Role,
        /// Until when it can be accepted.
        expires_at: Timestamp,
        /// By whom: a member.
        invited_by: UserId,
    },
}

/// The address in the caller's token, and whether the identity provider verified it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claimed {
    /// The address, if the token has one.
    pub email: Option<EmailAddress>,
    /// Whether the identity provider vouches for it.
    pub verified: bool,
}

impl Claimed {
    /// Whether what went to this address is theirs: it must be the address the identity provider vouches for.
    pub fn answers_for(&self, address: &EmailAddress) -> Result<(), Refusal> {
        if self.email.as_ref() != Some(address) {
            return Err(Refusal::InvitationNotForYou);
        }
        if !self.verified {
            return Err(Refusal::EmailNotVerified);
        }
        Ok(())
    }
}

impl OrganizationCommand {
    /// The slug it claims.
    pub fn slug(&self) -> Option<&Slug> {
        match self {
            Self::FoundOrganization { slug, .. }
            | Self::ImportOrganization { slug, .. }
            | Self::UpdateOrganization { slug: Some(slug), .. } => Some(slug.as_slug()),
            _ => None,
        }
    }

    /// The address it invites.
    pub fn invites(&self) -> Option<&EmailAddress> {
        match self {
            Self::InviteMember { email, .. } | Self::ImportInvitation { email, .. } => Some(email),
            _ => None,
        }
    }

    /// The command's name, for logs and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FoundOrganization { .. } => "FoundOrganization",
            Self::UpdateOrganization { .. } => "UpdateOrganization",
            Self::InviteMember { .. } => "InviteMember",
            Self::ResendInvitation { .. } => "ResendInvitation",
            Self::RevokeInvitation { .. } => "RevokeInvitation",
            Self::DeclineInvitation { .. } => "DeclineInvitation",
            Self::AcceptInvitation { .. } => "AcceptInvitation",
            Self::ChangeMemberRole { .. } => "ChangeMemberRole",
            Self::TransferOwnership { .. } => "TransferOwnership",
            Self::LeaveOrganization => "LeaveOrganization",
            Self::RemoveMember { .. } => "RemoveMember",
            Self::DeleteOrganization => "DeleteOrganization",
            Self::ImportOrganization { .. } => "ImportOrganization",
            Self::ImportMember { .. } => "ImportMember",
            Self::ImportInvitation { .. } => "ImportInvitation",
        }
    }
}
