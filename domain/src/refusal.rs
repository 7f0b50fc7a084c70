//! The domain said no: one variant per rule that can be broken.

/// Which rule was broken. [`Refusal::code`] is stable: problem type, translation key, what clients compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// There is no such organization for this caller: never founded, deleted, or they are no member.
    #[error("There is no such organization, or you are not a member of it.")]
    OrganizationNotFound,
    /// The new organization's id is in use.
    #[error("An organization with this id exists already.")]
    AlreadyFounded,
    /// The slug belongs to another organization.
    #[error("Another organization has this slug.")]
    SlugTaken,
    /// The command needs an admin or the owner.
    #[error("Only the owner and admins may do this.")]
    BelowAdmin,
    /// The command needs the owner.
    #[error("Only the owner may do this.")]
    NotTheOwner,
    /// Nobody is invited or promoted to owner: ownership is transferred.
    #[error("The role owner can't be given; ownership is transferred by the owner.")]
    OwnerRoleNotGiven,
    /// The owner's role changes only by transfer.
    #[error("The owner's role can't be changed; ownership is transferred by the owner.")]
    OwnerRoleNotChanged,
    /// No current member of this organization has this id.
    #[error("There is no such member in this organization.")]
    MemberNotFound,
    /// The owner must transfer ownership or delete the organization first.
    #[error("The owner can't leave. Transfer ownership to another member or delete the organization first.")]
    OwnerCannotLeave,
    /// Nobody removes the owner.
    #[error("The owner can't be removed.")]
    OwnerCannotBeRemoved,
    /// Ownership is already theirs.
    #[error("This member is the owner already.")]
    AlreadyTheOwner,
    /// The person belongs already.
    #[error("This person is a member already.")]
    AlreadyAMember,
    /// A pending invitation for the address exists.
    #[error("This address has a pending invitation already.")]
    AlreadyInvited,
    /// No such invitation.
    #[error("There is no such invitation.")]
    InvitationNotFound,
    /// Accepted, declined or revoked before.
    #[error("This invitation was accepted, declined or revoked before.")]
    InvitationSettled,
    /// Too late.
    #[error("This invitation has expired. Ask for a new one.")]
    InvitationExpired,
    /// It went to another address.
    #[error("This invitation is for another e-mail address.")]
    InvitationNotForYou,
    /// The address matches, but nobody vouches for it.
    #[error("Your e-mail address is not verified by your identity provider.")]
    EmailNotVerified,
    /// Whoever invited has gone since.
    #[error("Whoever invited you is no longer a member. Ask for a new invitation.")]
    InviterNoLongerAMember,
}

impl Refusal {
    /// Every variant, for tables and tests that must leave none out.
    pub const ALL: [Self; 19] = [
        Self::OrganizationNotFound,
        Self::AlreadyFounded,
        Self::SlugTaken,
        Self::BelowAdmin,
        Self::NotTheOwner,
        Self::OwnerRoleNotGiven,
        Self::OwnerRoleNotChanged,
        Self::MemberNotFound,
        Self::OwnerCannotLeave,
        Self::OwnerCannotBeRemoved,
        Self::AlreadyTheOwner,
        Self::AlreadyAMember,
        Self::AlreadyInvited,
        Self::InvitationNotFound,
        Self::InvitationSettled,
        Self::InvitationExpired,
        Self::InvitationNotForYou,
        Self::EmailNotVerified,
        Self::InviterNoLongerAMember,
    ];

    /// The code on the wire. Rules that differ only in how they are explained share one.
    pub fn code(self) -> &'static str {
        match self {
            Self::OrganizationNotFound => "organization-not-found",
            Self::AlreadyFounded => "already-founded",
            Self::SlugTaken => "slug-taken",
            Self::BelowAdmin | Self::NotTheOwner | Self::OwnerRoleNotGiven | Self::OwnerRoleNotChanged => {
                "permission-denied"
            }
            Self::MemberNotFound => "member-not-found",
            Self::OwnerCannotLeave => "owner-cannot-leave",
            Self::OwnerCannotBeRemoved => "owner-cannot-be-removed",
            Self::AlreadyTheOwner => "already-the-owner",
            Self::AlreadyAMember => "already-a-member",
            Self::AlreadyInvited => "already-invited",
            Self::InvitationNotFound => "invitation-not-found",
            Self::InvitationSettled => "invitation-settled",
            Self::InvitationExpired => "invitation-expired",
            Self::InvitationNotForYou => "invitation-not-for-you",
            Self::EmailNotVerified => "email-not-verified",
            Self::InviterNoLongerAMember => "inviter-no-longer-a-member",
        }
    }
}
