//! Asks for what a plan holds: organizations before their members, members before those they invited, many at once. Whatever was asked
//! for before under the same id is found and left as it is, so that an import that was broken off is simply started again.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use anyhow::Context;
use domain::{OrganizationCommand as C, OrganizationEvent as E, OrganizationId, Person, Slug, Subject};
use futures::{StreamExt, stream};
use journal::ask::Unavailable;
use journal::store::Wanted;
use journal::{Ask, AskError, Journal, OrganizationRef, Seen, Store, StoreError};

use super::account::{Account, Came};
use super::plan::{Plan, Step};
use super::report::Report;
use super::row::{Kind, Place, Rows, UserRow};
use crate::saying::remark;

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
        let wanted =
            |slug: &Slug| Wanted { organization: OrganizationRef::Slug(slug.clone()), subject: Subject::Organization };
        let (read, _) = store.read(&some.iter().map(wanted).collect::<Vec<_>>()).await?;
        found.extend(some.iter().zip(read).filter_map(|(slug, one)| Some((slug.to_string(), one.organization?))));
    }
    Ok(found)
}

/// Takes everything over. Fails only where it can't go on.
pub async fn carry(journal: &Journal, plan: Plan, report: &mut Report) -> anyhow::Result<()> {
    see(journal, plan.users, report).await?;
    let mut account = Account::of(report);
    for (what, steps) in
        [("organizations", plan.organizations), ("members", plan.members), ("invitations", plan.invitations)]
    {
        let steps = steps.into_iter().filter(|step| account.admits(step)).collect();
        take(journal, what, steps, &mut account).await?;
    }
    Ok(())
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
    let person =
        Person::from_claims(row.name.as_deref(), row.email.as_deref(), row.email_verified, row.image.as_deref());
    Seen { user: row.id.clone(), person, issued_at: 0 }
}

const AGAIN: &str = "broken off; started again, it goes on from here, and nothing is taken over twice";

/// All steps of one kind, many under way at once.
async fn take(journal: &Journal, what: &str, steps: Vec<Step>, account: &mut Account<'_>) -> anyhow::Result<()> {
    let (all, started) = (steps.len(), Instant::now());
    let (mut done, mut told) = (0, started);
    // In this order: the first polled is the first in the writer's queue.
    let asked = stream::iter(steps).map(|step| async move { (ask(journal, &step.ask).await, step) });
    let mut outcomes = asked.buffered(AT_ONCE);
    while let Some((came, step)) = outcomes.next().await {
        let came = came.with_context(|| format!("{}: {AGAIN}", step.place))?;
        account.note(step, came);
        done += 1;
        if told.elapsed() > TELL_EVERY {
            remark(format_args!("{what}: {done} of {all}"));
            told = Instant::now();
        }
    }
    let took = started.elapsed().as_secs_f64();
    let rate = all as f64 / took.max(0.001);
    remark(format_args!("{what}: {all} in {took:.1} s ({rate:.0} a second)"));
    Ok(())
}

/// Whether this is what is asked for.
pub fn says(asked: &C, event: &E) -> bool {
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

/// What came of a command; asked again while that may help, which is safe under the same id. Fails where it does not.
async fn ask(journal: &Journal, ask: &Ask) -> anyhow::Result<Came> {
    let mut pause = PAUSE;
    for last in (0..TRIES).rev() {
        match journal.ask(ask.clone()).await {
            Ok(outcome) if !outcome.replayed => return Ok(Came::Imported),
            Ok(outcome) if outcome.events.iter().any(|recorded| says(&ask.command, &recorded.event)) => {
                return Ok(Came::ThereAlready);
            }
            Ok(_) => return Ok(Came::Otherwise),
            Err(AskError::Refused(refusal)) => return Ok(Came::Refused(refusal)),
            Err(AskError::Unavailable(Unavailable::Contended)) if is_used(journal.store().as_ref(), ask).await? => {
                return Ok(Came::Wrong(USED));
            }
            Err(error) if last == 0 => return Err(error.into()),
            Err(error @ AskError::Unavailable(Unavailable::Closed | Unavailable::Unreadable(_))) => {
                return Err(error.into());
            }
            Err(error) => tracing::debug!(%error, "asked again in a moment"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    anyhow::bail!("nothing was asked")
}

/// What is said of a member id that is not free.
pub const USED: &str = "id: another member has it in Roster";

/// Member ids are unique over all organizations; whose fault it is shows only when it is written.
pub async fn is_used(store: &dyn Store, ask: &Ask) -> Result<bool, StoreError> {
    let member = match &ask.command {
        C::ImportMember { member_id, .. } => *member_id,
        C::ImportOrganization { owner, .. } => owner.member_id,
        _ => return Ok(false),
    };
    Ok(store.tenure(member).await?.is_some())
}
