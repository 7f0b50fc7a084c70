//! A token's payload, read once its signature is known to be good: what must be there, and what may be.

use domain::{Person, Timestamp, UserId, text};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::claims::Claims;
use super::compact;
use super::error::IdentityError::{self, Invalid};

/// Required claims have types; the others are somebody else's data, and an odd one is dropped instead of locking out.
#[derive(Deserialize)]
struct Payload {
    iss: Option<String>,
    aud: Option<Audience>,
    sub: Option<String>,
    #[serde(default, deserialize_with = "time")]
    exp: Option<Timestamp>,
    #[serde(default, deserialize_with = "time")]
    iat: Option<Timestamp>,
    #[serde(default, deserialize_with = "time")]
    nbf: Option<Timestamp>,
    name: Option<Value>,
    email: Option<Value>,
    email_verified: Option<Value>,
    picture: Option<Value>,
    sid: Option<Value>,
    scope: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn has(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

/// Reads a payload meant for this audience by this issuer. Its times are not looked at here.
pub(crate) fn read(payload: &str, issuer: &str, audience: &str) -> Result<Claims, IdentityError> {
    let payload: Payload = compact::object(payload).ok_or(Invalid("its claims are malformed"))?;
    if payload.iss.ok_or(Invalid("it has no iss"))? != issuer {
        return Err(Invalid("its iss is another"));
    }
    if !payload.aud.ok_or(Invalid("it has no aud"))?.has(audience) {
        return Err(Invalid("its aud is another"));
    }
    let user: UserId = payload
        .sub
        .ok_or(Invalid("it has no sub"))?
        .parse()
        .map_err(|_| Invalid("its sub is not 1 to 255 printable characters"))?;
    Ok(Claims {
        user,
        person: Person::from_claims(
            as_text(&payload.name),
            as_text(&payload.email),
            is_true(&payload.email_verified),
            as_text(&payload.picture),
        ),
        session: as_text(&payload.sid).filter(|sid| is_session(sid)).map(str::to_owned),
        issued_at: payload.iat.ok_or(Invalid("it has no iat"))?,
        expires_at: payload.exp.ok_or(Invalid("it has no exp"))?,
        not_before: payload.nbf,
        scopes: as_text(&payload.scope).unwrap_or_default().to_owned(),
    })
}

fn as_text(claim: &Option<Value>) -> Option<&str> {
    claim.as_ref().and_then(Value::as_str)
}

/// Some issuers send booleans as text.
fn is_true(claim: &Option<Value>) -> bool {
    matches!(claim, Some(Value::Bool(true))) || as_text(claim) == Some("true")
}

fn is_session(sid: &str) -> bool {
    !sid.trim().is_empty() && sid.chars().count() <= 255 && !sid.chars().any(text::is_forbidden)
}

/// Seconds since 1970, a fraction allowed (and cut), up to the year 9999: beyond lie milliseconds sent by mistake. If
/// the claim is there it must be a number; `null` is not.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    if !(0.0..=253_402_300_799.0).contains(&seconds) {
        return Err(serde::de::Error::custom("not a time"));
    }
    Ok(Timestamp::from_timestamp(seconds as i64, 0))
}
