//! The hand that writes: takes the commands that are waiting, decides them as one group, appends them in one transaction.
//!
//! Waiting costs nobody anything: while one group commits, the next one gathers.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::{OrganizationId, Position, Recorded, Sequence};
use tokio::sync::{Mutex, mpsc, oneshot, watch};
use uuid::Uuid;

use crate::ask::{Ask, AskError, Outcome, Unavailable};
use crate::batch::{Appended, Batch, NewEvent};
use crate::gather::gather;
use crate::group::{self, Group, Verdict};
use crate::store::{AppendError, Known, LookedUp, Store, StoreError};

/// Commands decided together at most.
const GROUP: usize = 512;

/// How often a group is read and decided again because others were first, before each of its commands goes alone, so that
/// one that can never succeed takes no other with it.
const TOGETHER: u32 = 4;

/// How often a command that goes alone is. Of three servers on one organization two lose each time: 8 in a row are lost
/// now and then, 32 never.
const ATTEMPTS: u32 = 32;

/// Longer than this a group is not taken to last when the next one gathers for a part of that time.
const LONGEST: Duration = Duration::from_millis(8);

/// How often a batch whose outcome is unknown is sent again.
const RESENDS: u32 = 3;

/// How long is tried to learn an outcome that is unknown, and the pause before it is tried once more.
const LEARN_WITHIN: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(100);

/// A command, and who waits for its outcome.
pub struct Waiting {
    /// What is asked.
    pub ask: Ask,
    /// Where the outcome goes. Nobody listening is fine: the command stands.
    pub reply: oneshot::Sender<Result<Outcome, AskError>>,
    /// Whose turn it is.
    pub turn: Turn,
}

/// Whether a command is in the writer's hands or was taken back by whoever asked: one or the other, never both.
#[derive(Clone, Debug, Default)]
pub struct Turn(Arc<AtomicBool>);

impl Turn {
    /// True for the first who calls.
    pub fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// Runs until nobody can ask any more. `written` tells followers how far the journal is.
pub async fn run(store: Arc<dyn Store>, inbox: Arc<Mutex<mpsc::Receiver<Waiting>>>, written: watch::Sender<Position>) {
    let writer = Writer { store, written };
    let mut waiting = Vec::with_capacity(GROUP);
    let (mut answered, mut took) = (0, Duration::ZERO);
    // Of several, most of those just answered ask another one next: to wait for them costs more than it gathers.
    let alone = writer.store.writers() == 1;
    // Held for good: each inbox has one writer.
    let mut inbox = inbox.lock().await;
    while inbox.recv_many(&mut waiting, GROUP).await > 0 {
        gather(&mut inbox, &mut waiting, GROUP, if alone { answered } else { 0 }, took / 8).await;
        waiting.retain(|one| one.turn.take());
        metrics::histogram!("roster_append_group_size").record(waiting.len() as f64);
        let started = Instant::now();
        answered = waiting.len();
        writer.carry_out(std::mem::replace(&mut waiting, Vec::with_capacity(GROUP))).await;
        took = started.elapsed().min(LONGEST);
        metrics::histogram!("roster_append_seconds").record(started.elapsed().as_secs_f64());
    }
}

struct Writer {
    store: Arc<dyn Store>,
    written: watch::Sender<Position>,
}

/// A group read and decided, but not yet appended.
struct Decided {
    verdicts: Vec<Verdict>,
    batch: Batch,
}

/// An answer that must be read first.
enum Late {
    /// What is asked is so already.
    NothingNew(OrganizationId, Sequence),
    /// It was carried out before.
    Known(Known),
}

impl Writer {
    /// Carries a group out, and answers everybody in it.
    async fn carry_out(&self, waiting: Vec<Waiting>) {
        // Whether an append was sent of which nobody knows what became.
        let mut unheard = false;
        for attempt in 0..ATTEMPTS {
            if attempt == TOGETHER && waiting.iter().any(|one| one.ask.id != waiting[0].ask.id) {
                for one in apart(waiting) {
                    Box::pin(self.carry_out(one)).await;
                }
                return;
            }
            let mut decided = match self.decide(&waiting, attempt > 0).await {
                Ok(decided) => decided,
                Err(error) if unheard => return fail_all(waiting, &Unavailable::Unknown(Arc::new(error))),
                Err(error) => return fail_all(waiting, &error.into()),
            };
            // Whatever was sent before this reading was beaten, and is either found by its ids or never to be written.
            unheard = false;
            match self.append(&mut decided.batch, &mut unheard).await {
                Ok(appended) => return self.answer(waiting, decided, appended).await,
                Err(AppendError::Conflict) => metrics::counter!("roster_append_conflicts_total").increment(1),
                Err(AppendError::Failed(error)) => return fail_all(waiting, &error.into()),
                Err(AppendError::Unknown(error)) => {
                    return fail_all(waiting, &Unavailable::Unknown(Arc::new(error)));
                }
            }
        }
        fail_all(waiting, &Unavailable::Contended);
    }

