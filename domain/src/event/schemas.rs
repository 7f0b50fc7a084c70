//! `docs/events/*.schema.json`: a JSON Schema of each event's data, from the types. In tests only, so that nothing of it is shipped.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use serde_json::{Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::OrganizationEvent;

/// The schema of the data of each event, by its name. Each stands for itself: what OpenAPI keeps apart is laid into it.
fn schemas() -> Vec<(&'static str, Value)> {
    let mut parts = Vec::new();
    OrganizationEvent::schemas(&mut parts);
    let parts: HashMap<String, Value> =
        parts.into_iter().map(|(name, part)| (name, serde_json::to_value(part).unwrap())).collect();
    let mut all = serde_json::to_value(OrganizationEvent::schema()).unwrap();
    lay_in(&mut all, &parts);
    let variants = all["oneOf"].as_array().unwrap();
    let schemas = OrganizationEvent::NAMES.into_iter().zip(variants).map(|(name, variant)| {
        let mut schema = variant["properties"][name].clone();
        never_null(&mut schema);
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(name);
        schema["description"] = variant["description"].clone();
        (name, schema)
    });
    schemas.collect()
}

/// What may be missing is left out, and never null.
fn never_null(schema: &mut Value) {
    let required: Vec<Value> = schema["required"].as_array().cloned().unwrap_or_default();
    for (name, field) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Some(some) = field["oneOf"].get(0).filter(|_| !required.contains(&json!(name))) {
            *field = some.clone();
        }
    }
}

/// Puts parts in the places that refer to them.
fn lay_in(schema: &mut Value, parts: &HashMap<String, Value>) {
    let part = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()).map(|name| parts[name].clone());
    if let Some(part) = part {
        *schema = part;
    }
    // What follows is for those who read the code.
    if let Some(text) = schema["description"].as_str().and_then(|text| text.split("\n\n").next()) {
        schema["description"] = json!(text.replace('\n', " "));
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(|field| lay_in(field, parts)),
        Value::Array(items) => items.iter_mut().for_each(|item| lay_in(item, parts)),
        _ => {}
    }
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events"))
}

#[test]
fn they_are_as_committed() {
    for (name, schema) in schemas() {
        let path = folder().join(format!("{name}.schema.json"));
        let now = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("ROSTER_TEST_WRITE").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == now,
            "docs/events/{name}.schema.json is not the event of this code; ROSTER_TEST_WRITE=1 cargo test -p domain --lib schemas writes it"
        );
    }
}

#[test]
fn each_is_of_an_object_that_is_described_and_there_is_no_other() {
    let mut files: BTreeSet<String> = BTreeSet::from(["envelope.schema.json".to_owned()]);
    for (name, schema) in schemas() {
        assert_eq!(schema["type"], "object", "{name}");
        assert!(schema["description"].is_string(), "{name} is not described");
        files.insert(format!("{name}.schema.json"));
    }
    let there = std::fs::read_dir(folder()).unwrap();
    let there: BTreeSet<String> = there.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, files);
}
