//! Several servers on one Postgres and one NATS, which come and go.
//!
//! - [`revocation`]: no check at any server passes after a leave was answered by another
//! - [`ownership`]: everything that could cost an organization its owner, raced over three servers
//! - [`lists`]: what one server wrote, another one's lists show
//! - [`projectors`]: who moves the lists, what parks them, what releases them
//! - [`away`]: a Postgres that is not there at start, is killed, is frozen
//! - [`nats`]: a NATS that is not there, is killed, frozen, wiped
//! - [`crowded`]: more callers than can be served
//! - [`webhooks`]: one server at a time delivers them
//! - [`kills`]: all of them killed in turn, and nothing is lost and nothing there twice

mod away;
mod crowded;
mod kills;
mod lists;
mod nats;
mod ownership;
mod projectors;
mod revocation;
mod webhooks;

use servers::{Nats, Postgres};
use tests::Server;

/// Three servers on a database and a NATS of their own.
fn three() -> ([Server; 3], Nats) {
    let nats = Nats::start();
    let first = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    let (second, third) = (first.another(), first.another());
    ([first, second, third], nats)
}
