//! Inviting, and what becomes of an invitation.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, Server, at_once, eventually, says};

const ACME: &str = "/v1/organizations/acme/invitations";

async fn declines(person: &Person, invitation: &str) -> tests::Answer {
    person.calls(Method::POST, &format!("/v1/invitations/{invitation}/decline"), None).await
}

async fn status(person: &Person, invitation: &str) -> String {
    person.gets(&format!("/v1/invitations/{invitation}")).await.expect(200).text("/status")
}

#[tokio::test]
async fn whoever_is_invited_sees_it_and_joins() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let invited = ana.invites("acme", &ben, "admin").await.expect(201);
    let id = invited.text("/id");
    let expected = json!({ "id": id, "organization_id": acme, "email": "ben@acme.test", "role": "admin",
        "status": "pending", "expires_at": invited.body["expires_at"], "invited_by": "ana",
        "url": format!("/app/invitations/{id}") });
    assert_eq!(invited.body, expected);

    let mut own = expected.clone();
    own["organization_name"] = json!("acme");
    own["organization_slug"] = json!("acme");
    assert_eq!(ben.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [own] }));
    assert_eq!(ben.gets(&format!("/v1/invitations/{id}")).await.expect(200).body, own);
    let listed = ana.lists(ACME, invited.position()).await.expect(200);
    assert_eq!(listed.body, json!({ "invitations": [expected], "next_cursor": null }));

    let joined = ben.accepts(&id).await.expect(200);
    assert_eq!((joined.text("/user_id"), joined.text("/role")), ("ben".to_owned(), "admin".to_owned()));
    assert_eq!(ben.checks("acme").await.expect(200).text("/member_id"), joined.text("/id"));
    assert_eq!(ben.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [] }));
    assert_eq!(status(&ben, &id).await, "accepted");
}

#[tokio::test]
async fn an_invitation_is_for_who_proves_the_address() {
    let server = Server::start();
    let [ana, ben, zoe] = ["ana", "ben", "zoe"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let id = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    let unverified = server.person_with(&gateway::identity::TokenRequest { email_verified: false, ..says("ben") });
    let nameless = server.person_with(&gateway::identity::TokenRequest { email: None, ..says("ben") });

    unverified.gets("/v1/invitations").await.refused(403, "email-not-verified");
    assert_eq!(nameless.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [] }));
    assert_eq!(zoe.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [] }));
    for (person, code) in [
        (&unverified, "email-not-verified"),
        (&nameless, "invitation-not-for-you"),
        (&zoe, "invitation-not-for-you"),
        (&ana, "invitation-not-for-you"),
    ] {
        person.gets(&format!("/v1/invitations/{id}")).await.refused(403, code);
        person.accepts(&id).await.refused(403, code);
        declines(person, &id).await.refused(403, code);
    }
    // Whose address it is decides, not whose account.
    let other_account = server
        .person_with(&gateway::identity::TokenRequest { user_id: "ben-2".parse().expect("an id"), ..says("ben") });
    assert_eq!(other_account.accepts(&id).await.expect(200).text("/user_id"), "ben-2");
}

#[tokio::test]
async fn addresses_are_the_same_in_any_case() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let invited = ana.posts(ACME, json!({ "email": " BEN@Acme.Test ", "role": "member" })).await.expect(201);
    assert_eq!(invited.body["email"], "ben@acme.test");
    ana.posts(ACME, json!({ "email": "Ben@acme.TEST", "role": "admin" })).await.refused(409, "already-invited");
    let shouting =
        server.person_with(&gateway::identity::TokenRequest { email: Some("BEN@ACME.TEST".into()), ..says("ben") });
    shouting.accepts(&invited.text("/id")).await.expect(200);
    ana.invites("acme", &ben, "member").await.refused(409, "already-a-member");
    ana.posts(ACME, json!({ "email": "BEN@acme.test", "role": "member" })).await.refused(409, "already-a-member");
}

#[tokio::test]
async fn what_is_settled_stays_settled() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let invite = async || ana.invites("acme", &ben, "member").await.expect(201).text("/id");

    let declined = invite().await;
    declines(&ben, &declined).await.expect(204);
    let revoked = invite().await;
    ana.deletes(&format!("{ACME}/{revoked}")).await.expect(204);
    let accepted = invite().await;
    ben.accepts(&accepted).await.expect(200);

    for (id, word) in [(&declined, "declined"), (&revoked, "revoked"), (&accepted, "accepted")] {
        assert_eq!(status(&ben, id).await, word);
        ben.accepts(id).await.refused(409, "invitation-settled");
        declines(&ben, id).await.refused(409, "invitation-settled");
        ana.deletes(&format!("{ACME}/{id}")).await.refused(409, "invitation-settled");
    }
    let position = ana.gets("/readyz").await.body["position"].as_u64().expect("a position");
    let listed = ana.lists(ACME, position).await.expect(200);
    let statuses: Vec<_> =
        listed.body["invitations"].as_array().into_iter().flatten().map(|one| &one["status"]).collect();
    assert_eq!(statuses, ["accepted", "revoked", "declined"]);
}

