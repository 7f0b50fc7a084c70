//! Who follows what happens in an organization as it happens, and what they are told: to the owner and admins everything, to
//! members what they may see of it, to auditors any organization.
//!
//! **Nothing recorded after a listener's departure is ever told.** A page of the journal is read first, and then, in a later
//! snapshot, whether the listener's tenure still lasts: if it does, it lasted at every event of the page. What was read is
//! kept for a moment only, and no more is read before it is told: a listener who does not listen costs one page.

mod begin;
mod right;

use std::collections::VecDeque;
use std::time::Duration;

use domain::{OrganizationEvent, OrganizationId, Position, Recorded, Sequence};
use journal::ask::Unavailable;
use tokio::time::{Instant, sleep, sleep_until};

pub use self::begin::Begin;
use self::right::Right;
use super::Roster;
use crate::caller::Caller;
use crate::live::Ear;

/// Events read at once, and bytes of them kept for a listener who may not be listening.
const PAGE: u32 = 50;
const KEPT: usize = 64 * 1024;

/// How long a look at the listener's rights holds for what was read before it.
const FRESH: Duration = Duration::from_millis(500);

/// What happens in quick succession is read as one, by each listener at a moment of its own.
const TOGETHER: Duration = Duration::from_millis(20);

/// How often somebody is told that nothing happened.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long the journal is left alone after it could not be read. Until it can be, nothing is told.
const TRY_AGAIN: Duration = Duration::from_millis(500);

/// What a listener is told.
#[derive(Debug)]
pub enum Heard {
    /// Something happened.
    Event(Box<Recorded>),
    /// Nothing that is for them, so far.
    Quiet,
    /// The event at this position can't be read by this version. It is not passed over: the stream ends before it.
    Unreadable(Position),
    /// They have no more business here, or there will never be more.
    Gone,
}

/// Somebody who listens.
pub struct Listener {
    roster: Roster,
    caller: Caller,
    organization: OrganizationId,
    right: Right,
    ear: Ear,
    /// A number of this listener's own, so that not all do the same at the same moment.
    spread: u8,
    /// The last event read, told or not.
    read: Sequence,
    /// Whether there may be more to read.
    behind: bool,
    /// The position of the last event told or passed over.
    passed: Position,
    /// Read, not yet told.
    page: VecDeque<Recorded>,
    /// What follows the page.
    unreadable: Option<Position>,
    looked: Instant,
    beats: Instant,
    signed_in_until: Instant,
    deleted: bool,
    over: bool,
}

impl Listener {
    /// Up to where the listener has been told everything that is for them: where to resume.
    pub fn position(&self) -> Position {
        self.passed
    }

    /// A number of this listener's own, so that not all do the same at the same moment.
    pub fn spread(&self) -> u8 {
        self.spread
    }

    /// What is told next; waits for it. `None` once it is over: the token has expired, or the server stops.
    pub async fn next(&mut self) -> Option<Heard> {
        if self.over {
            return None;
        }
        let (live, expires) = (self.roster.live.clone(), self.signed_in_until);
        let heard = tokio::select! {
            biased;
            () = live.closing() => None,
            () = sleep_until(expires) => None,
            heard = self.hears() => heard,
        };
        self.beats = Instant::now() + HEARTBEAT;
        self.over = matches!(heard, None | Some(Heard::Gone | Heard::Unreadable(_)));
        heard
    }

    async fn hears(&mut self) -> Option<Heard> {
        let mut is_quiet = false;
        loop {
            match self.looks().await {
                Ok(true) => {}
                Ok(false) => return Some(Heard::Gone),
                Err(Unavailable::Unreadable(_)) => return None,
                Err(why) => {
                    // What can't be checked is not told.
                    tracing::debug!(%why, "a listener is not told what happens");
                    tokio::select! {
                        () = sleep_until(self.beats) => return Some(Heard::Quiet),
                        () = sleep(TRY_AGAIN) => continue,
                    }
                }
            }
            while let Some(recorded) = self.page.pop_front() {
                self.passed = recorded.position;
                self.deleted |= matches!(recorded.event, OrganizationEvent::OrganizationDeleted {});
                if self.right.shows(&recorded) {
                    return Some(Heard::Event(recorded.into()));
                }
            }
            if self.behind {
                continue;
            }
            if let Some(position) = self.unreadable {
                return Some(Heard::Unreadable(position));
            }
            if self.deleted {
                return Some(Heard::Gone);
            }
            if is_quiet {
                return Some(Heard::Quiet);
            }
            tokio::select! {
                () = self.ear.hears() => sleep(TOGETHER + Duration::from_millis(u64::from(self.spread) / 4)).await,
                () = sleep_until(self.beats) => is_quiet = true,
            }
            self.behind = true;
        }
    }

    /// Reads the next page once the last is told, and looks whether the listener may still hear of it.
    async fn looks(&mut self) -> Result<bool, Unavailable> {
        if !self.page.is_empty() || !self.behind {
            return if self.looked.elapsed() < FRESH { Ok(true) } else { self.still_may().await };
        }
        let rows = self.roster.journal.store().history(self.organization, self.read, PAGE).await?;
        let is_full = rows.len() == PAGE as usize;
        let (mut page, mut kept, mut is_cut, mut unreadable) = (VecDeque::new(), 0, false, None);
        for row in rows {
            match row {
                Ok(recorded) => {
                    kept += serde_json::to_vec(&recorded.event).map_or(KEPT, |text| text.len());
                    page.push_back(recorded);
                }
                Err(lost) => {
                    unreadable = Some(lost.position);
                    break;
                }
            }
            if kept > KEPT {
                is_cut = true;
                break;
            }
        }
        // Rights after the page, never before it.
        let may = self.still_may().await?;
        self.behind = is_cut || (is_full && unreadable.is_none());
        self.unreadable = unreadable;
        self.read = page.back().map_or(self.read, |last: &Recorded| last.sequence);
        self.page = page;
        Ok(may)
    }

    /// Whether the listener's right is still what it was. A role that changed counts from here on.
    async fn still_may(&mut self) -> Result<bool, Unavailable> {
        let Right::Member { tenure, role, .. } = &mut self.right else { return Ok(true) };
        let asked = Instant::now();
        let access = self.roster.journal.access(&self.organization.into(), &self.caller.user).await?;
        let Some(membership) = access.and_then(|access| access.membership) else { return Ok(false) };
        *role = membership.role;
        self.looked = asked;
        Ok(membership.member_id == *tenure)
    }
}
