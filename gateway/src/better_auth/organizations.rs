//! Organizations: create, check a slug, update, delete.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::{Logo, MemberId, Metadata, Name, NewSlug, OrganizationCommand, OrganizationId, Refusal, Subject};
use journal::{Excerpt, OrganizationRef};
use serde_json::json;
use uuid::Uuid;

use super::bodies::OrganizationBody;
use super::call::Incoming;
use super::codes::{ORGANIZATION_NOT_FOUND, ORGANIZATION_SLUG_ALREADY_TAKEN};
use super::failure::Failure;
use super::place::{by_id, meant};
use super::refused::Call;
use super::{VIA, done};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/create", post(create))
        .route("/api/auth/organization/check-slug", post(check_slug))
        .route("/api/auth/organization/update", post(update))
        .route("/api/auth/organization/delete", post(delete))
}

async fn create(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let (name, slug) = (body.accepted::<Name>("name"), body.accepted::<NewSlug>("slug"));
    let logo = body.nullable_accepted::<Logo>("logo").flatten();
    let metadata = body.optional_record::<Metadata>("metadata");
    let keep = body.flag("keepCurrentActiveOrganization");
    body.done()?;
    let (Some(name), Some(slug)) = (name, slug) else { return Err(body.failure()) };
    let strangers = |failure: Failure| failure.for_strangers(Failure::bare(StatusCode::UNAUTHORIZED));
    let caller = call.caller(&roster).await.map_err(strangers)?;

    let (id, member_id) = (OrganizationId(Uuid::now_v7()), MemberId(Uuid::now_v7()));
    let command = OrganizationCommand::FoundOrganization { name, slug, logo, metadata, member_id };
    let outcome = roster.ask_on(call.terms(), &caller, id.into(), command, VIA).await;
    let outcome = outcome.map_err(Call::Create.failed())?;
    // All there is to know of it was just recorded.
    let summary = Excerpt::from(&outcome).summary();
    let summary = summary.ok_or_else(|| Problem::internal("founding was recorded in part"))?;
    if !keep {
        // It is founded: that the session does not look at it yet must not read as a failure to found it.
        let _told_in_the_log = roster.activate(&caller, summary.id, summary.owner.member_id).await;
    }
    Ok(done(&outcome, Json(OrganizationBody::founded(summary))))
}

async fn check_slug(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let slug = body.accepted::<NewSlug>("slug");
    body.done()?;
    let Some(slug) = slug else { return Err(body.failure()) };
    call.caller(&roster).await?;
    let claimed = roster.journal.excerpt(&OrganizationRef::Slug(slug.as_slug().clone()), &[]).await;
    if claimed.map_err(Problem::from)?.is_some() {
        return Err(Failure::bad(ORGANIZATION_SLUG_ALREADY_TAKEN));
    }
    Ok(Json(json!({ "status": true })).into_response())
}

async fn update(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let command = body.within("data", |data| OrganizationCommand::UpdateOrganization {
        name: data.optional_accepted::<Name>("name"),
        slug: data.optional_accepted::<NewSlug>("slug"),
        logo: data.nullable_accepted::<Logo>("logo"),
        metadata: data.optional_record::<Metadata>("metadata").map(Some),
    });
    let id = body.optional_text("organizationId");
    body.done()?;
    let id = id.map(str::to_owned);
    let strangers = Failure::saying(StatusCode::UNAUTHORIZED, None, "User not found");
    let caller = call.caller(&roster).await.map_err(|failure| failure.for_strangers(strangers))?;

    let place = meant(Call::Update, &roster, &caller, id.as_deref()).await?;
    let place = place.ok_or_else(|| Failure::bad(ORGANIZATION_NOT_FOUND))?;
    let failed = Call::Update.failed();
    let outcome = roster.ask_on(call.terms(), &caller, place, command, VIA).await.map_err(&failed)?;
    let summary = roster.summary(&outcome).await.map_err(&failed)?;
    Ok(done(&outcome, Json(OrganizationBody::written(summary))))
}

async fn delete(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let mut body = call.body();
    let id = body.text("organizationId").to_owned();
    body.done()?;
    let strangers = |failure: Failure| failure.for_strangers(Failure::bare(StatusCode::UNAUTHORIZED));
    let caller = call.caller(&roster).await.map_err(strangers)?;
    if id.is_empty() {
        return Err(Failure::bad(ORGANIZATION_NOT_FOUND));
    }
    let (place, failed) = (by_id(Call::Delete, &id)?, Call::Delete.failed());
    let before = roster.done_before(call.terms(), &caller, OrganizationCommand::DeleteOrganization).await;
    if let Some(outcome) = before.map_err(&failed)?
        && let Some(summary) = roster.deleted(&outcome).await?
    {
        return Ok(done(&outcome, Json(OrganizationBody::read(summary))));
    }
    let (excerpt, _) = roster.as_member(&caller, &place, &[Subject::Profile]).await.map_err(&failed)?;
    let summary = excerpt.summary().ok_or_else(|| Call::Delete.refused(Refusal::OrganizationNotFound))?;
    let outcome = roster.ask_on(call.terms(), &caller, place, OrganizationCommand::DeleteOrganization, VIA).await;
    Ok(done(&outcome.map_err(&failed)?, Json(OrganizationBody::read(summary))))
}
