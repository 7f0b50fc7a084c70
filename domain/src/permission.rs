//! What may be done by which role: the one table. `decide` asks it, and so does whoever tells people what they may do.

use std::fmt;
use std::str::FromStr;

use crate::organization::Membership;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::text::NotAccepted;

/// Something that a role permits, by the name of what it is done to and how. What every member may do (read, leave) needs none;
/// what may be done to the owner is a rule of its own, for each command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Change name, slug, logo, metadata.
    OrganizationUpdate,
    /// End it.
    OrganizationDelete,
    /// Hand it to another member.
    OwnershipTransfer,
    /// Make members admins, and admins members.
    MemberUpdate,
    /// Remove others.
    MemberDelete,
    /// Invite, and invite again.
    InvitationCreate,
    /// Take invitations back.
    InvitationCancel,
    /// Read what happened.
    HistoryRead,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 8] = [
        Self::OrganizationUpdate,
        Self::OrganizationDelete,
        Self::OwnershipTransfer,
        Self::MemberUpdate,
        Self::MemberDelete,
        Self::InvitationCreate,
        Self::InvitationCancel,
        Self::HistoryRead,
    ];

    /// The lowest role that has it.
    pub fn needs(self) -> Role {
        match self {
            Self::OrganizationDelete | Self::OwnershipTransfer => Role::Owner,
            Self::OrganizationUpdate
            | Self::MemberUpdate
            | Self::MemberDelete
            | Self::InvitationCreate
            | Self::InvitationCancel
            | Self::HistoryRead => Role::Admin,
        }
    }

    /// What is said to those who lack it.
    pub fn lacking(self) -> Refusal {
        match self.needs() {
            Role::Owner => Refusal::NotTheOwner,
            Role::Admin | Role::Member => Refusal::BelowAdmin,
        }
    }

    /// The permission as it is spelled: `<what>:<how>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrganizationUpdate => "organization:update",
            Self::OrganizationDelete => "organization:delete",
            Self::OwnershipTransfer => "ownership:transfer",
            Self::MemberUpdate => "member:update",
            Self::MemberDelete => "member:delete",
            Self::InvitationCreate => "invitation:create",
            Self::InvitationCancel => "invitation:cancel",
            Self::HistoryRead => "history:read",
        }
    }
}

impl Role {
    /// Whether this role permits it.
    pub fn may(self, permission: Permission) -> bool {
        self >= permission.needs()
    }
}

impl Membership {
    /// Refuses those whose role does not permit it.
    pub fn must(self, permission: Permission) -> Result<(), Refusal> {
        if self.role.may(permission) { Ok(()) } else { Err(permission.lacking()) }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Permission {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(NotAccepted("must be a known permission"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_found_by_its_name() {
        for permission in Permission::ALL {
            assert_eq!(permission.to_string().parse(), Ok(permission));
        }
        assert!("organization:dissolve".parse::<Permission>().is_err());
    }

    #[test]
    fn a_higher_role_permits_all_that_a_lower_one_does() {
        for permission in Permission::ALL {
            assert!(Role::Owner.may(permission), "{permission}");
            assert!(!Role::Member.may(permission), "{permission}");
        }
    }
}
