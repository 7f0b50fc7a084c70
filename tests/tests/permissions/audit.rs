//! Who reads history.

use serde_json::json;
use tests::Server;

#[tokio::test]
async fn the_owner_and_admins_read_history_and_members_do_not() {
    let server = Server::start();
    let [ana, ben, mia] = ["ana", "ben", "mia"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "admin").await;
    ana.takes_in("acme", &mia, "member").await;
    assert_eq!(ana.history("acme").await, ben.history("acme").await);
    mia.gets("/v1/organizations/acme/history").await.refused(403, "permission-denied");
    ana.patches(&format!("/v1/organizations/acme/members/{member}"), json!({ "role": "member" })).await.expect(200);
    ben.gets("/v1/organizations/acme/history").await.refused(403, "permission-denied");
}

#[tokio::test]
async fn history_comes_page_by_page_oldest_first_without_names_and_addresses() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ben.leaves("acme").await.expect(200);

    let all = ana.history("acme").await;
    let kinds: Vec<_> = all.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(
        kinds,
        ["OrganizationFounded", "MemberJoined", "MemberInvited", "InvitationAccepted", "MemberJoined", "MemberLeft"]
    );
    let sequences: Vec<_> = all.iter().filter_map(|event| event["sequence"].as_u64()).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6]);
    let first = ana.gets("/v1/organizations/acme/history?limit=4").await.expect(200);
    assert_eq!((&first.body["events"], &first.body["next_after"]), (&json!(all[..4]), &json!(4)));
    let rest = ana.gets("/v1/organizations/acme/history?limit=4&after=4").await.expect(200);
    assert_eq!((&rest.body["events"], &rest.body["next_after"]), (&json!(all[4..]), &json!(null)));
    let exact = ana.gets("/v1/organizations/acme/history?limit=2&after=4").await.expect(200);
    assert_eq!(exact.body["next_after"], json!(null), "the last page does not promise another");

    let text = json!(all).to_string();
    assert!(!text.contains("acme.test") && !text.contains("Ben"), "{text}");
}

#[tokio::test]
async fn an_auditor_reads_any_history_also_of_what_was_deleted() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let auditor = server.with_scope("auditor", "roster:audit");
    let acme = ana.founds("acme").await.expect(201).text("/id");
    ana.takes_in("acme", &ben, "member").await;
    assert_eq!(auditor.history("acme").await, ana.history("acme").await);
    auditor.gets("/v1/organizations/acme").await.refused(404, "organization-not-found");
    auditor.gets("/v1/organizations/acme/members").await.refused(404, "organization-not-found");

    ana.deletes("/v1/organizations/acme").await.expect(204);
    ana.gets(&format!("/v1/organizations/{acme}/history")).await.refused(404, "organization-not-found");
    let history = auditor.history(&acme).await;
    assert_eq!(history.last().expect("a history")["type"], "OrganizationDeleted");
    assert_eq!(history.len(), 6);
    for unknown in ["acme", "unknown", "0192f0c1-0000-7000-8000-000000000000", "Not A Slug"] {
        let path = format!("/v1/organizations/{unknown}/history");
        auditor.gets(&path).await.refused(404, "organization-not-found");
    }
}
