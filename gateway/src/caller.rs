//! Who is asking: read from the bearer token or the cookie, and from `Roster-Actor` where a backend acts for somebody.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::{Actor, Person, Position, UserId};

use crate::cookies;
use crate::correlation::Correlation;
use crate::identity::{Claims, IdentityError, Scope};
use crate::problem::{Problem, not_accepted};
use crate::roster::Roster;

/// The cookie that may carry the token.
pub const SESSION_COOKIE: &str = "roster_session";

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Whose rights count.
    pub user: UserId,
    /// By whose act things happen: the person, or the backend with the person beside it.
    pub actor: Actor,
    /// As their own token describes them; `None` where a backend acts for them.
    pub person: Option<Person>,
    /// What the token says.
    pub claims: Arc<Claims>,
    /// What the request is called.
    pub correlation: Option<Correlation>,
}

impl Caller {
    /// Whether the token carries this scope.
    pub fn may(&self, scope: Scope) -> bool {
        self.claims.has(scope)
    }

    async fn of(parts: &Parts, roster: &Roster) -> Result<Self, Problem> {
        let token = token(parts)?.ok_or_else(|| {
            Problem::unauthenticated(
                "Send a token: 'Authorization: Bearer …'. In development, 'roster token' prints one.",
            )
        })?;
        let claims = roster.verifier.verify(token).await.map_err(|error| match error {
            IdentityError::KeysUnavailable => Problem::unavailable("Tokens can't be verified just now."),
            error @ (IdentityError::Missing | IdentityError::Invalid(_)) => {
                tracing::debug!(%error, "a token was refused");
                Problem::unauthenticated("The token is not valid here, or has expired.")
            }
        })?;
        let correlation = parts.extensions.get::<Correlation>().cloned();
        let mut named = parts.headers.get_all("roster-actor").iter();
        let Some(acts_for) = named.next() else {
            let (user, person) = (claims.user.clone(), claims.person.clone());
            return Ok(Self { actor: Actor::Person(user.clone()), user, person: Some(person), claims, correlation });
        };
        if !claims.has(Scope::ActAs) {
            return Err(Problem::new("permission-denied", "Acting for others needs the scope roster:act-as."));
        }
        if named.next().is_some() {
            return Err(Problem::invalid("/Roster-Actor", "must be given once"));
        }
        let user: UserId = std::str::from_utf8(acts_for.as_bytes())
            .map_err(|_| Problem::invalid("/Roster-Actor", "must be 1 to 255 printable characters"))?
            .parse()
            .map_err(not_accepted("Roster-Actor"))?;
        let actor = Actor::Service { sub: claims.user.clone(), acts_for: user.clone() };
        Ok(Self { user, actor, person: None, claims, correlation })
    }
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    Roster: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let roster = Roster::from_ref(state);
        let caller = Self::of(parts, &roster).await?;
        roster.known.seen(&caller.claims.user, &caller.claims.person, caller.claims.issued_at.timestamp()).await;
        Ok(caller)
    }
}

/// A caller whose claims are kept in passing: a membership check waits for nothing but the journal.
pub struct Checker {
    /// Who asks.
    pub caller: Caller,
    /// The parts, handed on: to clone them once more is what such a short request would notice.
    pub roster: Roster,
}

impl<S> FromRequestParts<S> for Checker
where
    S: Send + Sync,
    Roster: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let roster = Roster::from_ref(state);
        let caller = Caller::of(parts, &roster).await?;
        roster.known.seen_in_passing(&caller.claims.user, &caller.claims.person, caller.claims.issued_at.timestamp());
        Ok(Self { caller, roster })
    }
}

/// The token of the request. Two `Authorization` headers are no token: who reads which is how checks are fooled.
fn token(parts: &Parts) -> Result<Option<&str>, Problem> {
    let mut headers = parts.headers.get_all(AUTHORIZATION).iter();
    match (headers.next(), headers.next()) {
        (None, _) => Ok(cookies::read(&parts.headers, SESSION_COOKIE)),
        (Some(value), None) => {
            let token = value.to_str().ok().and_then(|value| value.split_once(' ')).and_then(|(scheme, token)| {
                scheme.eq_ignore_ascii_case("bearer").then_some(token.trim()).filter(|token| !token.is_empty())
            });
            token
                .map(Some)
                .ok_or_else(|| Problem::unauthenticated("The Authorization header must be 'Bearer <token>'."))
        }
        (Some(_), Some(_)) => Err(Problem::unauthenticated("Send one Authorization header.")),
    }
}

/// `Roster-Min-Position`: how far the views must be before a list is read.
pub struct MinPosition(pub Option<Position>);

impl<S: Send + Sync> FromRequestParts<S> for MinPosition {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("roster-min-position") else { return Ok(Self(None)) };
        let position = value.to_str().ok().and_then(|text| text.parse().ok());
        position
            .map(|position| Self(Some(position)))
            .ok_or_else(|| Problem::invalid("/Roster-Min-Position", "must be a whole number"))
    }
}
