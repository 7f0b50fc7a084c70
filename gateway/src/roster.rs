//! What every dialect stands on: one set of parts, one way to ask, one way to read. A dialect translates; it never decides.
//!
//! - [`invited`]: invitations, and a person's own; [`changes`]: what happened lately; [`organizations`]: a person's organizations
//! - [`active`]: the organization a session is looking at; [`known_by`]: members by their e-mail address
//! - `admitted`: whether a caller may send one more command; [`listening`]: who follows what happens; [`head`]: the journal's head, read
//!   by one for all who ask at once; [`webhooks`]: where events are sent

pub mod active;
mod admitted;
pub mod changes;
pub mod head;
pub mod invited;
pub mod known_by;
pub mod listening;
pub mod organizations;
pub mod webhooks;

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{
    MemberId, Membership, Notes, OrganizationCommand, OrganizationEvent, OrganizationId, Permission, Person, Position,
    Refusal, Subject, Timestamp, UserId,
};
use journal::ask::Unavailable;
use journal::{Ask, AskError, Excerpt, Held, Journal, Nats, OrganizationRef, Outcome, Read, Summary};
use projections::{ProjectionName, Views};
use uuid::Uuid;

use crate::caller::Caller;
use crate::correlation::Correlation;
use crate::erasing::scrubbing::Scrubber;
use crate::extract::Terms;
use crate::identity::{SignIn, Verifier};
use crate::known::Known;
use crate::limits::Limits;
use crate::links::PublicUrl;
use crate::live::Live;
use crate::original::Original;
use crate::origins::TrustedOrigins;
use crate::problem::Problem;
use crate::projecting::Lists;
use crate::roster::head::Head;
use crate::webhooks::Post;

/// The longest a read waits for the views to reach `Roster-Min-Position`.
const WAIT_FOR_VIEWS: Duration = Duration::from_secs(2);

/// The longest that pages and better-auth's reads wait for the views to reach the journal's head.
const WAIT_FOR_HEAD: Duration = Duration::from_millis(500);

/// A handle to the parts: every request clones it.
#[derive(Clone)]
pub struct Roster(Arc<RosterParts>);

