//! Asks for what a plan holds: organizations before their members, members before those they invited, many at once. Whatever was asked
//! for before under the same id is found and left as it is, so that an import that was broken off is simply started again.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use anyhow::Context;
use domain::{OrganizationCommand as C, OrganizationEvent as E, OrganizationId, Person, Refusal, Slug, Subject};
use futures::{StreamExt, stream};
use journal::ask::Unavailable;
use journal::store::Wanted;
use journal::{Ask, AskError, Journal, OrganizationRef, Outcome, Seen, Store, StoreError};

use super::organizations::refused_at;
use super::plan::{Plan, Step};
use super::report::Report;
use super::row::{Kind, Place, Rows, UserRow};

/// Commands under way at once: a group that commits, and one that gathers meanwhile.
const AT_ONCE: usize = 1024;

/// People, or slugs, in one statement.
const TOGETHER: usize = 500;

/// How often something is asked again that could not be answered.
const TRIES: u32 = 8;

/// The pause before it is asked again, at first.
const PAUSE: Duration = Duration::from_millis(100);

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// The organizations that rows name by slug and do not bring along, as far as Roster has them.
pub async fn resolve(store: &dyn Store, rows: &Rows) -> Result<HashMap<String, OrganizationId>, StoreError> {
    let brought: HashSet<&str> = rows.organizations.iter().map(|(_, row)| row.slug.as_slug().as_str()).collect();
    let named = rows.members.iter().map(|(_, row)| &row.organization);
    let named = named.chain(rows.invitations.iter().map(|(_, row)| &row.organization));
    let slugs: HashSet<Slug> =
        named.filter(|id| !brought.contains(id.0.as_str())).filter_map(|id| id.0.parse().ok()).collect();
    let slugs: Vec<Slug> = slugs.into_iter().collect();
    let mut found = HashMap::new();
    for some in slugs.chunks(TOGETHER) {
        let wanted = |slug: &Slug| Wanted {
            organization: OrganizationRef::Slug(slug.clone()),
            subject: Subject::Organization,
        };
        let read = store.read(&some.iter().map(wanted).collect::<Vec<_>>()).await?;
        found.extend(some.iter().zip(read).filter_map(|(slug, one)| Some((slug.to_string(), one.organization?))));
    }
    Ok(found)
}

/// Takes everything over. Fails only where it can't go on.
pub async fn carry(journal: &Journal, plan: Plan, report: &mut Report) -> anyhow::Result<()> {
    see(journal, plan.users, report).await?;
    let mut carrier = Carrier { journal, report, refused: HashMap::new() };
    carrier.carry("organizations", plan.organizations).await?;
    carrier.carry("members", plan.members).await?;
    carrier.carry("invitations", plan.invitations).await
}

/// What is known of people. As old as can be: whatever a token said of them counts more.
async fn see(journal: &Journal, users: Vec<(Place, UserRow)>, report: &mut Report) -> anyhow::Result<()> {
    for some in users.chunks(TOGETHER) {
        let seen: Vec<Seen> = some.iter().map(|(_, row)| seen(row)).collect();
        journal.people().see(&seen).await.context(AGAIN)?;
        for ((place, row), seen) in some.iter().zip(&seen) {
            report.imported(Kind::User);
            if row.email.as_ref().is_some_and(|email| !email.is_empty()) && seen.person.email.is_none() {
                report.changed(place.clone(), "email: is no e-mail address, and left out");
            }
        }
    }
    Ok(())
}

fn seen(row: &UserRow) -> Seen {
    let person = Person::from_claims(row.name.as_deref(), row.email.as_deref(), row.email_verified, row.image.as_deref());
    Seen { user: row.id.clone(), person, issued_at: 0 }
}

const AGAIN: &str = "broken off; started again, it goes on from here, and nothing is taken over twice";

struct Carrier<'a> {
    journal: &'a Journal,
    report: &'a mut Report,
    /// Organizations that are not taken over, and where they stand.
    refused: HashMap<OrganizationId, Place>,
}

