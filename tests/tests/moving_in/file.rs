//! A file of ours: three organizations, and all that is wrong with some of its rows.

use reqwest::Method;
use serde_json::{Value, json};
use tests::Server;
use tests::schemas::keep_to_the_schemas;
use tests::told::{count, fold, told};

use crate::{fixture, imports, list};

fn three() -> String {
    fixture("three.ndjson").display().to_string()
}

fn column(rows: &[Value], name: &str) -> Vec<Value> {
    rows.iter().map(|row| row[name].clone()).collect()
}

#[tokio::test]
async fn what_can_come_comes_and_of_the_rest_it_is_said_why_not() {
    let mut server = Server::start();
    let report = imports(&mut server, &[&three()]);
    assert_eq!(report.code, Some(1), "{report:#?}");
    assert_eq!(report.counts("users"), [2, 2, 0]);
    assert_eq!(report.counts("organizations"), [5, 2, 0]);
    assert_eq!(report.counts("members"), [12, 4, 0]);
    assert_eq!(report.counts("invitations"), [3, 1, 0]);
    assert!(report.lines.iter().any(|line| line.ends_with("1 expired, 0 settled")), "{report:#?}");
    assert_eq!(report.told("changed"), [("three.ndjson:2".into(), "email: is no e-mail address, and left out".into())]);
    let expected = [
        ("4", "has 2 owners ("),
        ("9", ":4) is refused"),
        ("10", ":4) is refused"),
        ("15", "is the same member as "),
        ("16", "role: expected one of `member`"),
        ("17", "organization: there is none of this id or slug, neither here nor in Roster"),
        ("18", "slug: is reserved"),
        ("19", ":18) is refused"),
        ("20", "has no owner"),
        ("21", ":20) is refused"),
        ("22", "Whoever invited you is no longer a member"),
        ("23", "joinedAt: unknown field `joinedAt`"),
        ("24", "type: must be one of organization, user, member, invitation"),
        ("25", "is no JSON"),
    ];
    let refused = report.told("refused");
    assert_eq!(refused.len(), expected.len(), "{report:#?}");
    for ((place, why), (line, part)) in refused.iter().zip(expected) {
        assert_eq!(place, &format!("three.ndjson:{line}"), "{report:#?}");
        assert!(why.contains(part), "{place}: {why}");
    }
    assert!(report.errors.contains("14 rows were refused"), "{report:#?}");
    assert!(!report.errors.contains("acme.test") && !report.lines.concat().contains("@acme.test"), "{report:#?}");
}

#[tokio::test]
async fn lists_checks_and_history_are_as_if_it_had_always_been_here() {
    let mut server = Server::start();
    imports(&mut server, &[&three(), "--operator", "olga"]);
    let (ana, ben, dan) = (server.person("ana"), server.person("ben"), server.person("dan"));

    let acme = ana.gets("/v1/organizations/acme").await.expect(200);
    assert_eq!(acme.body["metadata"], json!({ "plan": "team" }));
    assert_eq!(acme.body["logo"], "/acme.svg");
    assert_eq!(acme.body["owner"]["user_id"], "ana");
    let members = list(&ana, "/v1/organizations/acme/members", 3).await;
    // In the order in which they joined, whatever that of the file.
    assert_eq!(column(&members, "user_id"), ["ana", "cleo", "ben"]);
    assert_eq!(column(&members, "role"), ["owner", "member", "admin"]);
    assert_eq!(ben.checks("acme").await.expect(200).body["role"], "admin");
    server.person("fay").checks("acme").await.refused(403, "not-a-member");

    let history = ana.history("acme").await;
    assert_eq!(
        column(&history, "type"),
        ["OrganizationFounded", "MemberJoined", "MemberJoined", "MemberJoined", "MemberInvited"]
    );
    assert_eq!(
        column(&history, "happened_at"),
        [
            "2019-05-01T10:00:00Z",
            "2019-06-01T10:00:00.250Z",
            "2020-01-01T00:00:00Z",
            "2021-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z"
        ]
    );
    for event in &history {
        assert_eq!(event["actor"], "operator:olga", "{event}");
        assert!(event["at"].as_str() > Some("2026"), "what was recorded now was recorded now: {event}");
    }
    fold(&told(&history));

    // Subscribers are told the same.
    let auditor = server.with_scope("auditor", "roster:audit");
    let batch = auditor.request(Method::GET, "/v1/events?limit=1000");
    let messages = auditor.sends(batch.header("accept", "application/cloudevents-batch+json")).await.expect(200);
    let messages = messages.body.as_array().expect("a batch").clone();
    keep_to_the_schemas(&messages);
    let of_acme: Vec<Value> =
        messages.into_iter().filter(|message| message["organization"] == acme.body["id"]).collect();
    assert_eq!(column(&of_acme, "happenedat"), column(&history, "happened_at"));

    // Whoever was invited there accepts here, and the rules hold from now on.
    let own = dan.gets("/v1/invitations").await.expect(200);
    assert_eq!(own.body["invitations"][0]["invited_by"], "ben");
    let joined = dan.accepts(&own.text("/invitations/0/id")).await.expect(200);
    assert_eq!(joined.body["role"], "admin");
    ana.leaves("acme").await.refused(409, "owner-cannot-leave");
    assert_eq!(ana.history("acme").await.last().map(|event| event["happened_at"].clone()), Some(Value::Null));
}

