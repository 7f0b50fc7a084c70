//! A server with a long journal in a file, just started: the lists are built again, and nobody else waits for them.

use reqwest::Method;
use serde_json::json;
use tests::{Person, Server, at_once, eventually};

const ORGANIZATIONS: usize = 500;
const EVENTS: u64 = 30_000;

/// Each change of a profile is four events.
const CHANGES: usize = EVENTS as usize / 4 / ORGANIZATIONS;

#[tokio::test(flavor = "multi_thread")]
async fn checks_and_commands_are_served_while_the_lists_are_built_again() {
    let mut server = Server::in_a_file();
    let founders = server.people("founder", ORGANIZATIONS);
    let ids = at_once(32, founders, |founder| async move { founds_and_changes_its_mind(&founder).await }).await;
    let org = ids.into_iter().find_map(|(founder, id)| (founder == "founder-0").then_some(id)).expect("founder-0");
    let before = server.person("founder-0").gets("/readyz").await.expect(200).body["position"].as_u64();
    assert!(before >= Some(EVENTS), "{before:?}");
    server.kill();
    server.restart();

    let ana = server.person("founder-0");
    let (mut invited, mut meanwhile, mut last) = (0, 0, 0);
    let list = "/v1/organizations";
    eventually("the lists are there again", async || {
        let early = ana.gets(list).await;
        if early.status == 200 {
            return Some(());
        }
        assert!(early.headers.contains_key("retry-after"));
        early.refused(503, "unavailable");
        ana.checks(&org).await.expect(200);
        let guest = server.person(&format!("guest-{invited}"));
        last = ana.invites(&org, &guest, "member").await.expect(201).position();
        invited += 1;
        ana.gets("/readyz").await.expect(200);
        // All that was answered while nobody could list anything.
        meanwhile += usize::from(ana.gets(list).await.status == 503);
        None
    })
    .await;
    println!(
        "{EVENTS} events, started in {:.0?}: {meanwhile} checks and commands answered before the lists were there",
        server.started_in
    );
    assert!(meanwhile > 0, "the lists were there at once: {EVENTS} events are too few to see anything");

    let mine = ana.lists(list, last).await.expect(200);
    assert_eq!(mine.body["total"], 1);
    assert_eq!(mine.body["organizations"][0]["slug"], format!("founder-0-{}", CHANGES - 1));
    let pending = ana.lists(&format!("/v1/organizations/{org}/invitations?limit=200"), last).await.expect(200);
    assert_eq!(pending.body["invitations"].as_array().map(Vec::len), Some(invited));
    assert_eq!(ana.gets("/readyz").await.expect(200).body["status"], "ready");
}

async fn founds_and_changes_its_mind(founder: &Person) -> (String, String) {
    let id = founder.founds(&founder.id).await.expect(201).text("/id");
    for change in 0..CHANGES {
        let slug = format!("{}-{change}", founder.id);
        let logo = format!("/logos/{change}.png");
        let body = json!({ "name": slug, "slug": slug, "logo": logo, "metadata": { "change": change } });
        founder.calls(Method::PATCH, &format!("/v1/organizations/{id}"), Some(body)).await.expect(200);
    }
    (founder.id.clone(), id)
}
