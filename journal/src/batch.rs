//! What one group appends, in one transaction: events, and the claims that stand or fall with them.

use domain::{
    Actor, EmailAddress, InvitationId, MemberId, Notes, OrganizationEvent, OrganizationId, Position, Sequence, Slug,
    Timestamp, UserId,
};
use uuid::Uuid;

/// Everything a group of commands decided.
#[derive(Debug, Default)]
pub struct Batch {
    /// In order; sequences consecutive within each organization.
    pub events: Vec<NewEvent>,
    /// Carried out here.
    pub commands: Vec<NewCommand>,
    /// Slugs given up, and by whom: only their owner's row may go, another writer may have claimed the slug since.
    pub freed: Vec<(Slug, OrganizationId)>,
    /// Slugs claimed, after those were freed and those of ended organizations.
    pub claimed: Vec<(Slug, OrganizationId)>,
    /// Invitations sent.
    pub addresses: Vec<NewAddress>,
    /// Invitations accepted, declined or revoked.
    pub settled: Vec<InvitationId>,
    /// Organizations deleted: their slugs are free and their pending invitations settled.
    pub ended: Vec<OrganizationId>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.commands.is_empty()
    }
}

/// An event to be written. Its position and time come from the database.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Of which organization.
    pub organization: OrganizationId,
    /// Head + 1, + 2, ….
    pub sequence: Sequence,
    /// What happened.
    pub event: OrganizationEvent,
    /// Its own id.
    pub id: Uuid,
    /// By which command.
    pub command: Uuid,
    /// By whom.
    pub actor: Actor,
    /// What else is noted.
    pub notes: Notes,
}

impl NewEvent {
    /// The member id this event makes, if it makes one.
    pub fn member(&self) -> Option<MemberId> {
        match &self.event {
            OrganizationEvent::MemberJoined { member_id, .. } => Some(*member_id),
            _ => None,
        }
    }
}

/// A command id and where its events are.
#[derive(Clone, Debug)]
pub struct NewCommand {
    /// The command's id.
    pub id: Uuid,
    /// Of which organization.
    pub organization: OrganizationId,
    /// Its first event.
    pub first: Sequence,
    /// Its last event; one before the first where it recorded none.
    pub last: Sequence,
    /// What was asked, if the id is kept for whoever asks again.
    pub fingerprint: Option<Uuid>,
}

/// Where an invitation went.
#[derive(Clone, Debug)]
pub struct NewAddress {
    /// Which invitation.
    pub invitation: InvitationId,
    /// Of which organization.
    pub organization: OrganizationId,
    /// To whom.
    pub email: EmailAddress,
    /// From whom.
    pub inviter: UserId,
}

/// Where a batch went: its events have positions `base + 1 ..= base + n` and one time.
#[derive(Clone, Copy, Debug)]
pub struct Appended {
    /// The last position before it.
    pub base: Position,
    /// When, by the database's clock.
    pub at: Timestamp,
}
