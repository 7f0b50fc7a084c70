//! The promise: when a member has left, no check that starts afterwards passes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use tests::{Person, Server, at_once};

const MEMBERS: usize = 300;
const CHECKERS: usize = 8;

/// A member, and how far they are with leaving.
struct Member {
    person: Person,
    /// They are about to ask.
    leaving: AtomicBool,
    /// Their leave was answered.
    left: AtomicBool,
}

/// What checkers saw of members of whom nothing was in doubt.
#[derive(Default)]
struct Seen {
    in_passed: usize,
    in_refused: usize,
    gone_refused: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_check_that_starts_after_a_leave_was_answered_passes() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let people = server.people("member", MEMBERS);
    ana.takes_in_all("acme", &people, "member").await;
    let member = |person| Member { person, leaving: AtomicBool::new(false), left: AtomicBool::new(false) };
    let members: Arc<Vec<Member>> = Arc::new(people.into_iter().map(member).collect());

    let watched = members.clone();
    let checkers = at_once(CHECKERS, 0..CHECKERS, move |n| watch(watched.clone(), ana.clone(), n));
    let going = members.clone();
    let leavers = at_once(4, 0..MEMBERS, move |n| {
        let members = going.clone();
        async move {
            members[n].leaving.store(true, SeqCst);
            members[n].person.leaves("acme").await.expect(200);
            members[n].left.store(true, SeqCst);
        }
    });
    let (seen, _) = tokio::join!(checkers, leavers);

    let sum = |count: fn(&Seen) -> usize| seen.iter().map(count).sum::<usize>();
    let (passed, refused) = (sum(|seen| seen.in_passed), sum(|seen| seen.in_refused));
    let gone = sum(|seen| seen.gone_refused);
    println!(
        "{MEMBERS} left under the eyes of {CHECKERS}: {passed} of {} checks of members passed; of {gone} that started \
         after a leave was answered, none",
        passed + refused
    );
    assert!(passed > MEMBERS && gone >= MEMBERS * CHECKERS, "too few checks to say anything");
    assert!(refused * 100 <= passed + refused, "members were refused {refused} times");
}

/// Goes round and round until all have left, and once more.
async fn watch(members: Arc<Vec<Member>>, ana: Person, n: usize) -> Seen {
    let mut seen = Seen::default();
    loop {
        let last_round = members.iter().all(|member| member.left.load(SeqCst));
        for step in 0..MEMBERS {
            let member = &members[(step + n * MEMBERS / CHECKERS) % MEMBERS];
            let had_left = member.left.load(SeqCst);
            // Of oneself, and as one asks about others. Ana stays.
            let access = match (step + n) % 2 {
                0 => member.person.checks("acme").await,
                _ => ana.gets(&format!("/v1/organizations/acme/access?user_id={}", member.person.id)).await,
            };
            if had_left {
                access.refused(403, "not-a-member");
                seen.gone_refused += 1;
            } else if !member.leaving.load(SeqCst) {
                match access.status.as_u16() {
                    200 => seen.in_passed += 1,
                    _ => seen.in_refused += 1,
                }
            }
        }
        if last_round {
            return seen;
        }
    }
}
