//! Why an operator acted, in their own words. It is kept in the history for ever, so it is looked at before it gets there.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::text::{NotAccepted, is_forbidden};

/// The longest, in characters.
const LONGEST: usize = 500;

/// A reason: trimmed, NFC, 1–500 characters, none of them forbidden, and no e-mail address in it, which could never be erased again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The reason as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        if text.chars().any(is_forbidden) {
            return Err(NotAccepted("must not contain control characters or text-direction controls"));
        }
        let reason: String = text.trim().nfc().collect();
        if !(1..=LONGEST).contains(&reason.chars().count()) {
            return Err(NotAccepted("must be 1 to 500 characters"));
        }
        if may_hold_an_address(&reason) {
            return Err(NotAccepted("must not contain an e-mail address: the history is never erased"));
        }
        Ok(Self(reason))
    }
}

/// Whether there is an `@`, of whatever width, with something on both sides.
fn may_hold_an_address(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let joins = |three: &[char]| matches!(three, [before, '@' | '\u{FF20}' | '\u{FE6B}', after] if !before.is_whitespace() && !after.is_whitespace());
    chars.windows(3).any(joins)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_sentence() {
        let reason: Reason = "  The owner has left the company (ticket 4711 @ the help desk). ".parse().unwrap();
        assert_eq!(reason.as_str(), "The owner has left the company (ticket 4711 @ the help desk).");
        assert!("x".repeat(500).parse::<Reason>().is_ok());
    }

    #[test]
    fn what_should_not_stay_for_ever_is_refused() {
        let told = |text: &str| text.parse::<Reason>().unwrap_err().to_string();
        for bad in ["", "   ", "a\u{0}b", "a\nb", "a\u{202E}b", &"x".repeat(501)] {
            assert!(bad.parse::<Reason>().is_err(), "{bad:?}");
        }
        for bad in [
            "ana@acme.test has gone",
            "gone (ana@acme.test)",
            "ask <ana.b@acme.test>.",
            "mailto:ana@acme.test,ben@acme.test",
            "ana@acme",
            "ana\u{FF20}acme.test",
            "ana\u{FE6B}acme.test",
            "„ana@acme.test“",
        ] {
            assert!(told(bad).contains("e-mail address"), "{bad}");
        }
    }
}
