//! The membership check: by the journal, right at commit.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::{MemberId, OrganizationId, Permission, Role, Sequence, Subject, Timestamp, UserId};
use journal::Excerpt;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::{Caller, Checker};
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
    /// The permission that was asked for, and that the role has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    permission: Option<&'static str>,
    /// What gave the member this role, where a permission was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    granted_by: Option<GrantedBody>,
}

/// The event that gave a member their role.
#[derive(Serialize, ToSchema)]
struct GrantedBody {
    /// `MemberJoined`, `MemberRoleChanged` or `OwnershipTransferred`.
    event: &'static str,
    sequence: Sequence,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// Whether the caller may ask about anybody anywhere; others may about themselves, and about others where they are members.
pub(super) fn may_ask_about_anybody(caller: &Caller) -> bool {
    caller.may(Scope::ActAs) || caller.may(Scope::Audit)
}

/// What is answered to those who may not.
pub(super) fn asks_about_others() -> Problem {
    Problem::new("permission-denied", "Only members, and backends with the scope for it, may ask about others.")
}

/// Where nobody is a member: also what is neither an id nor a slug.
struct Place(Option<Org>);

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Org::from_request_parts(parts, state).await.ok()))
    }
}

fn granted_by(excerpt: &Excerpt, user: &UserId) -> Option<GrantedBody> {
    excerpt.role_given_by(user).map(|given| GrantedBody {
        event: given.event.name(),
        sequence: given.sequence,
        at: given.recorded_at,
    })
}

/// Whether somebody is a member now: the caller, or with `user_id` somebody else. Others may be asked about by members
/// and with the scopes `roster:act-as` and `roster:audit`. With `permission`, whether their role has it, and what gave them that role:
/// 403 `permission-denied` where it has not.
#[utoipa::path(get, path = "/v1/organizations/{org}/access", tag = "access",
    params(("org" = String, Path, description = "Id or slug"), ("user_id" = Option<String>, Query),
        ("permission" = Option<String>, Query, description = "One of `/v1/permissions`")),
    responses((status = 200, body = AccessBody), (status = 403, body = Problem), (status = "4XX", body = Problem)))]
async fn access(Checker { caller, roster }: Checker, Place(place): Place, query: Query) -> Result<Response, Problem> {
    let user = query.get::<UserId>("user_id")?.unwrap_or_else(|| caller.user.clone());
    let permission = query.get::<Permission>("permission")?;
    let may_ask = user == caller.user || may_ask_about_anybody(&caller);
    let told = match place {
        None if may_ask => None,
        None => return Err(asks_about_others()),
        Some(Org(org)) if may_ask && permission.is_none() => {
            roster.journal.access(&org, &user).await?.map(|access| (access, None))
        }
        Some(Org(org)) => {
            let mut subjects = vec![Subject::User(user.clone())];
            if user != caller.user {
                subjects.push(Subject::User(caller.user.clone()));
            }
            let excerpt = roster.journal.excerpt(&org, &subjects).await?;
            if !may_ask && excerpt.as_ref().is_none_or(|excerpt| excerpt.state.membership(&caller.user).is_none()) {
                return Err(asks_about_others());
            }
            excerpt.map(|excerpt| (excerpt.access(&user), permission.and_then(|_| granted_by(&excerpt, &user))))
        }
    };
    let membership = told.as_ref().and_then(|(access, _)| access.membership);
    let (Some((access, granted_by)), Some(membership)) = (told, membership) else {
        return Err(Problem::new("not-a-member", "This person is not a member of this organization."));
    };
    if let Some(permission) = permission {
        membership.must(permission)?;
    }
    let body = AccessBody {
        organization_id: access.organization,
        user_id: user,
        member_id: membership.member_id,
        role: membership.role,
        sequence: access.sequence,
        permission: permission.map(Permission::as_str),
        granted_by,
    };
    Ok(axum::Json(body).into_response())
}
