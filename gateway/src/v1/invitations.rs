//! An organization's invitations: send, list, take back. The owner and admins may.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{EmailAddress, InvitationId, OrganizationCommand, OrganizationEvent, Permission, Refusal, Role};
use projections::{InvitationsQuery, ProjectionName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bodies::{InvitationBody, StatusBody};
use super::{VIA, done, page};
use crate::caller::{Caller, MinPosition};
use crate::extract::{Invited, Json, NoBody, Org, Query, text};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(invite, list)).routes(routes!(read, revoke))
}

/// Who is invited.
#[derive(Deserialize, ToSchema)]
pub struct Inviting {
    #[schema(value_type = String, example = "ben@acme.test")]
    email: EmailAddress,
    /// `admin` or `member`.
    #[serde(deserialize_with = "text")]
    #[schema(value_type = String)]
    role: Role,
}

/// Invite whoever proves to have this address.
#[utoipa::path(post, path = "/v1/organizations/{org}/invitations", tag = "invitations", request_body = Inviting,
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 201, body = InvitationBody), (status = "4XX", body = Problem)))]
async fn invite(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Json(body, terms): Json<Inviting>,
) -> Result<Response, Problem> {
    let Inviting { email, role } = body;
    let (invitation_id, valid_for) = (InvitationId(Uuid::now_v7()), roster.invitation_validity);
    let command = OrganizationCommand::InviteMember { invitation_id, email: email.clone(), role, valid_for };
    let outcome = roster.ask_on(terms, &caller, org, command, VIA).await?;
    let invited = outcome.events.iter().find_map(|recorded| match &recorded.event {
        // Its own id: asked again under the same key, it is the first one's.
        OrganizationEvent::MemberInvited { invitation_id, expires_at, invited_by, .. } => {
            Some((*invitation_id, *expires_at, invited_by.clone()))
        }
        _ => None,
    });
    let (id, expires_at, invited_by) =
        invited.ok_or_else(|| Problem::internal("an invitation was recorded without its event"))?;
    let (organization_id, status) = (outcome.organization, StatusBody::Pending);
    let url = roster.public_url.invitation(id);
    let body = InvitationBody { id, organization_id, email: Some(email), role, status, expires_at, invited_by, url };
    Ok(done(StatusCode::CREATED, &outcome, axum::Json(body)))
}

/// A page of invitations.
#[derive(Serialize, ToSchema)]
struct InvitationsBody {
    invitations: Vec<InvitationBody>,
    next_cursor: Option<String>,
}

/// The organization's invitations, newest first, settled ones included.
#[utoipa::path(get, path = "/v1/organizations/{org}/invitations", operation_id = "list_invitations", tag = "invitations",
    params(("org" = String, Path, description = "Id or slug"), ("limit" = Option<u32>, Query),
           ("cursor" = Option<String>, Query)),
    responses((status = 200, body = InvitationsBody), (status = "4XX", body = Problem)))]
async fn list(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    query: Query,
    MinPosition(position): MinPosition,
) -> Result<Response, Problem> {
    let wanted = InvitationsQuery { limit: query.limit()?, after: page::after(&query, "invitations")?, state: None };
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let views = roster.views_at(ProjectionName::Members, position).await;
    let organization = roster.as_permitted(&caller, &org, Permission::InvitationCreate).await?;
    let page = views?.invitations(organization, &wanted).await?;
    let now = SystemTime::now().into();
    let body = InvitationsBody {
        invitations: page
            .items
            .into_iter()
            .map(|row| InvitationBody::of(organization, row, now, &roster.public_url))
            .collect(),
        next_cursor: page.next.map(|after| page::cursor("invitations", after)),
    };
    Ok(axum::Json(body).into_response())
}

/// One invitation, whatever became of it: for whoever sends it by mail. Of one whose address is erased nothing is left to read.
#[utoipa::path(get, path = "/v1/organizations/{org}/invitations/{id}", operation_id = "read_invitation", tag = "invitations",
    params(("org" = String, Path, description = "Id or slug"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, body = InvitationBody), (status = "4XX", body = Problem)))]
async fn read(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Invited(id): Invited,
) -> Result<Response, Problem> {
    let organization = roster.as_permitted(&caller, &org, Permission::InvitationCreate).await?;
    let details = roster.invitation(id).await?;
    if details.organization != organization {
        return Err(Refusal::InvitationNotFound.into());
    }
    Ok(axum::Json(InvitationBody::one(details, SystemTime::now().into(), &roster.public_url)).into_response())
}

/// Take a pending invitation back.
#[utoipa::path(delete, path = "/v1/organizations/{org}/invitations/{id}", tag = "invitations",
    params(("org" = String, Path, description = "Id or slug"), ("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn revoke(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Invited(invitation_id): Invited,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let outcome =
        roster.ask_on(terms, &caller, org, OrganizationCommand::RevokeInvitation { invitation_id }, VIA).await?;
    Ok(done(StatusCode::NO_CONTENT, &outcome, ()))
}
