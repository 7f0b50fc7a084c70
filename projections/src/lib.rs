//! The views: lists of members, organizations and invitations, and how events change them.
//!
//! Views lag behind the journal and may be thrown away and rebuilt; no right is ever decided from them. They hold no
//! names and no addresses: those are asked of the [`Directory`] at read. In reading order:
//!
//! - [`entry`]: what a feed delivers: an event, or a row that could not be read
//! - [`views`]: what every view store does, and how it fails
//! - [`query`], [`rows`]: what can be asked of it, and what it answers
//! - [`directory`]: what views ask about people
//! - [`projector`]: the hand that turns: applies a batch, tells how far it is
//! - [`memory`]: the views in memory, rebuilt at start

pub mod directory;
pub mod entry;
pub mod memory;
pub mod projector;
pub mod query;
pub mod rows;
pub mod views;

pub use directory::Directory;
pub use entry::Entry;
pub use memory::MemoryViews;
pub use projector::Projector;
pub use query::{Cursor, InvitationsQuery, MembersQuery, MembersSort, Page};
pub use rows::{InvitationRow, MemberRow, OrganizationRow};
pub use views::{Views, ViewsError};
