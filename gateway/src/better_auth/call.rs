//! A request on its way in. The order is better-auth's: what the body is, where it comes from, what it says, and only then who asks.

use axum::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde_json::{Map, Value};

use super::checked::Checked;
use super::codes::{INVALID_ORIGIN, MISSING_OR_NULL_ORIGIN};
use super::failure::Failure;
use crate::caller::{Caller, SESSION_COOKIE};
use crate::cookies;
use crate::extract::{Terms, body};
use crate::origins::{Sender, TrustedOrigins};
use crate::roster::Roster;

/// A request that may be looked at.
pub struct Incoming {
    parts: Parts,
    body: Option<Value>,
    terms: Terms,
}

impl Incoming {
    /// The fields of the body.
    pub fn body(&self) -> Checked<'_> {
        Checked::of("body", self.body.as_ref())
    }

    /// The parameters: each a text, or, where it is given several times, an array of texts.
    pub fn query(&self) -> Query {
        let mut query = Map::new();
        for (name, value) in form_urlencoded::parse(self.parts.uri.query().unwrap_or_default().as_bytes()) {
            let value = Value::String(value.into_owned());
            match query.get_mut(name.as_ref()) {
                None => drop(query.insert(name.into_owned(), value)),
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        Query(Value::Object(query))
    }

    /// On what terms: `Idempotency-Key` and `If-Match`, which better-auth does not have, as everywhere in Roster.
    pub fn terms(&self) -> Terms {
        self.terms.clone()
    }

    /// Who is asking.
    pub async fn caller(&mut self, roster: &Roster) -> Result<Caller, Failure> {
        let caller = Caller::from_request_parts(&mut self.parts, roster).await.map_err(Failure::from);
        let headers = &self.parts.headers;
        // Beside a token in `Authorization` the cookie was not looked at.
        let by_cookie =
            !headers.contains_key(header::AUTHORIZATION) && cookies::read(headers, SESSION_COOKIE).is_some();
        caller.map_err(|failure| match by_cookie && failure.is_for_strangers() {
            true => failure.forgetting(cookies::forget(headers, SESSION_COOKIE)),
            false => failure,
        })
    }
}

/// The parameters of a request.
pub struct Query(Value);

impl Query {
    /// The parameters as fields.
    pub fn fields(&self) -> Checked<'_> {
        Checked::of("query", Some(&self.0))
    }
}

impl<S> FromRequest<S> for Incoming
where
    S: Send + Sync,
    Roster: FromRef<S>,
{
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (parts, sent) = request.into_parts();
        if parts.method.is_safe() {
            return Ok(Self { parts, body: None, terms: Terms::default() });
        }
        let bytes = body(sent).await?;
        let json = json_of(&parts, &bytes)?;
        from_a_page_of_ours(&parts, &Roster::from_ref(state).trusted_origins)?;
        let terms = Terms::of(&parts, &bytes)?;
        Ok(Self { parts, body: json, terms })
    }
}

/// The body as JSON; `None` where there is none, or nobody says what it is.
fn json_of(parts: &Parts, bytes: &[u8]) -> Result<Option<Value>, Failure> {
    let named = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(named) = named.filter(|_| !bytes.is_empty()) else { return Ok(None) };
    let essence = named.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let message = format!("Content-Type \"{named}\" is not allowed. Allowed types: application/json");
        return Err(Failure::saying(StatusCode::UNSUPPORTED_MEDIA_TYPE, Some("UNSUPPORTED_MEDIA_TYPE"), message));
    }
    serde_json::from_slice(bytes)
        .map(Some)
        .map_err(|_| Failure::saying(StatusCode::BAD_REQUEST, Some("BAD_REQUEST"), "Invalid JSON in request body"))
}

/// What comes with a cookie must come from a page of ours, or of a trusted origin: a browser sends its cookies along whoever asks it to.
fn from_a_page_of_ours(parts: &Parts, trusted: &TrustedOrigins) -> Result<(), Failure> {
    if !parts.headers.contains_key(header::COOKIE) {
        return Ok(());
    }
    match trusted.sender(&parts.headers) {
        Sender::Trusted => Ok(()),
        Sender::Foreign => Err(Failure::forbidden(INVALID_ORIGIN)),
        Sender::Unknown => Err(Failure::forbidden(MISSING_OR_NULL_ORIGIN)),
    }
}