impl Carrier<'_> {
    async fn carry(&mut self, what: &str, steps: Vec<Step>) -> anyhow::Result<()> {
        let all = steps.len();
        let (mut wanted, mut of_refused) = (Vec::with_capacity(all), Vec::new());
        for step in steps {
            match self.refused.get(&step.organization) {
                Some(place) => of_refused.push((step.place, refused_at(place))),
                None => wanted.push(step),
            }
        }
        for (place, why) in of_refused {
            self.report.refuse(place, why);
        }
        let (all, mut done, started, mut told) = (wanted.len(), 0, Instant::now(), Instant::now());
        let journal = self.journal;
        let mut outcomes = stream::iter(wanted)
            .map(|step| async move { (ask(journal, &step.ask).await, step) })
            // In this order: the first polled is the first in the writer's queue.
            .buffered(AT_ONCE);
        while let Some((outcome, step)) = outcomes.next().await {
            self.note(outcome.with_context(|| format!("{}: {AGAIN}", step.place))?, step);
            done += 1;
            if told.elapsed() > TELL_EVERY || done == all {
                eprintln!("{what}: {done} of {all}");
                told = Instant::now();
            }
        }
        if all > AT_ONCE {
            let took = started.elapsed().as_secs_f64();
            eprintln!("{what}: {all} rows in {took:.1} s, {:.0} a second", all as f64 / took);
        }
        Ok(())
    }

    fn note(&mut self, outcome: Result<Outcome, String>, step: Step) {
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(why) if step.kind == Kind::Invitation && why == Refusal::InvitationExpired.to_string() => {
                return self.report.expired();
            }
            Err(why) => {
                if step.kind == Kind::Organization {
                    self.refused.insert(step.organization, step.place.clone());
                }
                return self.report.refuse(step.place, why);
            }
        };
        if outcome.replayed && !outcome.events.iter().any(|recorded| says(&step.ask.command, &recorded.event)) {
            return self.report.refuse(step.place, "was taken over before, and otherwise: it is changed in Roster now");
        }
        let owner_too = (step.kind == Kind::Organization).then_some(Kind::Member);
        for kind in [Some(step.kind), owner_too].into_iter().flatten() {
            if outcome.replayed { self.report.there_already(kind) } else { self.report.imported(kind) }
        }
    }
}

/// Whether this is what is asked for.
fn says(asked: &C, event: &E) -> bool {
    match (asked, event) {
        (
            C::ImportOrganization { name, slug, logo, metadata, owner },
            E::OrganizationFounded { name: n, slug: s, logo: l, metadata: m, owner: o },
        ) => (name, slug.as_slug(), logo, metadata, owner) == (n, s, l, m, o),
        (C::ImportMember { member_id, user_id, role }, E::MemberJoined { member_id: m, user_id: u, role: r, .. }) => {
            (member_id, user_id, role) == (m, u, r)
        }
        (
            C::ImportInvitation { invitation_id, role, expires_at, invited_by, .. },
            E::MemberInvited { invitation_id: i, role: r, expires_at: e, invited_by: b },
        ) => (invitation_id, role, expires_at, invited_by) == (i, r, e, b),
        _ => false,
    }
}

/// The outcome, or why there is none; asked again while that may help, which is safe under the same id. `Err` where it does not.
async fn ask(journal: &Journal, ask: &Ask) -> anyhow::Result<Result<Outcome, String>> {
    let mut pause = PAUSE;
    for _ in 0..TRIES {
        match journal.ask(ask.clone()).await {
            Ok(outcome) => return Ok(Ok(outcome)),
            Err(AskError::Refused(Refusal::OrganizationNotFound)) => {
                return Ok(Err("organization: there is none in Roster, or it was deleted".to_owned()));
            }
            Err(AskError::Refused(refusal)) => return Ok(Err(refusal.to_string())),
            Err(AskError::Unavailable(Unavailable::Contended)) if is_used(journal, ask).await? => {
                return Ok(Err("id: another member has it".to_owned()));
            }
            Err(error @ AskError::Unavailable(Unavailable::Closed | Unavailable::Unreadable(_))) => {
                return Err(error.into());
            }
            Err(error) => tracing::debug!(%error, "asked again in a moment"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    Err(journal.ask(ask.clone()).await.err().map_or_else(|| anyhow::anyhow!("nothing was answered"), Into::into))
}

/// Member ids are unique over all organizations; whose fault it is shows only when it is written.
async fn is_used(journal: &Journal, ask: &Ask) -> Result<bool, StoreError> {
    let member = match &ask.command {
        C::ImportMember { member_id, .. } => *member_id,
        C::ImportOrganization { owner, .. } => owner.member_id,
        _ => return Ok(false),
    };
    Ok(journal.store().tenure(member).await?.is_some())
}
