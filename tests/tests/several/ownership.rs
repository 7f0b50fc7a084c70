//! Exactly one owner, whatever is raced over three servers.

use std::sync::Arc;

use reqwest::Method;
use tests::{Answer, Person, at_once, told};

/// The whole promise is 10,000 (`ROSTER_TEST_ROUNDS=10000`); a quick run shows the same with fewer.
const ROUNDS: usize = 400;

/// Answers a loser may get; anything else, a 500 above all, is a mistake.
const CLEAN: [&str; 5] = [
    "owner-cannot-leave",
    "owner-cannot-be-removed",
    "organization-not-found",
    "member-not-found",
    "permission-denied",
];

#[tokio::test(flavor = "multi_thread")]
async fn transfers_leaves_removals_and_deletions_race_and_there_is_one_owner_or_no_organization() {
    let rounds = std::env::var("ROSTER_TEST_ROUNDS").map_or(ROUNDS, |text| text.parse().expect("a number"));
    let (servers, _nats) = super::three();
    let urls: Arc<Vec<String>> = Arc::new(servers.iter().map(|server| server.url.clone()).collect());
    let (ana, ben) = (servers[0].person("ana"), servers[0].person("ben"));
    let auditor = servers[0].with_scope("auditor", "roster:audit");
    let lost = at_once(8, 0..rounds, move |n| {
        let (urls, ana, ben, auditor) = (urls.clone(), ana.clone(), ben.clone(), auditor.clone());
        async move { round(n, &urls, &ana, &ben, &auditor).await }
    })
    .await;
    let lost: usize = lost.into_iter().sum();
    println!("{rounds} rounds over 3 servers: always one owner, or none with the organization; {lost} lost cleanly");
    assert!(lost > rounds / 4, "hardly anybody ever lost: that was no race");
}

/// Ana hands over to Ben while Ben leaves, Ana leaves, Ana removes Ben, and now and then deletes it all; each at another
/// server. How many were refused.
async fn round(n: usize, urls: &[String], ana: &Person, ben: &Person, auditor: &Person) -> usize {
    let at = |who: &Person, k: usize| who.at(&urls[(n + k) % urls.len()]);
    let org = ana.founds(&format!("acme-{n}")).await.expect(201).text("/id");
    let member = ana.takes_in(&org, ben, "admin").await;
    let path = format!("/v1/organizations/{org}");
    let deletion = async {
        match n % 4 {
            0 => Some(at(ana, 1).calls(Method::DELETE, &path, None).await),
            _ => None,
        }
    };
    let (ana_0, ana_1, ana_2, ben_1) = (at(ana, 0), at(ana, 1), at(ana, 2), at(ben, 1));
    let (transferred, ben_left, ana_left, removed, deleted) = tokio::join!(
        ana_0.transfers(&org, &member),
        ben_1.leaves(&org),
        ana_2.leaves(&org),
        ana_1.removes(&org, &member),
        deletion,
    );
    // `fold` looks at every command's end.
    let events = told::told(&auditor.history(&org).await);
    let state = told::fold(&events);
    assert_eq!(state.exists(), told::count(&events, "OrganizationDeleted") == 0);
    let answers: Vec<Answer> = [transferred, ben_left, ana_left, removed].into_iter().chain(deleted).collect();
    let refused = answers.iter().filter(|answer| !answer.status.is_success());
    refused.inspect(|answer| assert!(CLEAN.contains(&answer.code().unwrap_or("none")), "{answer:#?}")).count()
}
