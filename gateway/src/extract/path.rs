//! What a path names. What is no id at all is answered like an id nobody has.

use std::convert::Infallible;

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
        part(parts, "org").await.ok_or_else(|| Refusal::OrganizationNotFound.into()).map(Self)
    }
}

/// The member in the path. What is no id is the nil id, which nobody has: asked for it, the domain answers as for any
/// unknown member, which to somebody outside is that there is no such organization.
pub struct Member(pub MemberId);

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(part(parts, "member").await.unwrap_or(MemberId(Uuid::nil()))))
    }
}

/// The person in the path. What is no user id is nobody's.
pub struct Somebody(pub Option<UserId>);

impl<S: Send + Sync> FromRequestParts<S> for Somebody {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(part(parts, "user").await))
    }
}

/// The invitation in the path; the nil id likewise.
pub struct Invited(pub InvitationId);

impl<S: Send + Sync> FromRequestParts<S> for Invited {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(part(parts, "id").await.unwrap_or(InvitationId(Uuid::nil()))))
    }
}

async fn part<T: std::str::FromStr>(parts: &mut Parts, name: &str) -> Option<T> {
    use axum::RequestPartsExt;
    let Path(all) = parts.extract::<Path<Vec<(String, String)>>>().await.ok()?;
    all.into_iter().find(|(key, _)| key == name)?.1.parse().ok()
}
