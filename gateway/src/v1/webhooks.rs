//! Webhooks: an organization's, and those for all organizations. The calls are the same; only whose they are differs.

mod bodies;
mod of_all;
mod of_organization;

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use domain::OrganizationEvent;
use journal::webhooks::{Disabled, Why};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use self::bodies::{
    Changing, NewBody, Range, RedeliveringBody, Registering, Resume, SecretBody, TestedBody, WebhookBody, WebhooksBody,
    WholeBody,
};
use crate::caller::Caller;
use crate::extract::{Query, path_part};
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::webhooks::WebhooksOf;
use crate::webhooks::{now, secret};

/// How long a former secret signs beside its successor if nothing else is asked, and at most, in seconds.
const OVERLAP: u32 = 24 * 60 * 60;
const LONGEST_OVERLAP: u32 = 7 * OVERLAP;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().merge(of_organization::router()).merge(of_all::router())
}

/// The webhook in the path. What is no id is the nil id, which none has.
struct Hook(Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Hook {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(path_part(parts, "webhook").await.unwrap_or_default()))
    }
}

async fn register(roster: &Roster, caller: &Caller, of: &WebhooksOf, body: Registering) -> Result<Response, Problem> {
    let types = names(body.types)?;
    let webhook = roster.register_webhook(caller, of, &body.url, types, body.from).await?;
    let secret = webhook.secrets.first().map(|secret| secret.secret.clone()).unwrap_or_default();
    let body = NewBody { webhook: WebhookBody::of(webhook, now()), secret };
    Ok((StatusCode::CREATED, axum::Json(body)).into_response())
}

async fn list(roster: &Roster, caller: &Caller, of: &WebhooksOf) -> Result<Response, Problem> {
    let webhooks = roster.webhooks(caller, of).await?;
    let webhooks = webhooks.into_iter().map(|webhook| WebhookBody::of(webhook, now())).collect();
    Ok(axum::Json(WebhooksBody { webhooks }).into_response())
}

async fn read(roster: &Roster, caller: &Caller, of: &WebhooksOf, id: Uuid) -> Result<Response, Problem> {
    let webhook = roster.webhook(caller, of, id).await?;
    let lanes = roster.webhook_lanes(id).await?;
    Ok(axum::Json(WholeBody::of(webhook, lanes, now())).into_response())
}

async fn change(
    roster: &Roster,
    caller: &Caller,
    of: &WebhooksOf,
    id: Uuid,
    body: Changing,
) -> Result<Response, Problem> {
    let types = body.types.map(names).transpose()?;
    let url = match &body.url {
        // Only those who may change it learn where a name leads.
        Some(url) => {
            roster.webhook(caller, of, id).await?;
            let url = roster.post.allowed().url_now(url).await.map_err(crate::problem::not_accepted("url"))?;
            Some(String::from(url))
        }
        None => None,
    };
    let head = match body.resume {
        Some(Resume::Now) => Some(roster.journal.store().position().await?),
        Some(Resume::Stopped) | None => None,
    };
    let webhook = roster
        .change_webhook(caller, of, id, |webhook| {
            if let Some(url) = &url {
                webhook.url.clone_from(url);
            }
            if let Some(types) = &types {
                webhook.types.clone_from(types);
            }
            webhook.disabled = match (body.enabled, webhook.disabled) {
                (Some(true), _) => None,
                (Some(false), None) => Some(Disabled { at: now(), why: Why::SwitchedOff }),
                (_, unchanged) => unchanged,
            };
            head
        })
        .await?;
    let lanes = roster.webhook_lanes(id).await?;
    Ok(axum::Json(WholeBody::of(webhook, lanes, now())).into_response())
}

async fn remove(roster: &Roster, caller: &Caller, of: &WebhooksOf, id: Uuid) -> Result<Response, Problem> {
    roster.remove_webhook(caller, of, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn rotate(
    roster: &Roster,
    caller: &Caller,
    of: &WebhooksOf,
    id: Uuid,
    query: &Query,
) -> Result<Response, Problem> {
    let overlap = match query.get::<String>("overlap")?.map(|text| text.parse()) {
        None => OVERLAP,
        Some(Ok(overlap @ 0..=LONGEST_OVERLAP)) => overlap,
        Some(_) => return Err(Problem::invalid("/overlap", "must be a whole number from 0 to 604800")),
    };
    let new = secret::new().ok_or_else(|| Problem::internal("there is no randomness for a secret"))?;
    let at = now();
    let until = at + TimeDelta::seconds(overlap.into());
    roster
        .change_webhook(caller, of, id, |webhook| {
            webhook.secrets = secret::rotated(&webhook.secrets, new.clone(), until, at);
            None
        })
        .await?;
    Ok(axum::Json(SecretBody { secret: new.secret, former_until: until }).into_response())
}

async fn redeliver(
    roster: &Roster,
    caller: &Caller,
    of: &WebhooksOf,
    id: Uuid,
    range: &Range,
) -> Result<Response, Problem> {
    let organizations = roster.redeliver(caller, of, id, range.from, range.to).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(RedeliveringBody { organizations })).into_response())
}

async fn test(roster: &Roster, caller: &Caller, of: &WebhooksOf, id: Uuid) -> Result<Response, Problem> {
    Ok(axum::Json(TestedBody::from(roster.test_webhook(caller, of, id).await?)).into_response())
}

/// Names of events, each once, in one order; `null` means all of them.
fn names(given: Option<Vec<String>>) -> Result<Option<Vec<String>>, Problem> {
    let Some(given) = given else { return Ok(None) };
    let names: BTreeSet<String> = given.into_iter().collect();
    if names.is_empty() || !names.iter().all(|name| OrganizationEvent::NAMES.contains(&name.as_str())) {
        return Err(Problem::invalid("/types", "must be names of events, or null for all of them"));
    }
    Ok(Some(names.into_iter().collect()))
}
