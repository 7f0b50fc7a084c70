//! What a review finds: the members at both ends, and every change between, folded from the events in their order.

use anyhow::anyhow;
use domain::{OrganizationEvent as E, OrganizationId, Recorded, Role, Stay, Stays, UserId};
use journal::{Filter, Past, Span};

use super::change::Change;

/// The events that memberships hang on.
const ABOUT_MEMBERSHIPS: [&str; 6] =
    ["MemberJoined", "MemberRoleChanged", "OwnershipTransferred", "MemberLeft", "MemberRemoved", "OrganizationDeleted"];

/// What is found.
#[derive(Default)]
pub struct Findings {
    /// Who was a member when the period began.
    pub at_start: Vec<Stay>,
    /// Who was one when it ended.
    pub at_end: Vec<Stay>,
    /// Who joined.
    pub joins: Vec<Change>,
    /// Who left by their own act.
    pub leaves: Vec<Change>,
    /// Who was removed.
    pub removals: Vec<Change>,
    /// Whose membership ended with the organization.
    pub ended_with_it: Vec<Change>,
    /// Whose role changed.
    pub role_changes: Vec<Change>,
    /// Both sides of each transfer of ownership.
    pub transfers: Vec<Change>,
}

impl Findings {
    /// Reads everything about memberships up to the span's end.
    pub async fn gather(past: &Past, organization: OrganizationId, span: Span) -> anyhow::Result<Self> {
        let (mut findings, mut stays, mut began) = (Self::default(), Stays::default(), false);
        let filter = Filter { types: ABOUT_MEMBERSHIPS.map(str::to_owned).into(), ..Filter::default() };
        let mut pages = past.export(organization, filter, Span { after: 0, until: span.until });
        while let Some(page) = pages.recv().await {
            for written in page? {
                let recorded = written.recorded().map_err(|lost| {
                    anyhow!("position {} can't be read: {}; what follows from it is not known", lost.position, lost.why)
                })?;
                if recorded.sequence > span.after {
                    if !began {
                        (findings.at_start, began) = (stays.current().cloned().collect(), true);
                    }
                    findings.note(&recorded, &stays);
                }
                stays.add(&recorded);
            }
        }
        findings.at_end = stays.current().cloned().collect();
        if !began {
            findings.at_start.clone_from(&findings.at_end);
        }
        Ok(findings)
    }

    /// Every table of changes, and the file it goes to.
    pub fn changes(&self) -> [(&'static str, &[Change]); 6] {
        [
            ("joins.csv", &self.joins),
            ("leaves.csv", &self.leaves),
            ("removals.csv", &self.removals),
            ("ended-with-organization.csv", &self.ended_with_it),
            ("role-changes.csv", &self.role_changes),
            ("transfers.csv", &self.transfers),
        ]
    }

    /// What an event changes in what was before it.
    fn note(&mut self, recorded: &Recorded, before: &Stays) {
        let change = |user: &UserId, after: Option<Role>| {
            let stay = before.of(user)?;
            Some(Change::by(recorded, stay.tenure.clone(), Some(stay.role), after))
        };
        match &recorded.event {
            E::MemberJoined { member_id, user_id, role, .. } => {
                let tenure = domain::Tenure { member_id: *member_id, user_id: user_id.clone() };
                self.joins.push(Change::by(recorded, tenure, None, Some(*role)));
            }
            E::MemberRoleChanged { user_id, role, .. } => self.role_changes.extend(change(user_id, Some(*role))),
            E::OwnershipTransferred { from, to } => {
                self.transfers.extend(change(&from.user_id, Some(Role::Admin)));
                self.transfers.extend(change(&to.user_id, Some(Role::Owner)));
            }
            E::MemberLeft { user_id, .. } => self.leaves.extend(change(user_id, None)),
            E::MemberRemoved { user_id, .. } => self.removals.extend(change(user_id, None)),
            E::OrganizationDeleted {} => {
                let all = before.current().map(|stay| Change::by(recorded, stay.tenure.clone(), Some(stay.role), None));
                self.ended_with_it.extend(all);
            }
            E::OrganizationFounded { .. }
            | E::OrganizationRenamed { .. }
            | E::SlugChanged { .. }
            | E::LogoChanged { .. }
            | E::MetadataChanged { .. }
            | E::MemberInvited { .. }
            | E::InvitationExtended { .. }
            | E::InvitationRevoked { .. }
            | E::InvitationDeclined { .. }
            | E::InvitationAccepted { .. } => {}
        }
    }
}
