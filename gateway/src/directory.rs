//! Where projections and journal meet about people: what views ask at read time, the journal's tables answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, Person, SearchBy, UserId};
use journal::Store;
use projections::{Directory, ViewsError};

/// What views ask about people, answered by the journal's tables.
pub struct People(pub Arc<dyn Store>);

#[async_trait]
impl Directory for People {
    async fn people(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, ViewsError> {
        self.0.people().named(users).await.map_err(ViewsError::unavailable)
    }

    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, ViewsError> {
        self.0.people().matching(by, prefix, after, limit).await.map_err(ViewsError::unavailable)
    }

    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, ViewsError> {
        self.0.people().addresses(invitations).await.map_err(ViewsError::unavailable)
    }
}
