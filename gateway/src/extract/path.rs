//! What a path names. What is no id at all is answered like an id nobody has.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::{InvitationId, MemberId, Refusal, UserId};
use journal::OrganizationRef;
use uuid::Uuid;

use crate::problem::Problem;

/// The organization in the path, by id or slug. What is neither is not found, like any other that does not exist.
pub struct Org(pub OrganizationRef);

impl<S: Send + Sync> FromRequestParts<S> for Org {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        path_part(parts, "org").await.ok_or_else(|| Refusal::OrganizationNotFound.into()).map(Self)
    }
}

/// The member in the path. What is no id is the nil id, which nobody has: asked for it, the domain answers as for any
/// unknown member, which to somebody outside is that there is no such organization.
pub struct Member(pub MemberId);

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(path_part(parts, "member").await.unwrap_or(MemberId(Uuid::nil()))))
    }
}

/// The invitation in the path; the nil id likewise.
pub struct Invited(pub InvitationId);

impl<S: Send + Sync> FromRequestParts<S> for Invited {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(path_part(parts, "id").await.unwrap_or(InvitationId(Uuid::nil()))))
    }
}

/// The person in the path, or what is wrong with it, for those who may ask about anybody.
pub struct Whom(pub Result<UserId, Problem>);

impl<S: Send + Sync> FromRequestParts<S> for Whom {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let wrong = || Problem::invalid("/user", "must be 1 to 255 printable characters");
        Ok(Self(path_part(parts, "user").await.ok_or_else(wrong)))
    }
}

/// A part of the path by its name, if it can be read as such.
pub async fn path_part<T: std::str::FromStr>(parts: &mut Parts, name: &str) -> Option<T> {
    use axum::RequestPartsExt;
    let Path(all) = parts.extract::<Path<Vec<(String, String)>>>().await.ok()?;
    all.into_iter().find(|(key, _)| key == name)?.1.parse().ok()
}
