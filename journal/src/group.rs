//! Decides one group of commands, in order of arrival, each seeing what its predecessors in the group decided.

use std::collections::{HashMap, HashSet};

use domain::{
    Circumstances, EmailAddress, InvitationId, Organization, OrganizationCommand as C, OrganizationEvent as E,
    OrganizationId, Refusal, Sequence, Subject, Timestamp,
};
use uuid::Uuid;

use crate::ask::{Ask, AskError, OrganizationRef, Unavailable};
use crate::batch::{Batch, NewAddress, NewCommand, NewEvent};
use crate::store::{Found, Known, LookedUp, Wanted};

/// What became of one command of the group, should the batch be appended.
#[derive(Debug)]
pub enum Verdict {
    /// Its events are these of the batch.
    Recorded {
        /// Of which organization.
        organization: OrganizationId,
        /// Index range into the batch's events.
        events: std::ops::Range<usize>,
        /// The organization's head after it.
        head: Sequence,
    },
    /// It was carried out before.
    Known(Known),
    /// It is not carried out.
    Failed(AskError),
    /// Another of this group, at this place in it, has the same id and asks the same: what comes of that one comes of this one.
    Twin(usize),
}

impl Verdict {
    /// Whether the batch holds nothing of this command.
    pub fn records_nothing(&self) -> bool {
        match self {
            Self::Failed(_) => true,
            Self::Recorded { events, .. } => events.is_empty(),
            Self::Known(_) | Self::Twin(_) => false,
        }
    }
}

/// The group's knowledge: what was read, and what has been decided since.
pub struct Group {
    at: Timestamp,
    streams: HashMap<OrganizationId, Stream>,
    slug_owners: HashMap<domain::Slug, Option<OrganizationId>>,
    open: HashMap<(OrganizationId, EmailAddress), InvitationId>,
    /// Who was the last to be decided under each id, and whether something came of it.
    firsts: HashMap<Uuid, First>,
    decided: usize,
    batch: Batch,
}

/// The one of several with the same id that was decided.
struct First {
    place: usize,
    fingerprint: Option<Uuid>,
    expected: Option<Vec<Sequence>>,
    carried_out: bool,
}

impl First {
    /// What comes of one more with its id; `None` where that is to be decided on its own: nothing came of the first one, and
    /// this one asks something else.
    ///
    /// Never left for another round: whoever sends a thousand that are refused under one id would have all others wait for
    /// a thousand rounds.
    fn of_twin(&self, ask: &Ask) -> Option<Verdict> {
        let same = ask.fingerprint == self.fingerprint;
        match self.carried_out {
            true if same || ask.fingerprint.is_none() || self.fingerprint.is_none() => Some(Verdict::Twin(self.place)),
            true => Some(Verdict::Failed(AskError::OtherAsked)),
            false => (same && ask.fingerprint.is_some() && ask.expected == self.expected)
                .then_some(Verdict::Twin(self.place)),
        }
    }
}

#[derive(Default)]
struct Stream {
    head: Sequence,
    by_subject: HashMap<Subject, Vec<(Sequence, E)>>,
    unreadable: HashSet<Subject>,
}

/// Whether something must be known of a command before it is decided that its organization's events don't tell: who is meant by what it
/// names, or what came of it if it was asked with a key before.
///
/// Without a key hardly any command is asked twice. One that was, and records something, meets its own id when it is appended, is decided again,
/// and then everything is looked up; one that records nothing is looked up before that is told.
pub fn must_be_looked_up(ask: &Ask) -> bool {
    ask.fingerprint.is_some()
        || !matches!(ask.organization, OrganizationRef::Id(_))
        || !matches!(ask.command, C::LeaveOrganization | C::DeleteOrganization)
}

/// The subjects to read so that these commands can be decided, each once.
pub fn wanted(asks: &[Ask], looked_up: &[LookedUp]) -> Vec<Wanted> {
    let mut seen = HashSet::new();
    asks.iter()
        .zip(looked_up)
        .filter(|(_, looked_up)| looked_up.known.is_none())
        .filter_map(|(ask, looked_up)| Some((ask, looked_up, looked_up.organization?)))
        .flat_map(|(ask, looked_up, id)| {
            ask.command.concerns(&ask.actor, &looked_up.facts).into_iter().map(move |subject| (id, subject))
        })
        .filter(|key| seen.insert(key.clone()))
        .map(|(id, subject)| Wanted { organization: OrganizationRef::Id(id), subject })
        .collect()
}

