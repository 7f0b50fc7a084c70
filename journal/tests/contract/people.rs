//! What can be erased: people as their tokens describe them, and where invitations went.

use chrono::TimeDelta;
use domain::{Match, Person, Refusal, SearchBy, UserId, search_key};
use journal::{Journal, Seen};

use super::cast::{Someone, called, eventually, inviting, refusal};
use super::{Fixture, journal};

fn seen(user: &str, name: &str, email: &str, verified: bool, issued_at: i64) -> Seen {
    let person = Person::from_claims(Some(name), Some(email), verified, None);
    Seen { user: user.parse().unwrap(), person, issued_at }
}

async fn name(journal: &Journal, user: &str) -> Option<String> {
    let user: UserId = user.parse().unwrap();
    journal.people().named(std::slice::from_ref(&user)).await.unwrap().remove(&user)?.name
}

pub async fn an_older_token_does_not_undo_a_newer_one(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let people = journal.people();
    people
        .see(&[seen("u-ben", "Ben", "ben@acme.test", true, 100), seen("u-ana", "Ana", "ana@acme.test", false, 100)])
        .await
        .unwrap();
    people.see(&[seen("u-ben", "Benny", "benny@acme.test", false, 99)]).await.unwrap();
    assert_eq!(name(&journal, "u-ben").await.unwrap(), "Ben");
    people.see(&[seen("u-ben", "Benjamin", "benjamin@acme.test", false, 100)]).await.unwrap();
    assert_eq!(name(&journal, "u-ben").await.unwrap(), "Benjamin");
    // In one go, too, whatever the order.
    people
        .see(&[seen("u-ben", "Newest", "n@acme.test", true, 300), seen("u-ben", "Newer", "m@acme.test", true, 200)])
        .await
        .unwrap();
    assert_eq!(name(&journal, "u-ben").await.unwrap(), "Newest");
    assert_eq!(name(&journal, "u-cleo").await, None);

    let known =
        people.named(&["u-ana".parse().unwrap(), "u-ben".parse().unwrap(), "u-cleo".parse().unwrap()]).await.unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!(known[&"u-ana".parse().unwrap()], Person::from_claims(Some("Ana"), Some("ana@acme.test"), false, None));
    // Claims can go as well as come.
    people.see(&[Seen { user: "u-ana".parse().unwrap(), person: Person::default(), issued_at: 400 }]).await.unwrap();
    assert_eq!(people.named(&["u-ana".parse().unwrap()]).await.unwrap()[&"u-ana".parse().unwrap()], Person::default());
}

/// Everybody found by name or address, by walks of two at a time.
async fn found(journal: &Journal, beginning: &str) -> Vec<String> {
    let mut users = Vec::new();
    for by in [SearchBy::Name, SearchBy::Email] {
        let (prefix, mut walked) = (search_key(beginning), Vec::<Match>::new());
        loop {
            let some = journal.people().matching(by, &prefix, walked.last(), 2).await.unwrap();
            assert!(some.len() <= 2);
            if some.is_empty() {
                break;
            }
            walked.extend(some);
        }
        let keys: Vec<_> = walked.iter().map(|one| (&one.key, &one.user)).collect();
        assert!(keys.is_sorted() && keys.iter().all(|(key, _)| key.starts_with(&prefix)), "{keys:?}");
        users.extend(walked.into_iter().map(|one| one.user.to_string()));
    }
    users.sort_unstable();
    users.dedup();
    users
}

