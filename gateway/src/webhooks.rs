//! Webhooks: events posted to whoever asked for them, by the Standard Webhooks specification.
//!
//! One server at a time delivers, by lease. It follows the journal itself, not NATS. In reading order:
//!
//! - [`secret`]: what deliveries are signed with, and how
//! - [`address`]: where may be posted to
//! - [`post`]: one attempt; [`schedule`]: when the next one is made, and how long that goes on
//! - [`round`]: the events of one organization, one after the other
//! - [`walk`]: one webhook's way along the journal; [`lanes`]: the organizations that wait beside it
//! - [`deliverer`]: a walk for every webhook, on the one server whose turn it is

pub mod address;
pub mod deliverer;
pub mod lanes;
pub mod post;
pub mod round;
pub mod schedule;
pub mod secret;
pub mod walk;

use std::time::SystemTime;

use domain::Timestamp;

pub use deliverer::Deliverer;
pub use post::Post;
pub use schedule::Schedule;

/// The time by this server's clock: for when to try again, never for what is recorded.
pub fn now() -> Timestamp {
    SystemTime::now().into()
}
