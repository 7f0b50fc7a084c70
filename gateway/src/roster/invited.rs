//! Invitations one by one, and a person's own, by the address their identity provider vouches for. Straight from the journal.

use std::time::SystemTime;

use domain::{Claimed, EmailAddress};
use domain::{InvitationId, InvitationState, Name, OrganizationId, Refusal, Role, Slug, Subject, Timestamp, UserId};
use journal::{Address, Excerpt, OrganizationRef};

use super::Roster;
use crate::caller::Caller;
use crate::problem::Problem;

/// Organizations read in one statement: it may be shared with membership checks, which must not wait for a long list.
const AT_ONCE: usize = 20;

/// An invitation with where it leads.
pub struct InvitationDetails {
    /// Which.
    pub id: InvitationId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// What that is called.
    pub name: Name,
    /// How it is spelled in addresses.
    pub slug: Slug,
    /// Where the invitation went.
    pub email: EmailAddress,
    /// Role on joining.
    pub role: Role,
    /// What became of it; one that is too late is still pending here.
    pub state: InvitationState,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// By whom.
    pub invited_by: UserId,
    /// When.
    pub invited_at: Timestamp,
}

impl InvitationDetails {
    /// Whether it can be accepted at this time.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == InvitationState::Pending && now < self.expires_at
    }
}

impl Roster {
    /// The address the caller can prove: the token's own, or, for a backend that acts for somebody, what that person's
    /// tokens last said.
    pub async fn claimed(&self, caller: &Caller) -> Result<Claimed, Problem> {
        let person = match &caller.person {
            Some(person) => person.clone(),
            None => self.person(&caller.user).await?,
        };
        Ok(Claimed { email: person.email, verified: person.email_verified })
    }

    /// The caller's invitations that can be accepted now, newest first. Fails with `email-not-verified` where nobody vouches
    /// for the address.
    pub async fn invitations_for(&self, caller: &Caller) -> Result<Vec<InvitationDetails>, Problem> {
        let claimed = self.claimed(caller).await?;
        let Some(email) = claimed.email else { return Ok(Vec::new()) };
        if !claimed.verified {
            return Err(Refusal::EmailNotVerified.into());
        }
        let addresses = self.journal.people().invited(&email).await?;
        let (mut invitations, now) = (Vec::new(), SystemTime::now().into());
        for some in addresses.chunks(AT_ONCE) {
            let wanted: Vec<_> = some.iter().map(of_address).collect();
            let excerpts = self.journal.excerpts(&wanted).await?;
            let shown = some.iter().zip(excerpts).filter_map(|(address, excerpt)| details(address, excerpt?));
            invitations.extend(shown.filter(|own| own.is_open(now)));
        }
        Ok(invitations)
    }

    /// One invitation of the caller's own, whatever became of it.
    pub async fn invitation_for(&self, caller: &Caller, id: InvitationId) -> Result<InvitationDetails, Problem> {
        let address = self.journal.people().address(id).await?.ok_or(Refusal::InvitationNotFound)?;
        self.claimed(caller).await?.answers_for(&address.email)?;
        self.invitation_to(&address).await
    }

    /// One invitation, for those who may see it.
    pub async fn invitation(&self, id: InvitationId) -> Result<InvitationDetails, Problem> {
        let address = self.journal.people().address(id).await?.ok_or(Refusal::InvitationNotFound)?;
        self.invitation_to(&address).await
    }

    async fn invitation_to(&self, address: &Address) -> Result<InvitationDetails, Problem> {
        let (organization, subjects) = of_address(address);
        let excerpt = self.journal.excerpt(&organization, &subjects).await?;
        let details = excerpt.and_then(|excerpt| details(address, excerpt));
        Ok(details.ok_or(Refusal::InvitationNotFound)?)
    }
}

fn of_address(address: &Address) -> (OrganizationRef, Vec<Subject>) {
    (address.organization.into(), vec![Subject::Profile, Subject::Invitation(address.invitation)])
}

/// The invitation as its person sees it; `None` where the organization is gone. Of one that is settled they see the organization as it
/// was then: since, it may be none of their business.
fn details(address: &Address, excerpt: Excerpt) -> Option<InvitationDetails> {
    let subject = Subject::Invitation(address.invitation);
    let settled = excerpt.state.invitation(address.invitation)?.state != InvitationState::Pending;
    let last = excerpt.events.iter().rfind(|read| read.event.subject() == subject)?.sequence;
    let invited_at = excerpt.events.iter().find(|read| read.event.subject() == subject)?.recorded_at;
    let excerpt = if settled && excerpt.state.exists() { excerpt.as_of(last) } else { excerpt };
    let profile = excerpt.state.profile().filter(|_| excerpt.state.exists())?;
    let known = excerpt.state.invitation(address.invitation)?;
    Some(InvitationDetails {
        id: address.invitation,
        organization: address.organization,
        name: profile.name.clone(),
        slug: profile.slug.clone(),
        email: address.email.clone(),
        role: known.role,
        state: known.state,
        expires_at: known.expires_at,
        invited_by: known.invited_by.clone(),
        invited_at,
    })
}
