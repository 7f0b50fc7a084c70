//! The door to the past: what happened, who was a member then, how many there were. The server asks here, and so does the command line,
//! beside a server that runs or without one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use domain::{
    Census, OrganizationId, Position, Profile, Recorded, Sequence, Slug, Stay, Stays, Subject, Timestamp, UserId,
};
use tokio::sync::mpsc;

use crate::archive::{Archive, Filter, Span, Written};
use crate::ask::OrganizationRef;
use crate::postgres::PostgresArchive;
use crate::row::Unreadable;
use crate::sqlite::SqliteArchive;
use crate::store::{OpenError, StoreError};

/// Events looked through in one statement.
const WINDOW: u64 = 20_000;

/// Events in one page of an export.
const PAGE: u32 = 5_000;

/// Positions looked through for a slug in one statement.
const STRIDE: u64 = 100_000;

/// Organizations of one person read in one statement.
const PLACES: usize = 500;

/// What was. Cheap to clone.
#[derive(Clone)]
pub struct Past(Arc<dyn Archive>);

/// A stay, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct StayAt {
    /// Where.
    pub organization: OrganizationId,
    /// What the organization was called then, or last.
    pub slug: Option<Slug>,
    /// The stay.
    pub stay: Stay,
}

impl Past {
    /// On an archive that is open.
    pub fn new(archive: Arc<dyn Archive>) -> Self {
        Self(archive)
    }

    /// The past of the journal in the database at this URL, else in this folder. Nothing is written, made or brought up to date.
    pub async fn open(folder: &Path, url: Option<&str>) -> Result<Self, OpenError> {
        Ok(match url {
            Some(url) => Self::new(Arc::new(PostgresArchive::open(url).await?)),
            None => Self::new(Arc::new(SqliteArchive::open(folder).await?)),
        })
    }

    /// The organization meant: by its id also one that was deleted, by its slug one that has it now.
    pub async fn find(&self, organization: &OrganizationRef) -> Result<Option<OrganizationId>, StoreError> {
        match organization {
            OrganizationRef::Id(id) => Ok((self.0.head(*id).await? > 0).then_some(*id)),
            OrganizationRef::Slug(slug) => self.0.has_slug(slug).await,
            OrganizationRef::OfInvitation(_) => Ok(None),
        }
    }

    /// The organization that was the last to have a slug nobody has now. Looks through the whole journal, from its end.
    pub async fn find_former(&self, slug: &Slug) -> Result<Option<OrganizationId>, StoreError> {
        let (mut until, _) = self.0.now().await?;
        while until > 0 {
            let after = until.saturating_sub(STRIDE);
            if let Some(organization) = self.0.took_slug(slug, after, until).await? {
                return Ok(Some(organization));
            }
            until = after;
        }
        Ok(None)
    }

    /// An organization's last sequence; 0 where there never was one.
    pub async fn head(&self, organization: OrganizationId) -> Result<Sequence, StoreError> {
        self.0.head(organization).await
    }

    /// The database's clock.
    pub async fn clock(&self) -> Result<Timestamp, StoreError> {
        Ok(self.0.now().await?.1)
    }

    /// The last sequence that was recorded by this time: what "as of" means. 0 before the organization was founded.
    pub async fn sequence_at(&self, organization: OrganizationId, time: Timestamp) -> Result<Sequence, StoreError> {
        self.0.sequence_at(organization, time).await
    }