    /// Reads what these commands concern, and decides them. `again` where others were first.
    async fn decide(&self, waiting: &[Waiting], again: bool) -> Result<Decided, StoreError> {
        let asks: Vec<Ask> = waiting.iter().map(|one| one.ask.clone()).collect();
        let foreseen = group::foreseen(&asks);
        let in_need = |ask: &&Ask| again || group::must_be_looked_up(ask);
        let looked_up: Vec<Ask> = asks.iter().filter(in_need).cloned().collect();
        let (at, told, ahead) = self.store.look_up_and_read(&looked_up, &foreseen.1).await?;
        let mut told = told.into_iter();
        let looked_up: Vec<LookedUp> = asks
            .iter()
            .map(|ask| if in_need(&ask) { told.next().unwrap_or_default() } else { LookedUp::nothing(ask) })
            .collect();
        let wanted = group::wanted(&asks, &looked_up);
        let ahead = ahead.and_then(|found| group::as_wanted(&wanted, foreseen, &looked_up, found));
        // Read together with the look-ups, or after them: what happened in between matters only then.
        let (found, one_snapshot) = match ahead {
            Some(found) => (found, true),
            None => (self.store.concerned(&wanted).await?, false),
        };
        let mut group = Group::new(at, &wanted, found);
        let mut verdicts: Vec<Verdict> =
            asks.iter().zip(looked_up).map(|(ask, looked_up)| group.decide(ask, looked_up)).collect();
        let doubtful = asks.iter().map(|ask| !(one_snapshot && in_need(&ask))).collect();
        self.look_again(&asks, &mut verdicts, doubtful).await?;
        Ok(Decided { verdicts, batch: group.into_batch() })
    }

    /// A command that records nothing may be its own reason: it was carried out before and not looked up, or another writer carried it out between
    /// our look-up and our reading. (One that records something meets its own id when it is appended.)
    async fn look_again(&self, asks: &[Ask], verdicts: &mut [Verdict], doubtful: Vec<bool>) -> Result<(), StoreError> {
        let in_doubt = verdicts.iter_mut().zip(asks).zip(doubtful);
        let (in_doubt, asks): (Vec<&mut Verdict>, Vec<Ask>) = in_doubt
            .filter(|((verdict, _), doubtful)| *doubtful && verdict.records_nothing())
            .map(|((verdict, ask), _)| (verdict, ask.clone()))
            .unzip();
        if asks.is_empty() {
            return Ok(());
        }
        let (_, looked_up) = self.store.look_up(&asks).await?;
        for ((verdict, ask), looked_up) in in_doubt.into_iter().zip(&asks).zip(looked_up) {
            if let Some(known) = looked_up.known {
                *verdict = group::known_to(ask, known);
            }
        }
        Ok(())
    }

    /// Appends, and while the outcome is unknown sends the **same** batch again: its command ids and sequences make sure that it
    /// is written once, and a conflict leads back to the reading, which finds the command ids.
    ///
    /// Its events get other ids each time. After a failover that lost it, it may come to lie where it lay, behind other events; whoever knows an
    /// event by its place and id must not take that for the journal they know.
    async fn append(&self, batch: &mut Batch, unheard: &mut bool) -> Result<Option<Appended>, AppendError> {
        if batch.is_empty() {
            return Ok(None);
        }
        let since = Instant::now();
        let mut outcome = self.store.append(batch).await;
        for _ in 0..RESENDS {
            match outcome {
                Err(AppendError::Unknown(error)) => {
                    tracing::warn!(%error, "outcome of an append unknown; sending it again");
                    *unheard = true;
                }
                // That this try was not written says nothing of the one before.
                Err(AppendError::Failed(_)) if *unheard => tokio::time::sleep(PAUSE).await,
                told => return told.map(Some),
            }
            if since.elapsed() > LEARN_WITHIN {
                return Err(AppendError::Unknown(timed_out()));
            }
            batch.events.iter_mut().for_each(|new| new.id = Uuid::now_v7());
            outcome = self.store.append(batch).await;
        }
        match outcome {
            Err(AppendError::Failed(error)) if *unheard => Err(AppendError::Unknown(error)),
            told => told.map(Some),
        }
    }

