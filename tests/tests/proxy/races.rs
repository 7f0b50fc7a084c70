//! A leave among a thousand requests.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use tests::{Person, at_once, eventually};

use crate::scene::Scene;

/// Requests answered before the leave is asked for, and requests started after it was answered.
const REQUESTS: usize = 500;
const CALLERS: usize = 16;

/// How far Ben is with leaving.
#[derive(Default)]
struct Leave {
    requests: AtomicUsize,
    /// He is about to ask.
    leaving: AtomicBool,
    /// His leave was answered.
    left: AtomicBool,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_that_starts_after_a_leave_was_answered_passes() {
    let scene = Scene::set().await;
    let (leave, outside) = (Arc::new(Leave::default()), scene.ben_outside());
    let watched = leave.clone();
    let callers = at_once(CALLERS, 0..CALLERS, move |_| goes_in(outside.clone(), watched.clone()));
    let leaving = async {
        eventually("enough requests", async || (leave.requests.load(SeqCst) >= REQUESTS).then_some(())).await;
        leave.leaving.store(true, SeqCst);
        scene.ben.leaves("mine").await.expect(200);
        leave.left.store(true, SeqCst);
    };
    let (passed, ()) = tokio::join!(callers, leaving);
    let passed: usize = passed.into_iter().sum();
    let all = leave.requests.load(SeqCst);
    println!("{all} requests: {passed} ended before the leave and passed; of {REQUESTS} that started after it, none");
    assert!(passed >= REQUESTS, "too few to say anything");
}

/// Until enough requests were started after the leave. How many passed that ended before it.
async fn goes_in(ben: Person, leave: Arc<Leave>) -> usize {
    let (mut passed, mut refused) = (0, 0);
    while refused <= REQUESTS / CALLERS {
        let had_left = leave.left.load(SeqCst);
        let status = ben.gets("/app/mine/").await.status.as_u16();
        match (had_left, leave.leaving.load(SeqCst)) {
            (true, _) => {
                assert_eq!(status, 403, "a request that started after the leave");
                refused += 1;
            }
            (false, false) => {
                assert_eq!(status, 200, "a request that ended before the leave");
                passed += 1;
            }
            (false, true) => assert!([200, 403].contains(&status), "{status}"),
        }
        leave.requests.fetch_add(1, SeqCst);
    }
    passed
}