#[tokio::test]
async fn an_expired_invitation_blocks_nobody() {
    let server = Server::with(&[], &[("ROSTER_INVITATION_VALIDITY", "2s")]);
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let late = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    eventually("it expires", async || (status(&ben, &late).await == "expired").then_some(())).await;
    ben.accepts(&late).await.refused(410, "invitation-expired");
    assert_eq!(ben.gets("/v1/invitations").await.expect(200).body, json!({ "invitations": [] }));

    let again = ana.invites("acme", &ben, "admin").await.expect(201);
    assert_eq!(ben.accepts(&again.text("/id")).await.expect(200).body["role"], "admin");
    ben.accepts(&late).await.refused(409, "invitation-settled");
    let listed = ana.lists(ACME, again.position()).await.expect(200);
    assert_eq!(listed.body["invitations"][1]["status"], "revoked");
}

#[tokio::test]
async fn an_invitation_ends_with_the_membership_of_who_sent_it() {
    let server = Server::start();
    let [ana, ben, pia] = ["ana", "ben", "pia"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "admin").await;
    let id = ben.invites("acme", &pia, "member").await.expect(201).text("/id");
    ben.leaves("acme").await.expect(200);
    pia.accepts(&id).await.refused(409, "inviter-no-longer-a-member");
    pia.checks("acme").await.refused(403, "not-a-member");
    ana.deletes(&format!("{ACME}/{id}")).await.expect(204);
    let again = ana.invites("acme", &pia, "member").await.expect(201).text("/id");
    pia.accepts(&again).await.expect(200);
}

#[tokio::test]
async fn ones_own_invitations_come_from_everywhere() {
    let server = Server::start();
    let [ana, zoe, ben] = ["ana", "zoe", "ben"].map(|id| server.person(id));
    for (owner, org) in [(&ana, "acme"), (&zoe, "zoes-own"), (&ana, "beta"), (&ana, "gone")] {
        owner.founds(org).await.expect(201);
        owner.invites(org, &ben, "member").await.expect(201);
    }
    ana.deletes("/v1/organizations/gone").await.expect(204);
    let own = ben.gets("/v1/invitations").await.expect(200);
    let from: Vec<&Value> =
        own.body["invitations"].as_array().into_iter().flatten().map(|one| &one["organization_slug"]).collect();
    assert_eq!(from, ["beta", "zoes-own", "acme"], "newest first, and only what can be accepted");
}

#[tokio::test]
async fn an_organizations_invitations_come_page_by_page_newest_first() {
    let server = Server::start();
    let [ana, mia] = ["ana", "mia"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &mia, "member").await;
    let (mut sent, mut position) = (Vec::new(), 0);
    for person in server.people("guest", 7) {
        let invited = ana.invites("acme", &person, "member").await.expect(201);
        position = invited.position();
        sent.insert(0, invited.text("/email"));
    }
    sent.push("mia@acme.test".into());
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = ana.lists(&format!("{ACME}?limit=3{cursor}"), position).await.expect(200);
        let rows = page.body["invitations"].as_array().expect("rows");
        seen.extend(rows.iter().filter_map(|row| row["email"].as_str().map(str::to_owned)));
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        assert_eq!(rows.len(), 3);
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, sent);
    mia.gets(ACME).await.refused(403, "permission-denied");
}

#[tokio::test]
async fn of_two_invitations_accepted_at_once_by_one_person_one_counts() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    for round in 0..10 {
        let with =
            |email: String| gateway::identity::TokenRequest { email: Some(email), ..says(&format!("ben-{round}")) };
        let sides: Vec<Person> =
            ["home", "work"].map(|place| server.person_with(&with(format!("ben-{round}@{place}.test")))).into();
        let mut work = Vec::new();
        for (side, place) in sides.into_iter().zip(["home", "work"]) {
            let body = json!({ "email": format!("ben-{round}@{place}.test"), "role": "member" });
            work.push((side, ana.posts(ACME, body).await.expect(201).text("/id")));
        }
        let ben = work[0].0.clone();
        let mut answers = at_once(2, work, |(side, id)| async move { side.accepts(&id).await }).await;
        answers.sort_by_key(|answer| answer.status);
        let [joined, refused] = <[_; 2]>::try_from(answers).expect("two answers");
        let member = joined.expect(200).text("/id");
        refused.refused(409, "already-a-member");
        assert_eq!(ben.checks("acme").await.expect(200).text("/member_id"), member);
    }
    let history = ana.history("acme").await;
    assert_eq!(history.iter().filter(|event| event["type"] == "MemberJoined").count(), 11);
}

#[tokio::test]
async fn who_has_left_learns_nothing_new_from_an_old_invitation() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let invitation = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    ben.accepts(&invitation).await.expect(200);
    ben.leaves("acme").await.expect(200);
    ana.patches("/v1/organizations/acme", json!({ "name": "Secret plans", "slug": "secret-plans" })).await.expect(200);
    let told = ben.gets(&format!("/v1/invitations/{invitation}")).await.expect(200);
    assert_eq!(told.text("/status"), "accepted");
    assert_eq!((told.text("/organization_name"), told.text("/organization_slug")), ("acme".into(), "acme".into()));
}
