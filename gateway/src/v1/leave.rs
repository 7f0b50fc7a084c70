//! Leaving: the hero of the story.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{MemberId, OrganizationCommand, OrganizationEvent, OrganizationId, Slug, Timestamp};
use journal::Held;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::{NoBody, Org};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(leave))
}

/// What ended, and where to go now.
#[derive(Serialize, ToSchema)]
struct LeaveBody {
    left: LeftBody,
    next: NextBody,
}

/// The membership that ended.
#[derive(Serialize, ToSchema)]
struct LeftBody {
    #[schema(value_type = uuid::Uuid)]
    organization: OrganizationId,
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
    /// From this moment no check passes.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// The organization used last that the person still belongs to, else their oldest, else onboarding.
#[derive(Serialize, ToSchema)]
struct NextBody {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    slug: Option<Slug>,
    url: String,
}

impl From<Option<Held>> for NextBody {
    fn from(next: Option<Held>) -> Self {
        match next {
            Some(held) => Self { kind: "organization", url: format!("/app/{}", held.slug), slug: Some(held.slug) },
            None => Self { kind: "onboarding", slug: None, url: "/app/onboarding".into() },
        }
    }
}

/// Leave the organization. Access ends at commit; the owner must transfer or delete it instead.
#[utoipa::path(post, path = "/v1/organizations/{org}/leave", tag = "members",
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = LeaveBody), (status = "4XX", body = Problem)))]
async fn leave(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let outcome = roster.ask_on(terms, &caller, org, OrganizationCommand::LeaveOrganization, VIA).await?;
    let left = outcome.events.iter().find_map(|recorded| match recorded.event {
        OrganizationEvent::MemberLeft { member_id, .. } => {
            Some(LeftBody { organization: outcome.organization, member_id, at: recorded.recorded_at })
        }
        _ => None,
    });
    // Leaving records exactly this event or is refused.
    let left = left.ok_or_else(|| Problem::internal("leaving was recorded without its event"))?;
    // They have left: a failure to say where to go must not read as a failure to leave.
    let next = roster.next_for(&caller.user).await.unwrap_or(None).into();
    Ok(done(StatusCode::OK, &outcome, axum::Json(LeaveBody { left, next })))
}
