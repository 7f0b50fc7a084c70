//! The views: lists of members, organizations and invitations, and how events change them.
//!
//! Views lag behind the journal and may be thrown away and rebuilt; no right is ever decided from them. They hold no
//! names and no addresses: those are asked of the [`Directory`] at read. In reading order:
//!
//! - [`entry`]: what a feed delivers: an event, or a row that could not be read
//! - [`projection`]: the write side: tables, how events change them, and how far they are
//! - [`views`]: the read side: what can be asked, and how it fails
//! - [`query`], [`rows`]: what can be asked of it, and what it answers; [`selection`]: members by number and by field
//! - [`directory`]: what views ask about people
//! - [`projector`]: the hand that turns; [`progress`]: how far it is, for whoever waits
//! - [`memory`]: the views in memory, rebuilt at start
//! - [`postgres`]: the views in tables, for as many servers as one likes

pub mod directory;
pub mod entry;
pub mod memory;
pub mod postgres;
pub mod progress;
pub mod projection;
pub mod projector;
pub mod query;
pub mod rows;
pub mod selection;
pub mod views;

pub use directory::Directory;
pub use entry::Entry;
pub use memory::MemoryViews;
pub use postgres::PostgresViews;
pub use progress::Progress;
pub use projection::{Checkpoint, Epoch, Projection, ProjectionName};
pub use projector::Projector;
pub use query::{Cursor, InvitationsQuery, MembersQuery, MembersSort, Page};
pub use rows::{InvitationRow, MemberRow, OrganizationRow};
pub use selection::{Condition, Direction, MemberField, MembersSelection, Operator};
pub use views::{Views, ViewsError};
