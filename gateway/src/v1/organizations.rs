//! Organizations: found, list, read, change, delete.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Logo, MemberId, Metadata, Name, NewSlug, OrganizationCommand, OrganizationId, Subject};
use journal::Excerpt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bodies::{MembershipBody, OrganizationBody};
use super::{VIA, done, page};
use crate::caller::{Caller, MinPosition};
use crate::extract::terms::{has, tag};
use crate::extract::{Json, NoBody, Org, Query, present};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(found, list)).routes(routes!(read, change, delete))
}

/// What a new organization is given.
#[derive(Deserialize, ToSchema)]
pub struct Founding {
    #[schema(value_type = String, example = "Acme")]
    name: Name,
    #[schema(value_type = String, example = "acme")]
    slug: NewSlug,
    #[schema(value_type = Option<String>)]
    logo: Option<Logo>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Metadata>,
}

/// Found an organization; the caller becomes its owner.
#[utoipa::path(post, path = "/v1/organizations", tag = "organizations", request_body = Founding,
    responses((status = 201, body = OrganizationBody), (status = "4XX", body = Problem)))]
async fn found(
    State(roster): State<Roster>,
    caller: Caller,
    Json(body, terms): Json<Founding>,
) -> Result<Response, Problem> {
    let id = OrganizationId(Uuid::now_v7());
    let Founding { name, slug, logo, metadata } = body;
    let member_id = MemberId(Uuid::now_v7());
    let command = OrganizationCommand::FoundOrganization { name, slug, logo, metadata, member_id };
    let outcome = roster.ask_on(terms, &caller, id.into(), command, VIA).await?;
    // All there is to know of it was just recorded.
    let summary = Excerpt::from(&outcome).summary();
    let body = OrganizationBody::from(summary.ok_or_else(|| Problem::internal("founding was recorded in part"))?);
    let location = [(header::LOCATION, format!("/v1/organizations/{}", outcome.organization))];
    Ok(done(StatusCode::CREATED, &outcome, (location, axum::Json(body))))
}

/// A page of the caller's organizations.
#[derive(Serialize, ToSchema)]
struct OrganizationsBody {
    organizations: Vec<MembershipBody>,
    next_cursor: Option<String>,
    total: u64,
}

/// The organizations the caller is a member of, oldest membership first.
#[utoipa::path(get, path = "/v1/organizations", operation_id = "list_organizations", tag = "organizations",
    params(("limit" = Option<u32>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = OrganizationsBody), (status = "4XX", body = Problem)))]
async fn list(
    State(roster): State<Roster>,
    caller: Caller,
    query: Query,
    MinPosition(position): MinPosition,
) -> Result<Response, Problem> {
    let (limit, after) = (query.limit()?, page::after(&query, "organizations")?);
    let page = roster.organizations_of(&caller.user, limit, after, position).await?;
    let body = OrganizationsBody {
        organizations: page.items.into_iter().map(MembershipBody::from).collect(),
        next_cursor: page.next.map(|after| page::cursor("organizations", after)),
        total: page.total,
    };
    Ok(axum::Json(body).into_response())
}

/// One organization, straight from the journal.
#[utoipa::path(get, path = "/v1/organizations/{org}", operation_id = "read_organization", tag = "organizations",
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = OrganizationBody), (status = "4XX", body = Problem)))]
async fn read(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (excerpt, _) = roster.as_member(&caller, &org, &[Subject::Profile]).await?;
    roster.known.used(&caller, excerpt.organization);
    let summary = excerpt.summary().ok_or(domain::Refusal::OrganizationNotFound)?;
    let version = [(header::ETAG, tag(summary.sequence))];
    if has(&headers, summary.sequence) {
        return Ok((StatusCode::NOT_MODIFIED, version).into_response());
    }
    Ok((version, axum::Json(OrganizationBody::from(summary))).into_response())
}

/// What is to change; what is left out stays. `null` takes a logo or the metadata away.
#[derive(Deserialize, ToSchema)]
pub struct Changes {
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    name: Option<Name>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    slug: Option<NewSlug>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    logo: Option<Option<Logo>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Object>)]
    metadata: Option<Option<Metadata>>,
}

/// Change the profile. The owner and admins may.
#[utoipa::path(patch, path = "/v1/organizations/{org}", tag = "organizations", request_body = Changes,
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = OrganizationBody), (status = "4XX", body = Problem)))]
async fn change(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Json(body, terms): Json<Changes>,
) -> Result<Response, Problem> {
    let Changes { name, slug, logo, metadata } = body;
    let command = OrganizationCommand::UpdateOrganization { name, slug, logo, metadata };
    let outcome = roster.ask_on(terms, &caller, org, command, VIA).await?;
    let body = OrganizationBody::from(roster.summary(&outcome).await?);
    Ok(done(StatusCode::OK, &outcome, axum::Json(body)))
}

/// Delete the organization. Only the owner may; every membership ends with it.
#[utoipa::path(delete, path = "/v1/organizations/{org}", tag = "organizations",
    params(("org" = String, Path, description = "Id or slug")),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn delete(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    NoBody(terms): NoBody,
) -> Result<Response, Problem> {
    let outcome = roster.ask_on(terms, &caller, org, OrganizationCommand::DeleteOrganization, VIA).await?;
    Ok(done(StatusCode::NO_CONTENT, &outcome, ()))
}
