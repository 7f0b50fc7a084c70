//! What comes in, each part with an error that says where the mistake is.
//!
//! - `body`: JSON objects
//! - `query`: parameters
//! - `path`: organizations, members, invitations

mod body;
mod path;
mod query;

pub use body::{Json, LARGEST_LIST, NoBody, body, present, text};
pub use path::{Invited, Member, Org};
pub use query::Query;
