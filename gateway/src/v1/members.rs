//! Members: list, change a role, remove.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{NotAccepted, OrganizationCommand, Role};
use projections::{MembersQuery, MembersSort, ProjectionName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::MemberBody;
use super::then::{MembersThenBody, When};
use super::{VIA, done, page, then};
use crate::caller::{Caller, MinPosition};
use crate::extract::{Json, Member, NoBody, Org, Query, text};
use crate::problem::Problem;
use crate::roster::Roster;

/// The longest text searched for, in characters.
pub const LONGEST_SEARCH: usize = 100;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(change_role, remove))
}

/// A page of members.
#[derive(Serialize, ToSchema)]
struct MembersBody {
    members: Vec<MemberBody>,
    next_cursor: Option<String>,
    /// How many there are in all pages of this search.
    total: u64,
}

/// Who is a member now, or was.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "told, never made: each is answered where it is read")]
enum MembersAnswer {
    Now(MembersBody),
    Then(MembersThenBody),
}

/// The members, in order of joining (`sort=joined_at`, or `-joined_at` for the newest first); `search` finds names and
/// addresses that begin so. With `as_of` (a time) or `at_sequence` (an event), who was a member then, in which role, since when and by
/// whose act: for the owner, admins and `roster:audit`.
#[utoipa::path(get, path = "/v1/organizations/{org}/members", operation_id = "list_members", tag = "members",
    params(("org" = String, Path, description = "Id or slug"), ("limit" = Option<u32>, Query),
           ("cursor" = Option<String>, Query), ("search" = Option<String>, Query), ("role" = Option<String>, Query),
           ("sort" = Option<String>, Query), ("as_of" = Option<String>, Query, description = "A time that has come, with its zone"),
           ("at_sequence" = Option<u64>, Query, description = "After this event of the organization")),
    responses((status = 200, body = MembersAnswer), (status = "4XX", body = Problem)))]
async fn list(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    query: Query,
    MinPosition(position): MinPosition,
) -> Result<Response, Problem> {
    if let Some(when) = When::of(&query)? {
        return then::answer(&roster, &caller, &org, &query, &when).await;
    }
    let Sort(sort, list) = query.get::<Sort>("sort")?.unwrap_or_default();
    let search = query.get::<String>("search")?;
    if search.as_ref().is_some_and(|text| text.chars().count() > LONGEST_SEARCH) {
        return Err(Problem::invalid("/search", "must be at most 100 characters"));
    }
    let role = query.get::<Role>("role")?;
    let wanted = MembersQuery { limit: query.limit()?, after: page::after(&query, list)?, search, role, sort };
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let views = roster.views_at(ProjectionName::Members, position).await;
    let (excerpt, _) = roster.as_member(&caller, &org, &[]).await?;
    let page = views?.members(excerpt.organization, &wanted).await?;
    let body = MembersBody {
        members: page.items.into_iter().map(MemberBody::from).collect(),
        next_cursor: page.next.map(|after| page::cursor(list, after)),
        total: page.total,
    };
    Ok(axum::Json(body).into_response())
}

/// An order, and the name its cursors carry.
struct Sort(MembersSort, &'static str);

impl Default for Sort {
    fn default() -> Self {
        Self(MembersSort::JoinedAt, "members")
    }
}

impl std::str::FromStr for Sort {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        match text {
            "joined_at" => Ok(Self::default()),
            "-joined_at" => Ok(Self(MembersSort::JoinedAtDescending, "-members")),
            _ => Err(NotAccepted("must be joined_at or -joined_at")),
        }
    }
}

/// A new role.
#[derive(Deserialize, ToSchema)]
pub struct NewRole {
    /// `admin` or `member`.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = String)]
    role: Role,
}

/// Make a member an admin, or an admin a member. The owner and admins may.
#[utoipa::path(patch, path = "/v1/organizations/{org}/members/{member}", tag = "members", request_body = NewRole,
    params(("org" = String, Path, description = "Id or slug"), ("member" = uuid::Uuid, Path)),
    responses((status = 200, body = MemberBody), (status = "4XX", body = Problem)))]
async fn change_role(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Member(member_id): Member,
    Json(body, terms): Json<NewRole>,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::ChangeMemberRole { member_id, role: body.role };
    let outcome = roster.ask_on(terms, &caller, org, command, VIA).await?;
    let member = roster.member(&caller, &outcome, member_id).await?;
    Ok(done(StatusCode::OK, &outcome, axum::Json(MemberBody::from(member))))
}

/// Remove a member; of oneself it is leaving.
#[utoipa::path(delete, path = "/v1/organizations/{org}/members/{member}", tag = "members",
    params(("org" = String, Path, description = "Id or slug"), ("member" = uuid::Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn remove(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Member(member_id): Member,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let outcome = roster.ask_on(terms, &caller, org, OrganizationCommand::RemoveMember { member_id }, VIA).await?;
    Ok(done(StatusCode::NO_CONTENT, &outcome, ()))
}