/// The subjects that these commands surely concern, told before anything is looked up: each once, with the first command
/// that names it.
pub fn foreseen(asks: &[Ask]) -> (Vec<usize>, Vec<Wanted>) {
    let (mut seen, nothing_known) = (HashSet::new(), domain::Facts::default());
    asks.iter()
        .enumerate()
        .flat_map(|(n, ask)| {
            let subjects = ask.command.concerns(&ask.actor, &nothing_known);
            subjects.into_iter().map(move |subject| (n, Wanted { organization: ask.organization.clone(), subject }))
        })
        .filter(|(_, wanted)| seen.insert(wanted.clone()))
        .unzip()
}

/// What was read ahead, in the order of what turned out to be wanted; `None` if something of that was not foreseen.
pub fn as_wanted(
    wanted: &[Wanted],
    (namers, foreseen): (Vec<usize>, Vec<Wanted>),
    looked_up: &[LookedUp],
    found: Vec<Found>,
) -> Option<Vec<Found>> {
    let mut by_id: HashMap<(OrganizationId, Subject), Found> = namers
        .into_iter()
        .zip(foreseen)
        .zip(found)
        .filter_map(|((namer, foreseen), found)| Some(((looked_up[namer].organization?, foreseen.subject), found)))
        .collect();
    wanted
        .iter()
        .map(|wanted| match wanted.organization {
            OrganizationRef::Id(id) => by_id.remove(&(id, wanted.subject.clone())),
            OrganizationRef::Slug(_) | OrganizationRef::OfInvitation(_) => None,
        })
        .collect()
}

impl Group {
    /// A group that knows what was read for it.
    pub fn new(at: Timestamp, wanted: &[Wanted], found: Vec<Found>) -> Self {
        let mut streams: HashMap<OrganizationId, Stream> = HashMap::new();
        for (wanted, found) in wanted.iter().zip(found) {
            let OrganizationRef::Id(id) = wanted.organization else { continue };
            let stream = streams.entry(id).or_default();
            stream.head = stream.head.max(found.head);
            if found.unreadable {
                stream.unreadable.insert(wanted.subject.clone());
            }
            let events = found.events.into_iter().map(|read| (read.sequence, read.event)).collect();
            stream.by_subject.insert(wanted.subject.clone(), events);
        }
        Self {
            at,
            streams,
            slug_owners: HashMap::new(),
            open: HashMap::new(),
            firsts: HashMap::new(),
            decided: 0,
            batch: Batch::default(),
        }
    }

    /// Decides one command after all before it.
    pub fn decide(&mut self, ask: &Ask, looked_up: LookedUp) -> Verdict {
        let place = self.decided;
        self.decided += 1;
        if let Some(known) = looked_up.known {
            return known_to(ask, known);
        }
        if let Some(verdict) = self.firsts.get(&ask.id).and_then(|first| first.of_twin(ask)) {
            return verdict;
        }
        let verdict = self.decide_alone(ask, looked_up);
        let first = First {
            place,
            fingerprint: ask.fingerprint,
            expected: ask.expected.clone(),
            carried_out: matches!(verdict, Verdict::Recorded { .. }),
        };
        self.firsts.insert(ask.id, first);
        verdict
    }

    fn decide_alone(&mut self, ask: &Ask, looked_up: LookedUp) -> Verdict {
        let Some(id) = looked_up.organization else {
            return Verdict::Failed(Self::nowhere(&ask.command).into());
        };
        match self.decide_in(id, ask, looked_up.facts) {
            Ok((events, head)) => Verdict::Recorded { organization: id, events, head },
            Err(error) => Verdict::Failed(error),
        }
    }

    /// What the whole group appends.
    pub fn into_batch(mut self) -> Batch {
        let claimed = self.slug_owners.into_iter().filter_map(|(slug, owner)| Some((slug, owner?)));
        // Whoever came and went within the group keeps nothing.
        self.batch.claimed = claimed.filter(|(_, owner)| !self.batch.ended.contains(owner)).collect();
        self.batch
    }

    /// A command whose organization does not exist names what the caller was looking for.
    fn nowhere(command: &C) -> Refusal {
        match command {
            C::AcceptInvitation { .. } | C::DeclineInvitation { .. } => Refusal::InvitationNotFound,
            _ => Refusal::OrganizationNotFound,
        }
    }

