//! The tables of better-auth, as its databases are exported.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Person, Server};

use crate::{fixture, imports, list};

const ANA: &str = "u1AnaAnaAnaAnaAnaAnaAnaAnaAnaAna";
const BEN: &str = "u2BenBenBenBenBenBenBenBenBenBen";

fn tables() -> String {
    fixture("better-auth").display().to_string()
}

/// All of them in one file.
fn in_one() -> Value {
    let all = ["organization.json", "member.ndjson", "invitation.ndjson", "user.json"].map(|name| {
        let text = std::fs::read_to_string(fixture("better-auth").join(name)).expect("a table");
        let rows: Value = serde_json::from_str(&text)
            .unwrap_or_else(|_| text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row")).collect());
        (name.split('.').next().expect("a name").to_owned(), rows)
    });
    Value::Object(all.into_iter().collect())
}

async fn owner(server: &Server) -> Person {
    server.person(ANA)
}

#[tokio::test]
async fn an_application_of_better_auths_moves_in_with_its_tables() {
    let mut server = Server::start();
    let report = imports(&mut server, &["--better-auth", &tables()]);
    assert_eq!(report.counts("users"), [2, 2, 0], "{report:#?}");
    assert_eq!(report.counts("organizations"), [2, 2, 0]);
    assert_eq!(report.counts("members"), [4, 3, 0]);
    assert_eq!(report.counts("invitations"), [3, 1, 0]);
    assert!(report.lines.iter().any(|line| line.ends_with("1 expired, 1 settled")), "{report:#?}");
    let refused = [("member.ndjson:4".to_owned(), "role: is none of owner, admin, member".to_owned())];
    assert_eq!((report.code, report.told("refused")), (Some(1), refused.into()));

    let ana = owner(&server).await;
    let acme = ana.gets("/v1/organizations/acme").await.expect(200);
    assert_eq!((&acme.body["metadata"], &acme.body["owner"]["user_id"]), (&json!({ "plan": "team" }), &json!(ANA)));
    let members = list(&ana, "/v1/organizations/acme/members", 2).await;
    assert_eq!((&members[1]["user_id"], &members[1]["role"]), (&json!(BEN), &json!("admin")));
    assert_eq!((&members[1]["name"], &members[1]["image"]), (&json!("Ben Okafor"), &json!("/ben.png")));
    let history = ana.history("acme").await;
    assert_eq!(history[0]["happened_at"], "2024-02-03T04:05:06.789Z");
    assert_eq!(history[2]["happened_at"], "2024-03-01T00:00:00Z");
    assert_eq!(ana.history("globex").await[0]["happened_at"], "2024-02-03T04:00:00Z");

    let dan = server.person("dan");
    let own = dan.gets("/v1/invitations").await.expect(200);
    dan.accepts(&own.text("/invitations/0/id")).await.expect(200);
}

#[tokio::test]
async fn ids_become_the_same_each_time_and_are_told() {
    let mut server = Server::start();
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let path = |path: &std::path::Path| path.to_str().expect("a path").to_owned();
    imports(&mut server, &["--better-auth", &tables(), "--ids", &path(&first)]);
    let all = folder.path().join("all.json");
    std::fs::write(&all, serde_json::to_string_pretty(&in_one()).expect("JSON")).expect("a file");
    let again = imports(&mut server, &["--better-auth", &path(&all), "--ids", &path(&second)]);
    assert_eq!(again.counts("organizations"), [2, 0, 2], "{again:#?}");
    assert_eq!(again.counts("members"), [4, 0, 3]);
    assert_eq!(again.counts("invitations"), [3, 0, 1]);

    let read = |file| std::fs::read_to_string(file).expect("the ids");
    assert_eq!(read(&first), read(&second));
    let ids: BTreeMap<String, String> = read(&first)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|line| (line["old"].as_str().expect("old").to_owned(), line["new"].as_str().expect("new").to_owned()))
        .collect();
    let ana = owner(&server).await;
    let acme = ana.gets("/v1/organizations/acme").await.expect(200);
    assert_eq!(acme.body["id"], ids["aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1bC"]);
    assert_eq!(acme.body["owner"]["member_id"], ids["m1AnaAcmeAcmeAcmeAcmeAcmeAcmeAcm"]);
    let invitations = ana.gets("/v1/organizations/acme/invitations").await.expect(200);
    assert_eq!(invitations.body["invitations"][0]["id"], ids["i1DanDanDanDanDanDanDanDanDanDan"]);
}

#[tokio::test]
async fn what_is_no_table_is_told_before_anything_is_done() {
    let mut server = Server::start();
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = imports(&mut server, &["--better-auth", folder.path().to_str().expect("a path")]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.errors.contains("holds no table organization, member or invitation"), "{nothing:#?}");
}
