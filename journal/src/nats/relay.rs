//! Carries events from the journal to the stream, one relay at a time by lease. Position p is published expecting that the
//! stream's last sequence is p - 1, so that two relays that both think it is their turn can't interleave.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::PublishMessage;
use domain::Position;
use futures::future::join_all;
use tokio::sync::watch;
use tokio::time::timeout;
use uuid::Uuid;

use super::connect::{Nats, NatsError, WITHIN};
use super::message::{self, JOURNAL};
use super::stream::{NAME, carried};
use super::wake::heard;
use crate::lease::Lease;
use crate::row::Row;
use crate::store::Store;

/// What the lease is called.
const LEASE: &str = "relay";

/// Published and not yet acknowledged, at most.
const IN_FLIGHT: u32 = 500;

/// How long a relay that failed waits before it reads the stream again.
const AGAIN: Duration = Duration::from_millis(250);

/// How often it reads a stream again that disagrees, or that fails as it did before: it takes a person to mend that. Sooner than the
/// lease is over, so that it stays with who has told of it.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The hand that carries.
pub struct Relay {
    store: Arc<dyn Store>,
    nats: Nats,
    journal: String,
    written: watch::Receiver<Position>,
    lease: Lease,
    /// Why nothing was carried the last time, as the log was told: it is told once.
    told: Option<String>,
}

