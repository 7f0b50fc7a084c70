//! Roles as they are written there: several in one text or in a list. Of several the highest counts.

use axum::http::StatusCode;
use domain::Role;

use super::codes::ROLE_NOT_FOUND;
use super::failure::Failure;

/// The highest of the roles named in these texts, each of which may name several, separated by commas; those there are not, if any is
/// named; `None` where none is named at all.
pub fn highest(texts: &[&str]) -> Option<Result<Role, Vec<String>>> {
    let named = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|name| !name.is_empty());
    let (mut highest, mut unknown) = (None, Vec::new());
    for name in named {
        match name.parse::<Role>() {
            Ok(role) => highest = highest.max(Some(role)),
            Err(_) => unknown.push(name.to_owned()),
        }
    }
    if unknown.is_empty() { highest.map(Ok) } else { Some(Err(unknown)) }
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
            assert_eq!(highest(texts), Some(Ok(role)), "{texts:?}");
        }
    }

    #[test]
    fn one_that_there_is_not_makes_all_of_no_use() {
        assert_eq!(highest(&["member,boss", "Chief"]), Some(Err(vec!["boss".into(), "Chief".into()])));
        for nothing in [&[][..], &[""], &[" , ", ""]] {
            assert_eq!(highest(nothing), None);
        }
    }
}