    async fn answer(&self, waiting: Vec<Waiting>, decided: Decided, appended: Option<Appended>) {
        if let Some(appended) = appended {
            let last = appended.base + decided.batch.events.len() as u64;
            self.written.send_if_modified(|position| {
                let newer = last > *position;
                *position = last.max(*position);
                newer
            });
        }
        let recorded = appended.map(|appended| place(decided.batch.events, appended)).unwrap_or_default();
        let mut twins: HashMap<usize, Vec<Waiting>> = HashMap::new();
        let mut firsts = Vec::with_capacity(waiting.len());
        for (place, (one, verdict)) in waiting.into_iter().zip(decided.verdicts).enumerate() {
            match verdict {
                Verdict::Twin(of) => twins.entry(of).or_default().push(one),
                verdict => firsts.push((place, one, verdict)),
            }
        }
        let mut late = Vec::new();
        for (place, one, verdict) in firsts {
            let all = Twins { first: one, others: twins.remove(&place).unwrap_or_default() };
            match verdict {
                Verdict::Failed(error) => all.are_told(Err(error)),
                Verdict::Recorded { organization, events, head } if !events.is_empty() => {
                    let events = recorded.get(events).unwrap_or_default().to_vec();
                    let position = events.last().map_or(0, |last| last.position);
                    all.are_told(Ok(Outcome { organization, events, position, sequence: head, replayed: false }));
                }
                Verdict::Recorded { organization, head, .. } => late.push((all, Late::NothingNew(organization, head))),
                Verdict::Known(known) => late.push((all, Late::Known(known))),
                // Each of these has found its first one above.
                Verdict::Twin(_) => {}
            }
        }
        self.answer_late(late).await;
    }

    /// Those whose answer must be read first, after everybody whose answer is known. What many ask for is read once.
    async fn answer_late(&self, late: Vec<(Twins, Late)>) {
        if late.is_empty() {
            return;
        }
        // What made it so already may be another writer's act, further on than this process knows of.
        let position = self.store.position().await.map_err(Unavailable::from);
        let mut read: HashMap<(OrganizationId, Sequence, Sequence), Result<Outcome, AskError>> = HashMap::new();
        for (all, answer) in late {
            let outcome = match answer {
                Late::Known(known) => match read.get(&known.place()) {
                    Some(outcome) => outcome.clone(),
                    None => {
                        let outcome = self::known(self.store.as_ref(), known, position.clone()).await;
                        read.entry(known.place()).or_insert(outcome).clone()
                    }
                },
                Late::NothingNew(organization, sequence) => position
                    .clone()
                    .map(|position| Outcome { organization, events: Vec::new(), position, sequence, replayed: false })
                    .map_err(AskError::from),
            };
            all.are_told(outcome);
        }
    }
}

/// The first outcome of a command that was carried out before; `head` is where the journal is by now.
pub async fn known(store: &dyn Store, known: Known, head: Result<Position, Unavailable>) -> Result<Outcome, AskError> {
    let Known { organization, first, last, .. } = known;
    let count = u32::try_from(last + 1 - first).unwrap_or(u32::MAX);
    let rows = store.history(organization, first - 1, count).await.map_err(Unavailable::from)?;
    let events: Result<Vec<Recorded>, _> = rows.into_iter().collect();
    let events = events.map_err(|_| Unavailable::Unreadable(organization))?;
    let position = events.last().map_or(head, |last| Ok(last.position))?;
    Ok(Outcome { organization, events, position, sequence: last, replayed: true })
}

/// Those of a group with the same id and the same to ask.
struct Twins {
    first: Waiting,
    others: Vec<Waiting>,
}

impl Twins {
    /// Tells all of them. Whoever asked may have gone; what was decided stands.
    fn are_told(self, outcome: Result<Outcome, AskError>) {
        for one in self.others {
            let again = outcome.clone().map(|outcome| Outcome { replayed: true, ..outcome });
            let _ = one.reply.send(again);
        }
        let _ = self.first.reply.send(outcome);
    }
}

/// Each on its own, but twins together: one is as good as all of them.
fn apart(waiting: Vec<Waiting>) -> Vec<Vec<Waiting>> {
    let (mut places, mut groups) = (HashMap::new(), Vec::<Vec<Waiting>>::new());
    for one in waiting {
        let place = *places.entry(one.ask.id).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Events with the place and time the database gave them.
fn place(events: Vec<NewEvent>, appended: Appended) -> Vec<Recorded> {
    (appended.base + 1..)
        .zip(events)
        .map(|(position, new)| Recorded {
            position,
            sequence: new.sequence,
            organization: new.organization,
            event: new.event,
            recorded_at: appended.at,
            event_id: new.id,
            command_id: new.command,
            actor: new.actor,
            notes: new.notes,
        })
        .collect()
}

fn timed_out() -> StoreError {
    StoreError::Database(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))
}

fn fail_all(waiting: Vec<Waiting>, why: &Unavailable) {
    for one in waiting {
        let _ = one.reply.send(Err(why.clone().into()));
    }
}
