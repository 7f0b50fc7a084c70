//! Webhooks that are sent the events of all organizations. They need the scope `roster:admin`.

use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Hook;
use super::bodies::{
    Changing, NewBody, Range, RedeliveringBody, Registering, SecretBody, TestedBody, WebhooksBody, WholeBody,
};
use crate::caller::Caller;
use crate::extract::{Json, NoBody, Query};
use crate::problem::Problem;
use crate::roster::Roster;
use crate::roster::webhooks::WebhooksOf;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new()
        .routes(routes!(register, list))
        .routes(routes!(read, change, remove))
        .routes(routes!(rotate))
        .routes(routes!(redeliver))
        .routes(routes!(test))
}

/// Register a webhook. Its secret is in the answer, and in no later one.
#[utoipa::path(post, path = "/v1/webhooks", operation_id = "register_webhook_of_all", tag = "webhooks", request_body = Registering,
    responses((status = 201, body = NewBody), (status = "4XX", body = Problem)))]
async fn register(
    State(roster): State<Roster>,
    caller: Caller,
    Json(body, _): Json<Registering>,
) -> Result<Response, Problem> {
    super::register(&roster, &caller, &WebhooksOf::All, body).await
}

/// All webhooks, the oldest first, without their secrets.
#[utoipa::path(get, path = "/v1/webhooks", operation_id = "read_webhooks_of_all", tag = "webhooks",
    responses((status = 200, body = WebhooksBody), (status = "4XX", body = Problem)))]
async fn list(State(roster): State<Roster>, caller: Caller) -> Result<Response, Problem> {
    super::list(&roster, &caller, &WebhooksOf::All).await
}

/// One webhook: how far it is, what waits, and how it last failed.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}", operation_id = "read_webhook_of_all", tag = "webhooks",
    params(("webhook" = uuid::Uuid, Path)),
    responses((status = 200, body = WholeBody), (status = "4XX", body = Problem)))]
async fn read(State(roster): State<Roster>, caller: Caller, Hook(id): Hook) -> Result<Response, Problem> {
    super::read(&roster, &caller, &WebhooksOf::All, id).await
}

/// Change where and what is sent, disable it, enable it again.
#[utoipa::path(patch, path = "/v1/webhooks/{webhook}", operation_id = "change_webhook_of_all", tag = "webhooks", request_body = Changing,
    params(("webhook" = uuid::Uuid, Path)),
    responses((status = 200, body = WholeBody), (status = "4XX", body = Problem)))]
async fn change(
    State(roster): State<Roster>,
    caller: Caller,
    Hook(id): Hook,
    Json(body, _): Json<Changing>,
) -> Result<Response, Problem> {
    super::change(&roster, &caller, &WebhooksOf::All, id, body).await
}

/// Forget a webhook; nothing more is sent.
#[utoipa::path(delete, path = "/v1/webhooks/{webhook}", operation_id = "remove_webhook_of_all", tag = "webhooks",
    params(("webhook" = uuid::Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem)))]
async fn remove(
    State(roster): State<Roster>,
    caller: Caller,
    Hook(id): Hook,
    _none: NoBody,
) -> Result<Response, Problem> {
    super::remove(&roster, &caller, &WebhooksOf::All, id).await
}

/// Give it another secret. The former one signs too for a while.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/secret", operation_id = "rotate_webhook_secret_of_all", tag = "webhooks",
    params(("webhook" = uuid::Uuid, Path), ("overlap" = Option<u32>, Query, description = "Seconds for which the former secret signs too; a day where it is not given")),
    responses((status = 200, body = SecretBody), (status = "4XX", body = Problem)))]
async fn rotate(
    State(roster): State<Roster>,
    caller: Caller,
    Hook(id): Hook,
    query: Query,
    _none: NoBody,
) -> Result<Response, Problem> {
    super::rotate(&roster, &caller, &WebhooksOf::All, id, &query).await
}

/// Deliver the events of a range of positions once more, each organization's in its order.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/redeliveries", operation_id = "redeliver_webhook_of_all", tag = "webhooks", request_body = Range,
    params(("webhook" = uuid::Uuid, Path)),
    responses((status = 202, body = RedeliveringBody), (status = "4XX", body = Problem)))]
async fn redeliver(
    State(roster): State<Roster>,
    caller: Caller,
    Hook(id): Hook,
    Json(body, _): Json<Range>,
) -> Result<Response, Problem> {
    super::redeliver(&roster, &caller, &WebhooksOf::All, id, &body).await
}

/// Send a test message now, and tell what came back.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/test", operation_id = "test_webhook_of_all", tag = "webhooks",
    params(("webhook" = uuid::Uuid, Path)),
    responses((status = 200, body = TestedBody), (status = "4XX", body = Problem)))]
async fn test(
    State(roster): State<Roster>,
    caller: Caller,
    Hook(id): Hook,
    _none: NoBody,
) -> Result<Response, Problem> {
    super::test(&roster, &caller, &WebhooksOf::All, id).await
}
