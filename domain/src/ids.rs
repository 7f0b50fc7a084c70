//! Identifiers. Three of ours, made outside the domain as UUIDv7, and the identity provider's user id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{self, NotAccepted};

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(test, derive(utoipa::ToSchema))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAccepted;
            /// Accepts the hyphenated form only.
            fn from_str(text: &str) -> Result<Self, NotAccepted> {
                match Uuid::try_parse(text) {
                    Ok(id) if text.len() == 36 => Ok(Self(id)),
                    _ => Err(NotAccepted("must be a UUID")),
                }
            }
        }
    };
}

uuid_id! {
    /// An organization, for as long as its history is kept.
    OrganizationId
}
uuid_id! {
    /// One tenure of one person in one organization: whoever rejoins gets a new one.
    MemberId
}
uuid_id! {
    /// An invitation.
    InvitationId
}

/// A person as the identity provider knows them (`sub`): opaque, 1–255 printable characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(value_type = String, min_length = 1, max_length = 255))]
pub struct UserId(Box<str>);

impl UserId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UserId {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        if text.trim().is_empty() || text.chars().count() > 255 || text.chars().any(text::is_forbidden) {
            return Err(NotAccepted("must be 1 to 255 printable characters"));
        }
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for UserId {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0.into()
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
