//! Health, metrics, and the contract.

use std::collections::HashSet;

use serde_json::{Value, json};
use tests::{Server, eventually};

/// Every call of `/v1`, as the design has them.
const CALLS: [&str; 46] = [
    "get /v1/authorize",
    "get /v1/organizations/{org}/invitations/{id}",
    "get /v1/permissions",
    "post /v1/access",
    "post /v1/organizations/{org}/bulk/invitations",
    "post /v1/organizations/{org}/bulk/removals",
    "get /v1/organizations",
    "post /v1/organizations",
    "get /v1/organizations/{org}",
    "patch /v1/organizations/{org}",
    "delete /v1/organizations/{org}",
    "get /v1/organizations/{org}/members",
    "patch /v1/organizations/{org}/members/{member}",
    "delete /v1/organizations/{org}/members/{member}",
    "post /v1/organizations/{org}/leave",
    "post /v1/organizations/{org}/ownership",
    "get /v1/organizations/{org}/invitations",
    "post /v1/organizations/{org}/invitations",
    "delete /v1/organizations/{org}/invitations/{id}",
    "delete /v1/people/{user}",
    "get /v1/erasures",
    "get /v1/invitations",
    "get /v1/invitations/{id}",
    "post /v1/invitations/{id}/accept",
    "post /v1/invitations/{id}/decline",
    "get /v1/organizations/{org}/access",
    "get /v1/organizations/{org}/history",
    "get /v1/organizations/{org}/events",
    "get /v1/events",
    "post /v1/organizations/{org}/webhooks",
    "get /v1/organizations/{org}/webhooks",
    "get /v1/organizations/{org}/webhooks/{webhook}",
    "patch /v1/organizations/{org}/webhooks/{webhook}",
    "delete /v1/organizations/{org}/webhooks/{webhook}",
    "post /v1/organizations/{org}/webhooks/{webhook}/secret",
    "post /v1/organizations/{org}/webhooks/{webhook}/redeliveries",
    "post /v1/organizations/{org}/webhooks/{webhook}/test",
    "post /v1/webhooks",
    "get /v1/webhooks",
    "get /v1/webhooks/{webhook}",
    "patch /v1/webhooks/{webhook}",
    "delete /v1/webhooks/{webhook}",
    "post /v1/webhooks/{webhook}/secret",
    "post /v1/webhooks/{webhook}/redeliveries",
    "post /v1/webhooks/{webhook}/test",
    "get /v1/people/{user}/memberships",
];

#[tokio::test]
async fn health_says_how_far_it_is() {
    let server = Server::start();
    let ana = server.person("ana");
    let anybody = server.bearer("anybody", "");
    assert_eq!(anybody.gets("/healthz").await.expect(200).raw, "alive\n");
    let ready = async |position: u64| {
        let mut expected = json!({ "status": "ready", "position": position, "views": position, "parked": 0 });
        let body = anybody.gets("/readyz").await.expect(200).body;
        if !body["nats"].is_null() {
            expected["nats"] = "connected".into();
        }
        (body == expected).then_some(())
    };
    eventually("it is ready", async || ready(0).await).await;
    ana.founds("acme").await.expect(201);
    eventually("the views follow", async || ready(2).await).await;
}

