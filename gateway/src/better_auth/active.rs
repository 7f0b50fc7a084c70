//! Which organization a session looks at: set, and read by the client.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{Refusal, Subject, UserId};
use journal::OrganizationRef;
use serde_json::{Value, json};

use super::bodies::{MemberBody, OrganizationBody};
use super::call::Incoming;
use super::codes::NO_ACTIVE_ORGANIZATION;
use super::failure::Failure;
use super::place::{by_id, by_slug, meant_or_spelled};
use super::reading::shown;
use super::refused::Call;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/api/auth/organization/set-active", post(set_active))
        .route("/api/auth/organization/get-active-member", get(active_member))
        .route("/api/auth/organization/get-active-member-role", get(member_role))
}

async fn set_active(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let caller_named = {
        let mut body = call.body();
        let cleared = matches!(body.raw("organizationId"), Some(Value::Null));
        let id = if cleared { None } else { body.optional_text("organizationId").map(str::to_owned) };
        let slug = body.optional_text("organizationSlug").map(str::to_owned);
        body.done()?;
        (cleared, id, slug)
    };
    let caller = call.caller(&roster).await?;
    let place: Option<OrganizationRef> = match caller_named {
        (true, ..) => {
            roster.deactivate(&caller).await?;
            None
        }
        (_, Some(id), _) => match by_id(Call::Read, &id) {
            Ok(place) => Some(place),
            Err(failure) => {
                roster.deactivate(&caller).await?;
                return Err(failure);
            }
        },
        (_, None, Some(slug)) => Some(by_slug(&roster, &slug).await?.into()),
        (_, None, None) => roster.active(&caller).await?.map(Into::into),
    };
    let Some(place) = place else { return Ok(Json(Value::Null).into_response()) };
    let (summary, membership) = match shown(&roster, &caller, &place).await {
        // Who chooses what they don't belong to has chosen nothing.
        Err(problem) if problem.refusal() == Some(Refusal::OrganizationNotFound) => {
            roster.deactivate(&caller).await?;
            return Err(Call::Read.failed()(problem));
        }
        shown => shown.map_err(Call::Read.failed())?,
    };
    roster.activate(&caller, summary.id, membership.member_id).await?;
    Ok(Json(OrganizationBody::read(summary)).into_response())
}

async fn active_member(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let caller = call.caller(&roster).await?;
    let Some(active) = roster.active(&caller).await? else { return Err(Failure::bad(NO_ACTIVE_ORGANIZATION)) };
    let failed = Call::ActiveMember.failed();
    let (excerpt, membership) = roster.as_member(&caller, &active.into(), &[]).await.map_err(&failed)?;
    let details = roster.details(Some(excerpt), caller.user.clone(), membership.member_id).await.map_err(&failed)?;
    Ok(Json(MemberBody::with_user(active, details)).into_response())
}

async fn member_role(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let user = fields.optional_text("userId");
    let (id, slug) = (fields.optional_text("organizationId"), fields.optional_text("organizationSlug"));
    fields.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant_or_spelled(Call::ListMembers, &roster, &caller, id, slug).await?;
    let place = place.ok_or_else(|| Failure::bad(NO_ACTIVE_ORGANIZATION))?;
    let nobody = || Call::ListMembers.refused(Refusal::MemberNotFound);
    let user: UserId = user.map_or_else(|| Ok(caller.user.clone()), str::parse).map_err(|_| nobody())?;
    let subjects = [Subject::User(user.clone())];
    let (excerpt, _) = roster.as_member(&caller, &place, &subjects).await.map_err(Call::ListMembers.failed())?;
    let membership = excerpt.state.membership(&user).ok_or_else(nobody)?;
    Ok(Json(json!({ "role": membership.role })).into_response())
}
