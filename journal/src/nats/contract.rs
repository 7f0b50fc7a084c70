//! What subscribers of the stream build on, as files: `docs/events/envelope.schema.json` and `docs/asyncapi.yaml`, from the code that
//! writes the messages. In tests only, so that nothing of it is shipped. Beside them lie the schemas of the events' data.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]

use domain::OrganizationEvent;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

use super::message::{CloudEvent, JOURNAL, PARTITIONS};
use super::stream::NAME;

/// The schema of a message, whatever happened.
fn envelope() -> Value {
    let mut schema = serde_json::to_value(CloudEvent::schema()).unwrap();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Envelope");
    for (name, field) in schema["properties"].as_object_mut().unwrap() {
        // What may be missing is left out, and never null.
        if let Some(types) = field["type"].as_array() {
            field["type"] = types.iter().find(|one| *one != "null").unwrap().clone();
        }
        let always = [("specversion", "1.0"), ("datacontenttype", "application/json")];
        if let Some((_, only)) = always.iter().find(|(one, _)| one == name) {
            field["const"] = json!(only);
        }
    }
    schema
}

/// The stream as AsyncAPI 3: a channel for each event, which Roster sends into.
fn asyncapi() -> Value {
    let partitions: Vec<String> = (0..PARTITIONS).map(|one| format!("{one:02}")).collect();
    let (mut channels, mut operations, mut messages) = (Map::new(), Map::new(), Map::new());
    for name in OrganizationEvent::NAMES {
        channels.insert(
            name.into(),
            json!({
                "address": format!("roster.events.{{partition}}.{name}"),
                "parameters": { "partition": { "$ref": "#/components/parameters/partition" } },
                "servers": [{ "$ref": "#/servers/nats" }],
                "messages": { name: { "$ref": format!("#/components/messages/{name}") } },
            }),
        );
        operations.insert(
            format!("send{name}"),
            json!({
                "action": "send",
                "channel": { "$ref": format!("#/channels/{name}") },
                "messages": [{ "$ref": format!("#/channels/{name}/messages/{name}") }],
            }),
        );
        let only = json!({ "properties": {
            "type": { "const": format!("roster.{name}.v1") },
            "data": { "$ref": format!("./events/{name}.schema.json") },
        }, "required": ["data"] });
        messages.insert(
            name.into(),
            json!({
                "name": name,
                "contentType": "application/cloudevents+json",
                "headers": { "$ref": "#/components/schemas/Headers" },
                "payload": { "allOf": [{ "$ref": "./events/envelope.schema.json" }, only] },
            }),
        );
    }
    let of_partition = format!(
        "The CRC-32 (IEEE) of the organization's id in lower case with hyphens, modulo {PARTITIONS}, in two digits. All events of an \
         organization have the same."
    );
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Roster",
            "version": "1",
            "description": format!(
                "What happens to organizations, each event once and in the journal's order, in the JetStream stream {NAME}; its sequence is the \
                 position. docs/subscribing.md says how to follow it."
            ),
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": { "nats": {
            "host": "{host}",
            "protocol": "nats",
            "description": "The NATS that Roster is told by NATS_URL, with JetStream.",
            "variables": { "host": { "default": "localhost:4222", "description": "Host and port." } },
        } },
        "channels": channels,
        "operations": operations,
        "components": {
            "parameters": { "partition": { "description": of_partition, "enum": partitions } },
            "schemas": { "Headers": {
                "type": "object",
                "properties": { JOURNAL: {
                    "type": "string",
                    "description": "Which journal the event is of. Another one is another history: what was made of the former is to be thrown away.",
                } },
                "required": [JOURNAL],
            } },
            "messages": messages,
        },
    })
}

/// Whether the file is what this code says; writes it if so asked.
fn is_as_committed(file: &str, now: &str) {
    let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("ROSTER_TEST_WRITE").is_some() {
        std::fs::write(&path, now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "docs/{file} is not the contract of this code; ROSTER_TEST_WRITE=1 cargo test -p journal --lib contract writes it"
    );
}

#[test]
fn the_envelope_is_as_committed() {
    is_as_committed(
        "events/envelope.schema.json",
        &format!("{}\n", serde_json::to_string_pretty(&envelope()).unwrap()),
    );
}

#[test]
fn the_channels_are_as_committed() {
    is_as_committed("asyncapi.yaml", &serde_saphyr::to_string(&asyncapi()).unwrap());
}
