//! The stream as any subscriber reads it: by position, through a filter, without the journal.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::DeliverPolicy;
use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use domain::{OrganizationId, Position};
use futures::{FutureExt, StreamExt};

use super::connect::{Nats, NatsError, WITHIN};
use super::message::{JOURNAL, identity, partition};

/// Messages handed on at once.
const AT_ONCE: usize = 1000;

/// After so much silence it is looked whether there still is something to hear.
const SILENCE: Duration = Duration::from_secs(1);

/// How soon a stream that is not there is looked for again.
const AGAIN: Duration = Duration::from_millis(250);

/// Which events are wanted: of these types and these organizations. Empty means all.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Names of events.
    pub types: BTreeSet<String>,
    /// Organizations.
    pub organizations: BTreeSet<OrganizationId>,
}

impl Wanted {
    /// Whether an event of this type and organization is.
    pub fn takes(&self, event_type: &str, organization: OrganizationId) -> bool {
        (self.types.is_empty() || self.types.contains(event_type))
            && (self.organizations.is_empty() || self.organizations.contains(&organization))
    }

    /// The narrowest one subject with all of them: NATS 2.9 takes one only. What else is under it is left out when it comes.
    fn subject(&self) -> String {
        let partitions: BTreeSet<u32> = self.organizations.iter().map(|one| partition(*one)).collect();
        let partition = match partitions.iter().next() {
            Some(only) if partitions.len() == 1 => format!("{only:02}"),
            _ => "*".to_owned(),
        };
        let event_type = match self.types.iter().next() {
            Some(only) if self.types.len() == 1 => only,
            _ => "*",
        };
        format!("roster.events.{partition}.{event_type}")
    }
}

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Its place in the stream and in the journal.
    pub position: Position,
    /// The CloudEvent, one line of JSON.
    pub text: String,
}

/// What there is to hear.
#[derive(Debug)]
pub enum Heard {
    /// Events, in order.
    Events(Vec<Carried>),
    /// Nothing that is wanted follows, as of now. Told whenever it becomes so.
    Current,
    /// Nothing can be heard, and why; it goes on by itself.
    Waiting(String),
}

/// Follows the stream from a position on, whatever becomes of the connection and of the stream.
pub struct Subscription {
    nats: Nats,
    wanted: Wanted,
    /// The position to begin with; none yet for what happens from now on.
    from: Option<Position>,
    /// The last message that was read, wanted or not, and its event's own id.
    last: Option<(Position, String)>,
    journal: Option<String>,
    following: Option<Following>,
    /// Whether nothing follows, and whether that was told.
    is_current: bool,
    told: bool,
}

struct Following {
    messages: Ordered,
    /// When the stream was made: one made anew is another.
    made: String,
    looked: Instant,
}

impl Subscription {
    /// From this position on, or from now on.
    pub fn new(nats: Nats, wanted: Wanted, from: Option<Position>) -> Self {
        Self { nats, wanted, from, last: None, journal: None, following: None, is_current: false, told: false }
    }

    /// What is heard next.
    ///
    /// # Errors
    /// [`NatsError::Disagrees`] where the stream is no longer that of what was read: it takes a person to begin anew.
    pub async fn next(&mut self) -> Result<Heard, NatsError> {
        loop {
            let Some(following) = &mut self.following else {
                match self.follow().await {
                    Ok(true) => continue,
                    Ok(false) => return Ok(self.waits("there is no stream ROSTER yet".into()).await),
                    Err(why) => {
                        let why = self.away().unwrap_or_else(|| why.to_string());
                        return Ok(self.waits(why).await);
                    }
                }
            };
            if self.is_current && !self.told {
                self.told = true;
                return Ok(Heard::Current);
            }
            match tokio::time::timeout(SILENCE, following.messages.next()).await {
                Ok(Some(Ok(first))) => {
                    let mut messages = vec![first];
                    while messages.len() < AT_ONCE
                        && let Some(Some(Ok(next))) = following.messages.next().now_or_never()
                    {
                        messages.push(next);
                    }
                    let events = self.understand(&messages)?;
                    if !events.is_empty() {
                        return Ok(Heard::Events(events));
                    }
                }
                Ok(Some(Err(_)) | None) => self.following = None,
                Err(_) => {
                    if let Some(why) = self.look().await {
                        self.following = None;
                        return Ok(self.waits(why).await);
                    }
                }
            }
        }
    }

    fn away(&self) -> Option<String> {
        let why = || self.nats.why_away().map_or_else(String::new, |why| format!(": {why}"));
        (!self.nats.is_there()).then(|| format!("NATS is away{}", why()))
    }

    async fn waits(&mut self, why: String) -> Heard {
        tokio::time::sleep(AGAIN).await;
        Heard::Waiting(why)
    }

