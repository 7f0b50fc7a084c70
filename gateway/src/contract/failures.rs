//! Which operation can fail how. What all that need a token, all that take a body, and all commands share is told once.

use serde_json::{Map, Value, json};

use crate::problem::Problem;

/// Beside what its kind shares: the codes of each operation.
const FAILURES: [(&str, Kind, &[&str]); 48] = [
    ("healthz", Kind::Open, &[]),
    ("readyz", Kind::Open, &["unavailable"]),
    ("found", Kind::Command, &["slug-taken", "already-founded"]),
    ("list_organizations", Kind::Read, &[]),
    ("read_organization", Kind::Read, &["organization-not-found"]),
    ("change", Kind::Command, &["organization-not-found", "slug-taken"]),
    ("delete", Kind::Command, &["organization-not-found"]),
    ("list_members", Kind::Read, &["organization-not-found"]),
    ("change_role", Kind::Command, &["organization-not-found", "member-not-found"]),
    (
        "remove",
        Kind::Command,
        &["organization-not-found", "member-not-found", "owner-cannot-be-removed", "owner-cannot-leave"],
    ),
    ("leave", Kind::Command, &["organization-not-found", "owner-cannot-leave"]),
    ("transfer", Kind::Command, &["organization-not-found", "member-not-found", "already-the-owner"]),
    ("invite", Kind::Command, &["organization-not-found", "already-a-member", "already-invited"]),
    ("list_invitations", Kind::Read, &["organization-not-found"]),
    ("read_invitation", Kind::Read, &["organization-not-found", "invitation-not-found"]),
    ("revoke", Kind::Command, &["organization-not-found", "invitation-not-found", "invitation-settled"]),
    ("invite_many", Kind::Command, &["organization-not-found"]),
    ("remove_many", Kind::Command, &["organization-not-found"]),
    ("list_own_invitations", Kind::Read, &["email-not-verified"]),
    ("read_own_invitation", Kind::Read, &["invitation-not-found", "invitation-not-for-you", "email-not-verified"]),
    (
        "accept",
        Kind::Command,
        &[
            "invitation-not-found",
            "invitation-not-for-you",
            "email-not-verified",
            "invitation-settled",
            "invitation-expired",
            "already-a-member",
            "inviter-no-longer-a-member",
        ],
    ),
    (
        "decline",
        Kind::Command,
        &["invitation-not-found", "invitation-not-for-you", "email-not-verified", "invitation-settled"],
    ),
    ("erase_person", Kind::Act, &["owner-cannot-leave"]),
    ("erasures", Kind::Read, &[]),
    ("access", Kind::Read, &["not-a-member"]),
    ("access_of_many", Kind::Read, &["payload-too-large"]),
    ("authorize", Kind::Read, &["not-a-member"]),
    ("permissions", Kind::Open, &[]),
    ("stream_events", Kind::Read, &["organization-not-found"]),
    ("all_events", Kind::Read, &[]),
    ("memberships", Kind::Read, &[]),
    ("history", Kind::Read, &["organization-not-found"]),
    ("register_webhook", Kind::Act, &["organization-not-found", "too-many-webhooks"]),
    ("read_webhooks", Kind::Read, &["organization-not-found"]),
    ("read_webhook", Kind::Read, &["organization-not-found", "webhook-not-found"]),
    ("change_webhook", Kind::Act, &["organization-not-found", "webhook-not-found"]),
    ("remove_webhook", Kind::Act, &["organization-not-found", "webhook-not-found"]),
    ("rotate_webhook_secret", Kind::Act, &["organization-not-found", "webhook-not-found"]),
    ("redeliver_webhook", Kind::Act, &["organization-not-found", "webhook-not-found", "webhook-disabled"]),
    ("test_webhook", Kind::Act, &["organization-not-found", "webhook-not-found"]),
    ("register_webhook_of_all", Kind::Act, &["too-many-webhooks"]),
    ("read_webhooks_of_all", Kind::Read, &[]),
    ("read_webhook_of_all", Kind::Read, &["webhook-not-found"]),
    ("change_webhook_of_all", Kind::Act, &["webhook-not-found"]),
    ("remove_webhook_of_all", Kind::Act, &["webhook-not-found"]),
    ("rotate_webhook_secret_of_all", Kind::Act, &["webhook-not-found"]),
    ("redeliver_webhook_of_all", Kind::Act, &["webhook-not-found", "webhook-disabled"]),
    ("test_webhook_of_all", Kind::Act, &["webhook-not-found"]),
];

/// What operations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Asks nobody who they are.
    Open,
    /// Reads, for somebody.
    Read,
    /// Changes an organization.
    Command,
    /// Changes something else; asked again, it changes nothing.
    Act,
}

/// The kind of an operation, and its own codes.
pub fn of(id: &str) -> Option<(Kind, &'static [&'static str])> {
    FAILURES.iter().find(|(known, ..)| *known == id).map(|(_, kind, codes)| (*kind, *codes))
}

/// Lists an operation's failures by status, with an example of each.
pub fn list(id: &str, operation: &mut Value) {
    let Some((kind, own)) = of(id) else { return };
    let shared: &[&str] = match kind {
        Kind::Open => &[],
        // Acting for others needs its scope, wherever it is asked for, and one person to act for.
        Kind::Read => &["unauthenticated", "permission-denied", "invalid-request", "request-timeout", "unavailable"],
        Kind::Act => &[
            "invalid-request",
            "unauthenticated",
            "permission-denied",
            "request-timeout",
            "payload-too-large",
            "rate-limited",
            "unavailable",
        ],
        Kind::Command => &[
            "invalid-request",
            "unauthenticated",
            "permission-denied",
            "request-timeout",
            "version-conflict",
            "payload-too-large",
            "idempotency-key-reused",
            "rate-limited",
            "unavailable",
        ],
    };
    let of_bodies: &[&str] = if operation.get("requestBody").is_some() { &["unsupported-media-type"] } else { &[] };
    if kind != Kind::Open {
        operation["security"] = json!([{ "bearer": [] }]);
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    responses.retain(|status, _| status.starts_with('2'));
    let mut by_status: std::collections::BTreeMap<u16, Vec<Problem>> = std::collections::BTreeMap::new();
    for code in own.iter().chain(shared).chain(of_bodies) {
        let problem = Problem::example(code);
        by_status.entry(problem.status().as_u16()).or_default().push(problem);
    }
    for (status, mut problems) in by_status {
        problems.sort_by_key(Problem::code);
        problems.dedup_by_key(|problem| problem.code());
        responses.insert(status.to_string(), response(&problems));
    }
}

/// An example of every problem, by its code.
pub fn examples() -> Value {
    let example = |code| (String::from(code), json!({ "value": Problem::example(code) }));
    Value::Object(Problem::codes().map(example).collect())
}

fn response(problems: &[Problem]) -> Value {
    let codes: Vec<String> = problems.iter().map(|problem| format!("`{}`", problem.code())).collect();
    let examples: Map<String, Value> = problems
        .iter()
        .map(|problem| {
            (problem.code().to_owned(), json!({ "$ref": format!("#/components/examples/{}", problem.code()) }))
        })
        .collect();
    json!({
        "description": codes.join(", "),
        "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "examples": examples }
        }
    })
}
