//! The promise over several servers: access ends at commit, everywhere, also while NATS is dead and no projector turns.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use servers::Postgres;
use tests::{Person, at_once};

/// The whole promise is 5,000 (`ROSTER_TEST_LEAVES=5000`); a quick run shows the same with fewer.
const LEAVES: usize = 600;
const CHECKERS: usize = 32;

struct Member {
    person: Person,
    leaving: AtomicBool,
    left: AtomicBool,
}

#[derive(Default)]
struct Seen {
    in_passed: usize,
    in_refused: usize,
    gone_passed: usize,
    gone_refused: usize,
}

/// How somebody finds out whether a person may enter.
#[derive(Clone, Copy)]
enum Asking {
    /// By the membership check.
    Check,
    /// The wrong way: whether acme is in the list of their organizations.
    List,
}

impl Asking {
    async fn passes(self, person: &Person) -> bool {
        match self {
            Self::Check => person.checks("acme").await.status == 200,
            Self::List => person.gets("/v1/organizations").await.body["total"] == 1,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_check_at_any_server_passes_after_a_leave_was_answered_by_another() {
    let leaves = std::env::var("ROSTER_TEST_LEAVES").map_or(LEAVES, |text| text.parse().expect("a number"));
    let (passed, refused, late, gone) = leave_under_the_eyes(leaves, Asking::Check).await;
    assert_eq!(late, 0, "checks passed after the leave was answered");
    assert!(gone > leaves, "too few checks to say anything");
    assert!(refused * 100 <= passed + refused, "members were refused {refused} times");
}

/// The control: the same race with the wrong way to ask must let somebody in who has left.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_in_place_of_the_check_lets_people_in_who_have_left() {
    let (_, _, late, _) = leave_under_the_eyes(LEAVES / 3, Asking::List).await;
    assert!(late > 0, "lists were as good as checks: then the race above shows nothing");
}

/// How many checks of members passed and were refused, and how many that started after a leave was answered did.
async fn leave_under_the_eyes(leaves: usize, asking: Asking) -> (usize, usize, usize, usize) {
    let (servers, nats) = super::three();
    let urls: Arc<Vec<String>> = Arc::new(servers.iter().map(|server| server.url.clone()).collect());
    let ana = servers[0].person("ana");
    ana.founds("acme").await.expect(201);
    let people = servers[0].people("member", leaves);
    ana.takes_in_all("acme", &people, "member").await;
    let member = |person| Member { person, leaving: AtomicBool::new(false), left: AtomicBool::new(false) };
    let members: Arc<Vec<Member>> = Arc::new(people.into_iter().map(member).collect());

    let (watched, doors) = (members.clone(), urls.clone());
    let checkers = at_once(CHECKERS, 0..CHECKERS, move |n| watch(watched.clone(), doors.clone(), n, asking));
    let going = members.clone();
    let leavers = at_once(8, 0..leaves, move |n| {
        let (members, urls) = (going.clone(), urls.clone());
        async move {
            members[n].leaving.store(true, SeqCst);
            members[n].person.at(&urls[n % urls.len()]).leaves("acme").await.expect(200);
            members[n].left.store(true, SeqCst);
            // At once, at another server.
            let passed = asking.passes(&members[n].person.at(&urls[(n + 1) % urls.len()])).await;
            Seen { gone_passed: usize::from(passed), gone_refused: usize::from(!passed), ..Seen::default() }
        }
    });
    let (all, so_far) = (members.clone(), move |part: usize| {
        members.iter().filter(|member| member.left.load(SeqCst)).count() >= leaves * part / 3
    });
    // For the middle third NATS is dead, for the last one nobody moves the lists.
    let postgres = Postgres::shared();
    let database = servers[0].setting("DATABASE_URL").to_owned();
    let murder = async {
        let mut nats = nats;
        while !so_far(1) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        nats.kill();
        while !so_far(2) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        nats.restart();
        let nobody = "update checkpoints set epoch = epoch + 1000;
            update leases set holder = gen_random_uuid(), until = 'infinity' where name like 'project %'";
        postgres.query(&database, nobody);
        nats
    };
    let (mut seen, at_the_leavers, _nats) = tokio::join!(checkers, leavers, murder);
    assert!(all.iter().all(|member| member.left.load(SeqCst)));
    seen.extend(at_the_leavers);

    let sum = |count: fn(&Seen) -> usize| seen.iter().map(count).sum::<usize>();
    let (passed, refused) = (sum(|seen| seen.in_passed), sum(|seen| seen.in_refused));
    let (late, gone) = (sum(|seen| seen.gone_passed), sum(|seen| seen.gone_refused));
    println!(
        "{leaves} left over 3 servers under the eyes of {CHECKERS}, NATS dead for a third of them and projectors stopped for another: {passed} of {} checks of members passed; of {} that \
         started after a leave was answered, {late}",
        passed + refused,
        gone + late
    );
    (passed, refused, late, gone)
}

/// Goes round and round, from server to server, until all have left, and once more.
async fn watch(members: Arc<Vec<Member>>, urls: Arc<Vec<String>>, n: usize, asking: Asking) -> Seen {
    let (mut seen, many) = (Seen::default(), members.len());
    loop {
        let last_round = members.iter().all(|member| member.left.load(SeqCst));
        // A part of them in each round, another part at each checker.
        for step in 0..many.div_ceil(8) {
            let member = &members[(step + n * many / CHECKERS) % many];
            let had_left = member.left.load(SeqCst);
            let passed = asking.passes(&member.person.at(&urls[(step + n) % urls.len()])).await;
            if had_left {
                seen.gone_passed += usize::from(passed);
                seen.gone_refused += usize::from(!passed);
            } else if !member.leaving.load(SeqCst) {
                seen.in_passed += usize::from(passed);
                seen.in_refused += usize::from(!passed);
            }
        }
        if last_round {
            return seen;
        }
    }
}
