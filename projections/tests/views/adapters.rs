//! The view stores under test.

use std::sync::Arc;

use projections::{Directory, MemoryViews, Views};

pub trait Adapter {
    /// Views at position 0.
    async fn views(directory: Arc<dyn Directory>) -> Arc<dyn Views>;
}

pub struct Memory;

impl Adapter for Memory {
    async fn views(directory: Arc<dyn Directory>) -> Arc<dyn Views> {
        Arc::new(MemoryViews::new(directory))
    }
}
