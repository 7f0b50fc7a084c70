//! Five people, one organization and a neighbour, in which a wish becomes a command.

use domain::facts::InvitationFacts;
use domain::{
    Actor, Circumstances, Claimed, EmailAddress, InvitationId, InvitationState, MemberId, Metadata, Organization,
    OrganizationCommand as C, OrganizationEvent as E, OrganizationId, Refusal, Role, Tenure, Timestamp, UserId,
};
use proptest::test_runner::TestCaseError;

use crate::common::people::{ANA, BEN, CLEO, DAN, EVA, Somebody, noon, operator, uuid};
use crate::common::tables::Tables;
use crate::wishes::{Claims, Pick, Rumour, What, Which, Who, Whom, Wish};

const PEOPLE: [Somebody; 5] = [ANA, BEN, CLEO, DAN, EVA];
const OURS: OrganizationId = OrganizationId(uuid(0x1_0000));
const NEIGHBOURS: OrganizationId = OrganizationId(uuid(0x2_0000));
const NEIGHBOURS_INVITATION: InvitationId = InvitationId(uuid(0x3_0000));

/// All events, the state after them, and what the journal keeps beside.
pub struct World {
    pub events: Vec<E>,
    pub state: Organization,
    tables: Tables,
    now: Timestamp,
    ids: u128,
}

/// A command, just decided and not yet recorded.
pub struct Moment<'w> {
    pub before: &'w World,
    pub command: &'w C,
    pub given: &'w Circumstances,
    pub decided: &'w Result<Vec<E>, Refusal>,
}

impl World {
    /// A world in which so much has happened, however odd.
    pub fn after(events: Vec<E>) -> Self {
        let theirs = InvitationFacts { inviter: BEN.user(), email: CLEO.email() };
        let tables = Tables {
            slugs: ["globex", "initech"].map(|slug| (slug.parse().unwrap(), NEIGHBOURS)).into(),
            // Dan and Eva share an address; Cleo's was never seen in a token.
            people: [(ANA, ANA), (BEN, BEN), (DAN, DAN), (EVA, DAN)].map(|(who, at)| (who.user(), at.email())).into(),
            addresses: [(NEIGHBOURS_INVITATION, theirs)].into(),
        };
        Self { state: Organization::fold(&events), events, tables, now: noon(), ids: 0x4_0000 }
    }

