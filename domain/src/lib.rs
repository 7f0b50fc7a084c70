//! The rules of membership: what may happen to an organization, and what did.
//!
//! Pure: no I/O, no clock, no randomness; everything uncertain (time, new ids, facts looked up elsewhere)
//! arrives with the command. In reading order:
//!
//! - [`ids`], [`role`], [`actor`]: who and which; [`permission`]: what a role may do
//! - [`text`], [`slug`], [`email`], [`profile`], [`reason`]: what people may write
//! - [`command`]: what can be asked, with [`facts`] the journal looks up for it
//! - [`event`]: what happened; [`subject`]: what inside the organization an event is about
//! - [`organization`]: the aggregate, `apply` and `decide`, one file per group of commands
//! - [`refusal`]: one variant per rule that can be broken
//! - [`concerns`]: the few subjects a command must read to be decided
//! - [`recorded`]: an event as written, what journal and projections pass between them; [`person`]: what is known of
//!   somebody beside their id, and [`search`]: how they are found by it
//! - [`stays`]: who was a member when, and by whose act; [`census`]: how many came and went

pub mod actor;
pub mod census;
pub mod command;
pub mod concerns;
pub mod email;
pub mod event;
pub mod facts;
pub mod ids;
pub mod organization;
pub mod permission;
pub mod person;
pub mod profile;
pub mod reason;
pub mod recorded;
pub mod refusal;
pub mod role;
pub mod search;
pub mod slug;
pub mod stays;
pub mod subject;
pub mod text;

pub use actor::Actor;
pub use census::{Census, Count, Movement, Stretch};
pub use command::{Claimed, OrganizationCommand};
pub use email::EmailAddress;
pub use event::{OrganizationEvent, Tenure};
pub use facts::{Circumstances, Facts};
pub use ids::{InvitationId, MemberId, OrganizationId, UserId};
pub use organization::{Invitation, InvitationState, Membership, Organization, Profile};
pub use permission::Permission;
pub use person::Person;
pub use profile::{Logo, Metadata};
pub use reason::Reason;
pub use recorded::{Notes, Recorded};
pub use refusal::Refusal;
pub use role::Role;
pub use search::{Match, SearchBy, search_key};
pub use slug::{NewSlug, Slug};
pub use stays::{Act, Departure, Ended, Stay, Stays};
pub use subject::Subject;
pub use text::{Name, NotAccepted};

/// A moment, UTC. The journal's database tells it; nothing else does.
pub type Timestamp = chrono::DateTime<chrono::Utc>;

/// Place within one organization: 1, 2, 3 … without gaps.
pub type Sequence = u64;

/// Place in the whole journal: 1, 2, 3 … without gaps, in commit order.
pub type Position = u64;
