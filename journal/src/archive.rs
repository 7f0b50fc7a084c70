//! What a database must do to be asked about the past. Reads only, and never much in one statement: an export goes page by page, so that
//! no old snapshot is held on a server that others write to. `sqlite::archive` and `postgres::archive` are two, with one silhouette.

use async_trait::async_trait;
use domain::{Movement, OrganizationId, Position, Recorded, Sequence, Slug, Subject, Timestamp, UserId};

use crate::row::{Row, Unreadable};
use crate::store::StoreError;

/// A journal's past.
#[async_trait]
pub trait Archive: Send + Sync + 'static {
    /// An organization's last sequence; 0 where there never was one.
    async fn head(&self, organization: OrganizationId) -> Result<Sequence, StoreError>;

    /// Which organization has this slug now.
    async fn has_slug(&self, slug: &Slug) -> Result<Option<OrganizationId>, StoreError>;

    /// Which organization was the last to take this slug, in this part of the journal.
    async fn took_slug(
        &self,
        slug: &Slug,
        after: Position,
        until: Position,
    ) -> Result<Option<OrganizationId>, StoreError>;

    /// The last event of an organization that was recorded by this time; 0 where there is none.
    async fn sequence_at(&self, organization: OrganizationId, time: Timestamp) -> Result<Sequence, StoreError>;

    /// The last event of all that was recorded by this time; 0 where there is none.
    async fn position_at(&self, time: Timestamp) -> Result<Position, StoreError>;

    /// The last position written, and the database's clock.
    async fn now(&self) -> Result<(Position, Timestamp), StoreError>;

    /// The events of an organization after one sequence up to another that a filter lets through, oldest first, so many at most.
    async fn events(
        &self,
        organization: OrganizationId,
        filter: &Filter,
        span: Span,
        limit: u32,
    ) -> Result<Vec<Written>, StoreError>;

    /// Its events about these subjects up to a sequence, oldest first.
    async fn about(
        &self,
        organization: OrganizationId,
        subjects: &[Subject],
        until: Sequence,
    ) -> Result<Vec<Written>, StoreError>;

    /// Whose tenures began within the span and had not ended at its end, in order of joining, so many at most. A deletion is not looked at.
    async fn tenures(
        &self,
        organization: OrganizationId,
        span: Span,
        limit: u32,
    ) -> Result<Vec<(Sequence, UserId)>, StoreError>;

    /// The organizations with events about this person up to a position, by id.
    async fn places(&self, user: &UserId, until: Position) -> Result<Vec<OrganizationId>, StoreError>;

    /// The events about these subjects of several organizations up to a position, by organization, oldest first.
    async fn about_in(
        &self,
        organizations: &[OrganizationId],
        subjects: &[Subject],
        until: Position,
    ) -> Result<Vec<Written>, StoreError>;

    /// Who came and went until the span's end: by day (UTC, `2026-03-01`) within the span, and in a row without a day before it.
    async fn movements(
        &self,
        organization: OrganizationId,
        span: Span,
    ) -> Result<Vec<(Option<String>, Movement)>, StoreError>;
}

/// A part of an organization's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What comes after this sequence,
    pub after: Sequence,
    /// up to this one.
    pub until: Sequence,
}

/// Which events are wanted: those that are all of this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one of these types; of any, where none is named.
    pub types: Vec<String>,
    /// About this person, by them, by a service that acted for them, or saying their id.
    pub person: Option<UserId>,
    /// By this actor, as it is written: `person:…`, `service:…`, `operator:…`.
    pub actor: Option<String>,
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// How a person's id ends where it stands in JSON, alone or after `person:`. Whoever has it may also have a longer id, so that what is
    /// found by it is looked at again.
    pub(crate) fn person_in_json(&self) -> Option<String> {
        let quoted = serde_json::to_string(self.person.as_ref()?.as_str()).unwrap_or_default();
        quoted.strip_prefix('"').map(str::to_owned)
    }

    /// Whether an event that says the person's id somewhere is one about them or by them. One that this version can't read is: who could say
    /// that it is not?
    pub(crate) fn is_of_person(&self, written: &Written) -> bool {
        let Some(person) = &self.person else { return true };
        match written.clone().recorded() {
            Ok(recorded) => recorded.event.names(person) || recorded.actor.person() == Some(person),
            Err(_) => true,
        }
    }
}

/// A row of the journal as it lies there, whether or not this version can read its event.
#[derive(Clone, Debug)]
pub struct Written {
    /// The row.
    pub row: Row,
    /// What it is about, as text.
    pub subject: String,
}

impl Written {
    /// The event as written, or why it can't be read.
    pub fn recorded(self) -> Result<Recorded, Unreadable> {
        self.row.recorded()
    }
}
