//! Closing a group neither too early nor too late.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::Receiver;
use tokio::task::yield_now;

/// Takes what comes for as long as it keeps coming: whoever is about to ask, or was just answered and asks again, still
/// joins. A group costs about the same whatever its size; closed at once it holds whoever was quickest.
///
/// `expected` have just been answered. Until as many ask again they are waited for, at most this long.
pub async fn gather<T>(
    inbox: &mut Receiver<T>,
    group: &mut Vec<T>,
    at_most: usize,
    expected: usize,
    patience: Duration,
) {
    let since = Instant::now();
    let mut before = 0;
    while group.len() < at_most && (group.len() > before || (group.len() < expected && since.elapsed() < patience)) {
        before = group.len();
        yield_now().await;
        while group.len() < at_most
            && let Ok(one) = inbox.try_recv()
        {
            group.push(one);
        }
    }
}
