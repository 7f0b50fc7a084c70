//! The log: what was decided, in order, and the only place that is asked who belongs where *now*.
//!
//! In reading order:
//!
//! - [`ask`]: a command on its way in, and its outcome
//! - [`journal`]: the door: ask, check, read, follow; `excerpt`: what is read of an organization, put together
//! - [`writer`]: takes waiting commands in groups; [`group`] decides one group; [`batch`] is what it appends
//! - [`memberships`]: membership checks, of those asked about before, by asking what was recorded since; [`checks`]: reads of all
//!   others share a statement that is not yet sent
//! - [`store`]: what a database must do; [`sqlite`] does it in a file, [`postgres`] for several servers
//! - `gather`: closes a group neither too early nor too late
//! - [`feed`]: what projections follow in process
//! - [`lease`]: what only one of several servers may do at a time
//! - [`nats`]: the relay that carries events to JetStream, and what projections follow there
//! - `supervise`: tasks that must not end
//! - [`past`]: the door to what was; [`archive`]: what a database must do for it
//! - [`people`]: the names and addresses beside the journal, which can be erased; [`sessions`]: what each session looks at;
//!   [`erasure`] erases a person there; [`webhooks`]: where events are sent
//! - [`row`]: how an event lies in a row

pub mod archive;
pub mod ask;
pub mod batch;
pub mod checks;
pub mod erasure;
mod excerpt;
pub mod feed;
mod gather;
pub mod group;
pub mod journal;
pub mod lease;
pub mod memberships;
pub mod nats;
pub mod past;
pub mod people;
pub mod postgres;
pub mod row;
pub mod sessions;
pub mod sqlite;
pub mod store;
mod supervise;
pub mod webhooks;
pub mod writer;

pub use archive::{Archive, Filter, Span, Written};
pub use ask::{Ask, AskError, OrganizationRef, Outcome};
pub use erasure::{Erasure, Forgotten, Noted, Scrub, Scrubbed, Theirs};
pub use feed::{Feed, LocalFeed};
pub use journal::{Access, Excerpt, Journal, Summary};
pub use lease::Lease;
pub use nats::{JetStreamFeed, Nats, NatsSettings, Relay, StreamLimits};
pub use past::{Past, StayAt};
pub use people::{Address, People, Seen};
pub use row::{Read, Row, Unreadable};
pub use sessions::{Active, SessionRef, Sessions};
pub use store::{Epoch, Held, OpenError, Store, StoreError};
pub use webhooks::Webhooks;
