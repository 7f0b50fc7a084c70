//! The lanes beside a walk: organizations that wait until an event of theirs is taken, and ranges that are delivered once more. Each is tried when
//! it is due, a few events at a time, while the walk goes on.

use std::collections::HashSet;
use std::time::Duration;

use domain::OrganizationId;
use journal::StoreError;
use journal::webhooks::{Lane, LaneKind};

use super::now;
use super::walk::{Done, Walk};

/// Lanes under way at once, at most.
const AT_ONCE: usize = 4;

/// Events of a lane that are under way before it is noted how far it is.
const DELIVERED: u32 = 20;

/// How long a walk without lanes sleeps if nobody wakes it.
const LONG: Duration = Duration::from_secs(60 * 60);

/// Which of them are under way.
#[derive(Default)]
pub(super) struct Lanes {
    under_way: HashSet<(OrganizationId, LaneKind)>,
    /// Whether there are none: then nobody is asked for them.
    are_none: bool,
}

impl Lanes {
    /// To be told when there may be one more.
    pub fn may_be_some(&mut self) {
        self.are_none = false;
    }

    /// Whether none is under way.
    pub fn are_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// To be told when one is no longer under way.
    pub fn is_free(&mut self, lane: &Lane) {
        self.under_way.remove(&(lane.organization, lane.kind));
    }
}

impl Walk<'_> {
    /// Starts what is due; how long until something else is.
    pub(super) async fn starts_lanes(&mut self) -> Result<Duration, StoreError> {
        if self.lanes.are_none || self.lanes.under_way.len() >= AT_ONCE || self.wake.is_stale() {
            return Ok(LONG);
        }
        let lanes = self.guide.journal.webhooks().lanes(self.webhook.id, None, 2 * AT_ONCE as u32).await?;
        self.lanes.are_none = lanes.is_empty();
        for lane in lanes {
            if self.lanes.under_way.contains(&(lane.organization, lane.kind)) {
                continue;
            }
            let pause = (lane.next_attempt - now()).to_std().unwrap_or_default();
            if !pause.is_zero() {
                return Ok(pause);
            }
            self.starts(lane);
            if self.lanes.under_way.len() >= AT_ONCE {
                break;
            }
        }
        Ok(LONG)
    }

    fn starts(&mut self, lane: Lane) {
        self.lanes.under_way.insert((lane.organization, lane.kind));
        let until = lane.until.unwrap_or(self.scanned.position);
        let (guide, webhook) = (self.guide, self.webhook.clone());
        self.jobs.push(Box::pin(async move {
            let store = guide.journal.store();
            let mut rows = store.rows_of(lane.organization, lane.sequence.saturating_sub(1), DELIVERED).await?;
            rows.retain(|row| row.position <= until);
            if rows.is_empty() {
                return Ok(Done::Through(lane, until));
            }
            let round = guide.means.deliver(&webhook, lane.organization, rows).await;
            Ok(Done::Lane(lane, round))
        }));
    }

    /// Ends a lane, unless the walk has passed more of its events by since they were read.
    pub(super) async fn ends_lane(&mut self, lane: &Lane, until: u64) -> Result<(), StoreError> {
        self.lanes.is_free(lane);
        let is_through = lane.until.is_some() || self.scanned.position <= until;
        if is_through && self.guide.journal.webhooks().release(lane).await? && lane.kind == LaneKind::Waiting {
            self.waiting.remove(&lane.organization);
            self.may_end |= self.webhook.organization.is_some();
        }
        Ok(())
    }
}
