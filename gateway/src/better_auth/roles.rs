//! Roles as they are written there: several in one text or in a list. Of several the highest counts.

use axum::http::StatusCode;
use domain::Role;

use super::codes::ROLE_NOT_FOUND;
use super::failure::Failure;

/// What was written where roles are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roles {
    /// The highest of those named.
    Known(Role),
    /// Nothing.
    Empty,
    /// Some that there are not.
    Unknown(Vec<String>),
}

impl Roles {
    /// Of texts that may each name several, separated by commas.
    pub fn of(texts: &[&str]) -> Self {
        let named = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|name| !name.is_empty());
        let (mut highest, mut unknown) = (None, Vec::new());
        for name in named {
            match name.parse::<Role>() {
                Ok(role) => highest = highest.max(Some(role)),
                Err(_) => unknown.push(name.to_owned()),
            }
        }
        match highest {
            _ if !unknown.is_empty() => Self::Unknown(unknown),
            Some(role) => Self::Known(role),
            None => Self::Empty,
        }
    }
}

/// 400: there are no such roles. Whether it has a code beside its message differs from call to call.
pub fn not_found(unknown: &[String], code: bool) -> Failure {
    let message = format!("ROLE_NOT_FOUND: {}", unknown.join(", "));
    Failure::saying(StatusCode::BAD_REQUEST, code.then_some(ROLE_NOT_FOUND.code), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_roles_the_highest_counts() {
        for (texts, role) in [
            (&["member"][..], Role::Member),
            (&["admin, member,member"], Role::Admin),
            (&["member", "owner,admin"], Role::Owner),
            (&[" ", "member"], Role::Member),
        ] {
            assert_eq!(Roles::of(texts), Roles::Known(role), "{texts:?}");
        }
    }

    #[test]
    fn one_that_there_is_not_makes_all_of_no_use() {
        assert_eq!(Roles::of(&["member,boss", "Chief"]), Roles::Unknown(vec!["boss".into(), "Chief".into()]));
        for nothing in [&[][..], &[""], &[" , ", ""]] {
            assert_eq!(Roles::of(nothing), Roles::Empty);
        }
    }
}
