//! The views in memory, rebuilt from position 0 at start. One lock, held for some hundreds or thousands of rows at a time and never over
//! an await, so neither readers nor the projector wait long for each other.
//!
//! - `state`: what is under the lock; `events`: how events change it
//! - `members`, `select_members`, `invitations`, `organizations`: the lists
//! - `organization`, `users`, `memberships`: what it is made of; `shelves`, `slab`: and out of which containers

mod events;
mod invitations;
mod members;
mod memberships;
mod organization;
mod organizations;
mod select_members;
mod shelves;
mod slab;
mod state;
mod users;

use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use domain::{OrganizationId, UserId};

use self::state::State;
use crate::directory::Directory;
use crate::entry::{self, Entry};
use crate::projection::{Checkpoint, Projection};
use crate::query::{Cursor, InvitationsQuery, MembersQuery, Page};
use crate::rows::{InvitationRow, MemberRow, OrganizationRow};
use crate::selection::MembersSelection;
use crate::views::{Views, ViewsError};

/// How many entries are applied, or rows swept, in one hold of the lock: about half a millisecond.
const AT_ONCE: usize = 500;

/// The views in memory: 1,000,000 members in less than 200 MB (`cargo run --release -p projections --example memory`).
pub struct MemoryViews {
    state: RwLock<State>,
    directory: Arc<dyn Directory>,
}

impl MemoryViews {
    /// Empty, at position 0.
    pub fn new(directory: Arc<dyn Directory>) -> Self {
        Self { state: RwLock::default(), directory }
    }

    fn read(&self) -> Result<RwLockReadGuard<'_, State>, ViewsError> {
        self.state.read().map_err(|_| half_changed())
    }

    fn write(&self) -> Result<RwLockWriteGuard<'_, State>, ViewsError> {
        self.state.write().map_err(|_| half_changed())
    }
}

/// A panic under the lock: no answer is better than one from half an event.
fn half_changed() -> ViewsError {
    ViewsError::unavailable("the views stopped in the middle of an event; start again to rebuild them")
}

#[async_trait]
impl Projection for MemoryViews {
    fn name(&self) -> &'static str {
        "memory"
    }

    async fn apply(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        entry::leads_on(self.read()?.position, batch)?;
        for entries in batch.chunks(AT_ONCE) {
            {
                let mut state = self.write()?;
                entries.iter().for_each(|entry| state.apply(entry));
            }
            tokio::task::yield_now().await;
        }
        while self.write()?.sweep(AT_ONCE) {
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    async fn checkpoint(&self) -> Result<Checkpoint, ViewsError> {
        Ok(Checkpoint { position: self.read()?.position, event_id: None })
    }

    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError> {
        Ok(self.read()?.parked.keys().copied().collect())
    }
}

#[async_trait]
impl Views for MemoryViews {
    async fn parked(&self) -> Result<Vec<OrganizationId>, ViewsError> {
        Projection::parked(self).await
    }

    async fn members(&self, organization: OrganizationId, query: &MembersQuery) -> Result<Page<MemberRow>, ViewsError> {
        self.list_members(organization, query).await
    }

    async fn select_members(
        &self,
        organization: OrganizationId,
        selection: &MembersSelection,
    ) -> Result<Page<MemberRow>, ViewsError> {
        self.list_selected(organization, selection).await
    }

    async fn organizations_of(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<OrganizationRow>, ViewsError> {
        Ok(self.read()?.organizations_of(user, limit, after))
    }

    async fn invitations(
        &self,
        organization: OrganizationId,
        query: &InvitationsQuery,
    ) -> Result<Page<InvitationRow>, ViewsError> {
        self.list_invitations(organization, query).await
    }
}
