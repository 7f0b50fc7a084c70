//! Throw-away servers for the tests of every crate: started from the installed programs on free loopback ports, in
//! temporary folders, and gone with the test process however it ends.
//!
//! - [`postgres`]: a Postgres that can be killed and started again
//! - [`nats`]: a NATS likewise, of two versions
//! - [`nginx`]: an nginx in front of others
//! - [`certificates`]: TLS for both; [`credentials`]: users of a NATS in operator mode
//! - [`keeper`]: the small shell that outlives us just long enough to tidy up; [`processes`]: signals and states; [`ports`]: where they may listen

pub mod certificates;
pub mod credentials;
pub mod keeper;
pub mod nats;
pub mod nginx;
pub mod ports;
pub mod postgres;
pub mod processes;

pub use certificates::Certificates;
pub use credentials::Credentials;
pub use keeper::Keeper;
pub use nats::Nats;
pub use nginx::Nginx;
pub use postgres::Postgres;
