//! Where a stream begins, and who may listen.

use serde_json::json;
use tests::stream::Told;
use tests::{Server, eventually};

use crate::{acme, kinds, last_position, position, renames};

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_begins_now_or_after_the_position_asked_for() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "admin").await;
    // Positions of others lie in between.
    server.person("zoe").founds("other").await.expect(201);
    let elsewhere = last_position(&ana, "acme").await + 1;
    for n in 0..9 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
    }
    server.person("zoe").founds("another").await.expect(201);
    let history = ana.history("acme").await;
    let head = position(history.last().expect("a history"));

    for after in [0, 1, elsewhere, elsewhere + 1, head - 3, head - 1] {
        let rest: Vec<_> = history.iter().filter(|event| position(event) > after).cloned().collect();
        assert_eq!(ana.follows_after("acme", after).await.events(rest.len()).await, rest, "after {after}");
        let by_query = ana.asks_for_events("acme", &format!("?after={after}"));
        assert_eq!(ana.follows_by(by_query).await.events(rest.len()).await, rest, "after {after}");
    }
    // The header comes before the query, as a browser sends it again and again.
    let both = ana.asks_for_events("acme", "?after=0").header("last-event-id", head - 1);
    assert_eq!(ana.follows_by(both).await.event().await, history[history.len() - 1]);

    // From what was founded elsewhere since, from nowhere in particular: what comes.
    let streams =
        [ana.follows("acme").await, ana.follows_after("acme", head).await, ana.follows_after("acme", head + 1).await];
    for stream in &streams {
        // Where to resume is told at once: whoever is cut off before anything happened misses nothing.
        assert_eq!(stream.last_id, Some(head));
    }
    renames(&ana, "acme", "Next").await;
    for mut stream in streams {
        assert_eq!(stream.event().await["data"], json!({ "name": "Next" }), "{}", stream.raw);
    }
}

#[tokio::test]
async fn what_is_no_position_is_refused() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "admin").await;
    for bad in ["x", "-1", "1.5", "", "99999999999999999999"] {
        ana.gets(&format!("/v1/organizations/acme/events?after={bad}")).await.invalid("/after");
        let header = ana.asks_for_events("acme", "").header("last-event-id", bad);
        ana.sends(header).await.invalid("/Last-Event-ID");
    }
    ana.gets("/v1/organizations/acme/events?after=1&after=1").await.invalid("/after");
}

#[tokio::test]
async fn a_position_that_the_journal_has_not_reached_is_refused() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "admin").await;
    // After a restore from a backup the journal is shorter than what was told of it: what comes in its place would be missed.
    let head = last_position(&ana, "acme").await;
    for ahead in [head + 1, head + 1000, u64::MAX] {
        let by_header = ana.asks_for_events("acme", "").header("last-event-id", ahead);
        ana.sends(by_header).await.refused(400, "invalid-request");
        let by_query = ana.sends(ana.asks_for_events("acme", &format!("?after={ahead}"))).await;
        by_query.refused(400, "invalid-request");
    }
    // The control: at the head there is nothing yet, and that is well.
    let mut stream = ana.follows_after("acme", head).await;
    renames(&ana, "acme", "Next").await;
    assert_eq!(position(&stream.event().await), head + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_hears_what_members_may_see_from_their_joining_on() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "member").await;
    let cem = server.person("cem");
    renames(&ana, "acme", "Seen").await;
    ana.patches("/v1/organizations/acme", json!({ "metadata": { "plan": "secret" } })).await.expect(200);
    ana.takes_in("acme", &cem, "member").await;
    cem.leaves("acme").await.expect(200);
    ana.invites("acme", &server.person("dan"), "member").await.expect(201);
    renames(&ana, "acme", "Last").await;

    let seen = ["MemberJoined", "OrganizationRenamed", "MemberJoined", "MemberLeft", "OrganizationRenamed"];
    let mut stream = ben.follows_after("acme", 0).await;
    let events = stream.events(seen.len()).await;
    assert_eq!(kinds(&events), seen, "nothing of invitations, metadata, or the time before");
    assert_eq!(events[0]["data"]["user_id"], "ben");
    assert!(!stream.raw.contains("secret") && !stream.raw.contains("Invit"), "{}", stream.raw);
    // To admins of today, the same time is no secret.
    let history = ana.history("acme").await;
    assert_eq!(ana.follows_after("acme", 0).await.events(history.len()).await, history);
}

#[tokio::test]
async fn an_outsider_finds_no_organization() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "admin").await;
    let zoe = server.person("zoe");
    for org in ["acme", "nowhere", "Not A Slug"] {
        let path = format!("/v1/organizations/{org}/events?after=0");
        zoe.gets(&path).await.refused(404, "organization-not-found");
    }
    ben.leaves("acme").await.expect(200);
    let again = ben.asks_for_events("acme", "").header("last-event-id", 1);
    ben.sends(again).await.refused(404, "organization-not-found");
    server.bearer("nobody", "nonsense").gets("/v1/organizations/acme/events").await.refused(401, "unauthenticated");
    ana.follows("acme").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_hears_everything_of_any_organization_to_its_end() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "member").await;
    let auditor = server.with_scope("auditor", "roster:audit");
    let mut stream = auditor.follows("acme").await;
    ana.invites("acme", &server.person("dan"), "member").await.expect(201);
    assert_eq!(stream.event().await["type"], "MemberInvited");
    let id = ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    ana.deletes("/v1/organizations/acme").await.expect(204);
    assert_eq!(stream.event().await["type"], "OrganizationDeleted");
    assert_eq!(stream.rest().await, [Told::Gone]);
    // Also when it is over already.
    let mut again = auditor.follows_after(&id, 0).await;
    assert_eq!(again.events(7).await, auditor.history(&id).await);
    assert_eq!(again.rest().await, [Told::Gone]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_listens_for_whom_it_acts() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "member").await;
    let backend = server.with_scope("backend", "roster:act-as");
    let for_ben = backend.asks_for_events("acme", "").header("roster-actor", "ben");
    let mut stream = backend.follows_by(for_ben).await;
    ana.invites("acme", &server.person("dan"), "member").await.expect(201);
    renames(&ana, "acme", "Next").await;
    assert_eq!(stream.event().await["type"], "OrganizationRenamed");
    let for_zoe = backend.asks_for_events("acme", "").header("roster-actor", "zoe");
    backend.sends(for_zoe).await.refused(404, "organization-not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_can_t_take_all_places_and_gives_them_back() {
    let server = Server::start();
    let (ana, ben, _) = acme(&server, "member").await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(ben.follows("acme").await);
    }
    ben.gets("/v1/organizations/acme/events").await.refused(503, "unavailable");
    assert!(ana.gets("/metrics").await.raw.contains("roster_streams_open 20"));
    // Whoever else listens is not in his way.
    let mut own = ana.follows("acme").await;
    renames(&ana, "acme", "Next").await;
    assert_eq!(own.event().await["type"], "OrganizationRenamed");
    streams.pop();
    eventually("a place is free again", async || {
        let again = ben.asks_for_events("acme", "").send().await.ok()?;
        (again.status() == 200).then_some(())
    })
    .await;
    drop((streams, own));
    eventually("all are", async || ana.gets("/metrics").await.raw.contains("roster_streams_open 0").then_some(()))
        .await;
}
