//! The membership check: straight from the journal, right at commit.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::{MemberId, OrganizationId, Role, Subject, UserId};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Checker;
use crate::extract::{Org, Query};
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(access))
}

/// A membership, true at this sequence.
#[derive(Serialize, ToSchema)]
struct AccessBody {
    #[schema(value_type = uuid::Uuid)]
    organization_id: OrganizationId,
    #[schema(value_type = String)]
    user_id: UserId,
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
    #[schema(value_type = String)]
    role: Role,
    /// The organization's last sequence when it was read: a higher one is a later answer.
    sequence: u64,
}

/// Where nobody is a member: also what is neither an id nor a slug.
struct Place(Option<Org>);

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Org::from_request_parts(parts, state).await.ok()))
    }
}

/// Whether somebody is a member now: the caller, or with `user_id` somebody else. Others may be asked about by members
/// and with the scopes `roster:act-as` and `roster:audit`.
#[utoipa::path(get, path = "/v1/organizations/{org}/access", tag = "access",
    params(("org" = String, Path, description = "Id or slug"), ("user_id" = Option<String>, Query)),
    responses((status = 200, body = AccessBody), (status = 403, body = Problem), (status = "4XX", body = Problem)))]
async fn access(Checker { caller, roster }: Checker, Place(place): Place, query: Query) -> Result<Response, Problem> {
    let user = query.get::<UserId>("user_id")?.unwrap_or_else(|| caller.user.clone());
    let mut subjects = vec![Subject::User(user.clone())];
    if user != caller.user {
        subjects.push(Subject::User(caller.user.clone()));
    }
    let excerpt = match place {
        Some(Org(org)) => roster.journal.excerpt(&org, &subjects).await?,
        None => None,
    };
    let member = |of: &UserId| excerpt.as_ref().and_then(|excerpt| excerpt.state.membership(of));
    let may_ask =
        user == caller.user || caller.may(Scope::ActAs) || caller.may(Scope::Audit) || member(&caller.user).is_some();
    if !may_ask {
        return Err(Problem::new(
            "permission-denied",
            "Only members, and backends with the scope for it, may ask about others.",
        ));
    }
    let (Some(excerpt), Some(membership)) = (&excerpt, member(&user)) else {
        return Err(Problem::new("not-a-member", "This person is not a member of this organization."));
    };
    let body = AccessBody {
        organization_id: excerpt.organization,
        user_id: user,
        member_id: membership.member_id,
        role: membership.role,
        sequence: excerpt.sequence,
    };
    Ok(axum::Json(body).into_response())
}
