//! Throw-away servers for the tests of every crate: started from the installed programs on free loopback ports, in
//! temporary folders, and gone with the test process however it ends.
//!
//! - [`postgres`]: a Postgres that can be killed and started again
//! - `keeper`: the small shell that outlives us just long enough to tidy up

mod keeper;
pub mod postgres;

pub use postgres::Postgres;
