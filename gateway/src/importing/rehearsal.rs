//! `--dry-run`: the same decisions on the same journal, with nothing appended.

use domain::Refusal;
use journal::group::{Group, Verdict, wanted};
use journal::{Ask, AskError, Store};

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
    for (step, known) in steps.into_iter().zip(looked_up) {
        let there_already = known.known.is_some();
        match group.decide(&step.ask, known) {
            Verdict::Failed(AskError::Refused(Refusal::InvitationExpired)) => report.expired(),
            Verdict::Failed(why) => report.refuse(step.place, why.to_string()),
            Verdict::Recorded { .. } | Verdict::Known(_) | Verdict::PutAside => {
                let owner_too = (step.kind == Kind::Organization).then_some(Kind::Member);
                for kind in [Some(step.kind), owner_too].into_iter().flatten() {
                    if there_already { report.there_already(kind) } else { report.imported(kind) }
                }
            }
        }
    }
    Ok(())
}
