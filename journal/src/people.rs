//! The tables beside the journal that can be erased: who people are, where invitations went, what was used last.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, OrganizationId, Person, UserId};

use crate::store::StoreError;

/// A person as a token just described them.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Who.
    pub user: UserId,
    /// As described.
    pub person: Person,
    /// When the token was issued, seconds since 1970: an older one does not undo a newer one.
    pub issued_at: i64,
}

/// Where an invitation went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which invitation.
    pub invitation: InvitationId,
    /// Of which organization.
    pub organization: OrganizationId,
    /// To whom.
    pub email: EmailAddress,
}

/// Reads and writes of what can be erased.
#[async_trait]
pub trait People: Send + Sync {
    /// Keeps what tokens said.
    async fn see(&self, seen: &[Seen]) -> Result<(), StoreError>;

    /// Who these are, as far as known.
    async fn named(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, StoreError>;

    /// Everybody whose name or address starts so, in any case.
    async fn matching(&self, prefix: &str) -> Result<Vec<UserId>, StoreError>;

    /// Where these invitations went, as far as not erased.
    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, StoreError>;

    /// The pending invitations for an address, oldest first, 200 at most.
    async fn invited(&self, email: &EmailAddress) -> Result<Vec<Address>, StoreError>;

    /// Where one invitation went.
    async fn address(&self, invitation: InvitationId) -> Result<Option<Address>, StoreError>;

    /// Remembers which organization each used last.
    async fn used(&self, used: &[(UserId, OrganizationId)]) -> Result<(), StoreError>;

    /// Forgets the addresses of invitations settled longer ago than this; says how many.
    async fn forget_settled(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError>;
}
