//! Several servers on one Postgres, and a Postgres that comes and goes.
//!
//! - [`revocation`]: no check at any server passes after a leave was answered by another
//! - [`ownership`]: everything that could cost an organization its owner, raced over three servers
//! - [`lists`]: what one server wrote, another one's lists show
//! - [`away`]: a Postgres that is not there at start, is killed, is frozen

mod away;
mod lists;
mod ownership;
mod revocation;

use servers::Postgres;
use tests::Server;

/// Three servers on a database of their own.
fn three() -> [Server; 3] {
    let first = Server::on(&Postgres::shared().create_database());
    let (second, third) = (first.another(), first.another());
    [first, second, third]
}
