//! Transferring ownership.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{MemberId, OrganizationCommand};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::OrganizationBody;
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::{Json, Org, text};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(transfer))
}

/// The new owner.
#[derive(Deserialize, ToSchema)]
pub struct NewOwner {
    #[serde(deserialize_with = "text")]
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
}

/// Hand ownership to another member; the former owner becomes admin. Only the owner may.
#[utoipa::path(post, path = "/v1/organizations/{org}/ownership", tag = "organizations", request_body = NewOwner,
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = OrganizationBody), (status = "4XX", body = Problem)))]
async fn transfer(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Json(body, terms): Json<NewOwner>,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::TransferOwnership { member_id: body.member_id };
    let outcome = roster.ask_on(terms, &caller, org, command, VIA).await?;
    let body = OrganizationBody::from(roster.summary(&outcome).await?);
    Ok(done(StatusCode::OK, &outcome, axum::Json(body)))
}
