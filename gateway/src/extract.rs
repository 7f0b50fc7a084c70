//! What comes in, each part with an error that says where the mistake is.
//!
//! - `body`: JSON objects
//! - `query`: parameters
//! - [`terms`]: on what terms a command is sent
//! - `path`: organizations, members, people, invitations

mod body;
mod path;
mod query;
pub mod terms;

pub use body::{Json, LARGEST_LIST, NoBody, body, present, text};
pub use path::{Invited, Member, Org, Whom, path_part};
pub use query::Query;
pub use terms::Terms;