    /// Begins with the last message that was read, if one was: it must be the same still.
    async fn follow(&mut self) -> Result<bool, NatsError> {
        if !self.nats.is_there() {
            return Err(NatsError::Away("not connected".into()));
        }
        let Some(stream) = self.nats.any_stream().await? else { return Ok(false) };
        let (made, head) = (stream.cached_info().created.to_string(), stream.cached_info().state.last_sequence);
        let from = *self.from.get_or_insert(head + 1);
        // Where there is less than was read, with the last there is: it tells of which journal it is.
        let begin = self.last.as_ref().map_or(from, |(position, _)| (*position).min(head.max(1)));
        let config = OrderedConfig {
            filter_subject: self.wanted.subject(),
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: begin },
            ..OrderedConfig::default()
        };
        let subscribed = async {
            let consumer = stream.create_consumer(config).await.map_err(NatsError::away)?;
            let nothing_follows = consumer.cached_info().num_pending == 0;
            Ok((consumer.messages().await.map_err(NatsError::away)?, nothing_follows))
        };
        let subscribed = tokio::time::timeout(WITHIN, subscribed).await;
        let (messages, nothing_follows) =
            subscribed.unwrap_or_else(|_| Err(NatsError::Away("it does not answer in time".into())))?;
        self.following = Some(Following { messages, made, looked: Instant::now() });
        (self.is_current, self.told) = (nothing_follows, false);
        Ok(true)
    }

    /// Whether the stream is still the one that is followed; if not, why nothing is heard.
    async fn look(&mut self) -> Option<String> {
        if let Some(why) = self.away() {
            return Some(why);
        }
        let following = self.following.as_mut()?;
        if following.looked.elapsed() < WITHIN {
            return None;
        }
        following.looked = Instant::now();
        match self.nats.any_stream().await {
            Ok(Some(stream)) if stream.cached_info().created.to_string() == following.made => None,
            Ok(Some(_)) => Some("the stream was made anew".into()),
            Ok(None) => Some("the stream is gone; a server makes it anew".into()),
            Err(why) => Some(why.to_string()),
        }
    }

    /// What is new and wanted in these messages.
    fn understand(&mut self, messages: &[Message]) -> Result<Vec<Carried>, NatsError> {
        let mut events = Vec::new();
        for message in messages {
            let Ok(info) = message.info() else { continue };
            let position = info.stream_sequence;
            (self.is_current, self.told) = (info.pending == 0, false);
            self.is_of_the_same_journal(message)?;
            let Some((_, organization, _, id)) = identity(&message.payload) else {
                // Whoever may publish here may publish anything; only Roster should.
                tracing::warn!(position, "a message of the stream is no event");
                continue;
            };
            match &self.last {
                Some((last, known)) if position == *last && id != *known => {
                    return Err(NatsError::Disagrees(format!(
                        "has another event at position {position} than before: the journal was restored from a backup, or lost \
                         commits; begin anew, with --from 1"
                    )));
                }
                Some((last, _)) if position <= *last => continue,
                _ => {}
            }
            let event_type = message.subject.rsplit('.').next().unwrap_or_default();
            if self.wanted.takes(event_type, organization) && Some(position) >= self.from {
                let text = String::from_utf8_lossy(&message.payload).into_owned();
                events.push(Carried { position, text });
            }
            self.last = Some((position, id));
        }
        Ok(events)
    }

    fn is_of_the_same_journal(&mut self, message: &Message) -> Result<(), NatsError> {
        let told = message.headers.as_ref().and_then(|headers| headers.get(JOURNAL)).map(ToString::to_string);
        match (&self.journal, told) {
            (Some(known), Some(told)) if *known != told => Err(NatsError::Disagrees(
                "is filled from another journal than before: what was read is another history; begin anew, with --from 1"
                    .into(),
            )),
            (_, told) => {
                self.journal = told.or(self.journal.take());
                Ok(())
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::Wanted;

    fn wanted(types: &[&str], organizations: &[&str]) -> Wanted {
        Wanted {
            types: types.iter().map(|one| (*one).to_owned()).collect(),
            organizations: organizations.iter().map(|one| one.parse().unwrap()).collect(),
        }
    }

    const ACME: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
    const APEX: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

    #[test]
    fn nats_is_asked_for_as_little_as_one_subject_can_say() {
        let partition = format!("{:02}", super::partition(ACME.parse().unwrap()));
        assert_eq!(wanted(&[], &[]).subject(), "roster.events.*.*");
        assert_eq!(wanted(&["MemberLeft"], &[]).subject(), "roster.events.*.MemberLeft");
        assert_eq!(wanted(&["MemberLeft"], &[ACME]).subject(), format!("roster.events.{partition}.MemberLeft"));
        assert_eq!(wanted(&["MemberLeft", "MemberJoined"], &[ACME]).subject(), format!("roster.events.{partition}.*"));
    }

    #[test]
    fn what_one_subject_can_not_say_is_sorted_out_here() {
        let some = wanted(&["MemberLeft", "MemberJoined"], &[ACME]);
        assert!(some.takes("MemberLeft", ACME.parse().unwrap()));
        assert!(!some.takes("MemberRemoved", ACME.parse().unwrap()));
        assert!(!some.takes("MemberLeft", APEX.parse().unwrap()));
        assert!(wanted(&[], &[]).takes("MemberPaused", APEX.parse().unwrap()));
    }
}
