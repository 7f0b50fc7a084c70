//! The contract: OpenAPI 3.1 from the handlers, completed with what their types don't tell. Served at `/openapi.json`, committed as
//! `docs/openapi.json`, and browsable at `/docs`.
//!
//! - [`failures`]: which operation can fail how, with an example of each problem
//! - [`shapes`]: what values must look like; [`headers`]: what is sent and answered beside bodies
//! - `gateway/contract/examples.json`: a request and an answer of every operation

pub mod failures;
pub mod headers;
pub mod shapes;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use serde_json::{Map, Value, json};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Contract;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::roster::Roster;
use crate::{health, v1};

/// What is said of the whole; paths and bodies come from the handlers.
#[derive(OpenApi)]
#[openapi(info(title = "Roster", description = "Who belongs to which organization, since when, and by whose act."))]
struct Head;

/// An example of each operation, by its id: `{"request": …, "answer": …}`.
const EXAMPLES: &str = include_str!("../contract/examples.json");

/// The routes of the contract, with what their handlers tell of them.
pub fn routes() -> OpenApiRouter<Roster> {
    OpenApiRouter::with_openapi(Head::openapi()).merge(v1::router()).merge(health::router())
}

/// The contract to browse in: Swagger UI, compiled in, which loads nothing from elsewhere.
pub fn page() -> Router {
    let config = Config::new(["/openapi.json"]).validator_url("none").try_it_out_enabled(true);
    Router::from(SwaggerUi::new("/docs").config(config)).layer(SetResponseHeaderLayer::overriding(
        CONTENT_SECURITY_POLICY,
        // Its own script lays styles on elements and shows pictures that are in it.
        HeaderValue::from_static(
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
        ),
    ))
}

/// The contract as it is served.
pub fn completed(contract: &Contract) -> Value {
    let mut contract = serde_json::to_value(contract).unwrap_or_default();
    let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    shapes::refine(&mut contract);
    for_each_operation(&mut contract, |id, method, operation| {
        let example = examples.get(id).cloned().unwrap_or_default();
        exemplify(operation, &example);
        failures::list(id, operation);
        headers::tell(id, method, operation);
    });
    let bearer = json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" });
    contract["components"]["securitySchemes"] = json!({ "bearer": bearer });
    contract["components"]["examples"] = failures::examples();
    contract["components"]["parameters"] = headers::parameters();
    contract["components"]["headers"] = headers::headers();
    contract["info"]["license"] = json!({ "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" });
    contract
}

fn for_each_operation(contract: &mut Value, mut does: impl FnMut(&str, &str, &mut Value)) {
    let Some(paths) = contract["paths"].as_object_mut() else { return };
    for (method, operation) in paths.values_mut().filter_map(Value::as_object_mut).flatten() {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        does(&id, method, operation);
    }
}

/// Puts the example's request and answer where they belong.
fn exemplify(operation: &mut Value, example: &Value) {
    if let Some(request) = example.get("request") {
        operation["requestBody"]["content"]["application/json"]["example"] = request.clone();
    }
    for (name, value) in example.get("parameters").and_then(Value::as_object).into_iter().flatten() {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        if let Some(parameter) = parameters.and_then(|all| all.iter_mut().find(|one| one["name"] == name.as_str())) {
            parameter["example"] = value.clone();
        }
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
        response["description"] = json!("As asked.");
        if let Some(answer) = example.get("answer")
            && let Some(content) = response["content"].as_object_mut()
        {
            content.values_mut().for_each(|media| media["example"] = answer.clone());
            if let (Some(media), Some(batch)) = (content.get_mut(v1::events::CLOUD_EVENTS), example.get("batch")) {
                media["example"] = batch.clone();
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    fn contract() -> Value {
        completed(&routes().split_for_parts().1)
    }

    #[test]
    fn it_is_as_committed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
        let now = format!("{}\n", serde_json::to_string_pretty(&contract()).unwrap());
        if std::env::var_os("ROSTER_TEST_WRITE").is_some() {
            std::fs::write(path, &now).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == now,
            "docs/openapi.json is not the contract of this code; ROSTER_TEST_WRITE=1 cargo test -p gateway --lib contract writes it"
        );
    }

    #[test]
    fn every_operation_has_examples_and_all_its_failures() {
        let mut seen = 0;
        for_each_operation(&mut contract(), |id, _, operation| {
            seen += 1;
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert!(!status.contains('X'), "{id}: {status} says nothing");
                for media in response["content"].as_object().into_iter().flat_map(Map::values) {
                    let has = media.get("example").is_some() || media.get("examples").is_some();
                    assert!(has, "{id}: no example of {status}: add it to gateway/contract/examples.json");
                }
            }
            for media in operation["requestBody"]["content"].as_object().into_iter().flat_map(Map::values) {
                assert!(media.get("example").is_some(), "{id}: no example of a request");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let told = parameter.get("$ref").is_some() || parameter.get("example").is_some();
                assert!(told, "{id}: no example of {}", parameter["name"]);
            }
            assert!(failures::of(id).is_some(), "{id} is not in the table of failures");
        });
        let examples: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap();
        assert_eq!(examples.len(), seen, "an example of an operation that there is not");
    }
}
