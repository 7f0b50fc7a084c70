//! How long lists take: to show what was written, and to be built anew. One at a time, or they would measure each other.
//! The figures that count are those of a release build on an idle machine: see `docs/performance.md` for the command.
//!
//! - [`lag`]: from commit to the lists, at a steady rate of commands
//! - [`rebuilding`]: lists built anew while they are served

mod lag;
mod rebuilding;

use tokio::sync::{Mutex, MutexGuard};

/// Held by the test whose turn it is.
async fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}