pub async fn somebody_is_found_by_the_beginning_of_name_or_address_in_any_case(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let all = [
        seen("u-1", "Ana Ödegaard", "ana@acme.test", true, 1),
        seen("u-2", "anatol", "tolja@acme.test", true, 1),
        seen("u-3", "Ben", "ANABEL@acme.test", true, 1),
        seen("u-4", "ΣΩΚΡΑΤΗΣ ΣΑΒΒΑΣ", "s@acme.test", true, 1),
        seen("u-5", "100%_Real", "real@acme.test", true, 1),
        seen("u-6", "Johanna", "j@acme.test", true, 1),
        seen("u-7", "Ana Ödegaard", "ana.o@acme.test", true, 1),
    ];
    journal.people().see(&all).await.unwrap();
    for (beginning, expected) in [
        ("ana", vec!["u-1", "u-2", "u-3", "u-7"]),
        ("ANA", vec!["u-1", "u-2", "u-3", "u-7"]),
        ("ana ö", vec!["u-1", "u-7"]),
        ("ANA Ö", vec!["u-1", "u-7"]),
        ("anab", vec!["u-3"]),
        ("ΣΩΚΡΑΤΗΣ", vec!["u-4"]),
        ("σωκρατησ σ", vec!["u-4"]),
        ("Σ", vec!["u-4"]),
        ("100%_", vec!["u-5"]),
        ("1_0", vec![]),
        ("%", vec![]),
        ("nna", vec![]),
        ("u-1", vec![]),
        ("", vec!["u-1", "u-2", "u-3", "u-4", "u-5", "u-6", "u-7"]),
    ] {
        assert_eq!(found(&journal, beginning).await, expected, "{beginning}");
    }
}

pub async fn invitations_are_found_by_address_until_settled(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben, cleo) = (called("ana", &journal), called("ben", &journal), called("cleo", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let (first, second, cleos) =
        (ana.invites(acme, &ben).await, ana.invites(bolt, &ben).await, ana.invites(acme, &cleo).await);
    let open = async |guest: &Someone| {
        let open = journal.people().invited(&guest.email()).await.unwrap();
        open.into_iter().map(|address| (address.invitation, address.organization)).collect::<Vec<_>>()
    };
    assert_eq!(open(&ben).await, [(second, bolt), (first, acme)], "newest first");
    ben.declines(first).await.unwrap();
    assert_eq!(open(&ben).await, [(second, bolt)]);
    ben.accepts(second).await.unwrap();
    assert!(open(&ben).await.is_empty());
    assert_eq!(open(&cleo).await, [(cleos, acme)]);

    // Settled is not erased: where it went is still known.
    let address = journal.people().address(first).await.unwrap().unwrap();
    assert_eq!((address.organization, address.email), (acme, ben.email()));
    let addresses =
        journal.people().addresses(&[first, cleos, domain::InvitationId(uuid::Uuid::now_v7())]).await.unwrap();
    assert_eq!(addresses.len(), 2);
    assert_eq!((&addresses[&first], &addresses[&cleos]), (&ben.email(), &cleo.email()));
}

pub async fn settled_addresses_are_forgotten_and_open_ones_kept(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben, cleo) = (called("ana", &journal), called("ben", &journal), called("cleo", &journal));
    let acme = ana.founds("acme").await;
    let (bens, cleos) = (ana.invites(acme, &ben).await, ana.invites(acme, &cleo).await);
    ben.accepts(bens).await.unwrap();
    assert_eq!(journal.people().forget_settled(TimeDelta::days(90)).await.unwrap(), 0);
    assert!(journal.people().address(bens).await.unwrap().is_some());
    // Settled in this very millisecond is not yet settled before it.
    eventually("Ben's address is forgotten", async || {
        journal.people().forget_settled(TimeDelta::zero()).await.unwrap();
        journal.people().address(bens).await.unwrap().is_none()
    })
    .await;
    assert!(journal.people().address(cleos).await.unwrap().is_some());
    // His membership does not hang on it, and who accepts again is told the same as a stranger.
    assert!(ben.passes(acme).await);
    assert_eq!(refusal(ben.accepts(bens).await), Refusal::InvitationNotFound);
    cleo.accepts(cleos).await.unwrap();
}

pub async fn somebody_known_by_a_verified_address_is_not_invited_again(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    let work = |name: &str| format!("{name}@work.test").parse().unwrap();
    let invite = async |address: &str| ana.asks(acme, inviting(&work(address)).1).await;

    // Whoever merely claims an address blocks nobody.
    journal.people().see(&[seen("ben", "Ben", "ben.claims@work.test", false, 1)]).await.unwrap();
    invite("ben.claims").await.unwrap();
    journal.people().see(&[seen("ben", "Ben", "ben@work.test", true, 2)]).await.unwrap();
    assert_eq!(refusal(invite("ben").await), Refusal::AlreadyAMember);
    ben.leaves(acme).await.unwrap();
    invite("ben").await.unwrap();
    assert_eq!(refusal(invite("ben").await), Refusal::AlreadyInvited);
}
