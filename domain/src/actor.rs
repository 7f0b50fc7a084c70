//! By whose act something happens.

use std::fmt;

use crate::ids::UserId;
use crate::text::NotAccepted;

/// Who acts. Written into every event's metadata as `person:<user id>`, `service:<sub>` (with the person it acts for
/// beside it) or `operator:<name>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person, by their own token.
    Person(UserId),
    /// A backend that acts for a person; the person's rights count.
    Service {
        /// The backend's own `sub`.
        sub: UserId,
        /// Whose rights count.
        acts_for: UserId,
    },
    /// Somebody at the command line of the server, with a reason in the event's metadata.
    Operator(UserId),
}

impl Actor {
    /// The person whose rights count; an operator has none inside an organization.
    pub fn person(&self) -> Option<&UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Service { acts_for, .. } => Some(acts_for),
            Self::Operator(_) => None,
        }
    }

    /// Reads back what `Display` wrote, with the person a service acted for.
    pub fn parse(text: &str, acts_for: Option<&str>) -> Result<Self, NotAccepted> {
        match text.split_once(':') {
            Some(("person", user)) => Ok(Self::Person(user.parse()?)),
            Some(("operator", name)) => Ok(Self::Operator(name.parse()?)),
            Some(("service", sub)) => Ok(Self::Service {
                sub: sub.parse()?,
                acts_for: acts_for.ok_or(NotAccepted("must name the person a service acts for"))?.parse()?,
            }),
            _ => Err(NotAccepted("must be person:…, service:… or operator:…")),
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(user) => write!(f, "person:{user}"),
            Self::Service { sub, .. } => write!(f, "service:{sub}"),
            Self::Operator(name) => write!(f, "operator:{name}"),
        }
    }
}
