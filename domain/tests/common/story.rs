//! Given, when, then: `Story::of(acme()).when(CLEO, C::LeaveOrganization).then([left(CLEO)])`.

use chrono::TimeDelta;
use domain::facts::InvitationFacts;
use domain::{
    Actor, Circumstances, InvitationId, Organization, OrganizationCommand as C, OrganizationEvent as E, OrganizationId,
    Refusal, Timestamp,
};

use super::people::{ANA, BEN, CLEO, DAN, EVA, Somebody, noon, uuid};
use super::tables::Tables;

/// What has happened, and what the journal keeps beside it: everybody's verified address.
#[derive(Clone)]
pub struct Story {
    events: Vec<E>,
    tables: Tables,
    at: Timestamp,
}

impl Story {
    /// At noon, after these events. An invitation whose id belongs to somebody went to that person's address.
    pub fn of(events: impl IntoIterator<Item = E>) -> Self {
        let people = [ANA, BEN, CLEO, DAN, EVA].map(|who| (who.user(), who.email()));
        let tables = Tables { people: people.into(), ..Tables::default() };
        Self { events: vec![], tables, at: noon() }.and(events)
    }

    /// After these events as well.
    pub fn and(mut self, events: impl IntoIterator<Item = E>) -> Self {
        for event in events {
            if let E::MemberInvited { invitation_id, invited_by, .. } = &event {
                let email = addressee(*invitation_id).email();
                self.tables.addresses.insert(*invitation_id, InvitationFacts { inviter: invited_by.clone(), email });
            }
            self.events.push(event);
        }
        self
    }

    /// So much time goes by.
    pub fn later(mut self, time: TimeDelta) -> Self {
        self.at += time;
        self
    }

    /// Another organization has this slug.
    pub fn with_slug_taken(mut self, slug: &str) -> Self {
        self.tables.slugs.insert(slug.parse().unwrap(), OrganizationId(uuid(0xffff)));
        self
    }

    /// Nobody's token was ever seen.
    pub fn with_nobody_known(mut self) -> Self {
        self.tables.people.clear();
        self
    }

    /// The address of this person's invitation was erased.
    pub fn with_address_erased(mut self, who: Somebody) -> Self {
        self.tables.addresses.remove(&who.invitation());
        self
    }

    /// The state after everything told so far.
    pub fn state(&self) -> Organization {
        Organization::fold(&self.events)
    }

    /// Who, when, and what the journal finds for the command.
    pub fn circumstances(&self, actor: impl Into<Actor>, command: &C) -> Circumstances {
        let facts = self.tables.look_up(&self.events, command);
        Circumstances { actor: actor.into(), at: self.at, facts }
    }

    /// Somebody asks. Decided on the whole history and on the concerned part, which must not differ.
    #[expect(clippy::needless_pass_by_value, reason = "a story reads better without borrows")]
    #[track_caller]
    pub fn when(&self, actor: impl Into<Actor>, command: C) -> Outcome {
        let given = self.circumstances(actor, &command);
        let decided = self.state().decide(&command, &given);
        let concerned = command.concerns(&given.actor, &given.facts);
        let part = Organization::fold(self.events.iter().filter(|event| concerned.contains(&event.subject())));
        assert_eq!(part.decide(&command, &given), decided, "decided otherwise on the concerned part: {concerned:?}");
        Outcome(decided)
    }

    /// Somebody asks for something that is accepted, and the story goes on.
    #[track_caller]
    pub fn after(self, actor: impl Into<Actor>, command: C) -> Self {
        let events = self.when(actor, command).accepted();
        self.and(events)
    }
}

/// What came of a command.
#[must_use = "an outcome that nobody expects proves nothing"]
pub struct Outcome(Result<Vec<E>, Refusal>);

impl Outcome {
    /// Exactly these events are recorded.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = E>) {
        assert_eq!(self.0, Ok(expected.into_iter().collect()));
    }

    /// It succeeds, because it is so already.
    #[track_caller]
    pub fn then_nothing(self) {
        self.then([]);
    }

    /// Exactly this rule is broken.
    #[track_caller]
    pub fn refused(self, expected: Refusal) {
        assert_eq!(self.0, Err(expected));
    }

    /// What is recorded.
    #[track_caller]
    pub fn accepted(self) -> Vec<E> {
        self.0.unwrap_or_else(|refusal| panic!("refused: {refusal:?}"))
    }
}

fn addressee(id: InvitationId) -> Somebody {
    let is_theirs = |who: &Somebody| who.invitation() == id || who.invitation_again() == id;
    [ANA, BEN, CLEO, DAN, EVA].into_iter().find(is_theirs).unwrap()
}