#[tokio::test]
async fn nothing_comes_twice_and_whoever_left_since_stays_away() {
    let mut server = Server::start();
    imports(&mut server, &[&three()]);
    server.person("cleo").leaves("acme").await.expect(200);
    let again = imports(&mut server, &[&three()]);
    assert_eq!(again.counts("organizations"), [5, 0, 2], "{again:#?}");
    assert_eq!(again.counts("members"), [12, 0, 4]);
    assert_eq!(again.counts("invitations"), [3, 0, 1]);
    server.person("cleo").checks("acme").await.refused(403, "not-a-member");
    let history = told(&server.person("ana").history("acme").await);
    assert_eq!((history.len(), count(&history, "MemberLeft")), (6, 1));
}

#[tokio::test]
async fn of_several_owners_the_oldest_stays_it_where_that_is_the_rule() {
    let mut server = Server::start();
    imports(&mut server, &[&three()]);
    let report = imports(&mut server, &[&three(), "--owner-rule", "oldest"]);
    assert_eq!(report.counts("organizations"), [5, 1, 2], "{report:#?}");
    assert!(
        report.told("changed").contains(&("three.ndjson:9".into(), "one of 2 owners: an admin from now on".into()))
    );
    let globex = server.person("ben").gets("/v1/organizations/globex").await.expect(200);
    assert_eq!(globex.body["owner"]["user_id"], "ben");
    assert_eq!(globex.body["id"], "0192f0c1-0000-7000-8000-000000000001");
    assert_eq!(server.person("cleo").checks("globex").await.expect(200).body["role"], "admin");
    fold(&told(&server.person("ben").history("globex").await));
}

