//! Commands are counted by caller; checks and reads are not counted.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Server, at_once};

use crate::{exhausts, limited, names, retry_after};

#[tokio::test(flavor = "multi_thread")]
async fn of_three_thousand_commands_at_once_two_thousand_pass() {
    const SENT: usize = 3_000;
    let server = limited(50, 2_000);
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ben.founds("bens").await.expect(201);

    let started = Instant::now();
    let (sender, bystander) = (ana.clone(), ben.clone());
    let besides = tokio::spawn(async move {
        for _ in 0..50 {
            names(&bystander, "bens").await.expect(200);
        }
    });
    let answers = at_once(64, 0..SENT, move |_| {
        let ana = sender.clone();
        async move { names(&ana, "acme").await }
    })
    .await;
    let took = started.elapsed();
    besides.await.expect("nobody else is touched");

    let (passed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    println!("{SENT} commands in {took:.1?}: {} passed, {} were too many", passed.len(), refused.len());
    // One was for founding. Those that came meanwhile passed too.
    let most = 2_000 + (took.as_secs_f64() * 50.0).ceil() as usize;
    assert!((1_999..=most).contains(&passed.len()), "{} of at most {most}", passed.len());
    assert!(!refused.is_empty(), "nothing was too much");
    for answer in refused {
        assert!(retry_after(&answer) >= 1);
        answer.refused(429, "rate-limited");
    }
}

#[tokio::test]
async fn whoever_waits_as_long_as_they_are_told_passes() {
    let server = limited(1, 5);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    for _ in 0..3 {
        let refused = exhausts(&ana, "acme").await;
        tokio::time::sleep(Duration::from_secs(retry_after(&refused))).await;
        names(&ana, "acme").await.expect(200);
    }
}

#[tokio::test]
async fn answers_to_commands_say_what_is_left() {
    let server = limited(1, 10);
    let ana = server.person("ana");
    let says = |answer: &Answer, remaining: u32| {
        assert_eq!(answer.header("ratelimit-policy"), Some("\"commands\";q=10;w=10"), "{answer:#?}");
        let seconds = 10 - remaining;
        assert_eq!(
            answer.header("ratelimit"),
            Some(&*format!("\"commands\";r={remaining};t={seconds}")),
            "{answer:#?}"
        );
        assert_eq!(answer.header("retry-after"), None, "{answer:#?}");
    };
    let started = Instant::now();
    let founded = ana.founds("acme").await.expect(201);
    let named = names(&ana, "acme").await.expect(200);
    // What is refused was asked, and counts.
    let taken = ana.founds("acme").await.refused(409, "slug-taken");
    let read = ana.gets("/v1/organizations/acme").await.expect(200);
    let checked = ana.checks("acme").await.expect(200);
    // What is not even a command does not.
    let invalid = ana.patches("/v1/organizations/acme", json!({ "name": "" })).await.invalid("/name");
    let more = names(&ana, "acme").await.expect(200);
    if started.elapsed() < Duration::from_secs(1) {
        says(&founded, 9);
        says(&named, 8);
        says(&taken, 7);
        says(&more, 6);
    }
    for answer in [read, checked, invalid] {
        assert!(answer.header("ratelimit").is_none() && answer.header("ratelimit-policy").is_none(), "{answer:#?}");
    }
    let refused = exhausts(&ana, "acme").await;
    let wait = retry_after(&refused);
    assert_eq!(refused.header("ratelimit-policy"), Some("\"commands\";q=10;w=10"));
    assert_eq!(refused.header("ratelimit"), Some(&*format!("\"commands\";r=0;t={wait}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_are_never_limited() {
    const CHECKS: usize = 5_000;
    let server = limited(1, 5);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    exhausts(&ana, "acme").await;
    let checker = ana.clone();
    let answers = at_once(32, 0..CHECKS, move |_| {
        let ana = checker.clone();
        async move { ana.checks("acme").await }
    })
    .await;
    assert_eq!(answers.len(), CHECKS);
    answers.into_iter().for_each(|answer| drop(answer.expect(200)));
    for path in ["/v1/organizations", "/v1/organizations/acme/history", "/v1/organizations/acme/members"] {
        ana.gets(path).await.expect(200);
    }
    // As many commands as came meanwhile, and then it is too many again.
    exhausts(&ana, "acme").await;
}

#[tokio::test]
async fn a_backend_has_one_bucket_however_many_it_acts_for() {
    let server = limited(1, 5);
    let people = ["ana", "ben"].map(|id| server.person(id));
    let backend = server.with_scope("shop", "roster:act-as");
    for (person, org) in people.iter().zip(["anas", "bens"]) {
        person.founds(org).await.expect(201);
    }
    let acts = async |acts_for: &str, org: &str| {
        let request = backend.request(Method::PATCH, &format!("/v1/organizations/{org}"));
        backend.sends(request.header("roster-actor", acts_for).json(&json!({ "name": org }))).await
    };
    while acts("ana", "anas").await.status == 200 {}
    acts("ben", "bens").await.refused(429, "rate-limited");
    // They themselves may go on.
    for (person, org) in people.iter().zip(["anas", "bens"]) {
        names(person, org).await.expect(200);
    }
}

#[tokio::test]
async fn what_was_too_much_is_not_remembered_under_its_key() {
    let server = limited(1, 3);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let founds = async |n: usize| {
        let body = json!({ "name": "more", "slug": format!("more-{n}") });
        let request = ana.request(Method::POST, "/v1/organizations").header("idempotency-key", format!("key-{n}"));
        ana.sends(request.json(&body)).await
    };
    for n in 0..20 {
        let answer = founds(n).await;
        if answer.status == 429 {
            tokio::time::sleep(Duration::from_secs(retry_after(&answer))).await;
            let founded = founds(n).await.expect(201);
            assert_eq!(founded.header("idempotency-replayed"), None);
            return;
        }
    }
    panic!("nothing is too much");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_limit_nothing_is_counted() {
    let server = Server::with(&[], &[("ROSTER_COMMANDS_PER_SECOND", "0"), ("ROSTER_COMMANDS_BURST", "1")]);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let answers = at_once(16, 0..500, move |_| {
        let ana = ana.clone();
        async move { names(&ana, "acme").await.expect(200) }
    })
    .await;
    assert!(answers.iter().all(|answer| answer.header("ratelimit").is_none()));
}

#[test]
fn limits_that_let_nobody_do_anything_are_refused_at_start() {
    for (name, value) in [
        ("ROSTER_COMMANDS_BURST", "0"),
        ("ROSTER_COMMANDS_PER_SECOND", "1000001"),
        ("ROSTER_REQUEST_TIMEOUT", "0s"),
        ("ROSTER_CLIENT_TIMEOUT", "0s"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Server::command(folder.path()).arg("serve").env(name, value).output().expect("roster runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let flag = name.trim_start_matches("ROSTER_").to_lowercase().replace('_', "-");
        assert!(!output.status.success() && said.contains(&format!("--{flag}")), "{name}={value}: {said}");
    }
}

#[tokio::test]
async fn of_many_in_one_call_those_that_are_too_many_say_when_there_is_room_and_the_call_does_not() {
    let server = limited(1, 5);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let rows: Vec<_> = (0..20).map(|n| json!({ "email": format!("new-{n}@acme.test"), "role": "member" })).collect();
    let path = "/v1/organizations/acme/bulk/invitations";
    let answer = ana.posts(path, json!({ "invitations": rows })).await.expect(200);
    assert!(answer.body["done"].as_u64() > Some(0) && answer.body["refused"].as_u64() > Some(0), "{answer:#?}");
    // What was done need not be sent again.
    assert_eq!(answer.header("retry-after"), None);
    let refused = answer.body["results"].as_array().expect("results").iter().find(|row| row["problem"].is_object());
    let problem = &refused.expect("one that was too much")["problem"];
    assert_eq!(problem["code"], "rate-limited");
    assert!(problem["retry_after"].as_u64() >= Some(1), "{problem}");
    // The control: a call that is refused as a whole does say it.
    assert!(retry_after(&exhausts(&ana, "acme").await) >= 1);
}
