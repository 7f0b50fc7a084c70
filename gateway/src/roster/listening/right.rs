//! By what right somebody listens, and what they are told by it.

use domain::{MemberId, OrganizationEvent, Permission, Recorded, Role, Sequence};
use journal::{Excerpt, OrganizationRef};

use crate::caller::Caller;
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::changes::is_shown_to;

/// By what right somebody listens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Right {
    /// `roster:audit`.
    Audit,
    /// Of a member. Whoever leaves and joins again listens anew.
    Member { tenure: MemberId, since: Sequence, role: Role },
}

impl Right {
    /// Members begin with their joining at the earliest: what was before is for those who may read the history.
    pub(super) fn may_begin_at(self, read: Sequence) -> Sequence {
        match self {
            Self::Member { since, role, .. } if !role.may(Permission::HistoryRead) => read.max(since.saturating_sub(1)),
            _ => read,
        }
    }

    /// Whether this event is for them: everything for those who may read the history.
    pub(super) fn shows(self, recorded: &Recorded) -> bool {
        match self {
            Self::Audit => true,
            Self::Member { role, .. } if role.may(Permission::HistoryRead) => true,
            Self::Member { since, role, .. } => recorded.sequence >= since && is_shown_to(role, &recorded.event),
        }
    }
}

impl Roster {
    /// The organization, and by what right this caller hears of it.
    pub(super) async fn heard_by(&self, caller: &Caller, org: &OrganizationRef) -> Result<(Excerpt, Right), Problem> {
        if caller.may(Scope::Audit) {
            return Ok((self.audited(org).await?, Right::Audit));
        }
        let (excerpt, membership) = self.as_member(caller, org, &[]).await?;
        let tenure = membership.member_id;
        let joined = excerpt.events.iter().find(
            |read| matches!(&read.event, OrganizationEvent::MemberJoined { member_id, .. } if *member_id == tenure),
        );
        let since = joined.map_or(excerpt.sequence, |read| read.sequence);
        Ok((excerpt, Right::Member { tenure, since, role: membership.role }))
    }
}
