//! With which a server is asked: a token from `ROSTER_TOKEN`, or one made with the development key, as often as need be.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, bail};

use crate::identity::{DevKey, TokenRequest};

/// Where the token is looked for. No flag: flags are seen by everybody on the machine.
pub const VARIABLE: &str = "ROSTER_TOKEN";

/// How long a token made here is valid, and used.
const VALID: Duration = Duration::from_secs(3600);
const USED: Duration = Duration::from_secs(1800);

/// One of the two.
pub enum Token {
    /// Somebody else's; when it has expired, that is the end.
    Given(String),
    /// Made here, anew whenever the last one is old.
    Made(Box<DevKey>, Option<(String, Instant)>),
}

impl Token {
    /// The one in the environment, else the key in this data folder, which is not made for it.
    pub fn find(data: &Path) -> anyhow::Result<Self> {
        match std::env::var(VARIABLE) {
            Ok(token) if !token.trim().is_empty() => return Ok(Self::Given(token.trim().to_owned())),
            _ => {}
        }
        if !DevKey::is_in(data) {
            bail!(
                "there is no token: set {VARIABLE} to one with the scope roster:audit, or NATS_URL to read the stream; {} has no \
                 development key to make one with",
                data.display()
            );
        }
        Ok(Self::Made(Box::new(DevKey::open_or_create(data)?), None))
    }

    /// The token to send now.
    pub fn now(&mut self) -> anyhow::Result<String> {
        match self {
            Self::Given(token) => Ok(token.clone()),
            Self::Made(_, Some((token, made))) if made.elapsed() < USED => Ok(token.clone()),
            Self::Made(key, made) => {
                let says = TokenRequest {
                    user_id: "roster-subscribe".parse().context("a user id")?,
                    email: None,
                    email_verified: false,
                    name: None,
                    picture: None,
                    session: None,
                    scope: Some("roster:audit".into()),
                    expires_in: VALID,
                };
                let token = key.sign(&says, SystemTime::now().into());
                *made = Some((token.clone(), Instant::now()));
                Ok(token)
            }
        }
    }
}