#[tokio::test]
async fn a_row_that_says_something_else_by_now_is_not_done_in_silence() {
    let mut server = Server::start();
    imports(&mut server, &[&three()]);
    let folder = tempfile::tempdir().expect("a folder");
    let changed = folder.path().join("three.ndjson");
    let text = std::fs::read_to_string(three()).expect("the file");
    let text = text.replace(r#""user_id": "cleo", "role": "member""#, r#""user_id": "cleo", "role": "admin""#);
    std::fs::write(&changed, text.replace(r#""name": "Acme""#, r#""name": "Apex""#)).expect("a file");
    let otherwise = "was taken over before, and otherwise: change it in Roster";
    for arguments in [&["--dry-run"][..], &[]] {
        let report = imports(&mut server, &[&[changed.to_str().expect("a path")], arguments].concat());
        let refused = report.told("refused");
        for place in ["three.ndjson:3", "three.ndjson:8"] {
            assert!(refused.contains(&(place.into(), otherwise.into())), "{arguments:?}: {report:#?}");
        }
    }
    assert_eq!(server.person("cleo").checks("acme").await.expect(200).body["role"], "member");
}

#[tokio::test]
async fn into_an_organization_that_somebody_else_has_nobody_is_put() {
    let mut server = Server::start();
    let zoe = server.person("zoe");
    zoe.founds("acme").await.expect(201);
    let report = imports(&mut server, &[&three()]);
    let refused = report.told("refused");
    assert!(refused.contains(&("three.ndjson:3".into(), "Another organization has this slug.".into())), "{report:#?}");
    for row in ["6", "8", "12"] {
        let why = refused.iter().find(|(place, _)| *place == format!("three.ndjson:{row}")).map(|(_, why)| why.clone());
        assert!(why.is_some_and(|why| why.ends_with(":3) is refused")), "{row}: {report:#?}");
    }
    let zoe = zoe.at(&server.url);
    assert_eq!(zoe.history("acme").await.len(), 2);
}

#[tokio::test]
async fn members_come_into_an_organization_that_is_here_already() {
    let mut server = Server::start();
    server.person("ana").founds("acme").await.expect(201);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("members.ndjson");
    let rows = [
        json!({ "type": "member", "organization": "acme", "user_id": "ben", "role": "member" }),
        json!({ "type": "member", "organization": "acme", "user_id": "cleo", "role": "owner" }),
        json!({ "type": "member", "organization": "acme", "user_id": "ana", "role": "member" }),
    ];
    std::fs::write(&file, rows.map(|row| row.to_string()).join("\n")).expect("a file");
    let report = imports(&mut server, &[file.to_str().expect("a path")]);
    assert_eq!(report.counts("members"), [3, 1, 0], "{report:#?}");
    let refused = report.told("refused");
    assert!(refused[0].1.contains("owner can't be given"), "{report:#?}");
    assert!(refused[1].1.contains("is a member already"), "{report:#?}");
    assert_eq!(server.person("ben").checks("acme").await.expect(200).body["role"], "member");
}

#[tokio::test]
async fn a_rehearsal_says_the_same_and_does_nothing() {
    let mut server = Server::start();
    let (rehearsed, imported) =
        (imports(&mut server, &[&three(), "--dry-run"]), imports(&mut server, &[&three(), "--owner-rule", "oldest"]));
    assert_eq!(rehearsed.code, Some(1));
    assert_eq!(rehearsed.counts("members"), [12, 4, 0], "{rehearsed:#?}");
    assert_eq!(rehearsed.told("refused").len(), 14, "{rehearsed:#?}");
    // Nothing of it was there: the control is that it came only now.
    assert_eq!(imported.counts("organizations"), [5, 3, 0], "{imported:#?}");
    let again = imports(&mut server, &[&three(), "--owner-rule", "oldest", "--dry-run"]);
    assert_eq!(again.counts("organizations"), [5, 0, 3], "{again:#?}");
    assert_eq!(again.counts("members"), [12, 0, 6], "{again:#?}");
}

#[tokio::test]
async fn a_member_id_that_somebody_has_is_refused_in_a_rehearsal_too() {
    let mut server = Server::start();
    let ana = server.person("ana");
    let taken = ana.founds("globex").await.expect(201).text("/owner/member_id");
    ana.founds("acme").await.expect(201);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("members.ndjson");
    let row = json!({ "type": "member", "id": taken, "organization": "acme", "user_id": "ben", "role": "member" });
    std::fs::write(&file, row.to_string()).expect("a file");
    for arguments in [&["--dry-run"][..], &[]] {
        let report = imports(&mut server, &[&[file.to_str().expect("a path")], arguments].concat());
        let refused = [("members.ndjson:1".to_owned(), "id: another member has it in Roster".to_owned())];
        assert_eq!(report.told("refused"), refused, "{arguments:?}: {report:#?}");
    }
}

#[tokio::test]
async fn what_is_known_of_people_comes_with_them_until_a_token_says_more() {
    let mut server = Server::start();
    imports(&mut server, &[&three()]);
    let cleo = server.person("cleo");
    let members = list(&cleo, "/v1/organizations/acme/members", 3).await;
    assert_eq!((&members[0]["name"], &members[0]["email"]), (&json!("Ana"), &json!("ana@acme.test")));
    assert_eq!((&members[2]["name"], &members[2]["email"]), (&json!("Ben"), &Value::Null));
    // Invited by the address that came: she is a member.
    let body = json!({ "email": "ana@acme.test", "role": "member" });
    let ben = server.person("ben");
    ben.calls(Method::POST, "/v1/organizations/acme/invitations", Some(body)).await.refused(409, "already-a-member");
}

#[tokio::test]
async fn whoever_was_erased_is_not_brought_back() {
    let mut server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ben.gets("/v1/organizations").await.expect(200);
    ben.deletes("/v1/people/ben").await.expect(204);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("back.ndjson");
    let until = "2099-01-01T00:00:00Z";
    let rows = [
        json!({ "type": "user", "id": "ben", "name": "Ben", "email": "Ben@Acme.test", "email_verified": true }),
        json!({ "type": "member", "organization": "acme", "user_id": "ben", "role": "member" }),
        json!({ "type": "member", "organization": "acme", "user_id": "cleo", "role": "member" }),
        json!({ "type": "invitation", "organization": "acme", "email": "ben@acme.test", "role": "member", "invited_by": "ana", "expires_at": until }),
        json!({ "type": "invitation", "organization": "acme", "email": "zoe@acme.test", "role": "member", "invited_by": "ana", "expires_at": until }),
        json!({ "type": "organization", "slug": "bens", "name": "Ben's" }),
        json!({ "type": "member", "organization": "bens", "user_id": "ben", "role": "owner" }),
    ];
    std::fs::write(&file, rows.map(|row| row.to_string()).join("\n")).expect("a file");
    for arguments in [&["--dry-run"][..], &[]] {
        let report = imports(&mut server, &[&[file.to_str().expect("a path")], arguments].concat());
        let refused: Vec<_> =
            report.told("refused").into_iter().map(|(place, why)| (place, why.contains("was erased"))).collect();
        let of = |line: u32, erased| (format!("back.ndjson:{line}"), erased);
        assert_eq!(refused, [of(1, true), of(2, true), of(4, true), of(6, false), of(7, true)], "{report:#?}");
        assert_eq!(report.counts("users"), [1, 0, 0], "{report:#?}");
        assert_eq!((report.counts("members"), report.counts("invitations")), ([3, 1, 0], [2, 1, 0]), "{report:#?}");
    }
}
