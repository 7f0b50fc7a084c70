//! The one table from our refusals to better-auth's codes. The same rule has other words in other calls.

use axum::http::StatusCode;
use domain::Refusal;

#[allow(clippy::wildcard_imports, reason = "the table's right side is nearly all of them")]
use super::codes::*;
use super::failure::Failure;
use crate::problem::Problem;

/// The calls that can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `create`
    Create,
    /// `update`
    Update,
    /// `delete`
    Delete,
    /// `set-active`, `get-organization`, `get-full-organization`
    Read,
    /// `invite-member`
    Invite,
    /// `cancel-invitation`
    Cancel,
    /// `list-invitations`
    ListInvitations,
    /// `accept-invitation`
    Accept,
    /// `reject-invitation`
    Reject,
    /// `get-invitation`, `list-user-invitations`
    ReadInvitation,
    /// `list-members`, `get-active-member-role`
    ListMembers,
    /// `get-active-member`
    ActiveMember,
    /// `remove-member`
    Remove,
    /// `update-member-role`
    UpdateRole,
    /// The same of oneself.
    UpdateOwnRole,
    /// `leave`
    Leave,
    /// `has-permission`
    HasPermission,
}

impl Call {
    /// Every call.
    pub const ALL: [Self; 17] = [
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Read,
        Self::Invite,
        Self::Cancel,
        Self::ListInvitations,
        Self::Accept,
        Self::Reject,
        Self::ReadInvitation,
        Self::ListMembers,
        Self::ActiveMember,
        Self::Remove,
        Self::UpdateRole,
        Self::UpdateOwnRole,
        Self::Leave,
        Self::HasPermission,
    ];

    /// What is answered when this fails.
    pub fn failed(self) -> impl Fn(Problem) -> Failure {
        move |problem| problem.refusal().map_or_else(|| problem.into(), |refusal| self.refused(refusal))
    }

    /// What is answered when the domain says no.
    pub fn refused(self, refusal: Refusal) -> Failure {
        use Refusal as R;
        match refusal {
            R::OrganizationNotFound => self.outside(),
            R::BelowAdmin | R::NotTheOwner => self.not_permitted(),
            R::SlugTaken if self == Self::Update => Failure::bad(ORGANIZATION_SLUG_ALREADY_TAKEN),
            R::SlugTaken | R::AlreadyFounded => Failure::bad(ORGANIZATION_ALREADY_EXISTS),
            R::OwnerRoleNotGiven if self == Self::Invite => {
                Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_INVITE_USER_WITH_THIS_ROLE)
            }
            R::OwnerRoleNotChanged if self == Self::UpdateOwnRole => {
                Failure::bad(YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER)
            }
            R::OwnerRoleNotGiven | R::OwnerRoleNotChanged | R::AlreadyTheOwner => {
                Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER)
            }
            R::MemberNotFound if self == Self::ListMembers => {
                Failure::forbidden(YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION)
            }
            R::MemberNotFound => Failure::bad(MEMBER_NOT_FOUND),
            R::OwnerCannotLeave | R::OwnerCannotBeRemoved => {
                Failure::bad(YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER)
            }
            R::AlreadyAMember => Failure::bad(USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION),
            R::AlreadyInvited => Failure::bad(USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION),
            R::InvitationNotFound | R::InvitationSettled | R::InvitationExpired if self == Self::Reject => {
                Failure::saying(StatusCode::BAD_REQUEST, Some(INVITATION_NOT_FOUND.code), "Invitation not found!")
            }
            R::InvitationNotFound | R::InvitationSettled | R::InvitationExpired => Failure::bad(INVITATION_NOT_FOUND),
            R::InvitationNotForYou => Failure::forbidden(YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION),
            R::EmailNotVerified if self == Self::ReadInvitation => {
                Failure::forbidden(EMAIL_VERIFICATION_REQUIRED_FOR_INVITATION)
            }
            R::EmailNotVerified => {
                Failure::forbidden(EMAIL_VERIFICATION_REQUIRED_BEFORE_ACCEPTING_OR_REJECTING_INVITATION)
            }
            R::InviterNoLongerAMember => Failure::bad(INVITER_IS_NO_LONGER_A_MEMBER_OF_THE_ORGANIZATION),
        }
    }

    /// There is no such organization, or the caller is no member of it.
    fn outside(self) -> Failure {
        match self {
            Self::Create | Self::Accept | Self::Reject | Self::ReadInvitation => Failure::bad(ORGANIZATION_NOT_FOUND),
            Self::Update | Self::Delete => Failure::bad(USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION),
            Self::Read => Failure::forbidden(USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION),
            Self::HasPermission => Failure::new(StatusCode::UNAUTHORIZED, USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION),
            Self::ListMembers => Failure::forbidden(YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION),
            Self::ListInvitations => {
                Failure::saying(StatusCode::FORBIDDEN, None, "You are not a member of this organization")
            }
            Self::Invite
            | Self::Cancel
            | Self::ActiveMember
            | Self::Remove
            | Self::UpdateRole
            | Self::UpdateOwnRole
            | Self::Leave => Failure::bad(MEMBER_NOT_FOUND),
        }
    }

    /// The caller's role does not permit it.
    fn not_permitted(self) -> Failure {
        match self {
            Self::Create => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_CREATE_A_NEW_ORGANIZATION),
            Self::Delete => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION),
            Self::Invite => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION),
            Self::Cancel => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION),
            Self::ListInvitations => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_LIST_INVITATIONS),
            // Not 403: that is how it is there.
            Self::Remove | Self::Leave => {
                Failure::new(StatusCode::UNAUTHORIZED, YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER)
            }
            Self::UpdateRole | Self::UpdateOwnRole => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER),
            Self::Update
            | Self::Read
            | Self::Accept
            | Self::Reject
            | Self::ReadInvitation
            | Self::ListMembers
            | Self::ActiveMember
            | Self::HasPermission => Failure::forbidden(YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn every_refusal_has_an_answer_in_every_call() {
        for call in Call::ALL {
            for refusal in Refusal::ALL {
                let status = call.refused(refusal).into_response().status();
                assert!([400, 401, 403].contains(&status.as_u16()), "{call:?} {refusal:?}: {status}");
            }
        }
    }
}