impl Relay {
    /// Of this journal, whose id is `journal`, whenever the lease is `holder`'s.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        nats: Nats,
        journal: String,
        written: watch::Receiver<Position>,
        holder: Uuid,
    ) -> Self {
        let lease = Lease::new(store.clone(), LEASE, holder);
        Self { store, nats, journal, written, lease, told: None }
    }

    /// Carries, or waits for its turn, for ever.
    pub async fn run(mut self) {
        metrics::gauge!("roster_relay_leader").set(0);
        metrics::gauge!("roster_relay_stopped").set(0);
        loop {
            self.turn().await;
            let pause = self.lead().await;
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits for the lease. Where somebody else holds it, it is for them to say whether events can be carried.
    async fn turn(&self) {
        let mut taken = pin!(self.lease.taken());
        if timeout(WITHIN, &mut taken).await.is_err() {
            self.nats.carries(true);
            let _epoch_the_stream_knows_its_own_order = taken.await;
        }
    }

    /// Carries as long as the lease is ours and nothing fails; how long to wait before the next try.
    async fn lead(&mut self) -> Duration {
        let mut well = false;
        let (why, lost) = tokio::select! {
            lost = self.lease.lost() => (NatsError::Away(lost), true),
            failed = self.carry(&mut well) => (failed, false),
        };
        if well {
            self.told = None;
        }
        metrics::gauge!("roster_relay_leader").set(0);
        // Whoever relays now tells how far it is, and whether it goes on.
        metrics::gauge!("roster_relay_position").set(0);
        metrics::gauge!("roster_relay_stopped").set(0);
        let again = self.told.replace(why.to_string()).is_some_and(|before| before == why.to_string());
        let other_reason = lost || !self.nats.is_there() || matches!(why, NatsError::Journal(_));
        self.nats.carries(other_reason);
        match why {
            NatsError::Disagrees(_) => {
                metrics::gauge!("roster_relay_stopped").set(1);
                if !again {
                    tracing::error!(%why, "the relay has stopped");
                }
                return LOOK_AGAIN;
            }
            // The connection tells of itself, once.
            why if !self.nats.is_there() => tracing::debug!(%why, "the relay waits for NATS"),
            why if again => tracing::debug!(%why, "the relay was interrupted again"),
            why => tracing::warn!(%why, "the relay was interrupted"),
        }
        self.nats.is_not_looked_at();
        if again && self.nats.is_there() { LOOK_AGAIN } else { AGAIN }
    }

    /// Ends with what went wrong. `well` becomes whether it could carry before.
    async fn carry(&self, well: &mut bool) -> NatsError {
        match self.try_to_carry(well).await {
            Err(why) => why,
            Ok(never) => match never {},
        }
    }

    async fn try_to_carry(&self, well: &mut bool) -> Result<std::convert::Infallible, NatsError> {
        if !self.nats.is_there() {
            return Err(NatsError::Away("not connected".into()));
        }
        let stream = self.nats.stream_or_new().await?;
        let mut at = carried(&self.nats, &stream, &self.store, &self.journal).await?;
        let mut last = self.event_at(at).await?;
        metrics::gauge!("roster_relay_stopped").set(0);
        let (mut words, mut written) = (self.nats.hear().await, self.written.clone());
        loop {
            metrics::gauge!("roster_relay_position").set(at as f64);
            written.mark_unchanged();
            let rows = self.behind(at, last).await?;
            if let Some(newest) = rows.last() {
                self.publish(&rows).await?;
                (at, last) = (newest.position, newest.event_id());
            }
            // Only now: a stream that can be read need not take anything.
            self.nats.carries(true);
            *well = true;
            metrics::gauge!("roster_relay_leader").set(1);
            if !rows.is_empty() {
                continue;
            }
            tokio::select! {
                Ok(()) = written.changed() => {}
                () = heard(&mut words) => {}
                () = tokio::time::sleep(self.store.look_every()) => {}
            }
            if !self.nats.is_there() {
                return Err(NatsError::Away("the connection broke".into()));
            }
        }
    }

    async fn event_at(&self, position: Position) -> Result<Option<Uuid>, NatsError> {
        let rows = self.store.rows(position.saturating_sub(1), 1).await?;
        Ok(rows.first().filter(|row| row.position == position).and_then(Row::event_id))
    }

    /// The rows behind the last one carried, which must be there still: a database that failed over under our hands may have
    /// lost it, and what it has now must not be laid on top.
    async fn behind(&self, at: Position, last: Option<Uuid>) -> Result<Vec<Row>, NatsError> {
        if at == 0 {
            return Ok(self.store.rows(0, IN_FLIGHT).await?);
        }
        let mut rows = self.store.rows(at - 1, IN_FLIGHT).await?;
        match rows.first() {
            Some(row) if row.position == at && row.event_id() == last => Ok(rows.split_off(1)),
            _ => Err(NatsError::Away(format!("position {at} is another event than a moment ago"))),
        }
    }

    /// All of these rows are in the stream, each at its position; or it is not known which.
    async fn publish(&self, rows: &[Row]) -> Result<(), NatsError> {
        let mut waiting = Vec::with_capacity(rows.len());
        let mut failed = None;
        for row in rows {
            let message = PublishMessage::build()
                .payload(message::encode(row).into())
                .header(JOURNAL, self.journal.as_str())
                .expected_stream(NAME)
                .expected_last_sequence(row.position - 1);
            let subject = message::subject(row.organization, &row.event_type);
            match timeout(WITHIN, self.nats.jetstream.send_publish(subject, message)).await {
                Ok(Ok(acknowledgement)) => waiting.push((row.position, acknowledgement)),
                Ok(Err(error)) => failed = Some(NatsError::away(error)),
                Err(_) => failed = Some(NatsError::Away("a message could not be sent in time".into())),
            }
            if failed.is_some() {
                break;
            }
        }
        // Also after a failure every answer is waited for, so that nothing of ours arrives once the stream is read again; all
        // at once, or a broken connection would cost the limit for each of them.
        let acknowledged = waiting.into_iter().map(async |(position, acknowledgement)| match acknowledgement.await {
            Ok(told) if told.sequence == position && !told.duplicate => Ok(()),
            Ok(told) => Err(NatsError::Away(format!("position {position} was stored as {}", told.sequence))),
            Err(error) => Err(NatsError::away(error)),
        });
        let acknowledged: Result<(), NatsError> = join_all(acknowledged).await.into_iter().collect();
        failed.map_or(acknowledged, Err)
    }
}
