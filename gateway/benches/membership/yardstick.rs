//! What the same machine does without Roster, in the same run.
//!
//! - [`sqlite`]: one row a transaction, in a file
//! - [`inserts`]: `pgbench`, one row a transaction, in Postgres
//! - [`plain`]: cqrs-es and postgres-es as they come
//! - [`bare`]: an axum handler that answers at once

pub mod bare;
pub mod inserts;
pub mod plain;
pub mod sqlite;
