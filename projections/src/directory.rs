//! What views ask about people at read time, because they hold neither names nor addresses: erasing a row there erases
//! the person here too.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Match, Person, SearchBy, UserId};

use crate::views::ViewsError;

/// The mutable tables beside the journal, as far as views need them.
#[async_trait]
pub trait Directory: Send + Sync {
    /// What is known of these people. Who is not known is missing.
    async fn people(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, ViewsError>;

    /// Everybody over all organizations whose name, or address, begins with `prefix`, which is a [`domain::search_key`]:
    /// in order of that key and the user id, after `after`, at most `limit`.
    async fn matching(
        &self,
        by: SearchBy,
        prefix: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, ViewsError>;

    /// Where these invitations went. An erased address is missing.
    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, ViewsError>;
}
