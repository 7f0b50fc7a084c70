//! Whoever has not signed in, or not well, and whoever comes too late.

use serde_json::{Value, json};
use tests::better_auth::Told;
use tests::{Server, eventually};

use super::Cast;
use crate::scene::Scene;

/// Status, code and message; "" for none.
type Words = (u16, &'static str, &'static str);

const UNAUTHORIZED: Words = (401, "UNAUTHORIZED", "Unauthorized");

/// Every call, with what would be well. Some have words of their own for strangers.
#[rustfmt::skip]
const CALLS: [(&str, &str, Words); 22] = [
    ("create", r#"{"name": "New", "slug": "new-one"}"#, (401, "", "")),
    ("checkSlug", r#"{"slug": "acme"}"#, UNAUTHORIZED),
    ("update", r#"{"data": {"name": "x"}, "organizationId": "$acme"}"#, (401, "", "User not found")),
    ("delete", r#"{"organizationId": "$acme"}"#, (401, "", "")),
    ("setActive", r#"{"organizationId": "$acme"}"#, UNAUTHORIZED),
    ("getOrganization", r#"{"query": {"organizationId": "$acme"}}"#, UNAUTHORIZED),
    ("getFullOrganization", r#"{"query": {"organizationId": "$acme"}}"#, UNAUTHORIZED),
    ("list", "", UNAUTHORIZED),
    ("inviteMember", r#"{"email": "x@acme.test", "role": "member", "organizationId": "$acme"}"#, UNAUTHORIZED),
    ("acceptInvitation", r#"{"invitationId": "$tom"}"#, UNAUTHORIZED),
    ("rejectInvitation", r#"{"invitationId": "$tom"}"#, UNAUTHORIZED),
    ("cancelInvitation", r#"{"invitationId": "$tom"}"#, UNAUTHORIZED),
    ("getInvitation", r#"{"query": {"id": "$tom"}}"#, (401, "", "Not authenticated")),
    ("listInvitations", r#"{"query": {"organizationId": "$acme"}}"#, UNAUTHORIZED),
    ("listUserInvitations", "", (400, "", "Missing session headers, or email query parameter.")),
    ("getActiveMember", "", UNAUTHORIZED),
    ("getActiveMemberRole", r#"{"query": {"organizationId": "$acme"}}"#, UNAUTHORIZED),
    ("listMembers", r#"{"query": {"organizationId": "$acme"}}"#, UNAUTHORIZED),
    ("removeMember", r#"{"memberIdOrEmail": "$ben", "organizationId": "$acme"}"#, UNAUTHORIZED),
    ("updateMemberRole", r#"{"memberId": "$ben", "role": "admin", "organizationId": "$acme"}"#, UNAUTHORIZED),
    ("hasPermission", r#"{"permissions": {"member": ["delete"]}, "organizationId": "$acme"}"#, UNAUTHORIZED),
    ("leave", r#"{"organizationId": "$acme"}"#, UNAUTHORIZED),
];

#[track_caller]
fn is_for_strangers(told: Told, (status, code, message): Words) {
    let told = told.refused(status, code);
    assert_eq!(told.message(), message, "{told:#?}");
    // An empty body leaves nothing but these.
    let fields = told.error.as_object().expect("an error").len();
    assert_eq!(fields, 2 + usize::from(!code.is_empty()) + usize::from(!message.is_empty()), "{told:#?}");
}

#[tokio::test]
async fn nobody_is_told_so_in_every_call_and_has_no_session() {
    let cast = Cast::gather().await;
    let before = cast.all().await;
    let (nobody, ana) = (cast.scene.stranger(), &cast.people[0]);
    let forged = ana.token().rsplit_once('.').map(|(signed, _)| format!("{signed}.AAAA")).expect("a token has dots");
    let forged = cast.scene.signed_in(cast.scene.server.bearer("ana", &forged)).client;
    for client in [nobody, forged] {
        for (call, argument, words) in CALLS {
            let told = client.tries(&format!("organization.{call}"), cast.argument(argument)).await;
            is_for_strangers(told.expect("an answer"), words);
        }
        // That nobody has signed in is no error.
        assert_eq!(client.calls_without("getSession").await.ok(), Value::Null);
    }
    assert_eq!(cast.all().await, before);
}

#[tokio::test]
async fn tom_comes_too_late() {
    let scene = Scene::at(Server::with(&[], &[("ROSTER_INVITATION_VALIDITY", "2s")]));
    let [ana, tom] = ["ana", "tom"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let late = ana.sends(&acme, &tom, "member").await;
    eventually("it expires", async || {
        tom.reads("getInvitation", json!({ "id": late })).await.error["status"].is_number().then_some(())
    })
    .await;
    let of = json!({ "invitationId": late });
    tom.reads("getInvitation", json!({ "id": late })).await.refused(400, "INVITATION_NOT_FOUND");
    tom.asks("acceptInvitation", of.clone()).await.refused(400, "INVITATION_NOT_FOUND");
    assert_eq!(tom.sees("listUserInvitations").await.ok(), json!([]));
    tom.checks("acme").await.refused(403, "not-a-member");
    // For who sent it, it is still there: to be sent again, or taken back.
    let again = json!({ "email": "tom@acme.test", "role": "member", "resend": true });
    assert_eq!(ana.asks("inviteMember", again).await.ok()["id"], late.as_str());
    tom.asks("acceptInvitation", of).await.ok();
    assert_eq!(tom.active().await, Some(acme));
}
