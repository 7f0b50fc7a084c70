//! The read side: what every view store answers. Two share this silhouette: in memory, and in Postgres.

use std::error::Error;

use async_trait::async_trait;
use domain::{OrganizationId, Position, UserId};

use crate::query::{Cursor, InvitationsQuery, MembersQuery, Page};
use crate::rows::{InvitationRow, MemberRow, OrganizationRow};
use crate::selection::MembersSelection;

/// The lists. Used as `Arc<dyn Views>`; [`crate::Projection`] is what moves them.
///
/// A list of an organization that was never founded, or is deleted, is empty: who may ask is not decided here.
#[async_trait]
pub trait Views: Send + Sync {
    /// The organizations whose history could not be read on, in one projection or the other.
    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError>;

    /// The members of an organization, in order of joining or its reverse.
    ///
    /// Fails with [`ViewsError::Parked`] rather than show who may have left.
    async fn members(&self, organization: OrganizationId, query: &MembersQuery) -> Result<Page<MemberRow>, ViewsError>;

    /// The members of an organization by number, sorted by a field, of whom one field meets a condition.
    ///
    /// [`Page::next`] is always `None`: where to go on is reckoned from the offset and [`Page::total`], which is exactly how many
    /// meet the condition. Fails with [`ViewsError::Parked`], as [`Self::members`] does.
    async fn select_members(
        &self,
        organization: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError>;

    /// The organizations a person is a member of, oldest membership first. Parked ones are listed as last known.
    async fn organizations_of(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<OrganizationRow>, ViewsError>;

    /// The invitations of an organization, newest first.
    ///
    /// Fails with [`ViewsError::Parked`].
    async fn invitations(
        &self,
        organization: OrganizationId,
        query: &InvitationsQuery,
    ) -> Result<Page<InvitationRow>, ViewsError>;
}

/// Why the views did not answer or could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// An entry is missing: the caller reads again from `expected`.
    #[error("expected position {expected}, got {got}")]
    Hole {
        /// The position that must come next.
        expected: Position,
        /// The one that came.
        got: Position,
    },
    /// Somebody else moves this projection now.
    #[error("another projector has taken over")]
    Superseded,
    /// The organization's history could not be read to its end, so its lists are not shown.
    #[error("organization {0} is parked: one of its events could not be read")]
    Parked(OrganizationId),
    /// The store or the directory failed.
    #[error("the views are not available: {0}")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

impl ViewsError {
    /// Wraps whatever the store or the directory failed with.
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}
