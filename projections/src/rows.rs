//! What lists are made of.

use domain::{
    EmailAddress, InvitationId, InvitationState, Logo, MemberId, Name, OrganizationId, Person, Position, Role, Slug,
    Timestamp, UserId,
};

/// A member of an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRow {
    /// Which tenure.
    pub member_id: MemberId,
    /// Whose.
    pub user_id: UserId,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
    /// The position of the joining event.
    pub joined: Position,
    /// What is known of them; `None` when they were never seen, or erased.
    pub person: Option<Person>,
}

/// An organization, as one of its members lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganizationRow {
    /// Which.
    pub id: OrganizationId,
    /// How it is spelled in addresses.
    pub slug: Slug,
    /// What it is called.
    pub name: Name,
    /// Its logo.
    pub logo: Option<Logo>,
    /// What the person may do there.
    pub role: Role,
    /// Their tenure.
    pub member_id: MemberId,
    /// Since when they are a member.
    pub joined_at: Timestamp,
    /// The position of their joining event.
    pub joined: Position,
}

/// An invitation, pending or settled.
#[derive(Clone, Debug, PartialEq)]
pub struct InvitationRow {
    /// Which.
    pub id: InvitationId,
    /// Role on joining.
    pub role: Role,
    /// What became of it.
    pub state: InvitationState,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// By whom.
    pub invited_by: UserId,
    /// When.
    pub invited_at: Timestamp,
    /// The position of the inviting event.
    pub invited: Position,
    /// Where it went; `None` once the address is erased.
    pub email: Option<EmailAddress>,
}
