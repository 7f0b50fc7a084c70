//! `roster subscribe`: what it prints.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;
use tests::{Server, eventually};

use crate::story::{everything, is_carried};
use crate::watched::{Watched, events, positions, printed, subscribe};

#[tokio::test(flavor = "multi_thread")]
async fn everything_from_the_first_is_printed_as_cloud_events() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    let all = events(&printed(subscribe(&server, &["--from", "1", "--until-current"])));
    assert_eq!(positions(&all), (1..=last).collect::<Vec<_>>());
    let auditor = server.with_scope("auditor", "roster:audit");
    let told = auditor.gets("/v1/events?limit=1000").await.expect(200);
    for (event, told) in all.iter().zip(told.body["events"].as_array().expect("events")) {
        assert_eq!(event["type"], format!("roster.{}.v1", told["type"].as_str().expect("a type")));
        for (here, there) in
            [("organization", "organization"), ("sequence", "sequence"), ("data", "data"), ("time", "at")]
        {
            assert_eq!(event[here], told[there], "{event}");
        }
        assert_eq!(event["actor"], told["actor"], "{event}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_wanted_is_printed() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    let all = events(&printed(subscribe(&server, &["--from", "1", "--until-current"])));
    let apex = all.last().expect("something")["organization"].as_str().expect("an id").to_owned();
    let wants = |arguments: &[&str], is_wanted: &dyn Fn(&Value) -> bool| {
        let arguments = [&["--from", "1", "--until-current"], arguments].concat();
        let wanted: Vec<_> = all.iter().filter(|event| is_wanted(event)).cloned().collect();
        assert!(!wanted.is_empty() && wanted.len() < all.len(), "{arguments:?}");
        assert_eq!(events(&printed(subscribe(&server, &arguments))), wanted, "{arguments:?}");
    };
    wants(&["--type", "MemberLeft"], &|event| event["type"] == "roster.MemberLeft.v1");
    wants(&["--type", "MemberLeft", "--type", "MemberJoined"], &|event| {
        event["type"] == "roster.MemberLeft.v1" || event["type"] == "roster.MemberJoined.v1"
    });
    wants(&["--organization", &apex], &|event| event["organization"] == apex.as_str());
    wants(&["--organization", &apex, "--type", "MemberJoined"], &|event| {
        event["organization"] == apex.as_str() && event["type"] == "roster.MemberJoined.v1"
    });
    let tail = events(&printed(subscribe(&server, &["--from", &(last - 1).to_string(), "--until-current"])));
    assert_eq!(positions(&tail), [last - 1, last]);
    let three = events(&printed(subscribe(&server, &["--from", "2", "--limit", "3"])));
    assert_eq!(positions(&three), [2, 3, 4]);
    let beyond = printed(subscribe(&server, &["--from", &(last + 1).to_string(), "--until-current"]));
    assert_eq!(beyond, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_for_people_says_who_left() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    let arguments = ["--from", "1", "--until-current", "--type", "MemberLeft", "--format", "text"];
    let text = printed(subscribe(&server, &arguments));
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(text.lines().count() == 1 && words[2] == "MemberLeft" && words[5] == "person:ana", "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_from_now_on_is_printed_as_it_happens() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    is_carried(&server, 2).await;
    let watched = Watched::start(subscribe(&server, &[]));
    // When it begins is not told: something happens until the first of it is seen.
    eventually("it has begun", async || {
        ana.patches("/v1/organizations/acme", serde_json::json!({ "name": uuid::Uuid::now_v7() })).await.expect(200);
        tokio::time::timeout(std::time::Duration::from_millis(200), async {
            eventually("an event", async || (!watched.events().is_empty()).then_some(())).await;
        })
        .await
        .ok()
    })
    .await;
    ana.takes_in("acme", &ben, "member").await;
    let left = ben.leaves("acme").await.expect(200).position();
    let first = positions(&watched.events())[0];
    assert!(first > 2);
    watched.reaches(first, left).await;
    assert_eq!(watched.events().last().expect("events")["type"], "roster.MemberLeft.v1");
    assert!(watched.told("INT").success(), "Ctrl-C is how it ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_where_nobody_reads_on_and_where_nobody_reads_at_all() {
    let server = Server::start();
    let last = everything(&server).await;
    is_carried(&server, last).await;
    // `| head -c 10`
    let mut cut = subscribe(&server, &["--from", "1", "--limit", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("roster starts");
    drop(cut.stdout.take());
    let status = cut.wait().expect("it ends");
    let mut said = String::new();
    cut.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    assert!(status.success() && said.is_empty(), "{status} {said}");
    // SIGTERM, as a supervisor ends it.
    let watched = Watched::start(subscribe(&server, &["--from", "1"]));
    watched.reaches(1, last).await;
    assert!(watched.told("TERM").success());
}
