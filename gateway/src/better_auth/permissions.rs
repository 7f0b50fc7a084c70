//! Whether the caller may do something, by its name there.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::{Permission, Role};
use serde_json::{Map, Value, json};

use super::call::Incoming;
use super::codes::NO_ACTIVE_ORGANIZATION;
use super::failure::Failure;
use super::place::meant;
use super::refused::Call;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/api/auth/organization/has-permission", post(has_permission))
}

async fn has_permission(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let id = body.optional_text("organizationId").map(str::to_owned);
    let [former, asked] = ["permission", "permissions"].map(|name| body.raw(name).and_then(record));
    match (&former, &asked) {
        (None, None) => body.issue_here("Invalid input"),
        (Some(_), Some(_)) => body.issue_here("Invalid input: more than one option matched"),
        _ => {}
    }
    body.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant(Call::HasPermission, &roster, &caller, id.as_deref()).await?;
    let place = place.ok_or_else(|| Failure::bad(NO_ACTIVE_ORGANIZATION))?;
    let (_, membership) = roster.as_member(&caller, &place, &[]).await.map_err(Call::HasPermission.failed())?;
    // Under its former name nothing is ever permitted.
    let success = asked.is_some_and(|asked| may(membership.role, &asked));
    Ok(Json(json!({ "error": null, "success": success })).into_response())
}

/// What is asked, if it is lists of actions by what they are done to.
fn record(value: &Value) -> Option<Vec<(String, Vec<String>)>> {
    let actions = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|action| action.as_str().map(str::to_owned)).collect()
    };
    let asked: &Map<String, Value> = value.as_object()?;
    asked.iter().map(|(resource, value)| Some((resource.clone(), actions(value)?))).collect()
}

/// All of it, and at least something.
fn may(role: Role, asked: &[(String, Vec<String>)]) -> bool {
    let permitted = |resource: &str, action: &String| permission(resource, action).is_some_and(|one| role.may(one));
    !asked.is_empty()
        && asked
            .iter()
            .all(|(resource, actions)| !actions.is_empty() && actions.iter().all(|action| permitted(resource, action)))
}

/// Ours by its name there. Members are made by inviting them.
fn permission(resource: &str, action: &str) -> Option<Permission> {
    match (resource, action) {
        ("member", "create") => Some(Permission::InvitationCreate),
        _ => format!("{resource}:{action}").parse().ok(),
    }
}
