//! What is sent and answered beside bodies.

use serde_json::{Value, json};

use super::failures::{Kind, of};

/// Headers that callers may send, by the name they are referred to.
pub fn parameters() -> Value {
    // Without examples: tools would send them with every request, and one key or version does not fit them all.
    let header = |name: &str, says: &str, schema: Value| json!({ "name": name, "in": "header", "description": says, "schema": schema });
    json!({
        "IdempotencyKey": header(
            "Idempotency-Key",
            "Sent again with the same key and body, the command is done once and has the same answer.",
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$" }),
        ),
        "IfMatch": header(
            "If-Match",
            "The version (`ETag`) that the command was decided on; on another one it is refused.",
            json!({ "type": "string" }),
        ),
        "IfNoneMatch": header(
            "If-None-Match",
            "The version (`ETag`) that the reader has already.",
            json!({ "type": "string" }),
        ),
        "RosterMinPosition": header(
            "Roster-Min-Position",
            "How far the list must be before it is read: the `Roster-Position` of a command's answer. Waits two seconds at most.",
            json!({ "type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64 }),
        ),
        "RosterActor": header(
            "Roster-Actor",
            "The person a backend acts for; needs the scope `roster:act-as`.",
            json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        ),
        "RequestId": header(
            "X-Request-Id",
            "What the request is called. Comes back, stands in the log, and is noted with what is recorded.",
            json!({ "type": "string" }),
        ),
        "Traceparent": header(
            "traceparent",
            "W3C Trace Context, carried along likewise.",
            json!({ "type": "string" }),
        )
    })
}

/// Headers of answers, by the name they are referred to.
pub fn headers() -> Value {
    let header = |says: &str, schema: Value| json!({ "description": says, "schema": schema });
    json!({
        "ETag": header("The organization's version: its sequence.", json!({ "type": "string" })),
        "RosterPosition": header("Where lists must be to show it.", json!({ "type": "integer", "minimum": 0 })),
        "JournalPosition": header("The last position there is; beside CloudEvents.", json!({ "type": "integer", "minimum": 0 })),
        "RosterJournal": header("Which journal; beside CloudEvents.", json!({ "type": "string" })),
        "IdempotencyReplayed": header("Whether it was done before, under the same key.", json!({ "type": "string", "enum": ["true"] })),
        "RequestId": header("What the request is called.", json!({ "type": "string" })),
        "RetryAfter": header("Seconds after which to try again.", json!({ "type": "integer", "minimum": 1 }))
    })
}

/// Which of them an operation takes and answers with.
pub fn tell(id: &str, method: &str, operation: &mut Value) {
    let kind = of(id).map(|(kind, _)| kind);
    let (mut taken, mut answered) = (Vec::new(), vec![("X-Request-Id", "RequestId")]);
    match kind {
        Some(Kind::Command) => {
            taken.extend(["IdempotencyKey"]);
            if !id.ends_with("_many") {
                taken.push("IfMatch");
            }
            answered.extend([("Roster-Position", "RosterPosition"), ("Idempotency-Replayed", "IdempotencyReplayed")]);
            answered.push(("ETag", "ETag"));
        }
        // Webhooks are not in the journal: no list waits for them.
        Some(Kind::Act) if !id.contains("webhook") => answered.push(("Roster-Position", "RosterPosition")),
        Some(Kind::Read) if id == "all_events" => {
            answered.extend([("Roster-Position", "JournalPosition"), ("Roster-Journal", "RosterJournal")]);
        }
        Some(Kind::Read) if id == "read_organization" => {
            taken.push("IfNoneMatch");
            answered.push(("ETag", "ETag"));
        }
        Some(Kind::Read) if id.starts_with("list_") && id != "list_own_invitations" => taken.push("RosterMinPosition"),
        _ => {}
    }
    if matches!(kind, Some(Kind::Read | Kind::Command | Kind::Act)) {
        taken.extend(["RosterActor", "RequestId", "Traceparent"]);
    }
    if !taken.is_empty() {
        let references = taken.into_iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }));
        match operation.get_mut("parameters").and_then(Value::as_array_mut) {
            Some(parameters) => parameters.extend(references),
            None => operation["parameters"] = references.collect(),
        }
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    if id == "read_organization" && method == "get" {
        responses.insert("304".into(), json!({ "description": "The reader has it already." }));
    }
    for (status, response) in responses {
        let of_success = if status.starts_with('2') || status == "304" { answered.as_slice() } else { &answered[..1] };
        let mut all: Vec<(&str, &str)> = of_success.to_vec();
        if status == "503" || status == "429" {
            all.push(("Retry-After", "RetryAfter"));
        }
        for (name, reference) in all {
            response["headers"][name] = json!({ "$ref": format!("#/components/headers/{reference}") });
        }
    }
}
