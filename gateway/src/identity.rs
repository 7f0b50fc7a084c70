//! Who is asking: tokens are verified here, never issued to others. Without an issuer Roster is its own, for
//! development, with a key in its data folder.
//!
//! - [`verifier`]: a token in, [`claims`] or an [`error`] out
//! - `compact`, `payload`: a token's header, then its claims, read strictly
//! - `keys`: public keys, each bound to one algorithm; [`key_source`]: where they are read; `jwks`: when
//! - `remembered`: tokens verified before
//! - [`dev_key`], [`token`]: the development identity and what it signs; [`duration`]: how long that lasts
//! - `clock`: time, which tests hand in

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

pub mod claims;
mod clock;
mod compact;
pub mod dev_key;
pub mod duration;
pub mod error;
mod jwks;
pub mod key_source;
mod keys;
mod payload;
mod remembered;
#[cfg(test)]
mod tests;
pub mod token;
pub mod verifier;

pub use claims::{Claims, Scope};
pub use dev_key::{DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, DevKey, DevKeyError};
pub use duration::{parse_duration, parse_time};
pub use error::IdentityError;
pub use key_source::JwksError;
pub use token::TokenRequest;
pub use verifier::Verifier;

use clock::SystemClock;
use jwks::Jwks;
use keys::KeySet;
use verifier::Keys;

use crate::settings::{Serve, Switch};

/// Whose tokens count, as set by whoever runs Roster. An empty text counts as not set.
#[derive(Clone, Debug, Default)]
pub struct IdentitySettings {
    /// `ROSTER_ISSUER`: the exact `iss` of tokens. Not set: the development identity.
    pub issuer: Option<String>,
    /// `ROSTER_AUDIENCE`: what `aud` must have.
    pub audience: Option<String>,
    /// `ROSTER_JWKS`: URL or path of the issuer's keys.
    pub jwks: Option<String>,
    /// `ROSTER_DEV_IDENTITY=on`: the development identity also where others can reach it.
    pub dev_identity: bool,
}

impl IdentitySettings {
    /// Issuer, audience and keys; `None` where the development identity is meant.
    ///
    /// # Errors
    /// The settings contradict each other or the address.
    pub fn issued(&self, listen: IpAddr) -> Result<Option<[String; 3]>, SetupError> {
        let set = |setting: &Option<String>| setting.clone().filter(|text| !text.trim().is_empty());
        let incomplete = |missing, present| SetupError::Incomplete { missing, present };
        match (set(&self.issuer), set(&self.audience), set(&self.jwks)) {
            (Some(issuer), Some(audience), Some(jwks)) => Ok(Some([issuer, audience, jwks])),
            (Some(_), None, _) => Err(incomplete("ROSTER_AUDIENCE", "ROSTER_ISSUER")),
            (Some(_), _, None) => Err(incomplete("ROSTER_JWKS", "ROSTER_ISSUER")),
            (None, Some(_), _) => Err(incomplete("ROSTER_ISSUER", "ROSTER_AUDIENCE")),
            (None, _, Some(_)) => Err(incomplete("ROSTER_ISSUER", "ROSTER_JWKS")),
            (None, None, None) if self.dev_identity || listen.to_canonical().is_loopback() => Ok(None),
            (None, None, None) => Err(SetupError::Exposed(listen)),
        }
    }
}

impl From<&Serve> for IdentitySettings {
    fn from(settings: &Serve) -> Self {
        Self {
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            jwks: settings.jwks.clone(),
            dev_identity: settings.dev_identity == Switch::On,
        }
    }
}

/// Settings that do not make an identity. The start is refused with this text.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// One of the three settings that only make sense together is missing.
    #[error("{missing} is not set, but {present} is: ROSTER_ISSUER, ROSTER_AUDIENCE and ROSTER_JWKS go together")]
    Incomplete {
        /// The setting to add.
        missing: &'static str,
        /// The one that asks for it.
        present: &'static str,
    },
    /// The development identity would be open to others.
    #[error(
        "listening on {0} without ROSTER_ISSUER is refused, because the development identity lets anybody sign in as \
         anybody: set ROSTER_ISSUER, ROSTER_AUDIENCE and ROSTER_JWKS, or listen on 127.0.0.1, or, where nobody else \
         can reach this address, set ROSTER_DEV_IDENTITY=on"
    )]
    Exposed(IpAddr),
    /// The issuer's keys.
    #[error(transparent)]
    Jwks(#[from] JwksError),
    /// The development key.
    #[error(transparent)]
    DevKey(#[from] DevKeyError),
}

/// Who is asked to be believed, and how they are verified.
#[derive(Clone)]
pub struct Identity {
    /// Whose tokens are accepted; a journal binds to its first one.
    pub issuer: String,
    /// Verifies them.
    pub verifier: Verifier,
    /// In development: what the sign-in page signs with.
    pub dev_key: Option<Arc<DevKey>>,
}

/// Where people sign in on pages.
#[derive(Clone)]
pub enum SignIn {
    /// Here, as anybody: the development identity.
    Development(Arc<DevKey>),
    /// At this URL of the host's, if it is known. `{return_to}` in it becomes the page to come back to.
    Elsewhere(Option<String>),
}

impl Identity {
    /// Where its people sign in; `elsewhere` is the host's page.
    pub fn sign_in(&self, elsewhere: Option<String>) -> SignIn {
        match &self.dev_key {
            Some(key) => SignIn::Development(key.clone()),
            None => SignIn::Elsewhere(elsewhere.filter(|url| !url.trim().is_empty())),
        }
    }

    /// Makes what the settings ask for. Reads the keys if they are in a file; an endpoint is asked in the background, so
    /// that it may be down now.
    ///
    /// # Errors
    /// The settings contradict each other or the address, or keys they name cannot be used.
    pub async fn open(settings: &IdentitySettings, data_dir: &Path, listen: IpAddr) -> Result<Self, SetupError> {
        let Some([issuer, audience, jwks]) = settings.issued(listen)? else {
            if !listen.to_canonical().is_loopback() {
                tracing::warn!(%listen, "development identity off loopback: whoever reaches this address is anybody");
            }
            return Ok(Self::development(DevKey::open_or_create(data_dir)?));
        };
        let clock = Arc::new(SystemClock::start());
        let keys = Keys::Published(Jwks::open(jwks.trim(), clock.clone()).await?);
        let verifier = Verifier::new(issuer.clone(), audience, keys, clock);
        Ok(Self { issuer, verifier, dev_key: None })
    }

    /// The development identity with this key.
    pub fn development(key: DevKey) -> Self {
        let keys = KeySet { generation: 1, keys: vec![key.verifying()] };
        let verifier = Verifier::new(
            DEVELOPMENT_ISSUER.to_owned(),
            DEVELOPMENT_AUDIENCE.to_owned(),
            Keys::Own(Arc::new(keys)),
            Arc::new(SystemClock::start()),
        );
        Self { issuer: DEVELOPMENT_ISSUER.to_owned(), verifier, dev_key: Some(Arc::new(key)) }
    }
}
