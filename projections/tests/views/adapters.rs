//! The view stores under test.

use std::sync::Arc;

use projections::{MemoryViews, PostgresViews, Projection, ProjectionName, Views};

use crate::in_tables::InTables;
use crate::people::People;

/// The two sides of a view store.
pub struct Store {
    pub views: Arc<dyn Views>,
    pub projections: Vec<Arc<dyn Projection>>,
}

pub trait Adapter {
    /// Views at position 0.
    async fn store(people: Arc<People>) -> Store;
}

pub struct Memory;

impl Adapter for Memory {
    async fn store(people: Arc<People>) -> Store {
        let views = Arc::new(MemoryViews::new(people));
        Store { views: views.clone(), projections: vec![views] }
    }
}

pub struct Postgres;

impl Adapter for Postgres {
    async fn store(people: Arc<People>) -> Store {
        let pool = crate::in_tables::database().await;
        let views = PostgresViews::new(pool.clone(), pool.clone());
        let projection = |name| -> Arc<dyn Projection> { Arc::new(views.projection(name, 1)) };
        let projections = ProjectionName::ALL.map(projection).to_vec();
        let views = Arc::new(InTables::new(views, people, pool));
        Store { views, projections }
    }
}
