//! Owners stay until they have handed over or deleted what they own.

use serde_json::{Value, json};
use tests::{Server, at_once, told};

use crate::{erases, invites, is_member, listed, position};

#[tokio::test]
async fn an_owner_is_told_of_which_organizations_and_nothing_has_changed() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let waiting = invites(&ana, "acme", "ben@acme.test").await;
    ana.founds("cask").await.expect(201);
    ana.takes_in("cask", &ben, "member").await;
    let [bolt, dune] = [ben.founds("bolt").await, ben.founds("dune").await].map(|one| one.expect(201).text("/id"));
    let before = position(&server).await;

    let refused = erases(&ben, "ben").await.refused(409, "owner-cannot-leave");
    let owned = json!([{ "id": bolt, "slug": "bolt" }, { "id": dune, "slug": "dune" }]);
    assert_eq!(refused.body["organizations"], owned, "{refused:#?}");
    assert_eq!(position(&server).await, before);
    ben.checks("cask").await.expect(200);
    let shown = listed(&ana, "cask", "ben", before).await.expect("he is a member");
    assert_eq!((&shown["name"], &shown["email"]), (&json!("Ben"), &json!("ben@acme.test")));
    assert_eq!(ben.gets("/v1/invitations").await.expect(200).body["invitations"][0]["id"], waiting);
    // Others are not told what they own.
    let denied = erases(&ana, "ben").await.refused(403, "permission-denied");
    assert_eq!(denied.body["organizations"], Value::Null);

    let member = ben.takes_in("bolt", &ana, "admin").await;
    ben.transfers("bolt", &member).await.expect(200);
    let refused = erases(&ben, "ben").await.refused(409, "owner-cannot-leave");
    assert_eq!(refused.body["organizations"], json!([{ "id": dune, "slug": "dune" }]));
    ben.deletes("/v1/organizations/dune").await.expect(204);
    erases(&ben, "ben").await.expect(204);
    for org in ["bolt", "cask"] {
        assert!(!is_member(&ana, org, "ben").await);
    }
    // Elsewhere `owner-cannot-leave` names nothing: it is clear which one is meant.
    assert_eq!(ana.leaves(&acme).await.refused(409, "owner-cannot-leave").body["organizations"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_becomes_the_owner_meanwhile_is_not_erased_or_was_before() {
    const TRIES: usize = 12;
    let server = Server::start();
    let ana = server.person("ana");
    let tries = at_once(4, server.people("heir", TRIES), move |heir| {
        let ana = ana.clone();
        async move {
            let org = format!("org-of-{}", heir.id);
            ana.founds(&org).await.expect(201);
            let member = ana.takes_in(&org, &heir, "admin").await;
            let (erased, given) = tokio::join!(erases(&heir, &heir.id), ana.transfers(&org, &member));
            let state = told::fold(&told::told(&ana.history(&org).await));
            let owner = state.owner().expect("there is always one").user_id.to_string();
            match erased.status.as_u16() {
                204 => {
                    given.refused(404, "member-not-found");
                    assert_eq!((owner, state.members().count()), ("ana".to_owned(), 1));
                    false
                }
                _ => {
                    let refused = erased.refused(409, "owner-cannot-leave");
                    assert_eq!(refused.body["organizations"][0]["slug"], *org, "{refused:#?}");
                    given.expect(200);
                    assert_eq!(owner, heir.id);
                    // Asked again when they have handed it on, it is done.
                    let back = state.members().find(|(user, _)| user.as_str() == "ana").expect("she stayed").1;
                    heir.transfers(&org, &back.member_id.to_string()).await.expect(200);
                    erases(&heir, &heir.id).await.expect(204);
                    true
                }
            }
        }
    })
    .await;
    let stayed = tries.iter().filter(|stayed| **stayed).count();
    println!("of {TRIES} who were made owners while they were erased, {stayed} stayed at first");
}
