//! The organization that a session of a person is looking at.

use domain::{MemberId, OrganizationId};
use journal::ask::Unavailable;
use journal::{Active, SessionRef};

use super::Roster;
use crate::caller::Caller;
use crate::problem::Problem;

impl Roster {
    /// The organization the caller's session is looking at, as long as the membership lasts by which it was chosen: asked of the
    /// journal, so that it ends for **all** sessions of a person at the commit of what ends the membership.
    pub async fn active(&self, caller: &Caller) -> Result<Option<OrganizationId>, Problem> {
        let Some(active) = self.journal.sessions().active(session(caller)).await? else { return Ok(None) };
        let access = match self.journal.access(&active.organization.into(), &caller.user).await {
            Ok(access) => access,
            // Nothing else of the session hangs on it.
            Err(Unavailable::Unreadable(_)) => None,
            Err(why) => return Err(why.into()),
        };
        let goes_on = access.and_then(|access| access.membership).is_some_and(|now| now.member_id == active.member_id);
        Ok(goes_on.then_some(active.organization))
    }

    /// The caller's session looks at this organization from now on, as this member.
    pub async fn activate(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        member_id: MemberId,
    ) -> Result<(), Problem> {
        let active = Active { organization, member_id };
        self.journal.sessions().activate(session(caller), Some(active)).await?;
        self.known.used(&caller.user, organization);
        Ok(())
    }

    /// The caller's session looks at no organization.
    pub async fn deactivate(&self, caller: &Caller) -> Result<(), Problem> {
        Ok(self.journal.sessions().activate(session(caller), None).await?)
    }
}

/// The identity provider's session, or, where it names none, the person.
fn session(caller: &Caller) -> SessionRef<'_> {
    SessionRef { user: &caller.user, session: caller.claims.session.as_deref() }
}
