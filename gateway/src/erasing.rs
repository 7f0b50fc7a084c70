//! Erasing a person: they leave everywhere by the ordinary command, turn down what waits for them, and are then forgotten beside the journal.
//! The same behind `/v1`, in [`served`], and the command line, in [`command_line`]. What was only unlinked by it, [`scrubbing`] overwrites.
//!
//! Nothing is changed where they own an organization. Somebody may join, or become an owner, meanwhile: it is looked again until they are
//! nowhere, before they are forgotten and after; and what stopped half-way is simply asked for again.

pub mod command_line;
pub mod scrubbing;
pub mod served;

use std::collections::BTreeMap;

use chrono::Utc;
use domain::{
    Actor, Claimed, EmailAddress, Notes, OrganizationCommand as C, OrganizationId, Refusal, Role, Slug, Subject,
    Timestamp, UserId,
};
use futures::{StreamExt, TryStreamExt, stream};
use journal::ask::Unavailable;
use journal::{Ask, AskError, Held, Journal, OrganizationRef, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Commands under way at once, and organizations read in one statement: others have theirs to send.
const AT_ONCE: usize = 20;

/// How often it is looked whether they have joined again.
const ROUNDS: usize = 16;

/// What stands in the way of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Owned {
    /// Which organization.
    #[schema(value_type = uuid::Uuid)]
    pub id: OrganizationId,
    /// How it is spelled in addresses.
    #[schema(value_type = String)]
    pub slug: Slug,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Erased {
    /// Organizations left.
    pub left: usize,
    /// Rows that went, which may have left traces in the store's files.
    pub rows: u64,
    /// Whether it was noted that somebody was erased; not where they had been, and there was nothing of them again.
    pub noted: bool,
}

/// Why somebody was not erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// They own these organizations. Nothing was changed, unless they became the owner meanwhile.
    #[error("they own organizations")]
    Owner {
        /// Which.
        organizations: Vec<Owned>,
        /// Whether that showed only when they were about to leave: others may have been left already.
        meanwhile: bool,
    },
    /// A command was refused or not answered.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// They join faster than they can leave.
    #[error("others were first, again and again")]
    Contended,
}

impl From<Unavailable> for NotErased {
    fn from(why: Unavailable) -> Self {
        Self::Ask(why.into())
    }
}

impl From<StoreError> for NotErased {
    fn from(why: StoreError) -> Self {
        Unavailable::from(why).into()
    }
}

/// A person who is being erased, and by whose act.
#[derive(Clone, Debug)]
pub struct Erasing {
    /// Who.
    pub user: UserId,
    /// By whose act; the person's rights count.
    pub actor: Actor,
    /// What else is noted with what this records. Not why: that would tell who was erased as long as the history is kept.
    pub notes: Notes,
    /// When the token was issued by which this is asked for, if by one: by a clock that is ahead of ours, others of theirs are as new.
    pub token: Option<Timestamp>,
}

impl Erasing {
    /// An erasure that came through this door.
    pub fn new(user: UserId, actor: Actor, via: &str, correlationid: Option<String>) -> Self {
        Self { user, actor, notes: Notes { via: Some(via.to_owned()), correlationid, ..Notes::default() }, token: None }
    }

    /// Does it, but for what is left in the store's files. Asked for again, it changes nothing that is so already.
    pub async fn carry_out(&self, journal: &Journal) -> Result<Erased, NotErased> {
        let mut erased = Erased::default();
        // Fails here, before anything is changed, where nobody knows what they are a member of.
        let mut theirs = journal.erasure().theirs(&self.user).await?;
        self.owns_nothing(journal, false).await?;
        for _ in 0..ROUNDS {
            let declined = self.decline(journal, &theirs.addresses).await?;
            let held = journal.held_by(&self.user).await?;
            if held.is_empty() && declined == 0 {
                let issued = self.token.map_or(i64::MIN, |token| token.timestamp()).max(Utc::now().timestamp());
                let forgotten = journal.erasure().erase(&self.user, &theirs, issued).await?;
                erased.rows += forgotten.rows;
                erased.noted |= forgotten.noted;
                // Whoever was just about to join has joined by now, or finds no invitation any more.
                if journal.held_by(&self.user).await?.is_empty() {
                    return Ok(erased);
                }
            }
            erased.left += self.leave(journal, held).await?;
            theirs = journal.erasure().theirs(&self.user).await?;
        }
        Err(NotErased::Contended)
    }