#[tokio::test]
async fn metrics_count_without_telling_who() {
    let server = Server::start();
    let (ana, ben) = (server.person("xenophon"), server.person("quirinus"));
    ana.founds("zebra-crossing").await.expect(201);
    let id = ana.takes_in("zebra-crossing", &ben, "member").await;
    ben.checks("zebra-crossing").await.expect(200);
    let left = ben.leaves("zebra-crossing").await.expect(200);
    ana.leaves("zebra-crossing").await.refused(409, "owner-cannot-leave");
    ana.lists("/v1/organizations/zebra-crossing/members?search=quirinus", left.position()).await.expect(200);
    ana.gets("/v1/organizations/zebra-crossing/quirinus@acme.test").await.expect(404);
    let odd = reqwest::Method::from_bytes(b"QUIRINUS").expect("a method");
    ana.calls(odd, "/v1/organizations", None).await.expect(405);

    let metrics = ana.gets("/metrics").await.expect(200);
    assert_eq!(metrics.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for name in [
        "roster_request_seconds",
        "roster_command_seconds",
        "roster_append_group_size",
        "roster_append_seconds",
        "roster_checks_together",
        "roster_projection_lag_seconds",
    ] {
        assert!(metrics.raw.contains(&format!("# TYPE {name} histogram\n")), "{name} is missing in {}", metrics.raw);
        assert!(metrics.raw.contains(&format!("{name}_bucket{{")), "{name} has no buckets in {}", metrics.raw);
    }
    for line in [
        "roster_journal_position 6\n",
        "roster_command_seconds_count{command=\"LeaveOrganization\",outcome=\"done\"} 1\n",
        "roster_command_seconds_count{command=\"LeaveOrganization\",outcome=\"owner-cannot-leave\"} 1\n",
        "method=\"other\"",
        "route=\"/v1/organizations/{org}/leave\"",
    ] {
        assert!(metrics.raw.contains(line), "{line:?} is missing in {}", metrics.raw);
    }
    let positions = metrics.raw.lines().filter(|line| line.starts_with("roster_projection_position{projection=\""));
    assert!(positions.clone().count() > 0 && positions.clone().all(|line| line.ends_with("\"} 6")), "{}", metrics.raw);
    let organization = ana.gets("/v1/organizations/zebra-crossing").await.expect(200).text("/id");
    let raw = metrics.raw.to_lowercase();
    for secret in ["xenophon", "quirinus", "zebra", "acme.test", &id, &organization, &ana.token()[..20].to_lowercase()]
    {
        assert!(!raw.contains(secret), "{secret} is in {raw}");
    }
}

#[tokio::test]
async fn the_contract_lists_every_call_and_holds_together() {
    let server = Server::start();
    let contract = server.bearer("anybody", "").gets("/openapi.json").await.expect(200);
    assert_eq!(contract.header("content-type"), Some("application/json"));
    let contract = contract.body;
    assert!(contract["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")), "{}", contract["openapi"]);
    assert!(contract["info"]["title"].is_string() && contract["info"]["version"].is_string());

    let paths = contract["paths"].as_object().expect("paths");
    let mut calls = Vec::new();
    let mut ids = HashSet::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().expect("operations") {
            calls.push(format!("{method} {path}"));
            let id = operation["operationId"].as_str().expect("an operation id");
            assert!(ids.insert(id), "{id} is the id of two operations");
            let responses = operation["responses"].as_object().expect("responses");
            assert!(!responses.is_empty(), "{method} {path}");
            for response in responses.values() {
                assert!(response["description"].is_string(), "{method} {path} has an answer without description");
            }
            let mut in_path: Vec<_> = parameters(operation, "path").collect();
            let mut in_template: Vec<_> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            in_path.sort_unstable();
            in_template.sort_unstable();
            assert_eq!(in_path, in_template, "{method} {path}");
        }
    }
    let calls: HashSet<_> = calls.iter().map(String::as_str).filter(|call| call.contains(" /v1/")).collect();
    assert_eq!(calls, HashSet::from(CALLS));

    let mut references = Vec::new();
    collect(&contract, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} points elsewhere"));
        assert!(contract.pointer(pointer).is_some(), "{reference} points nowhere");
    }
    assert_eq!(contract["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}

fn parameters<'a>(operation: &'a Value, place: &'a str) -> impl Iterator<Item = &'a str> {
    let all = operation["parameters"].as_array().into_iter().flatten();
    all.filter(move |one| one["in"] == place).filter_map(|one| one["name"].as_str())
}

/// Every `$ref` below a value.
fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
