//! All routes in their layers.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{self, RefOr};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::roster::Roster;
use crate::same_site::SameSite;
use crate::timely::Timely;
use crate::{better_auth, health, pages, telemetry, v1};

/// The contract's head; paths and bodies come from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(title = "Roster", description = "Who belongs to which organization, since when, and by whose act."),
    security(("bearer" = []))
)]
struct Contract;

/// Everything Roster answers.
pub fn router(roster: Roster, metrics: PrometheusHandle) -> Router {
    let (routes, mut contract) =
        OpenApiRouter::with_openapi(Contract::openapi()).merge(v1::router()).merge(health::router()).split_for_parts();
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build());
    contract.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    describe(&mut contract);

    let (print, pages) = (roster.clone(), pages::router(roster.clone()));
    let better_auth = better_auth::router(roster.clone());
    let within = roster.answer_within;
    routes
        .with_state(roster)
        .route("/openapi.json", get(move || std::future::ready(Json(contract))))
        .merge(pages)
        .merge(better_auth)
        .route("/metrics", get(move || std::future::ready(health::metrics(&print, &metrics))))
        .fallback(|| async { Problem::new("not-found", "There is nothing at this address.") })
        .method_not_allowed_fallback(|| async {
            Problem::new("method-not-allowed", "This address does not take this method.")
        })
        // One stack for all: each `layer` of a router is a box more on every request's way.
        .layer(
            ServiceBuilder::new()
                .layer_fn(telemetry::Observed)
                // Who belongs where changes any moment, and is nobody else's business.
                .layer(SetResponseHeaderLayer::if_not_present(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("no-store"),
                ))
                .layer(SetResponseHeaderLayer::overriding(
                    header::X_CONTENT_TYPE_OPTIONS,
                    HeaderValue::from_static("nosniff"),
                ))
                .layer(CatchPanicLayer::custom(|_panic: Box<dyn std::any::Any + Send>| {
                    Problem::internal("a handler panicked").into_response()
                }))
                .layer_fn(SameSite::new)
                .layer_fn(move |service| Timely::new(service, within)),
        )
}

/// OpenAPI wants every response described; what these have to say beside their status is in their bodies.
fn describe(contract: &mut openapi::OpenApi) {
    let paths = contract.paths.paths.values_mut();
    let operations =
        paths.flat_map(|path| [&mut path.get, &mut path.post, &mut path.patch, &mut path.delete]).flatten();
    for (status, response) in operations.flat_map(|operation| &mut operation.responses.responses) {
        if let RefOr::T(response) = response {
            let described = if status.starts_with('2') { "As asked." } else { "A problem; its `code` says which." };
            described.clone_into(&mut response.description);
        }
    }
}
