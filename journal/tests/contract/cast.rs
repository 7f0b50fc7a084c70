//! The people in the tests, so that a test reads as a sentence.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{
    Claimed, EmailAddress, InvitationId, MemberId, OrganizationCommand as C, OrganizationId, Refusal, Role, Slug,
    UserId,
};
use journal::ask::Unavailable;
use journal::{Ask, AskError, Journal, OrganizationRef, Outcome};
use uuid::Uuid;

/// Somebody, and the journal they talk to.
#[derive(Clone)]
pub struct Someone {
    pub journal: Journal,
    pub user: UserId,
}

/// Somebody by this name, with the address `name@acme.test`.
pub fn called(name: &str, journal: &Journal) -> Someone {
    Someone { journal: journal.clone(), user: name.parse().unwrap() }
}

impl Someone {
    pub fn email(&self) -> EmailAddress {
        format!("{}@acme.test", self.user).parse().unwrap()
    }

    fn claimed(&self) -> Claimed {
        Claimed { email: Some(self.email()), verified: true }
    }

    /// The same person, served by another writer.
    pub fn at(&self, journal: &Journal) -> Self {
        Self { journal: journal.clone(), user: self.user.clone() }
    }

    pub fn ask(&self, place: impl Into<OrganizationRef>, command: C) -> Ask {
        Ask::new(place, command, self.user.clone())
    }

    pub async fn asks(&self, place: impl Into<OrganizationRef>, command: C) -> Result<Outcome, AskError> {
        self.journal.ask(self.ask(place, command)).await
    }

    pub async fn founds(&self, slug: &str) -> OrganizationId {
        self.journal.ask(self.founding(slug)).await.unwrap().organization
    }

    /// A founding not yet asked for.
    pub fn founding(&self, slug: &str) -> Ask {
        let name = format!("The {slug} company").parse().unwrap();
        let member_id = MemberId(Uuid::now_v7());
        let founding =
            C::FoundOrganization { name, slug: slug.parse().unwrap(), logo: None, metadata: None, member_id };
        self.ask(OrganizationId(Uuid::now_v7()), founding)
    }

    pub async fn invites(&self, place: OrganizationId, guest: &Self) -> InvitationId {
        let (invitation_id, inviting) = inviting(&guest.email());
        self.asks(place, inviting).await.unwrap();
        invitation_id
    }

    pub async fn accepts(&self, invitation_id: InvitationId) -> Result<Outcome, AskError> {
        let member_id = MemberId(Uuid::now_v7());
        let accepting = C::AcceptInvitation { invitation_id, member_id, caller: self.claimed() };
        self.asks(OrganizationRef::OfInvitation(invitation_id), accepting).await
    }

    pub async fn declines(&self, invitation_id: InvitationId) -> Result<Outcome, AskError> {
        let declining = C::DeclineInvitation { invitation_id, caller: self.claimed() };
        self.asks(OrganizationRef::OfInvitation(invitation_id), declining).await
    }

    /// Invites, and the guest accepts.
    pub async fn brings(&self, place: OrganizationId, guest: &Self) -> MemberId {
        let invitation = self.invites(place, guest).await;
        guest.accepts(invitation).await.unwrap();
        guest.member_id(place).await.unwrap()
    }

    pub async fn leaves(&self, place: OrganizationId) -> Result<Outcome, AskError> {
        self.asks(place, C::LeaveOrganization).await
    }

    pub async fn renames(&self, place: OrganizationId, name: &str) -> Result<Outcome, AskError> {
        let name = Some(name.parse().unwrap());
        self.asks(place, C::UpdateOrganization { name, slug: None, logo: None, metadata: None }).await
    }

    pub async fn deletes(&self, place: OrganizationId) -> Result<Outcome, AskError> {
        self.asks(place, C::DeleteOrganization).await
    }

    pub async fn member_id(&self, place: OrganizationId) -> Option<MemberId> {
        let access = self.journal.access(&place.into(), &self.user).await.unwrap()?;
        access.membership.map(|membership| membership.member_id)
    }

    /// The membership check.
    pub async fn passes(&self, place: impl Into<OrganizationRef>) -> bool {
        let access = self.journal.access(&place.into(), &self.user).await.unwrap();
        access.is_some_and(|access| access.membership.is_some())
    }
}

/// An invitation that stays open for a week, as a member.
pub fn inviting(email: &EmailAddress) -> (InvitationId, C) {
    let invitation_id = InvitationId(Uuid::now_v7());
    let valid_for = TimeDelta::days(7);
    (invitation_id, C::InviteMember { invitation_id, email: email.clone(), role: Role::Member, valid_for })
}

/// A change of the slug and nothing else.
pub fn respelling(slug: &str) -> C {
    C::UpdateOrganization { name: None, slug: Some(slug.parse().unwrap()), logo: None, metadata: None }
}

pub fn spelled(slug: &str) -> OrganizationRef {
    OrganizationRef::Slug(slug.parse::<Slug>().unwrap())
}

/// The rule that was broken.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, AskError>) -> Refusal {
    match outcome.unwrap_err() {
        AskError::Refused(refusal) => refusal,
        other => panic!("no refusal: {other}"),
    }
}

/// Why the journal can't answer.
pub fn unavailable<T: std::fmt::Debug>(outcome: Result<T, AskError>) -> Unavailable {
    match outcome.unwrap_err() {
        AskError::Unavailable(why) => why,
        other => panic!("not unavailable: {other}"),
    }
}

/// The outcome, if the command was carried out before; the same as the first one, but that it says so.
pub fn replayed(outcome: Result<Outcome, AskError>) -> Outcome {
    let outcome = outcome.unwrap();
    assert!(outcome.replayed, "carried out just now: {outcome:?}");
    Outcome { replayed: false, ..outcome }
}

/// Asks until it is so; gives up loudly.
pub async fn eventually<F: Future<Output = bool>>(what: &str, so: impl Fn() -> F) {
    let begun = Instant::now();
    while !so().await {
        assert!(begun.elapsed() < Duration::from_secs(20), "still not so: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
