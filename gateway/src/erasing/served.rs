//! An erasure that a server was asked for: carried out to its end, told and cleaned up after, whether or not somebody waits for the answer.

use super::{Erasing, NotErased};
use crate::problem::Problem;
use crate::roster::Roster;

/// Does it, in a task of its own.
pub async fn carry_out(roster: &Roster, erasing: Erasing) -> Result<(), Problem> {
    let roster = roster.clone();
    let carried = tokio::spawn(async move { all_of_it(&roster, &erasing).await });
    Ok(carried.await.map_err(|_| Problem::internal("an erasure broke off"))??)
}

async fn all_of_it(roster: &Roster, erasing: &Erasing) -> Result<(), NotErased> {
    let erased = match erasing.carry_out(&roster.journal).await {
        Ok(erased) => erased,
        Err(why) => {
            if !matches!(why, NotErased::Owner { .. }) {
                let error: &dyn std::error::Error = &why;
                tracing::warn!(error, "an erasure stopped half-way; asked for again, it goes on from there");
            }
            return Err(why);
        }
    };
    roster.known.forget(&erasing.user);
    if erased.noted || erased.left > 0 {
        metrics::counter!("roster_erasures_total").increment(1);
        tracing::info!(left = erased.left, "somebody was erased");
    }
    // What is not overwritten now is later; the log says so.
    if erased.rows > 0 {
        roster.scrubber.scrub().await;
    }
    Ok(())
}
