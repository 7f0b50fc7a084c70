//! Listing invitations in memory.

use domain::{InvitationId, OrganizationId};

use super::MemoryViews;
use super::shelves::Order;
use super::state::State;
use crate::query::{InvitationsQuery, Page};
use crate::rows::InvitationRow;
use crate::views::ViewsError;

impl MemoryViews {
    pub(super) async fn list_invitations(
        &self,
        id: OrganizationId,
        query: &InvitationsQuery,
    ) -> Result<Page<InvitationRow>, ViewsError> {
        let mut page = self.read()?.invitations(id, query)?;
        let ids: Vec<InvitationId> = page.items.iter().map(|row| row.id).collect();
        let mut addresses = self.directory.addresses(&ids).await?;
        for row in &mut page.items {
            row.email = addresses.remove(&row.id);
        }
        Ok(page)
    }
}

impl State {
    fn invitations(&self, id: OrganizationId, query: &InvitationsQuery) -> Result<Page<InvitationRow>, ViewsError> {
        let Some(organization) = self.shown(id)? else { return Ok(Page::empty()) };
        let limit = query.limit.max(1);
        // One more than asked for tells whether there is a next page.
        let rows = organization.invitations.page(query.state, Order::NewestFirst, query.after, limit.saturating_add(1));
        let more = rows.len() > limit;
        let mut items = Vec::new();
        for (invited, state, row) in rows.into_iter().take(limit) {
            let Some(inviter) = self.users.get(row.invited_by) else { continue };
            items.push(InvitationRow {
                id: row.id,
                role: row.role,
                state,
                expires_at: row.expires_at,
                invited_by: inviter.id.clone(),
                invited_at: row.invited_at,
                invited,
                email: None,
            });
        }
        let next = items.last().map(|row| row.invited).filter(|_| more);
        Ok(Page { items, next, total: organization.invitations.count(query.state) })
    }
}
