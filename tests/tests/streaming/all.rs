//! All organizations by pages, for auditors.

use serde_json::{Value, json};
use tests::{Person, Server, at_once};

use crate::{acme, position};

/// Everything, so many at a time, as a poller reads it.
async fn everything(auditor: &Person, limit: u32) -> (Vec<Value>, u64) {
    let (mut events, mut after) = (Vec::new(), 0);
    loop {
        let page = auditor.gets(&format!("/v1/events?after={after}&limit={limit}")).await.expect(200).body;
        let new = page["events"].as_array().expect("events").clone();
        let next = page["next_after"].as_u64().expect("where to go on");
        assert!(new.len() <= limit as usize);
        match new.last() {
            Some(last) => assert_eq!(next, position(last)),
            None => assert_eq!((next, page["position"].as_u64()), (after, Some(after)), "at the end"),
        }
        if new.is_empty() {
            return (events, after);
        }
        assert!(page["position"].as_u64() >= Some(next));
        (events, after) = ([events, new].concat(), next);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_pages_through_everything_without_a_gap() {
    let server = Server::start();
    let (_, _, _) = acme(&server, "member").await;
    let people = server.people("founder", 30);
    at_once(8, people.into_iter().enumerate(), |(n, founder)| async move {
        let org = format!("org-{n}");
        founder.founds(&org).await.expect(201);
        founder.patches(&format!("/v1/organizations/{org}"), json!({ "name": "Other" })).await.expect(200);
    })
    .await;
    let auditor = server.with_scope("auditor", "roster:audit");
    let (all, head) = everything(&auditor, 7).await;
    assert_eq!(all.iter().map(position).collect::<Vec<_>>(), (1..=head).collect::<Vec<_>>());
    assert_eq!(head, 5 + 30 * 3);
    for limit in [1, 100, 1000] {
        assert_eq!(everything(&auditor, limit).await.0, all, "{limit} at a time");
    }
    // Each organization's share is its history.
    for org in ["acme", "org-7", "org-29"] {
        let history = auditor.history(org).await;
        let id = auditor.gets(&format!("/v1/events?after={}&limit=1", position(&history[0]) - 1)).await.expect(200);
        let id = id.text("/events/0/organization");
        let mut share: Vec<Value> = all.iter().filter(|event| event["organization"] == id).cloned().collect();
        for event in &mut share {
            event.as_object_mut().expect("an event").remove("organization");
        }
        assert_eq!(share, history, "{org}");
    }
    let page = auditor.gets("/v1/events").await.expect(200);
    assert_eq!(page.body["events"].as_array().map(Vec::len), Some(95), "100 where no limit is given");
    let beyond = auditor.gets("/v1/events?after=5000").await.expect(200);
    assert_eq!(beyond.body, json!({ "events": [], "next_after": 5000, "position": head }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poller_beside_people_at_work_misses_nothing() {
    let server = Server::start();
    let auditor = server.with_scope("auditor", "roster:audit");
    let people = server.people("founder", 60);
    let work = at_once(8, people.into_iter().enumerate(), |(n, founder)| async move {
        founder.founds(&format!("org-{n}")).await.expect(201);
    });
    let polls = async {
        let (mut seen, mut after) = (Vec::new(), 0);
        while after < 120 {
            let page = auditor.gets(&format!("/v1/events?after={after}&limit=10")).await.expect(200).body;
            seen.extend(page["events"].as_array().expect("events").iter().map(position));
            after = page["next_after"].as_u64().expect("where to go on");
        }
        seen
    };
    let (_, seen) = tokio::join!(work, polls);
    assert_eq!(seen, (1..=120).collect::<Vec<_>>());
}

#[tokio::test]
async fn it_needs_the_scope_and_a_limit_from_1_to_1000() {
    let server = Server::start();
    let (ana, _, _) = acme(&server, "member").await;
    ana.gets("/v1/events").await.refused(403, "permission-denied");
    server
        .with_scope("backend", "roster:act-as roster:admin")
        .gets("/v1/events")
        .await
        .refused(403, "permission-denied");
    let auditor = server.with_scope("auditor", "roster:audit");
    for bad in ["0", "-1", "1001", "x", "", "1.5", "99999999999999999999"] {
        auditor.gets(&format!("/v1/events?limit={bad}")).await.invalid("/limit");
    }
    for bad in ["-1", "x", "", "1.5", "99999999999999999999"] {
        auditor.gets(&format!("/v1/events?after={bad}")).await.invalid("/after");
    }
    auditor.gets("/v1/events?limit=5&limit=5").await.invalid("/limit");
    for most in [u64::MAX, i64::MAX as u64] {
        let empty = auditor.gets(&format!("/v1/events?after={most}&limit=1000")).await.expect(200);
        assert_eq!(empty.body["events"], json!([]));
    }
}