    /// From one time to another, both included; without them from the first event to the last there is now.
    pub async fn span(
        &self,
        organization: OrganizationId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Span, StoreError> {
        let after = match from {
            // Times are kept to the microsecond at most.
            Some(from) => self.0.sequence_at(organization, from - TimeDelta::nanoseconds(1)).await?,
            None => 0,
        };
        let until = match to {
            Some(to) => self.0.sequence_at(organization, to).await?,
            None => self.0.head(organization).await?,
        };
        Ok(Span { after, until })
    }

    /// So many events of a span that a filter lets through, oldest first; fewer only where there are no more.
    pub async fn events(
        &self,
        organization: OrganizationId,
        filter: &Filter,
        span: Span,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        let (mut events, mut after) = (Vec::new(), span.after);
        while after < span.until && events.len() < limit {
            let until = span.until.min(after + WINDOW);
            let missing = u32::try_from(limit - events.len()).unwrap_or(u32::MAX);
            let page = self.0.events(organization, filter, Span { after, until }, missing).await?;
            after = match page.last() {
                Some(last) if page.len() >= missing as usize => last.row.sequence,
                _ => until,
            };
            events.extend(page.into_iter().filter(|written| filter.is_of_person(written)));
        }
        Ok(events)
    }

    /// All of them, page by page: the next is read while one is written. Ends when nobody listens.
    pub fn export(
        &self,
        organization: OrganizationId,
        filter: Filter,
        span: Span,
    ) -> mpsc::Receiver<Result<Vec<Written>, StoreError>> {
        let (pages, receiver) = mpsc::channel(2);
        let archive = self.0.clone();
        tokio::spawn(async move {
            let mut after = span.after;
            while after < span.until {
                let until = span.until.min(after + u64::from(PAGE));
                let page = archive.events(organization, &filter, Span { after, until }, PAGE).await;
                let page = page
                    .map(|page| page.into_iter().filter(|written| filter.is_of_person(written)).collect::<Vec<_>>());
                after = until;
                let is_over = page.is_err();
                if page.as_ref().is_ok_and(Vec::is_empty) {
                    continue;
                }
                if pages.send(page).await.is_err() || is_over {
                    return;
                }
            }
        });
        receiver
    }

    /// Who was a member at this sequence, of those who had joined after another, in order of joining; so many at most. Reads what is about
    /// them, not all that happened.
    pub async fn members(
        &self,
        organization: OrganizationId,
        span: Span,
        limit: usize,
    ) -> Result<Vec<Stay>, StoreError> {
        let at_most = u32::try_from(limit).unwrap_or(u32::MAX);
        let tenures = self.0.tenures(organization, span, at_most).await?;
        let wanted: BTreeSet<Sequence> = tenures.iter().map(|(sequence, _)| *sequence).collect();
        let people = tenures.into_iter().map(|(_, user)| Subject::User(user));
        let subjects: Vec<Subject> = std::iter::once(Subject::Organization).chain(people).collect();
        let events = self.0.about(organization, &subjects, span.until).await?;
        let stays = Stays::fold(&readable(events)?);
        Ok(stays.current().filter(|stay| wanted.contains(&stay.joined.sequence)).cloned().collect())
    }

    /// Every tenure of a person as it was known by this time, or is now, oldest first.
    pub async fn memberships(&self, user: &UserId, as_of: Option<Timestamp>) -> Result<Vec<StayAt>, StoreError> {
        let until = match as_of {
            Some(time) => self.0.position_at(time).await?,
            None => Position::MAX,
        };
        let subjects = [Subject::Organization, Subject::Profile, Subject::User(user.clone())];
        let mut all = Vec::new();
        for some in self.0.places(user, until).await?.chunks(PLACES) {
            let events = readable(self.0.about_in(some, &subjects, until).await?)?;
            for of_one in events.chunk_by(|a, b| a.organization == b.organization) {
                let Some(organization) = of_one.first().map(|first| first.organization) else { continue };
                let slug = profile(of_one).map(|profile| profile.slug);
                let stays = Stays::fold(of_one);
                let theirs = stays.all().iter().filter(|stay| stay.tenure.user_id == *user);
                all.extend(theirs.map(|stay| StayAt { organization, slug: slug.clone(), stay: stay.clone() }));
            }
        }
        all.sort_by_key(|one| one.stay.joined.position);
        Ok(all)
    }

    /// How many members there were before a span, and who came and went in it.
    pub async fn census(&self, organization: OrganizationId, span: Span) -> Result<Census, StoreError> {
        let mut census = Census::default();
        for (day, movement) in self.0.movements(organization, span).await? {
            match day {
                Some(day) => {
                    let day: NaiveDate =
                        day.parse().map_err(|_| StoreError::Unreadable("recorded_at is no time".into()))?;
                    census.days.push((day, movement));
                }
                None if movement.deleted => {}
                None => census.before = movement.joined.saturating_sub(movement.left + movement.removed),
            }
        }
        Ok(census)
    }

    /// How an organization presented itself at a sequence.
    pub async fn profile(&self, organization: OrganizationId, at: Sequence) -> Result<Option<Profile>, StoreError> {
        let events = self.0.about(organization, &[Subject::Organization, Subject::Profile], at).await?;
        Ok(profile(&readable(events)?))
    }
}

fn profile(events: &[Recorded]) -> Option<Profile> {
    domain::Organization::fold(events.iter().map(|recorded| &recorded.event)).profile().cloned()
}

/// Where one event can't be read nothing is said of what follows from it.
fn readable(events: Vec<Written>) -> Result<Vec<Recorded>, StoreError> {
    let all: Result<Vec<_>, Unreadable> = events.into_iter().map(Written::recorded).collect();
    all.map_err(|Unreadable { position, why, .. }| StoreError::Unreadable(format!("position {position}: {why}")))
}
