//! `--dry-run`: the same decisions on the same journal, with nothing appended.

use anyhow::Context;
use journal::group::{Group, Verdict, wanted};
use journal::store::Known;
use journal::{Ask, AskError, Store};

use super::account::{Account, Came};
use super::carrying::{USED, is_used, says};
use super::plan::{Plan, Step};
use super::report::Report;
use super::row::Kind;

/// Commands looked up in one statement.
const TOGETHER: usize = 500;

/// Says of each row what would come of it.
pub async fn rehearse(store: &dyn Store, plan: Plan, report: &mut Report) -> anyhow::Result<()> {
    plan.users.iter().for_each(|_| report.imported(Kind::User));
    let steps: Vec<Step> = plan.organizations.into_iter().chain(plan.members).chain(plan.invitations).collect();
    let (mut now, mut looked_up, mut subjects, mut found) = (None, Vec::new(), Vec::new(), Vec::new());
    for some in steps.chunks(TOGETHER) {
        let asks: Vec<Ask> = some.iter().map(|step| step.ask.clone()).collect();
        let (at, known) = store.look_up(&asks).await?;
        let of_these = wanted(&asks, &known);
        found.extend(store.concerned(&of_these).await?);
        subjects.extend(of_these);
        looked_up.extend(known);
        now = Some(at);
    }
    let Some(now) = now else { return Ok(()) };
    // One group of all of them: each sees what those before it would have recorded.
    let mut group = Group::new(now, &subjects, found);
    let mut account = Account::of(report);
    let mut decided = Vec::with_capacity(steps.len());
    for (step, known) in steps.into_iter().zip(looked_up) {
        if !account.admits(&step) {
            continue;
        }
        if known.known.is_none() && is_used(store, &step.ask).await? {
            account.note(step, Came::Wrong(USED));
            continue;
        }
        decided.push(step.ask.command.clone());
        let came = match group.decide(&step.ask, known) {
            Verdict::Recorded { .. } => Came::Imported,
            Verdict::Known(known) => said_before(store, &step, known).await?,
            Verdict::Twin(of) if decided.get(of) == Some(&step.ask.command) => Came::ThereAlready,
            Verdict::Twin(_) => Came::Otherwise,
            Verdict::Failed(AskError::Refused(refusal)) => Came::Refused(refusal),
            Verdict::Failed(why) => return Err(why).with_context(|| step.place.to_string()),
        };
        account.note(step, came);
    }
    Ok(())
}

/// Whether what was taken over before is what the row says now.
async fn said_before(store: &dyn Store, step: &Step, known: Known) -> anyhow::Result<Came> {
    let count = u32::try_from(known.last + 1 - known.first)?;
    let recorded = store.history(known.organization, known.first - 1, count).await?;
    let the_same = recorded.iter().flatten().any(|recorded| says(&step.ask.command, &recorded.event));
    Ok(if the_same { Came::ThereAlready } else { Came::Otherwise })
}
