//! The organization whose history is read, for those who may: the owner and admins, and auditors, who need not be in it.

use domain::{OrganizationId, Permission, Refusal, Sequence, Slug, Subject, Timestamp};
use journal::{Excerpt, OrganizationRef};

use crate::caller::Caller;
use crate::identity::Scope;
use crate::pages::frame::Frame;
use crate::pages::visitor::{Inside, Visitor};
use crate::problem::Problem;
use crate::roster::Roster;

/// An organization as the check found it that let its reader in.
pub struct Seen {
    /// Which.
    pub organization: OrganizationId,
    /// Its head then: nothing later is shown.
    pub sequence: Sequence,
    /// When it was founded.
    pub founded: Timestamp,
    name: String,
    slug: Slug,
    /// The reader in it, unless they are an auditor from outside.
    inside: Option<Inside>,
}

impl Seen {
    /// To others than those who may read it, it is as any other page there.
    pub async fn by(roster: &Roster, caller: &Caller, org: &OrganizationRef) -> Result<Self, Problem> {
        let is_auditor = caller.may(Scope::Audit);
        match Inside::of(roster, caller, org).await {
            Ok(inside) if is_auditor || inside.membership.role.may(Permission::HistoryRead) => {
                let (name, slug) = (inside.name.clone(), inside.slug.clone());
                Self::of(&inside.excerpt, name, slug).map(|seen| Self { inside: Some(inside), ..seen })
            }
            Ok(_) => Err(Permission::HistoryRead.lacking().into()),
            Err(problem) if is_auditor && problem.code() == Refusal::OrganizationNotFound.code() => {
                let found = roster.journal.excerpt(org, &[Subject::Profile]).await?;
                let excerpt = found.filter(|found| found.state.exists()).ok_or(Refusal::OrganizationNotFound)?;
                let profile = excerpt.state.profile().ok_or(Refusal::OrganizationNotFound)?;
                Self::of(&excerpt, profile.name.as_str().to_owned(), profile.slug.clone())
            }
            Err(problem) => Err(problem),
        }
    }

    fn of(excerpt: &Excerpt, name: String, slug: Slug) -> Result<Self, Problem> {
        let founded = excerpt.events.first().ok_or(Refusal::OrganizationNotFound)?.recorded_at;
        let (organization, sequence) = (excerpt.organization, excerpt.sequence);
        Ok(Self { organization, sequence, founded, name, slug, inside: None })
    }

    /// What stands around the page.
    pub fn frame(&self, roster: &Roster, visitor: &Visitor, title: String) -> Frame {
        match &self.inside {
            Some(inside) => Frame::inside(roster, visitor, inside, "history", title),
            None => Frame::from_outside(roster, visitor, &self.name, self.address(), title),
        }
    }

    /// `/app/<slug>`.
    pub fn address(&self) -> String {
        format!("/app/{}", self.slug)
    }

    /// Remembers it as the one its reader used last, if they are in it.
    pub fn is_used(&self, roster: &Roster, caller: &Caller) {
        if self.inside.is_some() {
            roster.known.used(caller, self.organization);
        }
    }
}
