//! All routes in their layers.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::problem::Problem;
use crate::roster::Roster;
use crate::same_site::SameSite;
use crate::timely::Timely;
use crate::{better_auth, contract, health, pages, telemetry};

/// Everything Roster answers.
pub fn router(roster: Roster, metrics: PrometheusHandle) -> Router {
    let (routes, contract) = contract::routes().split_for_parts();
    let contract = contract::completed(&contract);

    let (print, pages) = (roster.clone(), pages::router(roster.clone()));
    let better_auth = better_auth::router(roster.clone());
    let within = roster.answer_within;
    routes
        .with_state(roster)
        .route("/openapi.json", get(move || std::future::ready(Json(contract))))
        .merge(contract::page())
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
