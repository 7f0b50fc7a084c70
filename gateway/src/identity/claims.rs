//! What a verified token says about its bearer.

use std::fmt;

use chrono::TimeDelta;
use domain::{Person, Timestamp, UserId};

use super::error::IdentityError;

/// How far the issuer's clock and ours may differ.
pub(crate) const LEEWAY: TimeDelta = TimeDelta::seconds(5);

/// A right beyond membership that the issuer gave the bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `roster:act-as`: may name the person it acts for.
    ActAs,
    /// `roster:audit`: may read any history.
    Audit,
    /// `roster:admin`: may erase and repair.
    Admin,
}

impl Scope {
    /// How the scope is spelled in a token.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ActAs => "roster:act-as",
            Self::Audit => "roster:audit",
            Self::Admin => "roster:admin",
        }
    }
}

/// A verified token's content, as far as Roster uses it. `{:?}` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who bears the token (`sub`).
    pub user: UserId,
    /// How the issuer describes them (`name`, `email`, `email_verified`, `picture`).
    pub person: Person,
    /// The issuer's session (`sid`), at most 255 printable characters.
    pub session: Option<String>,
    /// When the token was made (`iat`).
    pub issued_at: Timestamp,
    /// When it ends (`exp`).
    pub expires_at: Timestamp,
    pub(crate) not_before: Option<Timestamp>,
    /// Space separated, as in the token.
    pub(crate) scopes: String,
}

impl Claims {
    /// Whether the issuer gave this scope.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.split(' ').any(|given| given == scope.as_str())
    }

    /// Holds the token's times against the clock. A signature is checked once, this each time.
    pub(crate) fn in_force(&self, now: Timestamp) -> Result<(), IdentityError> {
        if now >= self.expires_at + LEEWAY {
            return Err(IdentityError::Invalid("it has expired"));
        }
        if self.not_before.is_some_and(|from| from > now + LEEWAY) {
            return Err(IdentityError::Invalid("it is not valid yet"));
        }
        if self.issued_at > now + LEEWAY {
            return Err(IdentityError::Invalid("it was issued in the future"));
        }
        Ok(())
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(…)")
    }
}
