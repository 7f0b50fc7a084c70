//! An event on its way: CloudEvents 1.0 in JSON, structured mode. What subscribers build on, and so part of the contract.

use std::collections::{BTreeMap, HashMap};

use domain::{OrganizationId, Position, Recorded, Sequence, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::row::Row;

/// How many subjects each event type has. Fixed: filters over millions of subjects make JetStream slow.
pub(super) const PARTITIONS: u32 = 64;

/// The header that says from which journal a message came.
pub const JOURNAL: &str = "Roster-Journal";

/// An organization's partition, 0 to 63: CRC-32 (IEEE) of its id's text, modulo 64.
pub fn partition(organization: OrganizationId) -> u32 {
    crc32fast::hash(organization.to_string().as_bytes()) % PARTITIONS
}

/// The subject an event is published under: `roster.events.<partition>.<EventType>`.
pub fn subject(organization: OrganizationId, event_type: &str) -> String {
    format!("roster.events.{:02}.{event_type}", partition(organization))
}

/// An event on its way: a CloudEvent 1.0 in JSON, structured mode.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(super) struct CloudEvent {
    /// The version of CloudEvents.
    specversion: String,
    /// The event's own UUID. Of an event whose metadata is damaged: `position-<position>`.
    id: String,
    /// `/organizations/<id>`.
    #[cfg_attr(test, schema(pattern = "^/organizations/[0-9a-f-]{36}$"))]
    source: String,
    /// `roster.<EventType>.v1`. Types may be added.
    #[cfg_attr(test, schema(pattern = "^roster[.][A-Za-z]+[.]v[0-9]+$"))]
    r#type: String,
    /// The member or the invitation it is about, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// When it was recorded, by the clock of the database. Never runs backwards along positions.
    #[cfg_attr(test, schema(value_type = String, format = DateTime))]
    time: Timestamp,
    /// The media type of `data`.
    datacontenttype: String,
    /// Whose history it belongs to.
    #[cfg_attr(test, schema(value_type = String, format = Uuid))]
    organization: OrganizationId,
    /// Place in the organization's history: 1, 2, 3 … without gaps.
    #[cfg_attr(test, schema(value_type = u64, minimum = 1))]
    sequence: Sequence,
    /// Place in the whole journal: 1, 2, 3 … without gaps, in commit order. The stream's sequence.
    #[cfg_attr(test, schema(value_type = u64, minimum = 1))]
    position: Position,
    /// By whose act: `person:<user id>`, `service:<sub>` or `operator:<name>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schema(pattern = "^(person|service|operator):"))]
    actor: Option<String>,
    /// The person a service acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    actsfor: Option<String>,
    /// The command that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<String>,
    /// The request that command came with (`X-Request-Id`, else its trace), if it was called anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<String>,
    /// When it happened, where that was before it was recorded: what was taken over from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schema(value_type = Option<String>, format = DateTime))]
    happenedat: Option<String>,
    /// What happened, by the schema of its type. Missing only where the row is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schema(value_type = Option<Object>))]
    data: Option<Box<RawValue>>,
}

/// Whom or what an event is about, where it says so.
#[derive(Deserialize)]
struct About {
    member_id: Option<String>,
    invitation_id: Option<String>,
}

/// A row as the message that carries it, on whichever way it goes. Every row has one, also a later version's or a damaged one, because the stream's
/// sequence is the position.
pub fn encode(row: &Row) -> String {
    let metadata: HashMap<String, String> = serde_json::from_str(&row.metadata).unwrap_or_default();
    let payload: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&row.payload).unwrap_or_default();
    let data = payload.into_iter().next().map(|(_, data)| data);
    let about: Option<About> = data.as_ref().and_then(|data| serde_json::from_str(data.get()).ok());
    let noted = |name: &str| metadata.get(name).cloned();
    let event = CloudEvent {
        specversion: "1.0".into(),
        id: told_id(row),
        source: format!("/organizations/{}", row.organization),
        r#type: format!("roster.{}.v1", row.event_type),
        subject: about.and_then(|about| about.member_id.or(about.invitation_id)),
        time: row.recorded_at,
        datacontenttype: "application/json".into(),
        organization: row.organization,
        sequence: row.sequence,
        position: row.position,
        actor: noted("actor"),
        actsfor: noted("acts_for"),
        causationid: noted("command_id"),
        correlationid: noted("correlationid"),
        happenedat: noted("happened_at"),
        data,
    };
    serde_json::to_string(&event).unwrap_or_default() // Texts, numbers and JSON that was read: all of it can be written.
}

/// What subscribers know a row's event by: its own id, or where the row is damaged its position.
pub fn told_id(row: &Row) -> String {
    let metadata: HashMap<String, String> = serde_json::from_str(&row.metadata).unwrap_or_default();
    metadata.get("event_id").cloned().unwrap_or_else(|| format!("position-{}", row.position))
}

