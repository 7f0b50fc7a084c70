//! What a decision needs that the organization's own events do not tell, looked up by the journal.

use crate::Timestamp;
use crate::actor::Actor;
use crate::email::EmailAddress;
use crate::ids::{InvitationId, OrganizationId, UserId};

/// Who asks, when, and what was looked up: everything a decision knows beside the organization's state.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstances {
    /// Who asks.
    pub actor: Actor,
    /// The database's clock when the concerned events were read.
    pub at: Timestamp,
    /// What the journal looked up for this command.
    pub facts: Facts,
}

/// Looked up on the journal's side, in the read that fetches the concerned events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Who has the wanted slug.
    pub slug_owner: Option<OrganizationId>,
    /// Whose tenure the target member id is, in this organization.
    pub target: Option<UserId>,
    /// The pending invitation this organization has for the address.
    pub open_invitation: Option<InvitationId>,
    /// People known by that verified address: a hint that they may be members already, at most 8.
    pub users_at_address: Vec<UserId>,
    /// The invitation to accept or decline.
    pub invitation: Option<InvitationFacts>,
}

/// What is kept of an invitation outside the events.
#[derive(Clone, Debug, PartialEq)]
pub struct InvitationFacts {
    /// Who invited.
    pub inviter: UserId,
    /// Where it went.
    pub email: EmailAddress,
}
