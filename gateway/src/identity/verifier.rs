//! Turns a token into claims, or refuses it.

use std::sync::Arc;

use super::claims::Claims;
use super::clock::Clock;
use super::compact::Compact;
use super::error::IdentityError::{self, Invalid, KeysUnavailable, Missing};
use super::jwks::Jwks;
use super::keys::{KeySet, NoKey};
use super::payload;
use super::remembered::{Fingerprint, Remembered};

/// The longest token, in bytes.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Verifies tokens of one issuer for one audience. Cheap to clone; clones share keys and what was verified.
#[derive(Clone)]
pub struct Verifier(Arc<Inner>);

struct Inner {
    issuer: String,
    audience: String,
    keys: Keys,
    clock: Arc<dyn Clock>,
    remembered: Remembered,
}

/// Whose keys tokens are verified with.
pub(crate) enum Keys {
    /// The development key: it does not change while we run.
    Own(Arc<KeySet>),
    /// An issuer's.
    Published(Jwks),
}

impl Keys {
    async fn current(&self) -> Option<Arc<KeySet>> {
        match self {
            Self::Own(keys) => Some(Arc::clone(keys)),
            Self::Published(jwks) => jwks.current().await,
        }
    }

    async fn are_known(&self) -> bool {
        match self {
            Self::Own(_) => true,
            Self::Published(jwks) => jwks.are_known().await,
        }
    }

    async fn renewed(&self) -> Option<Arc<KeySet>> {
        match self {
            Self::Own(keys) => Some(Arc::clone(keys)),
            Self::Published(jwks) => jwks.renewed().await,
        }
    }
}

impl Verifier {
    pub(crate) fn new(issuer: String, audience: String, keys: Keys, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { issuer, audience, keys, clock, remembered: Remembered::new() }))
    }

    /// Whether there are keys that tokens can be verified with.
    pub async fn can_verify(&self) -> bool {
        self.0.keys.are_known().await
    }

    /// Who bears this token.
    ///
    /// # Errors
    /// [`Missing`] for an empty token, [`Invalid`] with a reason for the log for one that is not accepted,
    /// [`KeysUnavailable`] when no token can be judged.
    pub async fn verify(&self, token: &str) -> Result<Arc<Claims>, IdentityError> {
        if token.is_empty() {
            return Err(Missing);
        }
        if token.len() > LONGEST_TOKEN {
            return Err(Invalid("it is longer than 8 KiB"));
        }
        let Inner { keys, clock, remembered, .. } = &*self.0;
        let fingerprint = Fingerprint::of(token);
        let keys = keys.current().await.ok_or(KeysUnavailable)?;
        if let Some(claims) = remembered.recall(&fingerprint, keys.generation) {
            return claims.in_force(clock.now()).map(|()| claims).inspect_err(|_| remembered.forget(&fingerprint));
        }
        let (claims, generation) = self.examine(token, keys).await?;
        let claims = Arc::new(claims);
        remembered.keep(fingerprint, generation, Arc::clone(&claims));
        Ok(claims)
    }

    /// Verifies from nothing. Answers the generation of keys it was done with, which may be newer than the one given.
    pub(crate) async fn examine(&self, token: &str, keys: Arc<KeySet>) -> Result<(Claims, u64), IdentityError> {
        let compact = Compact::parse(token)?;
        let keys = match keys.find(&compact) {
            Err(NoKey::Unknown) => self.0.keys.renewed().await.ok_or(KeysUnavailable)?,
            _ => keys,
        };
        let key = keys.find(&compact).map_err(|none| match none {
            NoKey::Unknown => Invalid("its key is not known"),
            NoKey::Unfit(reason) => Invalid(reason),
        })?;
        if !key.signed(&compact) {
            return Err(Invalid("its signature is not the key's"));
        }
        let claims = payload::read(compact.payload, &self.0.issuer, &self.0.audience)?;
        claims.in_force(self.0.clock.now())?;
        Ok((claims, keys.generation))
    }
}
