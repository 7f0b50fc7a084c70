//! Which organization each session of a person is looking at.

use async_trait::async_trait;
use domain::{MemberId, OrganizationId, UserId};

use crate::store::StoreError;

/// Of so many sessions of one person it is kept: of those in which it was set last.
pub const SESSIONS_KEPT: usize = 50;

/// A session of a person, as their identity provider tells sessions apart; `None` where it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRef<'s> {
    /// Whose.
    pub user: &'s UserId,
    /// Which (`sid`).
    pub session: Option<&'s str>,
}

/// What a session is looking at: a tenure, which says nothing about whether it goes on. Whoever left and came back is there by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Active {
    /// Where.
    pub organization: OrganizationId,
    /// By which membership.
    pub member_id: MemberId,
}

/// Reads and writes of what sessions are looking at.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// What was set last for this session.
    async fn active(&self, session: SessionRef<'_>) -> Result<Option<Active>, StoreError>;

    /// Sets it, or, with `None`, takes it away. Of whoever was erased and has not come back by a newer token nothing is kept.
    async fn activate(&self, session: SessionRef<'_>, active: Option<Active>) -> Result<(), StoreError>;
}
