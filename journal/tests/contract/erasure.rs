//! Erasing people from the tables beside the journal, while others keep what tokens say.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use domain::{OrganizationId, Person, Subject, UserId};
use journal::erasure::LEEWAY;
use journal::{Active, Forgotten, Journal, Scrub, Scrubbed, Seen, SessionRef};

use super::cast::{Someone, called, eventually};
use super::poison::poison;
use super::{Fixture, journal};

fn seen(user: &str, name: &str, issued_at: i64) -> Seen {
    let person = Person::from_claims(Some(name), Some(&format!("{user}@acme.test")), true, None);
    Seen { user: user.parse().unwrap(), person, issued_at }
}

async fn name(journal: &Journal, user: &UserId) -> Option<String> {
    journal.people().named(std::slice::from_ref(user)).await.unwrap().remove(user)?.name
}

async fn erased(somebody: &Someone) -> Forgotten {
    let erasure = somebody.journal.erasure();
    let theirs = erasure.theirs(&somebody.user).await.unwrap();
    erasure.erase(&somebody.user, &theirs, now()).await.unwrap()
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

pub async fn everything_beside_the_journal_goes_and_nothing_of_others(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let accepted = ana.invites(acme, &ben).await;
    ben.accepts(accepted).await.unwrap();
    let declined = ana.invites(bolt, &ben).await;
    ben.declines(declined).await.unwrap();
    let waiting = ana.invites(bolt, &ben).await;
    let cleos = ana.invites(acme, &called("cleo", &journal)).await;
    journal.people().see(&[seen("ana", "Ana", 100), seen("ben", "Ben", 100)]).await.unwrap();
    let session = |user| SessionRef { user, session: Some("s") };
    for somebody in [&ana, &ben] {
        journal.people().used(&[(somebody.user.clone(), acme)]).await.unwrap();
        let member_id = somebody.member_id(acme).await.unwrap();
        let active = Some(Active { organization: acme, member_id });
        journal.sessions().activate(session(&somebody.user), active).await.unwrap();
    }
    ben.leaves(acme).await.unwrap();
    let theirs = journal.erasure().theirs(&ben.user).await.unwrap();
    let mut invitations = theirs.invitations.clone();
    invitations.sort_unstable();
    assert_eq!((invitations, theirs.addresses.clone()), (vec![accepted, declined], vec![ben.email()]));

    let before = journal.position();
    let went = erased(&ben).await;
    assert_eq!(went, Forgotten { rows: 6, noted: true }, "three invitations, a person, a session, what was used");
    assert_eq!(name(&journal, &ben.user).await, None);
    for invitation in [accepted, declined, waiting] {
        assert_eq!(journal.people().address(invitation).await.unwrap(), None);
    }
    assert_eq!(journal.sessions().active(session(&ben.user)).await.unwrap(), None);
    assert_eq!(fixture.run("delete from last_used where user_id = 'ben'").await, Ok(0));
    assert_eq!(journal.store().position().await.unwrap(), before, "nothing is recorded");
    // Others keep theirs.
    assert_eq!(name(&journal, &ana.user).await.unwrap(), "Ana");
    assert!(journal.people().address(cleos).await.unwrap().is_some());
    assert!(journal.sessions().active(session(&ana.user)).await.unwrap().is_some());
    assert_eq!(fixture.run("delete from last_used where user_id = 'ana'").await, Ok(1));
    assert_eq!(journal.erasure().scrub(Scrub::Beside).await.unwrap(), Scrubbed::Clean);
    // Done again, it is done, and noted once.
    assert_eq!(erased(&ben).await, Forgotten::default());
    assert_eq!(journal.erasure().noted(0, 10).await.unwrap().len(), 1);
    assert_eq!(journal.erasure().noted(1, 10).await.unwrap(), []);
}

pub async fn what_tokens_say_that_are_older_than_the_erasure_is_not_kept_again(fixture: &Fixture) {
    let (journal, other) = (journal(fixture).await, journal(fixture).await);
    let ben = called("ben", &journal);
    let ahead = now() + 1_000;
    for at in [&journal, &other] {
        at.people().see(&[seen("ben", "Ben", 100)]).await.unwrap();
        erased(&ben).await;
        at.people()
            .see(&[seen("ben", "Ben", 100), seen("ben", "Ben", now() - 1), seen("ana", "Ana", 1)])
            .await
            .unwrap();
        assert_eq!(name(at, &ben.user).await, None);
        assert_eq!(name(at, &"ana".parse().unwrap()).await.unwrap(), "Ana", "the others of the group are kept");
    }
    other.people().see(&[seen("ben", "Ben", ahead)]).await.unwrap();
    assert_eq!(name(&journal, &ben.user).await.unwrap(), "Ben", "he has signed in since");
    // The newest that was seen is older than the erasure, whatever the clocks say.
    erased(&ben).await;
    journal.people().see(&[seen("ben", "Ben", ahead + LEEWAY)]).await.unwrap();
    assert_eq!(name(&journal, &ben.user).await, None);
    journal.people().see(&[seen("ben", "Ben", ahead + LEEWAY + 1)]).await.unwrap();
    assert_eq!(name(&journal, &ben.user).await.unwrap(), "Ben");
    // Whoever was never seen can be erased as well.
    let cleo = called("cleo", &journal);
    erased(&cleo).await;
    other.people().see(&[seen("cleo", "Cleo", 100)]).await.unwrap();
    assert_eq!(name(&journal, &cleo.user).await, None);
    // By a token from a clock that is ahead, which was never kept.
    let dora = called("dora", &journal);
    let theirs = journal.erasure().theirs(&dora.user).await.unwrap();
    journal.erasure().erase(&dora.user, &theirs, ahead).await.unwrap();
    other.people().see(&[seen("dora", "Dora", ahead)]).await.unwrap();
    assert_eq!(name(&journal, &dora.user).await, None);
}

pub async fn what_is_kept_late_of_whoever_was_erased_is_not_kept(fixture: &Fixture) {
    let (journal, other) = (journal(fixture).await, journal(fixture).await);
    let ben = called("ben", &journal);
    let acme = ben.founds("acme").await;
    let active = Some(Active { organization: acme, member_id: ben.member_id(acme).await.unwrap() });
    let session = SessionRef { user: &ben.user, session: Some("s") };
    let keep = async |at: &Journal| {
        at.people().used(&[(ben.user.clone(), acme)]).await.unwrap();
        at.sessions().activate(session, active).await.unwrap();
    };
    let kept = async || fixture.run("delete from last_used where user_id = 'ben'").await.unwrap();
    keep(&other).await;
    assert_eq!(kept().await, 1, "the control");
    keep(&other).await;
    assert!(journal.erasure().is_known(&ben.user).await.unwrap());
    erased(&ben).await;
    keep(&other).await;
    assert_eq!(kept().await, 0);
    assert_eq!(journal.sessions().active(session).await.unwrap(), None);
    assert_eq!(journal.erasure().erased(&[ben.user.clone(), "ana".parse().unwrap()]).await.unwrap().len(), 1);
    // Back by a newer token, it is kept again.
    journal.people().see(&[seen("ben", "Ben", now() + 2 * LEEWAY)]).await.unwrap();
    keep(&other).await;
    assert_eq!(kept().await, 1);
    assert_eq!(journal.sessions().active(session).await.unwrap(), active);
    assert!(journal.erasure().erased(std::slice::from_ref(&ben.user)).await.unwrap().is_empty());
}

pub async fn somebody_is_known_by_an_event_a_row_or_a_mark(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let is_known = async |user: &str| journal.erasure().is_known(&user.parse().unwrap()).await.unwrap();
    called("ana", &journal).founds("acme").await;
    journal.people().see(&[seen("ben", "Ben", 1)]).await.unwrap();
    erased(&called("cleo", &journal)).await;
    for (user, known) in [("ana", true), ("ben", true), ("cleo", true), ("dora", false), ("an", false), ("%", false)] {
        assert_eq!(is_known(user).await, known, "{user}");
    }
}

pub async fn only_the_address_that_is_theirs_now_is_theirs(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let accepted = ana.invites(acme, &ben).await;
    ben.accepts(accepted).await.unwrap();
    // By now he has another one, and his former one is a stranger's, who has not been here yet.
    let strangers = ana.invites(bolt, &ben).await;
    let now_at = |email: &str, verified, issued_at| {
        let person = Person::from_claims(Some("Ben"), Some(email), verified, None);
        Seen { user: ben.user.clone(), person, issued_at }
    };
    journal.people().see(&[now_at("ben@home.test", true, 1)]).await.unwrap();
    let theirs = async || journal.erasure().theirs(&ben.user).await.unwrap();
    assert_eq!(theirs().await.addresses, ["ben@home.test".parse().unwrap()]);
    journal.people().see(&[now_at("ben@acme.test", false, 2)]).await.unwrap();
    assert_eq!(theirs().await.addresses, [], "merely claimed");
    assert_eq!(theirs().await.invitations, [accepted]);
    erased(&ben).await;
    assert_eq!(journal.people().address(accepted).await.unwrap(), None);
    assert!(journal.people().address(strangers).await.unwrap().is_some());
}

pub async fn a_secret_is_made_once(fixture: &Fixture) {
    let (journal, other) = (journal(fixture).await, journal(fixture).await);
    assert_eq!(journal.people().secret("ids").await.unwrap(), None);
    assert_eq!(journal.people().keep_secret("ids", b"first").await.unwrap(), b"first");
    assert_eq!(other.people().keep_secret("ids", b"second").await.unwrap(), b"first");
    assert_eq!(other.people().secret("ids").await.unwrap().as_deref(), Some(&b"first"[..]));
}

/// Erases one after the other, one way or another, while two writers keep what the older token of each says; says how many were there again
/// afterwards.
async fn come_back(fixture: &Fixture, erase: impl AsyncFn(&Someone)) -> usize {
    const PEOPLE: usize = 40;
    let (journal, other) = (journal(fixture).await, journal(fixture).await);
    let (whose, written) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut keepers = tokio::task::JoinSet::new();
    for at in [&journal, &other, &journal, &other] {
        let (at, whose, written) = (at.clone(), whose.clone(), written.clone());
        keepers.spawn(async move {
            loop {
                let n = whose.load(SeqCst);
                if n == PEOPLE {
                    return;
                }
                at.people().see(&[seen(&format!("ben-{n}"), "Ben", 100), seen("ana", "Ana", 100)]).await.unwrap();
                written.fetch_add(1, SeqCst);
            }
        });
    }
    let mut back = 0;
    for n in 0..PEOPLE {
        let go_on = async |more| {
            let so_far = written.load(SeqCst);
            eventually("they go on", async || written.load(SeqCst) > so_far + more).await;
        };
        let ben = called(&format!("ben-{n}"), &journal);
        go_on(n % 8).await;
        erase(&ben).await;
        go_on(8).await;
        back += usize::from(name(&journal, &ben.user).await.is_some());
        whose.store(n + 1, SeqCst);
    }
    keepers.join_all().await;
    back
}

pub async fn two_writers_who_keep_older_claims_meanwhile_bring_nobody_back(fixture: &Fixture) {
    let with_a_mark = async |ben: &Someone| {
        erased(ben).await;
    };
    assert_eq!(come_back(fixture, with_a_mark).await, 0);
}

/// The control: without the mark, whoever is deleted is there again.
pub async fn deleted_only_people_come_back(fixture: &Fixture) {
    let delete = async |ben: &Someone| {
        fixture.run(&format!("delete from people where user_id = '{}'", ben.user)).await.unwrap();
    };
    assert!(come_back(fixture, delete).await > 0, "the race above shows nothing");
}

pub async fn whoever_an_event_can_not_be_read_of_is_not_erased(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme: OrganizationId = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    poison(fixture, acme, &Subject::User(ben.user.clone())).await;
    assert!(journal.erasure().theirs(&ben.user).await.is_err());
    assert!(journal.erasure().theirs(&ana.user).await.is_ok());
}