    /// Lets a history happen and shows each moment of it to the witness.
    pub fn live(
        mut self,
        wishes: &[Wish],
        mut witness: impl FnMut(&Moment<'_>) -> Result<(), TestCaseError>,
    ) -> Result<Self, TestCaseError> {
        for wish in wishes {
            let (command, given) = self.resolve(wish);
            let decided = self.state.decide(&command, &given);
            witness(&Moment { before: &self, command: &command, given: &given, decided: &decided })?;
            self.record(&command, decided.unwrap_or_default());
        }
        Ok(self)
    }

    fn record(&mut self, command: &C, events: Vec<E>) {
        for event in events {
            match &event {
                E::OrganizationFounded { slug, .. } => {
                    self.tables.slugs.insert(slug.clone(), OURS);
                }
                E::SlugChanged { slug } => {
                    self.tables.slugs.retain(|_, owner| *owner != OURS);
                    self.tables.slugs.insert(slug.clone(), OURS);
                }
                E::OrganizationDeleted {} => self.tables.slugs.retain(|_, owner| *owner != OURS),
                E::MemberInvited { invitation_id, invited_by, .. } => {
                    if let Some(email) = command.invites() {
                        let known = InvitationFacts { inviter: invited_by.clone(), email: email.clone() };
                        self.tables.addresses.insert(*invitation_id, known);
                    }
                }
                _ => {}
            }
            cqrs_es::Aggregate::apply(&mut self.state, event.clone());
            self.events.push(event);
        }
    }

    fn resolve(&mut self, wish: &Wish) -> (C, Circumstances) {
        self.now += wish.after;
        let actor = self.actor(wish);
        let command = self.command(&wish.what, &actor);
        let mut facts = self.tables.look_up(&self.events, &command);
        match &wish.rumour {
            Rumour::None => {}
            Rumour::Erased => (facts.open_invitation, facts.invitation) = (None, None),
            Rumour::Hint(people) => {
                facts.users_at_address = people.iter().map(|pick| one_of(&PEOPLE, *pick).user()).collect();
            }
        }
        (command, Circumstances { actor, at: self.now, facts })
    }

    fn actor(&self, wish: &Wish) -> Actor {
        let (pick, candidates): (Pick, Vec<UserId>) = match wish.who {
            Who::Operator => return operator(),
            Who::Owner => (0, self.with_role(Role::Owner)),
            Who::Admin(pick) => (pick, self.with_role(Role::Admin)),
            Who::Plain(pick) => (pick, self.with_role(Role::Member)),
            Who::Outsider(pick) => {
                let people = PEOPLE.map(Somebody::user).into_iter();
                (pick, people.filter(|user| self.state.membership(user).is_none()).collect())
            }
            Who::Anyone(pick) => (pick, vec![]),
        };
        let owner = self.state.owner().map(|owner| owner.user_id.clone());
        // Where there is no such person, it is the owner who wants to go on: that fills an empty organization.
        let person = match wish.who {
            Who::Anyone(_) => None,
            _ => some_of(&candidates, pick).or(owner),
        };
        let person = person.unwrap_or_else(|| one_of(&PEOPLE, pick).user());
        if wish.through_a_backend {
            Actor::Service { sub: "backend".parse().unwrap(), acts_for: person }
        } else {
            Actor::Person(person)
        }
    }

    fn command(&mut self, what: &What, actor: &Actor) -> C {
        match *what {
            What::Found { slug } => C::FoundOrganization {
                name: "Acme".parse().unwrap(),
                slug: one_of(&["acme", "globex"], slug).parse().unwrap(),
                logo: None,
                metadata: None,
                member_id: MemberId(self.new_id()),
            },
            What::Update { name, slug, logo, metadata } => C::UpdateOrganization {
                name: name.map(|pick| one_of(&["Acme", "Acme & Co"], pick).parse().unwrap()),
                slug: slug.map(|pick| one_of(&["acme", "acme-2", "globex", "initech"], pick).parse().unwrap()),
                logo: logo.map(|some| some.then(|| "/logo.svg".parse().unwrap())),
                metadata: metadata.map(|some| some.then(Metadata::default)),
            },
            What::Invite { address, role, valid_for } => {
                let invitation_id = InvitationId(self.new_id());
                C::InviteMember { invitation_id, email: one_of(&PEOPLE, address).email(), role, valid_for }
            }
            What::Resend { which, valid_for } => C::ResendInvitation { invitation_id: self.which(which), valid_for },
            What::Revoke { which } => C::RevokeInvitation { invitation_id: self.which(which) },
            What::Decline { which, claims } => {
                let invitation_id = self.which(which);
                C::DeclineInvitation { invitation_id, caller: self.claimed(invitation_id, claims) }
            }
            What::Accept { which, claims } => {
                let (invitation_id, member_id) = (self.which(which), MemberId(self.new_id()));
                C::AcceptInvitation { invitation_id, member_id, caller: self.claimed(invitation_id, claims) }
            }
            What::ChangeRole { whom, role } => C::ChangeMemberRole { member_id: self.whom(whom, actor), role },
            What::Transfer { whom } => C::TransferOwnership { member_id: self.whom(whom, actor) },
            What::Leave => C::LeaveOrganization,
            What::Remove { whom } => C::RemoveMember { member_id: self.whom(whom, actor) },
            What::Delete => C::DeleteOrganization,
            What::Import { slug, owner } => C::ImportOrganization {
                name: "Acme".parse().unwrap(),
                slug: one_of(&["acme", "globex"], slug).parse().unwrap(),
                logo: None,
                metadata: None,
                owner: Tenure { member_id: MemberId(self.new_id()), user_id: one_of(&PEOPLE, owner).user() },
            },
            What::ImportMember { who, role } => {
                C::ImportMember { member_id: MemberId(self.new_id()), user_id: one_of(&PEOPLE, who).user(), role }
            }
            What::ImportInvitation { address, by, role, until } => C::ImportInvitation {
                invitation_id: InvitationId(self.new_id()),
                email: one_of(&PEOPLE, address).email(),
                role,
                expires_at: self.now + until,
                invited_by: one_of(&PEOPLE, by).user(),
            },
        }
    }

    fn whom(&mut self, whom: Whom, actor: &Actor) -> MemberId {
        let found = match whom {
            Whom::Current(pick) => {
                let others = self.state.members().filter(|(_, membership)| membership.role != Role::Owner);
                some_of(&others.map(|(_, membership)| membership.member_id).collect::<Vec<_>>(), pick)
            }
            Whom::Owner => self.state.owner().map(|owner| owner.member_id),
            Whom::Themselves => actor.person().and_then(|user| self.state.membership(user)).map(|own| own.member_id),
            Whom::Ever(pick) => {
                let joined = self.events.iter().filter_map(|event| match event {
                    E::MemberJoined { member_id, .. } => Some(*member_id),
                    _ => None,
                });
                some_of(&joined.collect::<Vec<_>>(), pick)
            }
            Whom::Nobody => None,
        };
        found.unwrap_or_else(|| MemberId(self.new_id()))
    }

    fn which(&mut self, which: Which) -> InvitationId {
        let sent = self.events.iter().filter_map(|event| match event {
            E::MemberInvited { invitation_id, .. } => Some(*invitation_id),
            _ => None,
        });
        let is_pending = |id: &InvitationId| {
            self.state.invitation(*id).is_some_and(|invitation| invitation.state == InvitationState::Pending)
        };
        let is_orphaned = |id: &InvitationId| {
            let inviter = self.state.invitation(*id).map(|invitation| &invitation.invited_by);
            inviter.is_some_and(|inviter| self.state.membership(inviter).is_none())
        };
        let found = match which {
            Which::Pending(pick) => some_of(&sent.filter(is_pending).collect::<Vec<_>>(), pick),
            Which::Orphaned(pick) => {
                let pending: Vec<_> = sent.filter(is_pending).collect();
                let orphaned: Vec<_> = pending.iter().copied().filter(is_orphaned).collect();
                some_of(&orphaned, pick).or_else(|| some_of(&pending, pick))
            }
            Which::Settled(pick) => some_of(&sent.filter(|id| !is_pending(id)).collect::<Vec<_>>(), pick),
            Which::OfAnotherOrganization => Some(NEIGHBOURS_INVITATION),
            Which::Unknown => None,
        };
        found.unwrap_or_else(|| InvitationId(self.new_id()))
    }

    fn claimed(&self, id: InvitationId, claims: Claims) -> Claimed {
        let wanted = || self.tables.addresses.get(&id).map_or_else(|| DAN.email(), |known| known.email.clone());
        let (email, verified): (Option<EmailAddress>, bool) = match claims {
            Claims::Verified => (Some(wanted()), true),
            Claims::Unverified => (Some(wanted()), false),
            Claims::Another(pick) => (Some(one_of(&PEOPLE, pick).email()), true),
            Claims::Nothing => (None, true),
        };
        Claimed { email, verified }
    }

    fn with_role(&self, role: Role) -> Vec<UserId> {
        self.state.members().filter(|(_, found)| found.role == role).map(|(user, _)| user.clone()).collect()
    }

    fn new_id(&mut self) -> uuid::Uuid {
        self.ids += 1;
        uuid(self.ids)
    }
}

fn one_of<T>(all: &[T], pick: Pick) -> &T {
    &all[usize::from(pick) % all.len()]
}

fn some_of<T: Clone>(all: &[T], pick: Pick) -> Option<T> {
    (!all.is_empty()).then(|| one_of(all, pick).clone())
}
