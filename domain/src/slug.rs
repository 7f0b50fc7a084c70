//! Slugs: how an organization is spelled in an address.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::OrganizationId;
use crate::text::NotAccepted;

/// Words that pages and APIs need for themselves, sorted.
const RESERVED: [&str; 24] = [
    "account",
    "admin",
    "api",
    "app",
    "assets",
    "docs",
    "health",
    "healthz",
    "help",
    "invitations",
    "login",
    "logout",
    "me",
    "metrics",
    "new",
    "onboarding",
    "organizations",
    "readyz",
    "select",
    "settings",
    "sign-in",
    "sign-out",
    "static",
    "support",
];

/// 2–48 of `a-z 0-9 -`, no leading, trailing or double hyphen, and nothing that reads as an organization's id: addresses
/// take either, so one text must not mean two organizations.
///
/// Recorded slugs are read through this rule: it may be loosened, never tightened. Reserved words can be added at any
/// time, so they are asked of a [`NewSlug`] only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(
    test,
    derive(utoipa::ToSchema),
    schema(min_length = 2, max_length = 48, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")
)]
pub struct Slug(String);

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(2..=48).contains(&text.len()) || !text.chars().all(allowed) {
            return Err(NotAccepted("must be 2 to 48 characters of a-z, 0-9 and hyphen"));
        }
        if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return Err(NotAccepted("must not start or end with a hyphen, nor have two in a row"));
        }
        if text.parse::<OrganizationId>().is_ok() {
            return Err(NotAccepted("must not look like an id"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A slug somebody asks for: no reserved word.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NewSlug(Slug);

impl NewSlug {
    /// The slug.
    pub fn as_slug(&self) -> &Slug {
        &self.0
    }
}

impl FromStr for NewSlug {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let slug: Slug = text.parse()?;
        if RESERVED.binary_search(&text).is_ok() {
            return Err(NotAccepted("is reserved"));
        }
        Ok(Self(slug))
    }
}

impl TryFrom<String> for NewSlug {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_that_read_well_are_accepted() {
        for good in ["ac", "acme", "acme-2", "4-you", &"x".repeat(48)] {
            assert!(good.parse::<NewSlug>().is_ok(), "{good}");
        }
    }

    #[test]
    fn slugs_that_would_confuse_are_refused() {
        for bad in [
            "",
            "a",
            "Acme",
            "acme corp",
            "-acme",
            "acme-",
            "ac--me",
            "münchen",
            "acme/x",
            "new",
            "api",
            "sign-in",
            "0192f0c1-0000-7000-8000-000000000000",
            &"x".repeat(49),
        ] {
            assert!(bad.parse::<NewSlug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_word_reserved_later_is_still_read() {
        assert!("settings".parse::<Slug>().is_ok());
    }

    #[test]
    fn the_reserved_words_are_sorted_because_they_are_searched_by_halves() {
        assert!(RESERVED.is_sorted());
    }
}
