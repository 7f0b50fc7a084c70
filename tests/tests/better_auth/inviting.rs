//! Invitations: sent, sent again, listed, read, accepted, rejected, taken back.

use serde_json::{Value, json};
use tests::eventually;

use crate::scene::{Scene, User};

/// What became of each invitation of an organization, in order of sending, once there are so many.
async fn listed(user: &User, org: &str, many: usize) -> Vec<Value> {
    eventually(&format!("{many} invitations"), async || {
        let listed = user.reads("listInvitations", json!({ "organizationId": org })).await;
        (0..many).for_each(|n| drop(listed.date(&format!("/{n}/expiresAt"))));
        listed.ok().as_array().filter(|all| all.len() == many).cloned()
    })
    .await
}

#[tokio::test]
async fn an_invitation_sent_again_is_the_same_and_lasts_longer() {
    let scene = Scene::set();
    let [ana, ben] = ["ana", "ben"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let asked = json!({ "email": "Ben@ACME.test", "role": "member" });
    let sent = ana.asks("inviteMember", asked).await;
    let (id, expires, created) = (sent.text("/id"), sent.date("/expiresAt"), sent.date("/createdAt"));
    assert!(created < expires);
    let expected = json!({ "id": id, "organizationId": acme, "email": "ben@acme.test", "role": "member",
        "status": "pending", "expiresAt": { "$date": expires }, "createdAt": { "$date": created }, "inviterId": "ana" });
    assert_eq!(sent.ok(), expected);

    let again = json!({ "email": "ben@acme.test", "role": "admin", "organizationId": acme });
    let twice = ana.asks("inviteMember", again.clone()).await;
    twice.refused(400, "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION");
    let mut again = again;
    again["resend"] = json!(true);
    let resent = ana.asks("inviteMember", again).await;
    let later = resent.date("/expiresAt");
    assert!(expires < later, "{expires} {later}");
    let mut lasting = expected.clone();
    lasting["expiresAt"] = json!({ "$date": later });
    assert_eq!(resent.ok(), lasting, "the same, with the role it had");

    // What is sent again where nothing was sent is sent.
    let new = json!({ "email": "cleo@acme.test", "role": ["admin", "member"], "resend": true });
    let new = ana.asks("inviteMember", new).await.ok();
    assert_eq!((&new["role"], &new["status"]), (&json!("admin"), &json!("pending")), "the highest of several");
    assert_ne!(new["id"], id.as_str());
    assert_eq!(listed(&ana, &acme, 2).await, [lasting.clone(), new]);

    // Ben finds it.
    let mut own = lasting.clone();
    own["organizationName"] = json!("acme");
    assert_eq!(ben.sees("listUserInvitations").await.ok(), json!([own]));
    own["organizationSlug"] = json!("acme");
    own["inviterEmail"] = json!("ana@acme.test");
    assert_eq!(ben.reads("getInvitation", json!({ "id": id })).await.ok(), own);
    let of_another = ana.reads("getInvitation", json!({ "id": id })).await;
    of_another.refused(403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION");
}

#[tokio::test]
async fn invitations_are_accepted_rejected_and_taken_back_once() {
    let scene = Scene::set();
    let [ana, ben, cleo, dora] = ["ana", "ben", "cleo", "dora"].map(|id| scene.user(id));
    let acme = ana.creates("acme").await;
    let mut ids = Vec::new();
    for somebody in [&ben, &cleo, &dora] {
        ids.push(ana.sends(&acme, somebody, "member").await);
    }
    let of = |n: usize| json!({ "invitationId": ids[n] });

    let accepted = ben.asks("acceptInvitation", of(0)).await;
    let (member, joined) = (accepted.text("/member/id"), accepted.date("/member/createdAt"));
    let is_member = json!({ "id": member, "organizationId": acme, "userId": "ben", "role": "member",
        "createdAt": { "$date": joined } });
    let accepted = accepted.ok();
    assert_eq!(accepted["member"], is_member);
    assert_eq!(accepted["invitation"]["status"], "accepted");
    assert_eq!(ben.checks("acme").await.expect(200).text("/member_id"), member);
    assert_eq!(ben.active().await.as_ref(), Some(&acme));

    let rejected = cleo.asks("rejectInvitation", of(1)).await.ok();
    assert_eq!((&rejected["invitation"]["status"], &rejected["member"]), (&json!("rejected"), &Value::Null));
    assert_eq!(rejected["invitation"]["email"], "cleo@acme.test");
    cleo.checks("acme").await.refused(403, "not-a-member");
    assert_eq!(cleo.active().await, None);

    let canceled = ana.asks("cancelInvitation", of(2)).await;
    canceled.date("/expiresAt");
    assert_eq!((canceled.text("/id"), canceled.text("/status")), (ids[2].clone(), "canceled".to_owned()));

    let whole = listed(&ana, &acme, 3).await;
    let became: Vec<_> = whole.iter().map(|one| (&one["email"], &one["status"])).collect();
    let expected = [("ben", "accepted"), ("cleo", "rejected"), ("dora", "canceled")];
    let expected = expected.map(|(id, status)| (json!(format!("{id}@acme.test")), json!(status)));
    assert_eq!(became, expected.iter().map(|(email, status)| (email, status)).collect::<Vec<_>>());
    let full = ana.reads("getFullOrganization", json!({})).await.ok();
    assert_eq!(full["invitations"], json!(whole));
    assert_eq!(ben.reads("getFullOrganization", json!({})).await.ok()["invitations"], json!([]), "Ben may not invite");

    // None of them is of any use any more, to anybody.
    let before = ana.history("acme").await;
    for (n, somebody) in [&ben, &cleo, &dora].into_iter().enumerate() {
        somebody.asks("acceptInvitation", of(n)).await.refused(400, "INVITATION_NOT_FOUND");
        let told = somebody.asks("rejectInvitation", of(n)).await.refused(400, "INVITATION_NOT_FOUND");
        assert_eq!(told.message(), "Invitation not found!");
        somebody.reads("getInvitation", json!({ "id": ids[n] })).await.refused(400, "INVITATION_NOT_FOUND");
        ana.asks("cancelInvitation", of(n)).await.refused(400, "INVITATION_NOT_FOUND");
        assert_eq!(somebody.sees("listUserInvitations").await.ok(), json!([]));
    }
    assert_eq!(ana.history("acme").await, before);
    // But they can be invited anew.
    assert_eq!(ana.active().await.as_ref(), Some(&acme));
    ana.welcomes(&acme, &cleo, "admin").await;
    assert_eq!(cleo.checks("acme").await.expect(200).body["role"], "admin");
}
