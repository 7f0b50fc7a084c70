//! Development tokens: what `roster token` and the sign-in page hand out.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Timestamp, UserId};
use serde::Serialize;

use super::dev_key::{DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, DevKey};

/// What a development token shall say.
#[derive(Clone)]
pub struct TokenRequest {
    /// `sub`.
    pub user_id: UserId,
    /// `email`.
    pub email: Option<String>,
    /// `email_verified`; left out where there is no address.
    pub email_verified: bool,
    /// `name`.
    pub name: Option<String>,
    /// `picture`.
    pub picture: Option<String>,
    /// `sid`.
    pub session: Option<String>,
    /// `scope`, space separated.
    pub scope: Option<String>,
    /// From now to `exp`.
    pub expires_in: Duration,
}

#[derive(Serialize)]
struct Payload<'r> {
    iss: &'static str,
    aud: &'static str,
    sub: &'r str,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'r str>,
}

impl DevKey {
    /// Makes a token that a [`Verifier`](super::Verifier) of the same data folder accepts.
    pub fn sign(&self, request: &TokenRequest, now: Timestamp) -> String {
        let iat = now.timestamp();
        let lifetime = i64::try_from(request.expires_in.as_secs()).unwrap_or(i64::MAX);
        let payload = Payload {
            iss: DEVELOPMENT_ISSUER,
            aud: DEVELOPMENT_AUDIENCE,
            sub: request.user_id.as_str(),
            iat,
            exp: iat.saturating_add(lifetime),
            email: request.email.as_deref(),
            email_verified: request.email.as_ref().map(|_| request.email_verified),
            name: request.name.as_deref(),
            picture: request.picture.as_deref(),
            sid: request.session.as_deref(),
            scope: request.scope.as_deref(),
        };
        let header = serde_json::json!({ "alg": "EdDSA", "typ": "JWT", "kid": self.kid });
        let part = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", part(&header), part(&serde_json::json!(payload)));
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}
