//! Searching people by the beginning of their name or address: one rule for whoever compares and whoever keeps an index.

use crate::ids::UserId;
use crate::person::Person;

/// Text as it is compared: lower case, letter by letter. `str::to_lowercase` looks at what follows a sigma, which the
/// beginning of a word does not know yet.
pub fn search_key(text: &str) -> String {
    text.chars().map(|c| if c == 'ς' { 'σ' } else { c }).flat_map(char::to_lowercase).collect()
}

/// Which key of people a search walks along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchBy {
    /// Their name.
    Name,
    /// Their e-mail address.
    Email,
}

/// Somebody found, and the key they were found by: where the walk goes on.
#[derive(Clone, PartialEq, Eq)]
pub struct Match {
    /// The name or address, as it is compared.
    pub key: String,
    /// Who.
    pub user: UserId,
}

impl Person {
    /// Whether the name or the address begins with this, which is a [`search_key`].
    pub fn begins_with(&self, prefix: &str) -> bool {
        let begins = |text: &str| search_key(text).starts_with(prefix);
        self.name.as_deref().is_some_and(begins) || self.email.as_ref().is_some_and(|email| begins(email.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_beginning_in_any_case_and_at_any_length() {
        let person = Person::from_claims(Some("ΟΔΟΣΑ Örn"), None, false, None);
        for beginning in ["ο", "ΟΔΟΣ", "οδος", "οδοσα ö"] {
            assert!(person.begins_with(&search_key(beginning)), "{beginning}");
        }
        assert!(!person.begins_with(&search_key("Örn")));
    }
}
