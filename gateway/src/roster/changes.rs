//! What happened in an organization lately, for those who belong to it.

use domain::{OrganizationEvent, OrganizationId, Recorded, Role, Sequence};

use super::Roster;
use crate::problem::Problem;

/// Events looked through at most for the changes that somebody may see.
const LOOKED_THROUGH: u32 = 200;

impl Roster {
    /// The latest changes up to this sequence that a member with this role may see, newest first.
    pub async fn latest_changes(
        &self,
        organization: OrganizationId,
        sequence: Sequence,
        role: Role,
        limit: usize,
    ) -> Result<Vec<Recorded>, Problem> {
        let after = sequence.saturating_sub(LOOKED_THROUGH.into());
        let mut events = self.journal.history(organization, after, LOOKED_THROUGH).await?;
        // What was recorded since is for the next look.
        events.retain(|recorded| recorded.sequence <= sequence && is_shown_to(role, &recorded.event));
        events.reverse();
        events.truncate(limit);
        Ok(events)
    }
}

/// Members see of the changes what the list of members and the profile tell them anyway; invitations, and the whole history, are
/// for the owner and admins.
pub(super) fn is_shown_to(role: Role, event: &OrganizationEvent) -> bool {
    match event {
        OrganizationEvent::OrganizationFounded { .. }
        | OrganizationEvent::OrganizationRenamed { .. }
        | OrganizationEvent::SlugChanged { .. }
        | OrganizationEvent::MemberJoined { .. }
        | OrganizationEvent::MemberRoleChanged { .. }
        | OrganizationEvent::OwnershipTransferred { .. }
        | OrganizationEvent::MemberLeft { .. }
        | OrganizationEvent::MemberRemoved { .. }
        | OrganizationEvent::OrganizationDeleted {} => true,
        OrganizationEvent::LogoChanged { .. }
        | OrganizationEvent::MetadataChanged { .. }
        | OrganizationEvent::MemberInvited { .. }
        | OrganizationEvent::InvitationExtended { .. }
        | OrganizationEvent::InvitationRevoked { .. }
        | OrganizationEvent::InvitationDeclined { .. }
        | OrganizationEvent::InvitationAccepted { .. } => role >= Role::Admin,
    }
}
