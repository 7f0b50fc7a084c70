//! Tests that are under way. Each holds a request and a connection for as long as its receiver likes: one of a webhook, and few at all.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

/// Over all webhooks, at this server.
const AT_ONCE: usize = 8;

/// The webhooks that are tested now. Cheap to clone.
#[derive(Clone, Default)]
pub struct Testing(Arc<Mutex<HashSet<Uuid>>>);

/// A test is under way as long as this lives.
pub struct Test(Testing, Uuid);

impl Testing {
    /// Begins a test, unless one of this webhook or too many are under way.
    pub fn begins(&self, webhook: Uuid) -> Option<Test> {
        let mut under_way = self.under_way();
        (under_way.len() < AT_ONCE && under_way.insert(webhook)).then(|| Test(self.clone(), webhook))
    }

    fn under_way(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Test {
    fn drop(&mut self) {
        self.0.under_way().remove(&self.1);
    }
}
