//! An event as a line: what is written goes out as it lies in the journal, also what a later version wrote. The fields are those of
//! `/history`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::Timestamp;
use journal::Written;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::lines::{Column, Line};

/// One event.
#[derive(Serialize)]
pub struct Entry<'a> {
    position: u64,
    sequence: u64,
    #[serde(rename = "type")]
    kind: &'a str,
    subject: &'a str,
    actor: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acts_for: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<&'a RawValue>,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    happened_at: Option<&'a RawValue>,
    data: Option<&'a RawValue>,
}

/// What the metadata says, each as it stands there.
#[derive(Default, Deserialize)]
struct Noted<'a> {
    #[serde(borrow, default)]
    actor: Option<&'a RawValue>,
    #[serde(borrow, default)]
    acts_for: Option<&'a RawValue>,
    #[serde(borrow, default)]
    via: Option<&'a RawValue>,
    #[serde(borrow, default)]
    reason: Option<&'a RawValue>,
    #[serde(borrow, default)]
    correlationid: Option<&'a RawValue>,
    #[serde(borrow, default)]
    happened_at: Option<&'a RawValue>,
}

impl<'a> Entry<'a> {
    /// The line of a row. What is damaged in it is left out, and never what is not.
    pub fn of(written: &'a Written) -> Self {
        let row = &written.row;
        let noted: Noted<'a> = serde_json::from_str(&row.metadata).unwrap_or_default();
        // In JSON an event is an object with one field, named as the event.
        let data: Option<BTreeMap<&'a str, &'a RawValue>> = serde_json::from_str(&row.payload).ok();
        Self {
            position: row.position,
            sequence: row.sequence,
            kind: &row.event_type,
            subject: &written.subject,
            actor: noted.actor,
            acts_for: noted.acts_for,
            via: noted.via,
            reason: noted.reason,
            correlationid: noted.correlationid,
            at: row.recorded_at,
            happened_at: noted.happened_at,
            data: data.and_then(|data| data.into_values().next()),
        }
    }
}

/// What a JSON text says.
fn said(raw: Option<&RawValue>) -> Cow<'_, str> {
    raw.map_or(Cow::Borrowed(""), |raw| match serde_json::from_str::<String>(raw.get()) {
        Ok(text) => text.into(),
        Err(_) => raw.get().into(),
    })
}

impl Line for Entry<'_> {
    const COLUMNS: &'static [Column] = &[
        Column::aside("position"),
        Column::right("sequence", 8),
        Column::left("at", 24),
        Column::aside("happened_at"),
        Column::left("type", 20),
        Column::left("subject", 47),
        Column::left("actor", 24),
        Column::aside("acts_for"),
        Column::aside("via"),
        Column::left("reason", 1),
        Column::aside("correlationid"),
        Column::left("data", 1),
    ];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.position.to_string().into(),
            self.sequence.to_string().into(),
            self.at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true).into(),
            said(self.happened_at),
            self.kind.into(),
            self.subject.into(),
            said(self.actor),
            said(self.acts_for),
            said(self.via),
            said(self.reason),
            said(self.correlationid),
            self.data.map_or("", RawValue::get).into(),
        ]
    }
}
