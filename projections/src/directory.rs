//! What views ask about people at read time, because they hold neither names nor addresses: erasing a row there erases
//! the person here too.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{EmailAddress, InvitationId, Person, UserId};

use crate::views::ViewsError;

/// The mutable tables beside the journal, as far as views need them.
#[async_trait]
pub trait Directory: Send + Sync {
    /// What is known of these people. Who is not known is missing.
    async fn people(&self, users: &[UserId]) -> Result<HashMap<UserId, Person>, ViewsError>;

    /// Everybody whose name or e-mail address begins with `prefix`, over all organizations, as [`begins_with`] means
    /// it; `prefix` arrives in the form [`as_prefix`] gives it. In any order; twice does no
    /// harm.
    async fn matching(&self, prefix: &str) -> Result<Vec<UserId>, ViewsError>;

    /// Where these invitations went. An erased address is missing.
    async fn addresses(&self, invitations: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, ViewsError>;
}

/// What somebody typed into a search, trimmed and in lower case; `None` if nothing is left.
pub fn as_prefix(typed: &str) -> Option<String> {
    let prefix = typed.trim().to_lowercase();
    (!prefix.is_empty()).then_some(prefix)
}

/// Whether the name or the e-mail address begins with a prefix that is in lower case. The one rule of searching: small
/// organizations are searched with it, large ones by a directory that must agree (SQLite's own `lower` knows ASCII only).
pub fn begins_with(person: &Person, prefix: &str) -> bool {
    let name = person.name.as_ref().is_some_and(|name| name.to_lowercase().starts_with(prefix));
    name || person.email.as_ref().is_some_and(|email| email.as_str().starts_with(prefix))
}