    fn decide_in(
        &mut self,
        id: OrganizationId,
        ask: &Ask,
        mut facts: domain::Facts,
    ) -> Result<(std::ops::Range<usize>, Sequence), AskError> {
        self.overlay(id, &ask.command, &mut facts);
        let stream = self.streams.entry(id).or_default();
        let concerned = ask.command.concerns(&ask.actor, &facts);
        // Only what this command concerns: whether it is refused must not hang on who else is in the group.
        if concerned.iter().any(|subject| stream.unreadable.contains(subject)) {
            return Err(Unavailable::Unreadable(id).into());
        }
        let state = stream.fold(&concerned);
        let given = Circumstances { actor: ask.actor.clone(), at: self.at, facts };
        let decided = state.decide(&ask.command, &given)?;
        // Asked last: who is refused learns nothing of what has changed.
        if ask.expected.as_ref().is_some_and(|expected| !expected.contains(&stream.head)) {
            return Err(AskError::VersionConflict);
        }

        let (first, from) = (stream.head + 1, self.batch.events.len());
        for event in decided {
            stream.head += 1;
            stream.by_subject.entry(event.subject()).or_default().push((stream.head, event.clone()));
            self.batch.events.push(NewEvent {
                organization: id,
                sequence: stream.head,
                id: Uuid::now_v7(),
                command: ask.id,
                actor: ask.actor.clone(),
                notes: ask.notes_with(&event),
                event,
            });
        }
        let last = stream.head;
        if last >= first || ask.fingerprint.is_some() {
            let fingerprint = ask.fingerprint;
            self.batch.commands.push(NewCommand { id: ask.id, organization: id, first, last, fingerprint });
            self.claim(id, &ask.command, &state, from);
        }
        Ok((from..self.batch.events.len(), last))
    }

    /// What predecessors in this group claimed, or gave up by ending, goes before what was looked up.
    fn overlay(&self, id: OrganizationId, command: &C, facts: &mut domain::Facts) {
        if let Some(owner) = command.slug().and_then(|slug| self.slug_owners.get(slug)) {
            facts.slug_owner = *owner;
        }
        facts.slug_owner = facts.slug_owner.filter(|owner| !self.batch.ended.contains(owner));
        if let Some(email) = command.invites()
            && let Some(open) = self.open.get(&(id, email.clone()))
        {
            facts.open_invitation = Some(*open);
        }
    }

    /// What stands or falls with the events just decided: slugs and invitation addresses.
    fn claim(&mut self, id: OrganizationId, command: &C, before: &Organization, from: usize) {
        for new in &self.batch.events[from..] {
            match &new.event {
                E::OrganizationFounded { slug, .. } => {
                    self.slug_owners.insert(slug.clone(), Some(id));
                }
                E::SlugChanged { slug } => {
                    if let Some(profile) = before.profile() {
                        self.slug_owners.insert(profile.slug.clone(), None);
                        self.batch.freed.push((profile.slug.clone(), id));
                    }
                    self.slug_owners.insert(slug.clone(), Some(id));
                }
                E::OrganizationDeleted {} => self.batch.ended.push(id),
                E::MemberInvited { invitation_id, invited_by, .. } => {
                    if let Some(email) = command.invites() {
                        self.open.insert((id, email.clone()), *invitation_id);
                        self.batch.addresses.push(NewAddress {
                            invitation: *invitation_id,
                            organization: id,
                            email: email.clone(),
                            inviter: invited_by.clone(),
                        });
                    }
                }
                E::InvitationRevoked { invitation_id }
                | E::InvitationDeclined { invitation_id }
                | E::InvitationAccepted { invitation_id, .. } => self.batch.settled.push(*invitation_id),
                E::OrganizationRenamed { .. }
                | E::LogoChanged { .. }
                | E::MetadataChanged { .. }
                | E::InvitationExtended { .. }
                | E::MemberJoined { .. }
                | E::MemberRoleChanged { .. }
                | E::OwnershipTransferred { .. }
                | E::MemberLeft { .. }
                | E::MemberRemoved { .. } => {}
            }
        }
    }
}

/// What becomes of a command whose id is known.
pub fn known_to(ask: &Ask, known: Known) -> Verdict {
    let same = ask.fingerprint.is_none() || known.fingerprint.is_none() || ask.fingerprint == known.fingerprint;
    if same { Verdict::Known(known) } else { Verdict::Failed(AskError::OtherAsked) }
}

impl Stream {
    fn fold(&self, concerned: &[Subject]) -> Organization {
        let mut events: Vec<&(Sequence, E)> =
            concerned.iter().filter_map(|subject| self.by_subject.get(subject)).flatten().collect();
        events.sort_unstable_by_key(|(sequence, _)| *sequence);
        Organization::fold(events.into_iter().map(|(_, event)| event))
    }
}
