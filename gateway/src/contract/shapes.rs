//! What values must look like, where their types in the code are checked by hand and tell OpenAPI no more than that they are texts.

use serde_json::{Value, json};

/// Refines schemas and parameters by the names of their fields: a name means the same wherever it stands.
pub fn refine(contract: &mut Value) {
    if let Some(schemas) = contract["components"]["schemas"].as_object_mut() {
        for (schema, value) in schemas.iter_mut() {
            let asked = matches!(
                schema.as_str(),
                "PairBody"
                    | "Founding"
                    | "Changes"
                    | "Inviting"
                    | "NewRole"
                    | "NewOwner"
                    | "ManyInvitations"
                    | "ManyRemovals"
                    | "Registering"
                    | "Changing"
                    | "Range"
            );
            fields(value, asked);
        }
    }
    super::for_each_operation(contract, |id, _, operation| {
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            if id == "all_events" && name == "limit" {
                parameter["schema"] = json!({ "type": "integer", "minimum": 1, "maximum": 1000 });
            } else if let Some(shape) = parameter_shape(&name) {
                parameter["schema"] = shape;
            }
        }
    });
}

fn fields(schema: &mut Value, asked: bool) {
    for (name, field) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(shape) = (if asked { asked_shape(name) } else { told_shape(name) }) else { continue };
        let nullable = field["type"].as_array().is_some_and(|types| types.contains(&json!("null")));
        let description = field.get("description").cloned();
        *field = shape;
        if nullable {
            field["type"] = json!([field["type"], "null"]);
        }
        if let Some(description) = description {
            field["description"] = description;
        }
    }
}

/// Not blank, and without control characters or what turns the direction of text.
const PRINTABLE: &str = "[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028-\\u202f\\u205f\\u2066-\\u2069\\u3000][^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]*";

/// What callers send.
fn asked_shape(name: &str) -> Option<Value> {
    Some(match name {
        "name" => json!({
            "type": "string", "minLength": 1, "maxLength": 100,
            "pattern": format!("^{PRINTABLE}$")
        }),
        "slug" => json!({ "type": "string", "minLength": 2, "maxLength": 48, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        "logo" => json!({ "type": "string", "minLength": 1, "maxLength": 2048, "pattern": format!("^{PRINTABLE}$") }),
        "metadata" => json!({ "type": "object" }),
        "email" => json!({ "type": "string", "format": "email", "maxLength": 254 }),
        "role" => json!({ "type": "string", "enum": ["admin", "member"] }),
        // What is wrong with a row is told in its own result: it makes no request wrong.
        "invitations" => json!({
            "type": "array", "minItems": 1, "maxItems": 1000, "items": { "$ref": "#/components/schemas/Wanted" }
        }),
        "user_id" => json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": format!("^{PRINTABLE}$") }),
        "url" => json!({ "type": "string", "format": "uri", "maxLength": 2048, "pattern": "^https://[^/?#@]+.*$" }),
        "types" => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "string", "enum": domain::OrganizationEvent::NAMES } })
        }
        "resume" => json!({ "type": "string", "enum": ["stopped", "now"] }),
        "from" | "to" => json!({ "type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_991_u64 }),
        "member_ids" => json!({
            "type": "array", "minItems": 1, "maxItems": 1000, "items": { "type": "string" }
        }),
        _ => return None,
    })
}

/// What is answered.
fn told_shape(name: &str) -> Option<Value> {
    Some(match name {
        "role" => json!({ "type": "string", "enum": ["owner", "admin", "member"] }),
        // A program that compares codes is told by its compiler which there are.
        "code" => json!({ "type": "string", "enum": crate::problem::Problem::codes().collect::<Vec<_>>() }),
        "kind" => json!({ "type": "string", "enum": ["organization", "onboarding"] }),
        _ => return None,
    })
}

fn parameter_shape(name: &str) -> Option<Value> {
    Some(match name {
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": 200 }),
        "overlap" => json!({ "type": "integer", "minimum": 0, "maximum": 604_800 }),
        "after" => json!({ "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64 }),
        "Last-Event-ID" => json!({ "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64 }),
        "permission" => json!({ "type": "string", "enum": domain::Permission::ALL.map(domain::Permission::as_str) }),
        "role" => json!({ "type": "string", "enum": ["owner", "admin", "member"] }),
        "sort" => json!({ "type": "string", "enum": ["joined_at", "-joined_at"] }),
        "type" => {
            let names = domain::OrganizationEvent::NAMES.join("|");
            json!({ "type": "string", "pattern": format!("^({names})(,({names}))*$") })
        }
        "actor" => {
            json!({ "type": "string", "maxLength": 255, "pattern": format!("^(person|service|operator):{PRINTABLE}$") })
        }
        "as_of" | "from" | "to" => json!({ "type": "string", "format": "date-time" }),
        "at_sequence" => json!({ "type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_991_u64 }),
        "search" => json!({ "type": "string", "maxLength": 100 }),
        "user_id" | "user" | "person" => {
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": format!("^{PRINTABLE}$") })
        }
        _ => return None,
    })
}
