//! How an event lies in a row: payload and metadata as JSON, in the form cqrs-es's own stores read.

use std::collections::HashMap;

use chrono::SecondsFormat;
use domain::{Actor, Notes, OrganizationEvent, OrganizationId, Position, Recorded, Sequence, Timestamp};
use uuid::Uuid;

use crate::batch::NewEvent;
use crate::store::StoreError;

/// An event read for a decision: no more of it than a decision or an answer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Place within its organization.
    pub sequence: Sequence,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What happened.
    pub event: OrganizationEvent,
}

/// A row that can't be read: an event of a later version, or damage. It is reported, never skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it is.
    pub position: Position,
    /// Whose history it stops.
    pub organization: OrganizationId,
    /// What is wrong, without the row's content.
    pub why: String,
}

/// The metadata column of an event to be written: strings only, as cqrs-es expects.
pub fn metadata(new: &NewEvent) -> HashMap<&'static str, String> {
    let mut map = HashMap::from([
        ("event_id", new.id.to_string()),
        ("command_id", new.command.to_string()),
        ("actor", new.actor.to_string()),
    ]);
    if let Some(acts_for) = new.actor.acts_for() {
        map.insert("acts_for", acts_for.to_string());
    }
    let notes = [("via", &new.notes.via), ("reason", &new.notes.reason), ("correlationid", &new.notes.correlationid)];
    map.extend(notes.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))));
    map.extend(new.notes.happened_at.map(|at| ("happened_at", at.to_rfc3339_opts(SecondsFormat::AutoSi, true))));
    map
}

/// A whole row as text, as both databases can give it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Place in the journal.
    pub position: Position,
    /// Whose.
    pub organization: OrganizationId,
    /// Place in the organization.
    pub sequence: Sequence,
    /// The event's name, also of one this version does not know.
    pub event_type: String,
    /// JSON of the event.
    pub payload: String,
    /// JSON of the metadata.
    pub metadata: String,
    /// When.
    pub recorded_at: Timestamp,
}

impl Row {
    /// The event's own id, also of one that can't be read; `None` only where the metadata is damaged.
    pub fn event_id(&self) -> Option<Uuid> {
        let metadata: HashMap<String, String> = serde_json::from_str(&self.metadata).ok()?;
        metadata.get("event_id")?.parse().ok()
    }

    /// The event as written, or why it can't be read.
    pub fn recorded(self) -> Result<Recorded, Unreadable> {
        let (position, organization) = (self.position, self.organization);
        self.parse().map_err(|why| Unreadable { position, organization, why })
    }

    fn parse(self) -> Result<Recorded, String> {
        let event = event(&self.payload).map_err(|error| error.to_string())?;
        let mut metadata: HashMap<String, String> =
            serde_json::from_str(&self.metadata).map_err(|error| explain("metadata", &error))?;
        let id = |name: &str| -> Result<Uuid, String> {
            metadata.get(name).and_then(|text| text.parse().ok()).ok_or_else(|| format!("metadata has no {name}"))
        };
        let (event_id, command_id) = (id("event_id")?, id("command_id")?);
        let actor = metadata.get("actor").ok_or("metadata has no actor")?;
        let actor = Actor::parse(actor, metadata.get("acts_for").map(String::as_str))
            .map_err(|why| format!("metadata's actor {why}"))?;
        let notes = Notes {
            via: metadata.remove("via"),
            reason: metadata.remove("reason"),
            correlationid: metadata.remove("correlationid"),
            happened_at: metadata
                .remove("happened_at")
                .map(|text| text.parse().map_err(|_| "metadata's happened_at is no time"))
                .transpose()?,
        };
        Ok(Recorded {
            position: self.position,
            sequence: self.sequence,
            organization: self.organization,
            event,
            recorded_at: self.recorded_at,
            event_id,
            command_id,
            actor,
            notes,
        })
    }
}

/// The event in a payload column.
pub fn event(payload: &str) -> Result<OrganizationEvent, StoreError> {
    serde_json::from_str(payload).map_err(|error| StoreError::Unreadable(explain("payload", &error)))
}

/// Where JSON went wrong, without quoting it: rows hold what people wrote.
fn explain(column: &str, error: &serde_json::Error) -> String {
    format!("{column}: {:?} error at column {}", error.classify(), error.column())
}
