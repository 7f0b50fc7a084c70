//! `ETag`, `If-Match` and `If-None-Match`: nothing is changed that was not seen.

use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use tests::{Answer, Server};

use super::sends;

fn version(answer: &Answer) -> String {
    answer.header("etag").unwrap_or_else(|| panic!("no version: {answer:#?}")).to_owned()
}

#[tokio::test]
async fn what_was_read_can_be_changed_and_what_has_changed_since_can_not() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "admin").await;
    let path = "/v1/organizations/acme";
    let seen = version(&ana.gets(path).await.expect(200));
    assert_eq!(seen, version(&ben.gets(path).await.expect(200)));
    let renamed = |name: &str| Some(json!({ "name": name }));
    let changed = sends(&ben, Method::PATCH, path, &[("if-match", &seen)], renamed("Apex")).await.expect(200);
    assert_ne!(version(&changed), seen);
    let late = sends(&ana, Method::PATCH, path, &[("if-match", &seen)], renamed("Zenith")).await;
    late.refused(412, "version-conflict");
    let now = version(&ana.gets(path).await.expect(200));
    assert_eq!(now, version(&changed), "a command tells the version it leads to");
    let either = format!("{seen}, {now}");
    sends(&ana, Method::PATCH, path, &[("if-match", &either)], renamed("Zenith")).await.expect(200);
    sends(&ana, Method::PATCH, path, &[("if-match", "*")], renamed("Acme")).await.expect(200);
    sends(&ana, Method::PATCH, path, &[("if-match", "12")], renamed("Odd")).await.invalid("/if-match");
}

#[tokio::test]
async fn of_ten_who_saw_the_same_version_one_changes_it() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let path = "/v1/organizations/acme";
    for round in 0..10 {
        let seen = version(&ana.gets(path).await.expect(200));
        let headers = [("if-match", seen.as_str())];
        let changes = (0..10)
            .map(|n| sends(&ana, Method::PATCH, path, &headers, Some(json!({ "name": format!("Acme {round} {n}") }))));
        let answers = join_all(changes).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:#?}");
        assert!(answers.iter().all(|answer| [200, 412].contains(&answer.status.as_u16())), "{answers:#?}");
    }
    // Without a version all of them change it: the control.
    let changes = (0..10).map(|n| ana.patches(path, json!({ "name": format!("Acme {n}") })));
    assert!(join_all(changes).await.iter().all(|answer| answer.status == 200));
}

#[tokio::test]
async fn a_reader_who_has_it_already_is_told_so() {
    let server = Server::start();
    let [ana, dan] = ["ana", "dan"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let path = "/v1/organizations/acme";
    let seen = version(&ana.gets(path).await.expect(200));
    let again = sends(&ana, Method::GET, path, &[("if-none-match", &seen)], None).await.expect(304);
    assert_eq!((again.raw.as_str(), version(&again)), ("", seen.clone()));
    ana.patches(path, json!({ "name": "Apex" })).await.expect(200);
    sends(&ana, Method::GET, path, &[("if-none-match", &seen)], None).await.expect(200);
    // To somebody outside there is no version either.
    for headers in [[("if-none-match", "*")], [("if-match", seen.as_str())]] {
        sends(&dan, Method::GET, path, &headers, None).await.refused(404, "organization-not-found");
    }
    let outside = sends(&dan, Method::PATCH, path, &[("if-match", &seen)], Some(json!({ "name": "Mine" }))).await;
    outside.refused(404, "organization-not-found");
}
