//! Text that people write. What is refused here would poison a reader later: U+0000 alone stops every
//! Postgres text function, bidirectional controls disguise one name as another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Why a value was not accepted, as a sentence that continues the field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAccepted(pub &'static str);

/// Control characters, line and paragraph separators, bidirectional overrides and isolates.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// An organization's name: trimmed, NFC, 1–100 characters, none of them forbidden. `<` and friends are accepted and
/// escaped on output.
///
/// Recorded names are read through this rule, as all recorded texts are through theirs: a rule may be loosened, never
/// tightened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(min_length = 1, max_length = 100))]
pub struct Name(String);

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        if text.chars().any(is_forbidden) {
            return Err(NotAccepted("must not contain control characters or text-direction controls"));
        }
        let name: String = text.trim().nfc().collect();
        match name.chars().count() {
            1..=100 => Ok(Self(name)),
            _ => Err(NotAccepted("must be 1 to 100 characters")),
        }
    }
}

impl TryFrom<String> for Name {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_composed() {
        let name: Name = "  Cafe\u{301} ".parse().unwrap();
        assert_eq!(name.as_str(), "Caf\u{e9}");
    }

    #[test]
    fn markup_is_a_name_like_any_other() {
        assert_eq!("<b>Acme</b>".parse::<Name>().unwrap().as_str(), "<b>Acme</b>");
    }

    #[test]
    fn what_would_poison_a_reader_is_refused() {
        for bad in ["", "   ", "a\u{0}b", "a\nb", "a\u{2028}b", "a\u{202E}b", "a\u{2067}b", &"x".repeat(101)] {
            assert!(bad.parse::<Name>().is_err(), "{bad:?}");
        }
        assert!("x".repeat(100).parse::<Name>().is_ok());
    }
}
