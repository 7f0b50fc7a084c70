//! Who is asking, as better-auth tells it: a session and a user.

use std::borrow::Cow;

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::{OrganizationId, Timestamp, UserId};
use serde::Serialize;
use serde_json::{Value, json};

use super::bodies::date;
use super::call::Incoming;
use super::failure::Failure;
use crate::roster::Roster;
use crate::roster::active::session_of;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/api/auth/get-session", get(get_session)).route("/api/auth/ok", get(ok))
}

/// A session with its user.
#[derive(Serialize)]
struct SessionBody {
    session: TokenBody,
    user: UserBody,
}

/// The token that was presented, as a session. The token itself stays where script can't read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenBody {
    id: String,
    token: String,
    user_id: UserId,
    #[serde(serialize_with = "date")]
    expires_at: Timestamp,
    #[serde(serialize_with = "date")]
    created_at: Timestamp,
    #[serde(serialize_with = "date")]
    updated_at: Timestamp,
    ip_address: String,
    user_agent: String,
    active_organization_id: Option<OrganizationId>,
}

/// The person, as their identity provider describes them. Since when they exist only it knows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserBody {
    id: UserId,
    name: String,
    email: String,
    email_verified: bool,
    image: Option<String>,
    #[serde(serialize_with = "date")]
    created_at: Timestamp,
    #[serde(serialize_with = "date")]
    updated_at: Timestamp,
}

async fn get_session(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let caller = match call.caller(&roster).await {
        Ok(caller) => caller,
        // Nobody is no failure.
        Err(failure) if failure.is_for_strangers() => {
            let forget = failure.forget().map(|cookie| [(SET_COOKIE, cookie)]);
            return Ok((forget, Json(Value::Null)).into_response());
        }
        Err(failure) => return Err(failure),
    };
    let active_organization_id = roster.active_to_show(&caller).await?;
    let session = session_of(&caller).map(Cow::into_owned);
    let person = match caller.person {
        Some(person) => person,
        None => roster.person(&caller.user).await?,
    };
    let (claims, user) = (&caller.claims, caller.user);
    let id = session.unwrap_or_else(|| user.to_string());
    let session = TokenBody {
        token: id.clone(),
        id,
        user_id: user.clone(),
        expires_at: claims.expires_at,
        created_at: claims.issued_at,
        updated_at: claims.issued_at,
        ip_address: String::new(),
        user_agent: String::new(),
        active_organization_id,
    };
    let user = UserBody {
        id: user,
        name: person.name.unwrap_or_default(),
        email: person.email.map(String::from).unwrap_or_default(),
        email_verified: person.email_verified,
        image: person.picture,
        created_at: claims.issued_at,
        updated_at: claims.issued_at,
    };
    Ok(Json(SessionBody { session, user }).into_response())
}

async fn ok() -> Json<Value> {
    Json(json!({ "ok": true }))
}
