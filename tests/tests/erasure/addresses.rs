//! Which invitations are theirs: those they answered, and what went to the address that somebody vouches for. What they merely claim is not.

use std::time::{Duration, SystemTime};

use gateway::identity::TokenRequest;
use serde_json::{Value, json};
use tests::{Person, Server, says};

use crate::{erases, invites};

fn with_address(id: &str, email: &str, email_verified: bool) -> TokenRequest {
    TokenRequest { email: Some(email.to_owned()), email_verified, ..says(id) }
}

/// An invitation as those who sent it see it; `None` where its address is gone.
async fn sent(ana: &Person, org: &str, invitation: &str) -> Option<Value> {
    let answer = ana.gets(&format!("/v1/organizations/{org}/invitations/{invitation}")).await;
    (answer.status == 200).then_some(answer.body)
}

#[tokio::test]
async fn what_waits_for_them_is_declined_and_where_it_went_is_forgotten() {
    let server = Server::start();
    let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let (waiting, cleos) = (invites(&ana, "acme", &ben.email()).await, invites(&ana, "acme", &cleo.email()).await);
    ben.gets("/v1/invitations").await.expect(200);
    erases(&ben, "ben").await.expect(204);
    assert_eq!(sent(&ana, "acme", &waiting).await, None);
    assert_eq!(sent(&ana, "acme", &cleos).await.expect("hers is another")["email"], "cleo@acme.test");
    let history = ana.history("acme").await;
    let last = history.last().expect("a history");
    assert_eq!((&last["type"], last.get("reason")), (&json!("InvitationDeclined"), None));
    ben.accepts(&waiting).await.refused(404, "invitation-not-found");
    // He can be asked again.
    invites(&ana, "acme", &ben.email()).await;
}

#[tokio::test]
async fn of_an_address_they_had_before_what_they_answered_goes_and_what_waits_is_anothers_by_now() {
    let server = Server::start();
    let ana = server.person("ana");
    let a_minute_ago = SystemTime::now() - Duration::from_secs(60);
    let before = server.person_as_of(&with_address("ben", "ben@former.test", true), a_minute_ago);
    for org in ["acme", "bolt", "cask"] {
        ana.founds(org).await.expect(201);
    }
    let [accepted, declined, waiting] = [
        invites(&ana, "acme", "ben@former.test").await,
        invites(&ana, "bolt", "ben@former.test").await,
        invites(&ana, "cask", "ben@former.test").await,
    ];
    before.accepts(&accepted).await.expect(200);
    before.calls(reqwest::Method::POST, &format!("/v1/invitations/{declined}/decline"), None).await.expect(204);
    let ben = server.person_with(&with_address("ben", "ben@now.test", true));
    ben.gets("/v1/organizations").await.expect(200);
    erases(&ben, "ben").await.expect(204);
    for (org, invitation) in [("acme", accepted), ("bolt", declined)] {
        assert_eq!(sent(&ana, org, &invitation).await, None, "{org}");
    }
    // Whoever has it by now comes only after he is gone.
    assert_eq!(sent(&ana, "cask", &waiting).await.expect("it is none of his")["status"], "pending");
    let zoe = server.person_with(&with_address("zoe", "ben@former.test", true));
    zoe.accepts(&waiting).await.expect(200);
}

#[tokio::test]
async fn an_address_that_nobody_vouches_for_or_that_is_anothers_by_now_keeps_its_invitations() {
    let server = Server::start();
    let ana = server.person("ana");
    for org in ["acme", "bolt", "cask"] {
        ana.founds(org).await.expect(201);
    }
    let boss = invites(&ana, "acme", "boss@acme.test").await;
    let liar = server.person_with(&with_address("liar", "boss@acme.test", false));
    liar.gets("/v1/organizations").await.expect(200);
    erases(&liar, "liar").await.expect(204);
    assert_eq!(sent(&ana, "acme", &boss).await.expect("it is none of the liar's")["status"], "pending");

    let a_minute_ago = SystemTime::now() - Duration::from_secs(60);
    let former = server.person_as_of(&with_address("former", "office@acme.test", true), a_minute_ago);
    let theirs = invites(&ana, "acme", "office@acme.test").await;
    former.accepts(&theirs).await.expect(200);
    let successor = server.person_with(&with_address("successor", "office@acme.test", true));
    successor.gets("/v1/organizations").await.expect(200);
    let waiting = invites(&ana, "bolt", "office@acme.test").await;
    let former = server.person_with(&with_address("former", "home@acme.test", true));
    former.gets("/v1/organizations").await.expect(200);
    erases(&former, "former").await.expect(204);
    assert_eq!(sent(&ana, "acme", &theirs).await, None, "what they accepted is theirs");
    successor.accepts(&waiting).await.expect(200);
}
