//! What is asked for, and in which order: who owns what is settled and what is there twice left out, before anything is written.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{Actor, MemberId, Notes, OrganizationCommand as C, OrganizationId, Tenure, Timestamp};
use journal::Ask;
use uuid::Uuid;

use super::OwnerRule;
use super::ids::{Ids, command};
use super::organizations::{Organizations, Taken, refused_at};
use super::owners::owner;
use super::report::Report;
use super::row::{InvitationRow, Kind, MemberRow, Place, Rows, UserRow};
use super::time::When;

/// Everything to be taken over. Within each kind the oldest first, so that lists show it in the order it came about.
pub struct Plan {
    /// Who people are.
    pub users: Vec<(Place, UserRow)>,
    /// Organizations, with their owners.
    pub organizations: Vec<Step>,
    /// Everybody else.
    pub members: Vec<Step>,
    /// Whoever may join.
    pub invitations: Vec<Step>,
}

/// One command.
#[derive(Clone)]
pub struct Step {
    /// The row it is for.
    pub place: Place,
    /// What kind of row.
    pub kind: Kind,
    /// Of which organization.
    pub organization: OrganizationId,
    /// What is asked.
    pub ask: Ask,
}

/// A membership whose organization is known.
pub struct Membership {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub row: MemberRow,
    id: MemberId,
    organization: OrganizationId,
}

/// What makes a plan of rows.
struct Planner<'a> {
    actor: &'a Actor,
    ids: &'a mut Ids,
    report: &'a mut Report,
}

impl Plan {
    /// A plan for these rows. `elsewhere` are organizations that Roster knows and the rows only name, by slug.
    pub fn of(
        rows: Rows,
        elsewhere: &HashMap<String, OrganizationId>,
        rule: Option<OwnerRule>,
        actor: &Actor,
        ids: &mut Ids,
        report: &mut Report,
    ) -> Self {
        let (named, taken) = Organizations::of(rows.organizations, rows.unread, elsewhere, ids, report);
        let mut planner = Planner { actor, ids, report };
        let mut members = planner.memberships(rows.members, &named);
        let mut of_each: HashMap<OrganizationId, Vec<usize>> = HashMap::new();
        for (n, member) in members.iter().enumerate() {
            of_each.entry(member.organization).or_default().push(n);
        }
        let (mut organizations, mut owns, mut without) = (Vec::new(), vec![false; members.len()], HashMap::new());
        for one in taken {
            let of_it = of_each.get(&one.2).map_or(&[][..], Vec::as_slice);
            match owner(&mut members, of_it, rule, planner.report) {
                Ok(n) => {
                    owns[n] = true;
                    organizations.push(planner.organization(one, &members[n]));
                }
                Err(why) => {
                    planner.report.refuse(one.0.clone(), why);
                    without.insert(one.2, one.0);
                }
            }
        }
        let mut joining = Vec::with_capacity(members.len());
        for (member, _) in members.into_iter().zip(owns).filter(|(_, owns)| !owns) {
            match without.get(&member.organization) {
                Some(place) => planner.report.refuse(member.place, refused_at(place)),
                None => joining.push(planner.member(member)),
            }
        }
        let mut inviting = Vec::with_capacity(rows.invitations.len());
        for (place, row) in rows.invitations {
            let allowed = |id| without.get(&id).map_or(Ok(id), |place| Err(refused_at(place)));
            match named.find(&row.organization).and_then(allowed) {
                Ok(id) => inviting.push(planner.invitation(place, row, id)),
                Err(why) => planner.report.refuse(place, why),
            }
        }
        Self {
            users: rows.users,
            organizations: oldest_first(organizations),
            members: oldest_first(joining),
            invitations: oldest_first(inviting),
        }
    }
}

impl Planner<'_> {
    /// Those whose organization is known, each person once in each, each id once.
    fn memberships(&mut self, rows: Vec<(Place, MemberRow)>, named: &Organizations<'_>) -> Vec<Membership> {
        let (mut people, mut used) = (HashMap::new(), HashMap::<MemberId, Place>::new());
        let mut members = Vec::with_capacity(rows.len());
        for (place, row) in rows {
            let organization = match named.find(&row.organization) {
                Ok(organization) => organization,
                Err(why) => {
                    self.report.refuse(place, why);
                    continue;
                }
            };
            match people.entry((organization, row.user_id.clone())) {
                Entry::Occupied(first) => {
                    let first: &Place = first.get();
                    self.report.refuse(place, format!("is the same member as {first}"));
                    continue;
                }
                Entry::Vacant(free) => free.insert(place.clone()),
            };
            let id = self.ids.member(row.id.as_ref(), organization, &row.user_id);
            if let Some(first) = used.insert(id, place.clone()) {
                self.report.refuse(place, format!("id: is that of {first}"));
                continue;
            }
            members.push(Membership { place, row, id, organization });
        }
        members
    }

    fn organization(&self, (place, row, id): Taken, owner: &Membership) -> Step {
        let founding = C::ImportOrganization {
            name: row.name,
            slug: row.slug,
            logo: row.logo,
            metadata: row.metadata,
            owner: Tenure { member_id: owner.id, user_id: owner.row.user_id.clone() },
        };
        let joined_at = owner.row.joined_at;
        let mut step = self.step(Kind::Organization, place, id, id.0, founding, row.created_at.or(joined_at));
        step.ask.joined_at = joined_at.map(|at| at.0);
        step
    }

    fn member(&self, Membership { place, row, id, organization }: Membership) -> Step {
        let joining = C::ImportMember { member_id: id, user_id: row.user_id, role: row.role };
        self.step(Kind::Member, place, organization, id.0, joining, row.joined_at)
    }

    fn invitation(&mut self, place: Place, row: InvitationRow, organization: OrganizationId) -> Step {
        let InvitationRow { id, email, role, invited_by, expires_at, created_at, .. } = row;
        let sent_at = created_at.map(|at| at.0);
        let invitation_id = self.ids.invitation(id.as_ref(), organization, email.as_str(), sent_at);
        let expires_at = expires_at.0;
        let inviting = C::ImportInvitation { invitation_id, email, role, expires_at, invited_by };
        self.step(Kind::Invitation, place, organization, invitation_id.0, inviting, created_at)
    }

    fn step(
        &self,
        kind: Kind,
        place: Place,
        organization: OrganizationId,
        id: Uuid,
        asked: C,
        happened_at: Option<When>,
    ) -> Step {
        let notes = Notes {
            via: Some("import".into()),
            reason: Some("import".into()),
            happened_at: happened_at.map(|at| at.0),
            ..Notes::default()
        };
        let ask = Ask {
            id: command(kind, organization, id),
            organization: organization.into(),
            command: asked,
            actor: self.actor.clone(),
            notes,
            joined_at: None,
            fingerprint: None,
            expected: None,
        };
        Step { place, kind, organization, ask }
    }
}

/// What has no time comes last, in the order it was read.
fn oldest_first(mut steps: Vec<Step>) -> Vec<Step> {
    let at = |step: &Step| -> Option<Timestamp> { step.ask.notes.happened_at };
    steps.sort_by_key(|step| (at(step).is_none(), at(step)));
    steps
}
