//! By whose act something happens.

use std::fmt;

use crate::ids::UserId;
use crate::text::NotAccepted;

/// Who acts. Written into every event's metadata as `person:<user id>`, `service:<sub>` (with the person it acts for
/// beside it) or `operator:<name>` (likewise, where it acts for one).
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
    /// The same acting for a person, as where somebody is erased; the person's rights count.
    OperatorFor {
        /// What the operator calls themself.
        name: UserId,
        /// Whose rights count.
        acts_for: UserId,
    },
}

impl Actor {
    /// The person whose rights count; an operator has none inside an organization.
    pub fn person(&self) -> Option<&UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Service { acts_for, .. } | Self::OperatorFor { acts_for, .. } => Some(acts_for),
            Self::Operator(_) => None,
        }
    }

    /// The person somebody else acted for.
    pub fn acts_for(&self) -> Option<&UserId> {
        match self {
            Self::Service { acts_for, .. } | Self::OperatorFor { acts_for, .. } => Some(acts_for),
            Self::Person(_) | Self::Operator(_) => None,
        }
    }

    /// Reads back what `Display` wrote, with the person it acted for.
    pub fn parse(text: &str, acts_for: Option<&str>) -> Result<Self, NotAccepted> {
        match text.split_once(':') {
            Some(("person", user)) => Ok(Self::Person(user.parse()?)),
            Some(("operator", name)) => match acts_for {
                Some(user) => Ok(Self::OperatorFor { name: name.parse()?, acts_for: user.parse()? }),
                None => Ok(Self::Operator(name.parse()?)),
            },
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
            Self::Operator(name) | Self::OperatorFor { name, .. } => write!(f, "operator:{name}"),
        }
    }
}