impl From<RosterParts> for Roster {
    fn from(parts: RosterParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for Roster {
    type Target = RosterParts;
    fn deref(&self) -> &RosterParts {
        &self.0
    }
}

/// The parts, put together once and shared by every request.
pub struct RosterParts {
    /// The truth.
    pub journal: Journal,
    /// Where events are carried, if anywhere.
    pub nats: Option<Nats>,
    /// Lists.
    pub views: Arc<dyn Views>,
    /// How far the lists are.
    pub lists: Lists,
    /// Who may say who they are.
    pub verifier: Verifier,
    /// Keeps what tokens say of people.
    pub known: Known,
    /// Overwrites what erasures leave behind.
    pub scrubber: Scrubber,
    /// How long a new invitation can be accepted.
    pub invitation_validity: TimeDelta,
    /// How many commands each caller may send.
    pub limits: Limits,
    /// How long an answer may take.
    pub answer_within: Duration,
    /// Tells open pages what happens.
    pub live: Live,
    /// How far the journal is.
    pub head: Arc<Head>,
    /// Where people sign in.
    pub sign_in: Arc<SignIn>,
    /// Where people reach our pages.
    pub public_url: Arc<PublicUrl>,
    /// Whose pages may use a person's cookie, beside our own.
    pub trusted_origins: Arc<TrustedOrigins>,
    /// Where the check at the proxy reads the address it is asked about.
    pub original: Arc<Original>,
    /// What posts webhooks.
    pub post: Post,
}

/// A member as answers show them.
pub struct MemberDetails {
    /// Which tenure and role.
    pub membership: Membership,
    /// Who.
    pub user: UserId,
    /// What is known of them.
    pub person: Person,
    /// When this tenure began.
    pub joined_at: Timestamp,
}

impl Roster {
    /// Sends a caller's command and learns the outcome.
    pub async fn ask(
        &self,
        caller: &Caller,
        organization: OrganizationRef,
        command: OrganizationCommand,
        via: &str,
    ) -> Result<Outcome, Problem> {
        self.ask_on(Terms::default(), caller, organization, command, via).await
    }

    /// The same on the terms of the request.
    pub async fn ask_on(
        &self,
        terms: Terms,
        caller: &Caller,
        organization: OrganizationRef,
        command: OrganizationCommand,
        via: &str,
    ) -> Result<Outcome, Problem> {
        self.admit(caller, &command).await?;
        let (name, started) = (command.name(), Instant::now());
        let correlationid = caller.correlation.as_ref().and_then(Correlation::noted);
        let notes = Notes { via: Some(via.to_owned()), correlationid, ..Notes::default() };
        let ask = Ask { actor: caller.actor.clone(), notes, ..Ask::new(organization, command, caller.user.clone()) };
        let outcome = self.journal.ask(terms.put(ask, caller)).await;
        let label = match &outcome {
            Ok(outcome) if outcome.replayed => "replayed",
            Ok(_) => "done",
            Err(AskError::Refused(refusal)) => refusal.code(),
            Err(AskError::VersionConflict) => "version-conflict",
            Err(AskError::OtherAsked) => "idempotency-key-reused",
            Err(AskError::Unavailable(_)) => "unavailable",
        };
        let took = started.elapsed().as_secs_f64();
        metrics::histogram!("roster_command_seconds", "command" => name, "outcome" => label).record(took);
        tracing::debug!(command = name, outcome = label, took_ms = took * 1000.0, "command");
        Ok(outcome?)
    }

    /// What came of a command that these terms name, if it was carried out before. For dialects that look at more than the command does,
    /// by which nobody could send it again who has left by it.
    pub async fn done_before(
        &self,
        terms: Terms,
        caller: &Caller,
        command: OrganizationCommand,
    ) -> Result<Option<Outcome>, Problem> {
        if !terms.have_a_key() {
            return Ok(None);
        }
        // Which organization was meant is known with the key.
        let ask = Ask::new(OrganizationId(Uuid::nil()), command, caller.user.clone());
        Ok(self.journal.done_before(&terms.put(ask, caller)).await?)
    }

    /// A member whose membership a command ended, as they were before it.
    pub async fn ended(&self, caller: &Caller, outcome: &Outcome) -> Result<Option<MemberDetails>, Problem> {
        let ended = outcome.events.iter().find_map(|recorded| match &recorded.event {
            OrganizationEvent::MemberLeft { member_id, user_id }
            | OrganizationEvent::MemberRemoved { member_id, user_id, .. } => {
                Some((*member_id, user_id.clone(), recorded.sequence))
            }
            _ => None,
        });
        let Some((member, user, sequence)) = ended else { return Ok(None) };
        let excerpt = self.journal.excerpt(&outcome.organization.into(), &[Subject::User(user.clone())]).await?;
        let person = match user == caller.user || self.may_read_names(caller, outcome).await {
            true => self.person(&user).await.unwrap_or_default(),
            false => Person::default(),
        };
        Self::described(excerpt.map(|excerpt| excerpt.as_of(sequence - 1)), user, member, person).map(Some)
    }

    /// An organization that a command deleted, as it was before it.
    pub async fn deleted(&self, outcome: &Outcome) -> Result<Option<Summary>, Problem> {
        let excerpt = self.journal.excerpt(&outcome.organization.into(), &[Subject::Profile]).await?;
        Ok(excerpt.and_then(|excerpt| excerpt.as_of(outcome.sequence.saturating_sub(1)).summary()))
    }

    /// An organization as its members see it now; to others it does not exist.
    pub async fn as_member(
        &self,
        caller: &Caller,
        organization: &OrganizationRef,
        subjects: &[Subject],
    ) -> Result<(Excerpt, Membership), Problem> {
        let mut subjects = subjects.to_vec();
        subjects.push(Subject::User(caller.user.clone()));
        let excerpt = self.journal.excerpt(organization, &subjects).await?.ok_or(Refusal::OrganizationNotFound)?;
        let membership = excerpt.state.membership(&caller.user).ok_or(Refusal::OrganizationNotFound)?;
        Ok((excerpt, membership))
    }

    /// The same for what not every role may see.
    pub async fn as_permitted(
        &self,
        caller: &Caller,
        organization: &OrganizationRef,
        permission: Permission,
    ) -> Result<OrganizationId, Problem> {
        let (excerpt, membership) = self.as_member(caller, organization, &[]).await?;
        membership.must(permission)?;
        Ok(excerpt.organization)
    }

    /// An organization as auditors see it: any, also one that was deleted.
    pub async fn audited(&self, organization: &OrganizationRef) -> Result<Excerpt, Problem> {
        let excerpt = self.journal.excerpt(organization, &[]).await?;
        Ok(excerpt.ok_or(Refusal::OrganizationNotFound)?)
    }

    /// An organization as a command left it.
    pub async fn summary(&self, outcome: &Outcome) -> Result<Summary, Problem> {
        let excerpt = self.after(outcome, Subject::Profile).await?;
        Ok(excerpt.and_then(|excerpt| excerpt.summary()).ok_or(Refusal::OrganizationNotFound)?)
    }

    /// A member of an organization as a caller's command left them. Their name is that of today: it is for those who belong there
    /// today, not for whoever sends an old command again.
    pub async fn member(&self, caller: &Caller, outcome: &Outcome, member: MemberId) -> Result<MemberDetails, Problem> {
        let user = self.journal.whose(outcome.organization, member).await.map_err(done_all_the_same)?;
        let user = user.ok_or(Refusal::MemberNotFound)?;
        let excerpt = self.after(outcome, Subject::User(user.clone())).await?;
        let person = match self.may_read_names(caller, outcome).await {
            // Done, whether or not their name can be told.
            true => self.person(&user).await.unwrap_or_default(),
            false => Person::default(),
        };
        Self::described(excerpt, user, member, person)
    }

    /// Whether names of people may be told in the answer to this command: after one that was carried out long ago only to those
    /// who are still there.
    pub async fn may_read_names(&self, caller: &Caller, outcome: &Outcome) -> bool {
        if !outcome.replayed {
            return true;
        }
        let access = self.journal.access(&outcome.organization.into(), &caller.user).await;
        access.is_ok_and(|access| access.is_some_and(|access| access.membership.is_some()))
    }

    /// A member in what was read of them; somebody who is there by another tenure is another member.
    pub async fn details(
        &self,
        excerpt: Option<Excerpt>,
        user: UserId,
        member: MemberId,
    ) -> Result<MemberDetails, Problem> {
        let details = Self::described(excerpt, user, member, Person::default())?;
        Ok(MemberDetails { person: self.person(&details.user).await?, ..details })
    }

    fn described(
        excerpt: Option<Excerpt>,
        user: UserId,
        member: MemberId,
        person: Person,
    ) -> Result<MemberDetails, Problem> {
        let excerpt = excerpt.ok_or(Refusal::MemberNotFound)?;
        let membership = excerpt.state.membership(&user).filter(|current| current.member_id == member);
        let (Some(membership), Some(joined_at)) = (membership, excerpt.joined_at(&user)) else {
            return Err(Refusal::MemberNotFound.into());
        };
        Ok(MemberDetails { membership, user, person, joined_at })
    }

    /// A member of an organization now.
    pub async fn member_now(&self, organization: OrganizationId, member: MemberId) -> Result<MemberDetails, Problem> {
        let user = self.journal.whose(organization, member).await?.ok_or(Refusal::MemberNotFound)?;
        let excerpt = self.journal.excerpt(&organization.into(), &[Subject::User(user.clone())]).await?;
        self.details(excerpt, user, member).await
    }

    /// The organization as somebody left it, if leaving it was the last thing they did there.
    pub async fn left_before(&self, caller: &Caller, org: &OrganizationRef) -> Result<Option<Summary>, Problem> {
        let subjects = [Subject::Profile, Subject::User(caller.user.clone())];
        let Some(excerpt) = self.journal.excerpt(org, &subjects).await? else { return Ok(None) };
        let is_theirs = |read: &&Read| read.event.subject() == subjects[1];
        Ok(match excerpt.events.iter().rfind(is_theirs) {
            Some(Read { event: OrganizationEvent::MemberLeft { .. }, sequence, .. }) => {
                let left_at = *sequence;
                excerpt.as_of(left_at).summary()
            }
            _ => None,
        })
    }

    /// Whoever joined by a command, told from what it recorded.
    pub async fn joined(&self, outcome: &Outcome) -> Option<MemberDetails> {
        let (member_id, user, role, joined_at) = outcome.events.iter().find_map(|recorded| match &recorded.event {
            OrganizationEvent::MemberJoined { member_id, user_id, role, .. } => {
                Some((*member_id, user_id.clone(), *role, recorded.recorded_at))
            }
            _ => None,
        })?;
        // They have joined, whether or not their name can be told.
        let person = self.person(&user).await.unwrap_or_default();
        Some(MemberDetails { membership: Membership { member_id, role }, user, person, joined_at })
    }

    /// The organization right after a command. Whoever left or deleted it since does not turn a command that was carried
    /// out into one that found nobody.
    async fn after(&self, outcome: &Outcome, subject: Subject) -> Result<Option<Excerpt>, Problem> {
        let read = self.journal.excerpt(&outcome.organization.into(), &[subject]).await;
        let excerpt = read.map_err(done_all_the_same)?;
        Ok(excerpt.map(|excerpt| excerpt.as_of(outcome.sequence)))
    }

    /// What is known of somebody.
    pub async fn person(&self, user: &UserId) -> Result<Person, Problem> {
        let mut named = self.journal.people().named(std::slice::from_ref(user)).await?;
        Ok(named.remove(user).unwrap_or_default())
    }

    /// Where somebody goes who has just left: the organization they used last, else their oldest membership, else
    /// onboarding (`None`). From the journal, so that no list that lags can send them back.
    pub async fn next_for(&self, user: &UserId) -> Result<Option<Held>, Problem> {
        let mut held = self.journal.held_by(user).await?;
        let last_used = held.iter().position(|one| one.last_used).unwrap_or(0);
        Ok((!held.is_empty()).then(|| held.swap_remove(last_used)))
    }

    /// Lists are shown once the views have replayed to where the journal was at start, and are as far as the caller
    /// asks (`Roster-Min-Position`).
    pub async fn views_at(&self, name: ProjectionName, position: Option<Position>) -> Result<&dyn Views, Problem> {
        let progress = self.lists.of(name);
        if !progress.ready() {
            return Err(Problem::unavailable("The lists are still being built. Try again in a moment."));
        }
        if let Some(position) = position
            && !progress.wait_for(position, WAIT_FOR_VIEWS).await
        {
            return Err(Problem::unavailable("The lists are not at this position yet. Try again in a moment."));
        }
        Ok(self.views.as_ref())
    }

    /// The lists as far as the journal was when this was asked, if they get there in half a second, else as they are: for pages
    /// and better-auth's client, in which people look for what they have just done. Also says whether they got there.
    pub async fn views_of_now(&self, name: ProjectionName) -> Result<(&dyn Views, bool), Problem> {
        let views = self.views_at(name, None).await?;
        let head = self.head.read(&self.journal).await?;
        Ok((views, self.lists.of(name).wait_for(head, WAIT_FOR_HEAD).await))
    }
}

/// What can't be read after a command was carried out must not read as if it had not been.
fn done_all_the_same(why: Unavailable) -> Problem {
    Problem::from(why).with_detail("It is done, but can't be shown just now. Read it again in a moment.")
}
