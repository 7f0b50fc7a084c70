//! schemathesis sends what the contract allows and what it does not, and looks whether the answers are the contract's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tests::{Person, Server};

use super::{installed, run};

/// Requests for each operation and way of making them; more by hand.
fn examples() -> String {
    std::env::var("ROSTER_TEST_EXAMPLES").unwrap_or_else(|_| "12".into())
}

/// Calls about one webhook: an organization's, and one for all.
const HOOKS: [(&str, &str); 6] = [
    ("read_webhook", "read_webhook_of_all"),
    ("change_webhook", "change_webhook_of_all"),
    ("remove_webhook", "remove_webhook_of_all"),
    ("rotate_webhook_secret", "rotate_webhook_secret_of_all"),
    ("redeliver_webhook", "redeliver_webhook_of_all"),
    ("test_webhook", "test_webhook_of_all"),
];

/// An operation, and what of the filled organization it is to be tried on, so that it is done at least once.
type Aims = Vec<(&'static str, Value)>;

/// Ana owns a filled organization, is a member elsewhere, and is invited by others.
async fn filled(server: &Server, ana: &Person) -> Aims {
    let [ben, cleo, eva, host] = ["ben", "cleo", "eva", "host"].map(|id| server.person(id));
    for slug in ["filled", "handed", "doomed"] {
        ana.founds(slug).await.expect(201);
    }
    ana.takes_in_all("filled", &server.people("guest", 30), "member").await;
    // Ben, whom the contract's example invites, is outside.
    let (evas, cleos) = (ana.takes_in("filled", &eva, "member").await, ana.takes_in("filled", &cleo, "admin").await);
    let heirs = ana.takes_in("handed", &ben, "member").await;
    let revoked = ana.invites("filled", &server.person("dan"), "member").await.expect(201).text("/id");
    for slug in ["left", "joined", "declined", "shown"] {
        host.founds(slug).await.expect(201);
    }
    host.takes_in("left", ana, "member").await;
    let mut invited = Vec::new();
    for slug in ["joined", "declined", "shown"] {
        invited.push(host.invites(slug, ana, "member").await.expect(201).text("/id"));
    }
    let in_filled = |more: Value| {
        let mut all = json!({ "path.org": "filled" });
        all.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        all
    };
    // Each call about a webhook has one of its own to be tried on.
    let mut hooks = vec![("register_webhook", in_filled(json!({}))), ("read_webhooks", in_filled(json!({})))];
    for (id, of_all) in HOOKS {
        let body = json!({ "url": "https://hooks.acme.test/roster" });
        let hook = ana.posts("/v1/organizations/filled/webhooks", body.clone()).await.expect(201).text("/id");
        hooks.push((id, in_filled(json!({ "path.webhook": hook }))));
        let hook = ana.posts("/v1/webhooks", body).await.expect(201).text("/id");
        hooks.push((of_all, json!({ "path.webhook": hook })));
    }
    hooks.extend([
        ("read_organization", in_filled(json!({}))),
        ("change", in_filled(json!({}))),
        ("list_members", in_filled(json!({}))),
        ("list_invitations", in_filled(json!({}))),
        ("invite", in_filled(json!({}))),
        ("invite_many", in_filled(json!({}))),
        ("remove_many", in_filled(json!({}))),
        ("access", in_filled(json!({}))),
        ("history", in_filled(json!({}))),
        ("change_role", in_filled(json!({ "path.member": cleos }))),
        ("remove", in_filled(json!({ "path.member": evas }))),
        ("read_invitation", in_filled(json!({ "path.id": revoked }))),
        ("revoke", in_filled(json!({ "path.id": revoked }))),
        ("delete", json!({ "path.org": "doomed" })),
        ("leave", json!({ "path.org": "left" })),
        ("transfer", json!({ "path.org": "handed", "body.member_id": heirs })),
        ("accept", json!({ "path.id": invited[0] })),
        ("decline", json!({ "path.id": invited[1] })),
        ("read_own_invitation", json!({ "path.id": invited[2] })),
        ("erase_person", json!({ "path.user": "gus" })),
        ("authorize", json!({ "header.X-Original-URI": "/app/filled/reports" })),
    ]);
    hooks
}

/// What may be done once only is done before what a tool makes up.
async fn each_once(ana: &Person, fay: &Person, aims: &Aims) {
    let aim = |id: &str, name: &str| {
        let (_, aim) = aims.iter().find(|(known, _)| *known == id).expect("an aim");
        aim[name].as_str().expect("a text").to_owned()
    };
    ana.transfers("handed", &aim("transfer", "body.member_id")).await.expect(200);
    ana.invites("filled", fay, "member").await.expect(201);
}

fn settings(folder: &Path, aims: &Aims) {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/contract/schemathesis.toml");
    let mut text = fs::read_to_string(own).expect("its settings");
    for (id, aim) in aims {
        let pairs: Vec<String> = aim
            .as_object()
            .expect("an object")
            .iter()
            .filter(|(name, _)| !name.starts_with("body."))
            .map(|(name, value)| format!("{name:?} = {value}"))
            .collect();
        let known = format!("include-operation-id = \"{id}\"\nparameters = {{ ");
        match text.contains(&known) {
            true => text = text.replace(&known, &format!("{known}{}, ", pairs.join(", "))),
            false => text.push_str(&format!("\n[[operations]]\n{known}{} }}\n", pairs.join(", "))),
        }
    }
    fs::write(folder.join("schemathesis.toml"), text).expect("they can be written");
}

#[tokio::test]
async fn schemathesis_as_the_owner_of_a_filled_organization_finds_nothing() {
    let server = Server::with(&[], &[("ROSTER_COMMANDS_PER_SECOND", "0")]);
    let ana = server.with_scope("ana", "roster:audit roster:admin");
    let aims = filled(&server, &ana).await;
    each_once(&ana, &server.person("fay"), &aims).await;
    let folder = tempfile::tempdir().expect("a folder");
    settings(folder.path(), &aims);
    let tool = installed("ROSTER_TEST_SCHEMATHESIS", "schemathesis/bin/schemathesis");
    let mut command = Command::new(tool);
    command.current_dir(folder.path()).args(["run", &format!("{}/openapi.json", server.url)]).args([
        "--header",
        &format!("Authorization: Bearer {}", ana.token()),
        "--phases",
        "examples,coverage,fuzzing",
        // A stream does not end.
        "--exclude-operation-id",
        "stream_events",
        "--max-examples",
        &examples(),
        "--continue-on-failure",
        "--seed",
        "1",
        "--report",
        "har",
        "--report-har-path",
        "report.har",
    ]);
    let said = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
    let done = done(&fs::read_to_string(folder.path().join("report.har")).expect("its report"), &ana).await;
    let never: Vec<_> = done.iter().filter(|(_, (done, _))| *done == 0).map(|(id, _)| id.as_str()).collect();
    let of = |pick: fn(&(u64, u64)) -> u64| done.values().map(pick).sum::<u64>();
    println!("{} operations, {} requests, {} of them answered with 2xx", done.len(), of(|of| of.1), of(|of| of.0));
    // These two are done above, by hand.
    assert!(never.iter().all(|id| ["invite", "transfer"].contains(id)), "never done: {never:?}\n{said}");
    assert!(!server.log().contains("ERROR"), "{}", server.log());
}

/// How often each operation was answered with 2xx, and asked at all.
async fn done(report: &str, ana: &Person) -> BTreeMap<String, (u64, u64)> {
    let contract = ana.gets("/openapi.json").await.expect(200).body;
    let mut counts = BTreeMap::new();
    let mut operations = Vec::new();
    for (template, methods) in contract["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id").to_owned();
            if id != "stream_events" {
                counts.insert(id.clone(), (0, 0));
                operations.push((method.to_uppercase(), template.clone(), id));
            }
        }
    }
    // What is spelled out goes before what is left open.
    operations.sort_by_key(|(_, template, _)| template.matches('{').count());
    let report: Value = serde_json::from_str(report).expect("a report");
    for entry in report["log"]["entries"].as_array().expect("entries") {
        let (request, status) = (&entry["request"], entry["response"]["status"].as_u64().unwrap_or(0));
        let url = request["url"].as_str().unwrap_or_default();
        let path = url.split(['?', '#']).next().unwrap_or_default().splitn(4, '/').nth(3).unwrap_or_default();
        let found = operations
            .iter()
            .find(|(method, template, _)| request["method"] == method.as_str() && fits(template, path));
        if let Some(count) = found.and_then(|(_, _, id)| counts.get_mut(id)) {
            count.0 += u64::from((200..300).contains(&status));
            count.1 += 1;
        }
    }
    counts
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.trim_start_matches('/').split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(part, given)| part.starts_with('{') || *part == given)
}