    /// Turns down what waits at the address that is theirs now; says how many were.
    async fn decline(&self, journal: &Journal, addresses: &[EmailAddress]) -> Result<usize, NotErased> {
        let mut declined = 0;
        for email in addresses {
            let caller = Claimed { email: Some(email.clone()), verified: true };
            for pending in journal.people().invited(email).await? {
                let command = C::DeclineInvitation { invitation_id: pending.invitation, caller: caller.clone() };
                match journal.ask(self.asking(pending.organization.into(), command)).await {
                    Ok(_) => declined += 1,
                    // Accepted or taken back meanwhile; what is left of it goes with the address.
                    Err(AskError::Refused(_)) => {}
                    Err(why) => return Err(why.into()),
                }
            }
        }
        Ok(declined)
    }

    /// Leaves all of these; says how many were left.
    async fn leave(&self, journal: &Journal, held: Vec<Held>) -> Result<usize, NotErased> {
        let leaving = held.into_iter().map(|one| async move {
            match journal.ask(self.asking(one.organization.into(), C::LeaveOrganization)).await {
                Ok(_) => Ok(1),
                // Removed, or the organization deleted, meanwhile.
                Err(AskError::Refused(Refusal::OrganizationNotFound | Refusal::MemberNotFound)) => Ok(0),
                Err(why) => Err(NotErased::from(why)),
            }
        });
        let left = stream::iter(leaving).buffer_unordered(AT_ONCE).try_fold(0, async |sum, one| Ok(sum + one)).await;
        if let Err(NotErased::Ask(AskError::Refused(Refusal::OwnerCannotLeave))) = left {
            self.owns_nothing(journal, true).await?;
            // Handed on meanwhile: they leave in the next round.
            return Ok(0);
        }
        left
    }

    async fn owns_nothing(&self, journal: &Journal, meanwhile: bool) -> Result<(), NotErased> {
        let organizations = owned(journal, &self.user).await?;
        if organizations.is_empty() { Ok(()) } else { Err(NotErased::Owner { organizations, meanwhile }) }
    }

    fn asking(&self, organization: OrganizationRef, command: C) -> Ask {
        Ask {
            actor: self.actor.clone(),
            notes: self.notes.clone(),
            ..Ask::new(organization, command, self.user.clone())
        }
    }
}

/// The organizations somebody owns, oldest membership first.
async fn owned(journal: &Journal, user: &UserId) -> Result<Vec<Owned>, Unavailable> {
    let held = journal.held_by(user).await?;
    let slugs: BTreeMap<OrganizationId, &Slug> = held.iter().map(|one| (one.organization, &one.slug)).collect();
    let wanted: Vec<(OrganizationRef, Vec<Subject>)> =
        held.iter().map(|one| (one.organization.into(), vec![Subject::User(user.clone())])).collect();
    let mut owned = Vec::new();
    for some in wanted.chunks(AT_ONCE) {
        let excerpts = journal.excerpts(some).await?;
        let theirs = excerpts
            .into_iter()
            .flatten()
            .filter(|excerpt| excerpt.state.membership(user).is_some_and(|membership| membership.role == Role::Owner));
        owned.extend(theirs.filter_map(|excerpt| {
            let slug = (*slugs.get(&excerpt.organization)?).clone();
            Some(Owned { id: excerpt.organization, slug })
        }));
    }
    Ok(owned)
}
