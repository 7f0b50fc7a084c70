//! What is known of a person beside their user id: taken from token claims, kept in a table that can be erased, joined at
//! read. No event and no view holds any of it.

use crate::email::EmailAddress;
use crate::text;

/// A person as their identity provider describes them.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// Display name, at most 200 characters, nothing forbidden in it.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<EmailAddress>,
    /// Whether the identity provider vouches for the address.
    pub email_verified: bool,
    /// Where a picture is found, at most 2,048 characters.
    pub picture: Option<String>,
}

impl Person {
    /// Keeps what is fit to be shown and stored. Claims are somebody else's data: what is odd is dropped, not refused,
    /// because nobody should be locked out for a strange display name.
    pub fn from_claims(name: Option<&str>, email: Option<&str>, email_verified: bool, picture: Option<&str>) -> Self {
        let email = email.and_then(|text| text.parse().ok());
        Self {
            name: name.and_then(|text| presentable(text, 200)),
            email_verified: email_verified && email.is_some(),
            email,
            picture: picture.filter(|text| text.chars().count() <= 2048).and_then(|text| presentable(text, 2048)),
        }
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

fn presentable(text: &str, longest: usize) -> Option<String> {
    let kept: String = text.chars().filter(|c| !text::is_forbidden(*c)).take(longest).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_claims_are_cleaned_and_lock_nobody_out() {
        let person = Person::from_claims(Some(" Be\u{0}n\u{202E} "), Some("not an address"), true, Some(""));
        assert_eq!(person, Person { name: Some("Ben".into()), ..Person::default() });
    }
}
