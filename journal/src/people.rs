//! The tables beside the journal that can be erased: who people are, where invitations went, what was used last.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, OrganizationId, Person, SearchBy, UserId};

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
    /// Keeps what tokens said, but of whoever was erased since they were issued.
    async fn see(&self, seen: &[Seen]) -> Result<(), StoreError>;

    /// Who these are, as far as known.
    async fn named(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, StoreError>;

    /// Everybody whose name, or address, begins with this [`domain::search_key`]: in order of that key and the user id,
    /// after `after`, at most `limit`.
    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, StoreError>;

    /// Where these invitations went, as far as not erased.
    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, StoreError>;

    /// The pending invitations for an address, newest first, 200 at most: old ones that nobody settles must not hide new ones.
    async fn invited(&self, email: &EmailAddress) -> Result<Vec<Address>, StoreError>;

    /// Who goes by this address, and whether their identity provider vouches for it: those first, at most `limit`.
    async fn known_by(&self, email: &EmailAddress, limit: usize) -> Result<Vec<(UserId, bool)>, StoreError>;

    /// The pending invitation of an organization for an address.
    async fn pending(
        &self,
        organization: OrganizationId,
        email: &EmailAddress,
    ) -> Result<Option<InvitationId>, StoreError>;

    /// Where one invitation went.
    async fn address(&self, invitation: InvitationId) -> Result<Option<Address>, StoreError>;

    /// Remembers which organization each used last, but of whoever was erased and has not come back by a newer token.
    async fn used(&self, used: &[(UserId, OrganizationId)]) -> Result<(), StoreError>;

    /// What was kept as the secret of this name.
    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps this as the secret of this name, unless there is one; answers the one that is kept.
    async fn keep_secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError>;

    /// Forgets the addresses of invitations settled longer ago than this; says how many.
    async fn forget_settled(&self, older_than: chrono::TimeDelta) -> Result<u64, StoreError>;
}
