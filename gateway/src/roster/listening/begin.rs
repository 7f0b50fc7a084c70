//! Where somebody begins to listen: a position, which is looked for among the organization's own.

use std::collections::VecDeque;
use std::time::SystemTime;

use domain::{OrganizationId, Position, Sequence};
use journal::OrganizationRef;
use tokio::time::Instant;
use uuid::Uuid;

use super::{HEARTBEAT, Listener};
use crate::caller::Caller;
use crate::live::{Deaf, Kind};
use crate::problem::Problem;
use crate::roster::Roster;

/// Where somebody wants to begin.
#[derive(Clone, Copy, Debug)]
pub enum Begin {
    /// With what happens from now on.
    Now,
    /// With what follows this position.
    After(Position),
}

impl Roster {
    /// Begins to listen. To somebody outside there is no such organization.
    pub async fn listen(&self, caller: Caller, org: &OrganizationRef, begin: Begin) -> Result<Listener, Problem> {
        let organization = self.heard_by(&caller, org).await?.0.organization;
        let ear = self.live.listen(&caller.user, organization, Kind::Stream).await.map_err(|why| match why {
            Deaf::TooMany => Problem::unavailable("Too many streams are open. Close some, or try again in a moment."),
            Deaf::Away => Problem::unavailable("Memberships can't be read just now. Try again in a moment."),
        })?;
        // Listens first, looks then: what happens in between is told.
        let (excerpt, right) = self.heard_by(&caller, &organization.into()).await?;
        let read = match begin {
            Begin::Now => excerpt.sequence,
            Begin::After(position) => self.sequence_at(organization, position, excerpt.sequence).await?,
        };
        let read = right.may_begin_at(read);
        let remains = (caller.claims.expires_at - chrono::DateTime::from(SystemTime::now())).to_std();
        let now = Instant::now();
        Ok(Listener {
            organization,
            right,
            ear,
            spread: Uuid::new_v4().as_bytes()[0],
            read,
            behind: true,
            passed: self.position_of(organization, read).await?.unwrap_or(0),
            page: VecDeque::new(),
            unreadable: None,
            looked: now,
            beats: now + HEARTBEAT,
            signed_in_until: now + remains.unwrap_or_default(),
            deleted: !excerpt.state.exists(),
            over: false,
            roster: self.clone(),
            caller,
        })
    }

    /// The last sequence of this organization at this position, which may be any: found by halves, if it is no event of it.
    async fn sequence_at(
        &self,
        organization: OrganizationId,
        position: Position,
        head: Sequence,
    ) -> Result<Sequence, Problem> {
        if position == 0 {
            return Ok(0);
        }
        match self.journal.row_at(position).await? {
            Some(row) if row.organization == organization => return Ok(row.sequence),
            // Of a journal that is no more: whoever goes on from there would miss what came in its place.
            None if position > self.journal.store().position().await? => {
                return Err(Problem::invalid(
                    "",
                    "The journal has not reached this position: it was restored from a backup. Begin without one.",
                ));
            }
            None => return Ok(head),
            Some(_of_another) => {}
        }
        let (mut before, mut after) = (0, head + 1);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            match self.position_of(organization, middle).await? {
                Some(there) if there <= position => before = middle,
                _ => after = middle,
            }
        }
        Ok(before)
    }

    /// Where in the journal an organization's event lies, whether or not it can be read.
    async fn position_of(&self, organization: OrganizationId, sequence: Sequence) -> Result<Option<Position>, Problem> {
        let Some(before) = sequence.checked_sub(1) else { return Ok(None) };
        let rows = self.journal.store().history(organization, before, 1).await?;
        Ok(rows.into_iter().next().map(|row| row.map_or_else(|lost| lost.position, |recorded| recorded.position)))
    }
}