/// The event a message carries; `None` where it can't be read, and the journal must be asked. Notes meant for auditors only
/// (by which door, for what reason) are not sent around and so are missing.
pub fn decode(payload: &[u8]) -> Option<Recorded> {
    let event: CloudEvent = serde_json::from_slice(payload).ok()?;
    let name = event.r#type.strip_prefix("roster.")?.strip_suffix(".v1")?;
    let noted = [
        ("event_id", Some(event.id)),
        ("command_id", event.causationid),
        ("actor", event.actor),
        ("acts_for", event.actsfor),
        ("correlationid", event.correlationid),
        ("happened_at", event.happenedat),
    ];
    let metadata: HashMap<&str, String> = noted.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let row = Row {
        position: event.position,
        organization: event.organization,
        sequence: event.sequence,
        event_type: name.to_owned(),
        payload: serde_json::to_string(&HashMap::from([(name, event.data?)])).ok()?,
        metadata: serde_json::to_string(&metadata).ok()?,
        recorded_at: event.time,
    };
    row.recorded().ok()
}

/// Which event a message says it carries: position, organization, sequence and the event's own id.
pub fn identity(payload: &[u8]) -> Option<(Position, OrganizationId, Sequence, String)> {
    let event: CloudEvent = serde_json::from_slice(payload).ok()?;
    Some((event.position, event.organization, event.sequence, event.id))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;

    fn row(event_type: &str, payload: &str) -> Row {
        Row {
            position: 7,
            organization: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            sequence: 3,
            event_type: event_type.into(),
            payload: payload.into(),
            metadata: r#"{"event_id":"01890a5d-ac96-774b-bcce-b302099a8058","command_id":"01890a5d-ac96-774b-bcce-b302099a8059","actor":"service:crm","acts_for":"ana","via":"v1","correlationid":"r-1","happened_at":"2019-05-01T10:00:00.25Z"}"#.into(),
            recorded_at: "2026-03-01T10:00:00.123456Z".parse().unwrap(),
        }
    }

    const LEFT: &str = r#"{"MemberLeft":{"member_id":"01890a5d-ac96-774b-bcce-b302099a8060","user_id":"ana"}}"#;

    #[test]
    fn what_ana_did_arrives_as_it_was_written() {
        let sent = row("MemberLeft", LEFT);
        let mut written = sent.clone().recorded().unwrap();
        written.notes.via = None;
        assert_eq!(decode(encode(&sent).as_bytes()), Some(written));
    }

    #[test]
    fn a_subscriber_reads_a_cloud_event() {
        let event: serde_json::Value = serde_json::from_str(&encode(&row("MemberLeft", LEFT))).unwrap();
        for (name, value) in [
            ("specversion", "1.0"),
            ("id", "01890a5d-ac96-774b-bcce-b302099a8058"),
            ("source", "/organizations/01890a5d-ac96-774b-bcce-b302099a8057"),
            ("type", "roster.MemberLeft.v1"),
            ("subject", "01890a5d-ac96-774b-bcce-b302099a8060"),
            ("time", "2026-03-01T10:00:00.123456Z"),
            ("datacontenttype", "application/json"),
            ("actor", "service:crm"),
            ("correlationid", "r-1"),
            ("happenedat", "2019-05-01T10:00:00.25Z"),
        ] {
            assert_eq!(event[name], value, "{name}");
        }
        assert_eq!((&event["position"], &event["sequence"]), (&7.into(), &3.into()));
        assert_eq!(event["data"]["user_id"], "ana");
        assert!(event.get("via").is_none(), "doors and reasons are for auditors");
    }

    #[test]
    fn an_event_of_a_later_version_and_a_damaged_one_are_carried_too() {
        let later = row("MemberPaused", r#"{"MemberPaused":{"member_id":"m"}}"#);
        assert!(encode(&later).contains("roster.MemberPaused.v1"));
        assert_eq!(decode(encode(&later).as_bytes()), None);
        let damaged = Row { metadata: "{".into(), ..row("MemberLeft", "[]") };
        assert_eq!(identity(encode(&damaged).as_bytes()).unwrap().0, 7);
        assert_eq!(decode(encode(&damaged).as_bytes()), None);
    }

    #[test]
    fn partitions_are_those_of_the_contract() {
        assert_eq!(crc32fast::hash(b"123456789"), 0xcbf4_3926, "CRC-32 (IEEE)");
        let organization = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let expected = format!("roster.events.{:02}.MemberLeft", partition(organization));
        assert_eq!(subject(organization, "MemberLeft"), expected);
        assert!(partition(organization) < 64);
    }
}
