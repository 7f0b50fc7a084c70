//! Whoever joins while they are erased leaves with the rest, or finds no invitation any more; and everybody else is served meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use serde_json::Value;
use tests::{Person, Server, at_once};

use crate::{erases, invites, is_member, listed, position};

const PLACES: usize = 16;

/// Invitations to many organizations.
async fn invited(ana: &Person, guest: &Person) -> Vec<(String, String)> {
    let (ana, guest) = (ana.clone(), guest.clone());
    at_once(8, 0..PLACES, move |n| {
        let (ana, guest) = (ana.clone(), guest.clone());
        async move {
            let org = format!("{}-{n}", guest.id);
            ana.founds(&org).await.expect(201);
            let invitation = invites(&ana, &org, &guest.email()).await;
            (org, invitation)
        }
    })
    .await
}

/// Accepts all of them, from four hands; says how many were.
async fn accepts_all(guest: &Person, invitations: &[(String, String)]) -> usize {
    let guest = guest.clone();
    let accepted = at_once(4, invitations.to_vec(), move |(_, invitation)| {
        let guest = guest.clone();
        async move {
            let answer = guest.accepts(&invitation).await;
            let done = answer.status == 200;
            if !done {
                assert!(matches!(answer.code(), Some("invitation-settled" | "invitation-not-found")), "{answer:#?}");
            }
            done
        }
    })
    .await;
    accepted.into_iter().filter(|done| *done).count()
}

async fn memberships(ana: &Person, guest: &Person, invitations: &[(String, String)]) -> usize {
    let mut found = 0;
    for (org, _) in invitations {
        found += usize::from(is_member(ana, org, &guest.id).await);
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_while_they_are_erased_is_a_member_nowhere() {
    const ROUNDS: usize = 6;
    let server = Server::start();
    let ana = server.person("ana");
    let mut between = 0;
    for guest in server.people("guest", ROUNDS) {
        let invitations = invited(&ana, &guest).await;
        let (erased, accepted) = tokio::join!(erases(&guest, &guest.id), accepts_all(&guest, &invitations));
        erased.expect(204);
        assert_eq!(memberships(&ana, &guest, &invitations).await, 0, "{} of {PLACES} were accepted", accepted);
        between += usize::from(accepted > 0 && accepted < PLACES);
        assert_eq!(listed(&ana, &invitations[0].0, &guest.id, position(&server).await).await, None::<Value>);
    }
    println!("{between} of {ROUNDS} were caught between the first and the last of {PLACES} invitations");
}

/// The control: whoever looks once where somebody is a member, and has them leave there, leaves them where they join meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn to_look_once_and_leave_there_is_not_enough() {
    let server = Server::start();
    let ana = server.person("ana");
    for guest in server.people("guest", 40) {
        let invitations = invited(&ana, &guest).await;
        let looks_once = async {
            let held = guest.gets("/v1/organizations").await.expect(200);
            for one in held.body["organizations"].as_array().into_iter().flatten() {
                guest.leaves(one["slug"].as_str().expect("a slug")).await;
            }
        };
        let ((), accepted) = tokio::join!(looks_once, accepts_all(&guest, &invitations));
        assert_eq!(accepted, PLACES);
        if memberships(&ana, &guest, &invitations).await > 0 {
            return;
        }
    }
    panic!("nobody stayed: the race above shows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_else_is_served_while_people_are_erased() {
    const LEAVERS: usize = 24;
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let (leavers, staying) = (server.people("leaver", LEAVERS), server.people("member", 8));
    ana.takes_in_all("acme", &leavers, "member").await;
    ana.takes_in_all("acme", &staying, "member").await;
    let (enough, served) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let others: Vec<_> = staying
        .into_iter()
        .map(|member| {
            let (enough, served) = (enough.clone(), served.clone());
            tokio::spawn(async move {
                let own = format!("of-{}", member.id);
                member.founds(&own).await.expect(201);
                for n in 0.. {
                    member.checks("acme").await.expect(200);
                    member.gets("/v1/organizations/acme").await.expect(200);
                    let name = serde_json::json!({ "name": format!("Acme {n}") });
                    member.patches(&format!("/v1/organizations/{own}"), name).await.expect(200);
                    served.fetch_add(1, SeqCst);
                    if enough.load(SeqCst) {
                        return;
                    }
                }
            })
        })
        .collect();
    let erased = at_once(4, leavers, |leaver| async move { erases(&leaver, &leaver.id).await }).await;
    let meanwhile = served.load(SeqCst);
    enough.store(true, SeqCst);
    for other in others {
        other.await.expect("everybody was served");
    }
    erased.into_iter().for_each(|answer| {
        answer.expect(204);
    });
    println!("{LEAVERS} were erased, and {meanwhile} times three requests of others were answered meanwhile");
}
