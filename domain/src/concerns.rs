//! The few subjects a command must read to be decided: the same cost at ten members and at a million.
//!
//! Sound because every append is at the organization's head + 1, read in the same statement; proven by the property
//! test that `decide` on the concerned events equals `decide` on all.

use crate::actor::Actor;
use crate::command::OrganizationCommand;
use crate::facts::Facts;
use crate::ids::UserId;
use crate::subject::Subject;

impl OrganizationCommand {
    /// The subjects whose events decide this command, each once. `organization` is always the first.
    pub fn concerns(&self, actor: &Actor, facts: &Facts) -> Vec<Subject> {
        let user = |id: &UserId| Subject::User(id.clone());
        let mut subjects = vec![Subject::Organization];
        subjects.extend(actor.person().map(user));
        match self {
            Self::FoundOrganization { .. } | Self::LeaveOrganization | Self::DeleteOrganization => {}
            Self::UpdateOrganization { .. } => subjects.push(Subject::Profile),
            Self::ChangeMemberRole { .. } | Self::RemoveMember { .. } | Self::TransferOwnership { .. } => {
                subjects.extend(facts.target.as_ref().map(user));
            }
            Self::InviteMember { .. } => {
                subjects.extend(facts.users_at_address.iter().map(user));
                subjects.extend(facts.open_invitation.map(Subject::Invitation));
            }
            Self::ImportOrganization { .. } => {}
            Self::ImportMember { user_id, .. } => subjects.push(user(user_id)),
            Self::ImportInvitation { invited_by, .. } => {
                subjects.push(user(invited_by));
                subjects.extend(facts.users_at_address.iter().map(user));
                subjects.extend(facts.open_invitation.map(Subject::Invitation));
            }
            Self::ResendInvitation { invitation_id, .. }
            | Self::RevokeInvitation { invitation_id }
            | Self::DeclineInvitation { invitation_id, .. } => subjects.push(Subject::Invitation(*invitation_id)),
            Self::AcceptInvitation { invitation_id, .. } => {
                subjects.push(Subject::Invitation(*invitation_id));
                subjects.extend(facts.invitation.as_ref().map(|known| user(&known.inviter)));
            }
        }
        subjects.sort();
        subjects.dedup();
        subjects
    }
}
