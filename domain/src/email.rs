//! E-mail addresses. They travel with commands and lie in a table that can be erased; no event carries one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{self, NotAccepted};

/// An address in lower case, at most 254 characters; printed only on purpose (`as_str`), never by `{:?}`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let options = email_address::Options::default()
            .without_display_text()
            .without_domain_literal()
            .with_no_minimum_sub_domains();
        let text = text.trim().to_lowercase();
        let well_formed = text.len() <= 254
            && !text.chars().any(text::is_forbidden)
            && email_address::EmailAddress::parse_with_options(&text, options).is_ok();
        if well_formed { Ok(Self(text)) } else { Err(NotAccepted("must be an e-mail address")) }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case() {
        let (a, b) = (" Ben@Acme.Test ", "ben@acme.test");
        assert_eq!(a.parse::<EmailAddress>(), b.parse::<EmailAddress>());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "ben",
            "ben@",
            "@acme.test",
            "ben@acme@test",
            "Ben <ben@acme.test>",
            "a\u{0}@acme.test",
            "a b@acme.test",
        ] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_does_not_slip_into_a_log() {
        let address: EmailAddress = "ben@acme.test".parse().unwrap();
        assert!(!format!("{address:?}").contains("ben"));
    }
}
