//! The organization that a session of a person is looking at.

use std::borrow::Cow;

use domain::{Actor, MemberId, OrganizationId};
use journal::ask::Unavailable;
use journal::{Active, SessionRef};

use super::Roster;
use crate::caller::Caller;
use crate::problem::Problem;

impl Roster {
    /// The organization the caller's session is looking at, as long as the membership lasts by which it was chosen: asked of the
    /// journal, so that it ends for **all** sessions of a person at the commit of what ends the membership.
    pub async fn active(&self, caller: &Caller) -> Result<Option<OrganizationId>, Problem> {
        Ok(self.looked_at(caller).await?)
    }

    /// The same for whoever only shows it: an organization that can't be read is shown as none, as nothing else hangs on it.
    pub async fn active_to_show(&self, caller: &Caller) -> Result<Option<OrganizationId>, Problem> {
        match self.looked_at(caller).await {
            Err(Unavailable::Unreadable(_)) => Ok(None),
            active => Ok(active?),
        }
    }

    async fn looked_at(&self, caller: &Caller) -> Result<Option<OrganizationId>, Unavailable> {
        let active = self.journal.sessions().active(session_ref(caller, session_of(caller).as_deref())).await?;
        let Some(active) = active else { return Ok(None) };
        let access = self.journal.access(&active.organization.into(), &caller.user).await?;
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
        let session = session_of(caller);
        self.journal.sessions().activate(session_ref(caller, session.as_deref()), Some(active)).await?;
        self.known.used(caller, organization);
        Ok(())
    }

    /// The caller's session looks at no organization.
    pub async fn deactivate(&self, caller: &Caller) -> Result<(), Problem> {
        let session = session_of(caller);
        Ok(self.journal.sessions().activate(session_ref(caller, session.as_deref()), None).await?)
    }
}

/// The identity provider's session, or, where it names none, `None`: the person. A backend that acts for somebody has sessions of its own:
/// what it looks at for them is not what they look at.
pub fn session_of(caller: &Caller) -> Option<Cow<'_, str>> {
    let session = caller.claims.session.as_deref();
    match &caller.actor {
        Actor::Service { sub, .. } => Some(format!("service:{sub}:{}", session.unwrap_or_default()).into()),
        Actor::Person(_) | Actor::Operator(_) | Actor::OperatorFor { .. } => session.map(Cow::Borrowed),
    }
}

fn session_ref<'s>(caller: &'s Caller, session: Option<&'s str>) -> SessionRef<'s> {
    SessionRef { user: &caller.user, session }
}
