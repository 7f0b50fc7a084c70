//! The aggregate: state, `apply`, and its place in cqrs-es. `decide` is spread over one file per group of commands.

mod decide;
mod founding;
mod importing;
mod invitations;
mod membership;
mod ownership;

use std::collections::BTreeMap;

use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::command::OrganizationCommand;
use crate::event::{OrganizationEvent, Tenure};
use crate::facts::Circumstances;
use crate::ids::{InvitationId, MemberId, UserId};
use crate::profile::{Logo, Metadata};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::slug::Slug;
use crate::text::Name;

/// What is known of an organization after some of its events, in order. Folded from all events it is the whole truth;
/// folded from the concerned ones it is true about those.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    profile: Option<Profile>,
    owner: Option<Tenure>,
    deleted: bool,
    members: BTreeMap<UserId, Membership>,
    invitations: BTreeMap<InvitationId, Invitation>,
}

/// How an organization presents itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What it is called.
    pub name: Name,
    /// How it is spelled in addresses.
    pub slug: Slug,
    /// Its logo.
    pub logo: Option<Logo>,
    /// The host application's own data.
    pub metadata: Option<Metadata>,
}

/// A current membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Which tenure.
    pub member_id: MemberId,
    /// What they may do.
    pub role: Role,
}

/// An invitation, pending or settled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Role on joining.
    pub role: Role,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// By whom.
    pub invited_by: UserId,
    /// What became of it.
    pub state: InvitationState,
}

/// What became of an invitation. Expiry is no state: it is pending and late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InvitationState {
    /// Can be accepted until it expires.
    Pending,
    /// Its person joined.
    Accepted,
    /// Its person did not want to.
    Declined,
    /// Taken back.
    Revoked,
}

impl InvitationState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Accepted, Self::Declined, Self::Revoked];

    /// The state as written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
        }
    }
}

impl Organization {
    /// The state after these events.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a OrganizationEvent>) -> Self {
        let mut organization = Self::default();
        for event in events {
            cqrs_es::Aggregate::apply(&mut organization, event.clone());
        }
        organization
    }

    /// Founded and not deleted.
    pub fn exists(&self) -> bool {
        self.profile.is_some() && !self.deleted
    }

    /// The profile, if it was ever founded.
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// The owner of an existing organization.
    pub fn owner(&self) -> Option<&Tenure> {
        self.owner.as_ref().filter(|_| self.exists())
    }

    /// The person's membership, if they have one now. **This is the membership check.**
    pub fn membership(&self, user: &UserId) -> Option<Membership> {
        self.members.get(user).filter(|_| self.exists()).copied()
    }

    /// The members this state knows of, by user id.
    pub fn members(&self) -> impl Iterator<Item = (&UserId, &Membership)> {
        self.members.iter().filter(|_| self.exists())
    }

    /// An invitation this state knows of.
    pub fn invitation(&self, id: InvitationId) -> Option<&Invitation> {
        self.invitations.get(&id)
    }

    fn set_role(&mut self, user: &UserId, role: Role) {
        // Somebody this fold never loaded: nothing to change.
        if let Some(membership) = self.members.get_mut(user) {
            membership.role = role;
        }
    }

    fn settle(&mut self, id: InvitationId, state: InvitationState) {
        if let Some(invitation) = self.invitations.get_mut(&id) {
            invitation.state = state;
        }
    }

    fn change_profile(&mut self, change: impl FnOnce(&mut Profile)) {
        if let Some(profile) = &mut self.profile {
            change(profile);
        }
    }
}

impl cqrs_es::Aggregate for Organization {
    const TYPE: &'static str = "organization";
    type Command = (OrganizationCommand, Circumstances);
    type Event = OrganizationEvent;
    type Error = Refusal;
    type Services = ();

    async fn handle(
        &mut self,
        (command, given): Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Refusal> {
        for event in self.decide(&command, &given)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    /// Never refuses: what was recorded happened. Knows every variant, so that a new event does not compile unhandled.
    fn apply(&mut self, event: OrganizationEvent) {
        use OrganizationEvent as E;
        match event {
            E::OrganizationFounded { name, slug, logo, metadata, owner } => {
                self.profile = Some(Profile { name, slug, logo, metadata });
                self.owner = Some(owner);
            }
            E::OrganizationRenamed { name } => self.change_profile(|profile| profile.name = name),
            E::SlugChanged { slug } => self.change_profile(|profile| profile.slug = slug),
            E::LogoChanged { logo } => self.change_profile(|profile| profile.logo = logo),
            E::MetadataChanged { metadata } => self.change_profile(|profile| profile.metadata = metadata),
            E::MemberInvited { invitation_id, role, expires_at, invited_by } => {
                let state = InvitationState::Pending;
                self.invitations.insert(invitation_id, Invitation { role, expires_at, invited_by, state });
            }
            E::InvitationExtended { invitation_id, expires_at } => {
                if let Some(invitation) = self.invitations.get_mut(&invitation_id) {
                    invitation.expires_at = expires_at;
                }
            }
            E::InvitationRevoked { invitation_id } => self.settle(invitation_id, InvitationState::Revoked),
            E::InvitationDeclined { invitation_id } => self.settle(invitation_id, InvitationState::Declined),
            E::InvitationAccepted { invitation_id, user_id: _ } => {
                self.settle(invitation_id, InvitationState::Accepted);
            }
            E::MemberJoined { member_id, user_id, role, invitation_id: _ } => {
                self.members.insert(user_id, Membership { member_id, role });
            }
            E::MemberRoleChanged { member_id: _, user_id, role } => self.set_role(&user_id, role),
            E::OwnershipTransferred { from, to } => {
                self.set_role(&from.user_id, Role::Admin);
                self.set_role(&to.user_id, Role::Owner);
                self.owner = Some(to);
            }
            E::MemberLeft { member_id: _, user_id } | E::MemberRemoved { member_id: _, user_id, removed_by: _ } => {
                self.members.remove(&user_id);
            }
            E::OrganizationDeleted {} => self.deleted = true,
        }
    }
}
