//! A leave among a thousand requests.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use tests::at_once;

use crate::scene::Scene;

const REQUESTS: usize = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn no_request_that_starts_after_a_leave_was_answered_passes() {
    let scene = Scene::set().await;
    let (ben, outside) = (scene.ben.clone(), scene.ben_outside());
    let [leaving, left] = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
    let seen = at_once(16, 0..REQUESTS, move |n| {
        let (ben, outside, leaving, left) = (ben.clone(), outside.clone(), leaving.clone(), left.clone());
        async move {
            if n == REQUESTS / 2 {
                leaving.store(true, SeqCst);
                ben.leaves("mine").await.expect(200);
                left.store(true, SeqCst);
            }
            let before = left.load(SeqCst);
            let status = outside.gets("/app/mine/").await.status.as_u16();
            let after = leaving.load(SeqCst);
            (before, after, status)
        }
    })
    .await;
    let count = |when: (bool, bool), status| seen.iter().filter(|one| **one == (when.0, when.1, status)).count();
    let (passed, refused) = (count((false, false), 200), count((true, true), 403));
    println!(
        "of {REQUESTS} requests {passed} ended before the leave and passed, {refused} started after it and were refused"
    );
    assert!(passed >= REQUESTS / 4 && refused >= REQUESTS / 4, "too few to say anything: {passed}, {refused}");
    for (before, after, status) in seen {
        match (before, after) {
            (true, _) => assert_eq!(status, 403, "a request that started after the leave"),
            (false, false) => assert_eq!(status, 200, "a request that ended before the leave"),
            (false, true) => assert!([200, 403].contains(&status), "{status}"),
        }
    }
}
