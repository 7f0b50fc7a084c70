//! The past in Postgres. Also on a standby: nothing is written.

use std::time::Duration;

use async_trait::async_trait;
use domain::{Movement, OrganizationId, Position, Sequence, Slug, Subject, Timestamp, UserId};
use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::{ConnectOptions, Connection, Row as _};

use super::mistakes::explained;
use super::open::options;
use super::write::{patiently, within};
use super::{id, time};
use crate::archive::{Archive, Filter, Span, Written};
use crate::row::Row;
use crate::store::{OpenError, StoreError};

/// Connections of a command line: one reads while the other is asked for something else.
const CONNECTIONS: u32 = 2;

/// How long a command line waits for a connection.
const ACQUIRE_WITHIN: Duration = Duration::from_secs(5);

/// The archive.
pub struct PostgresArchive {
    pool: PgPool,
}

impl PostgresArchive {
    /// On these connections.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// At this URL, for reading only.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let options = options(url)?.options([("default_transaction_read_only", "on"), ("statement_timeout", "10s")]);
        let mut connection =
            within(async { Ok(options.connect().await?) }).await.map_err(|error| explained(error, &options))?;
        let is_there = within(async {
            Ok(sqlx::query_scalar("select to_regclass('events') is not null").fetch_one(&mut connection).await?)
        });
        if !is_there.await? {
            return Err(OpenError::Unsafe("this database has no journal".into()));
        }
        within(async { Ok(connection.close().await?) }).await?;
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(ACQUIRE_WITHIN);
        Ok(Self { pool: pool.connect_lazy_with(options) })
    }
}

#[async_trait]
impl Archive for PostgresArchive {
    async fn head(&self, organization: OrganizationId) -> Result<Sequence, StoreError> {
        let read = sqlx::query_scalar(
            "select coalesce(max(sequence), 0) from events where aggregate_type = 'organization' and aggregate_id = $1",
        );
        let head: i64 =
            patiently(async { Ok(read.bind(organization.to_string()).fetch_one(&self.pool).await?) }).await?;
        Ok(head.unsigned_abs())
    }

    async fn has_slug(&self, slug: &Slug) -> Result<Option<OrganizationId>, StoreError> {
        let read = sqlx::query_scalar("select organization from slugs where slug = $1").bind(slug.to_string());
        let found: Option<String> = patiently(async { Ok(read.fetch_optional(&self.pool).await?) }).await?;
        found.map(|text| id(&text)).transpose()
    }

    async fn took_slug(
        &self,
        slug: &Slug,
        after: Position,
        until: Position,
    ) -> Result<Option<OrganizationId>, StoreError> {
        let read = sqlx::query_scalar(
            "select aggregate_id from events
             where position > $2 and position <= $3 and event_type in ('OrganizationFounded', 'SlugChanged')
               and payload -> event_type ->> 'slug' = $1
             order by position desc limit 1",
        );
        let read = read.bind(slug.to_string()).bind(number(after)).bind(number(until));
        let found: Option<String> = patiently(async { Ok(read.fetch_optional(&self.pool).await?) }).await?;
        found.map(|text| id(&text)).transpose()
    }

    /// Halves what is left until it is found: sequences have no gaps, and times never run backwards along them.
    async fn sequence_at(&self, organization: OrganizationId, time: Timestamp) -> Result<Sequence, StoreError> {
        let read = sqlx::query_scalar(
            "with recursive search (low, high) as (
                 select 0::bigint, coalesce(max(sequence), 0) from events
                 where aggregate_type = 'organization' and aggregate_id = $1
                 union all
                 select case when at <= $2 then middle else low end, case when at <= $2 then high else middle - 1 end
                 from (select low, high, (low + high + 1) / 2 as middle,
                              (select recorded_at from events where aggregate_type = 'organization'
                                   and aggregate_id = $1 and sequence = (low + high + 1) / 2) as at
                       from search where low < high) probe)
             select low from search where low = high",
        );
        let read = read.bind(organization.to_string()).bind(time);
        let found: i64 = patiently(async { Ok(read.fetch_one(&self.pool).await?) }).await?;
        Ok(found.unsigned_abs())
    }

    async fn position_at(&self, time: Timestamp) -> Result<Position, StoreError> {
        let read = sqlx::query_scalar(
            "with recursive search (low, high) as (
                 select 0::bigint, coalesce(max(position), 0) from events
                 union all
                 select case when at <= $1 then middle else low end, case when at <= $1 then high else middle - 1 end
                 from (select low, high, (low + high + 1) / 2 as middle,
                              (select recorded_at from events where position = (low + high + 1) / 2) as at
                       from search where low < high) probe)
             select low from search where low = high",
        );
        let found: i64 = patiently(async { Ok(read.bind(time).fetch_one(&self.pool).await?) }).await?;
        Ok(found.unsigned_abs())
    }

    async fn now(&self) -> Result<(Position, Timestamp), StoreError> {
        let read = sqlx::query_as("select position, clock_timestamp() from journal");
        let (position, now): (i64, Timestamp) = patiently(async { Ok(read.fetch_one(&self.pool).await?) }).await?;
        Ok((position.unsigned_abs(), now))
    }

    async fn events(
        &self,
        organization: OrganizationId,
        filter: &Filter,
        span: Span,
        limit: u32,
    ) -> Result<Vec<Written>, StoreError> {
        let read = sqlx::query(
            "select position, sequence, event_type, subject, payload::text, metadata::text, recorded_at from events
             where aggregate_type = 'organization' and aggregate_id = $1 and sequence > $2 and sequence <= $3
               and ($5::text[] is null or event_type = any($5))
               and ($6::text is null or metadata ->> 'actor' = $6)
               and ($7::text is null or strpos(payload::text, $7) > 0 or strpos(metadata::text, $7) > 0)
             order by sequence limit $4",
        );
        let read = read
            .bind(organization.to_string())
            .bind(number(span.after))
            .bind(number(span.until))
            .bind(i64::from(limit))
            .bind((!filter.types.is_empty()).then_some(&filter.types))
            .bind(&filter.actor)
            .bind(filter.person_in_json());
        let rows = patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        rows.iter().map(|row| written(row, organization)).collect()
    }

    async fn about(
        &self,
        organization: OrganizationId,
        subjects: &[Subject],
        until: Sequence,
    ) -> Result<Vec<Written>, StoreError> {
        let read = sqlx::query(
            "select position, sequence, event_type, subject, payload::text, metadata::text, recorded_at from events
             where aggregate_id = $1 and subject = any($2) and sequence <= $3 order by sequence",
        );
        let read = read.bind(organization.to_string()).bind(texts(subjects)).bind(number(until));
        let rows = patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        rows.iter().map(|row| written(row, organization)).collect()
    }

    /// Whether one ended is asked of each by index: whatever the planner thinks of the table, a page costs what a page shows.
    async fn tenures(
        &self,
        organization: OrganizationId,
        span: Span,
        limit: u32,
    ) -> Result<Vec<(Sequence, UserId)>, StoreError> {
        let read = sqlx::query_as(
            "select j.sequence, j.subject from events j
             where j.aggregate_type = 'organization' and j.aggregate_id = $1 and j.sequence > $2 and j.sequence <= $3
               and j.event_type = 'MemberJoined'
               and (select e.sequence from events e
                    where e.aggregate_id = j.aggregate_id and e.subject = j.subject
                      and e.sequence > j.sequence and e.sequence <= $3
                      and e.event_type in ('MemberLeft', 'MemberRemoved')
                    order by e.sequence limit 1) is null
             order by j.sequence limit $4",
        );
        let read = read
            .bind(organization.to_string())
            .bind(number(span.after))
            .bind(number(span.until))
            .bind(i64::from(limit));
        let rows: Vec<(i64, String)> = patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        rows.into_iter().map(|(sequence, subject)| Ok((sequence.unsigned_abs(), user(&subject)?))).collect()
    }

    async fn places(&self, user: &UserId, until: Position) -> Result<Vec<OrganizationId>, StoreError> {
        let read = sqlx::query_scalar(
            "select distinct aggregate_id from events
             where subject = $1 and subject like 'user:%' and position <= $2 order by aggregate_id",
        );
        let read = read.bind(format!("user:{user}")).bind(number(until));
        let found: Vec<String> = patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        found.iter().map(|text| id(text)).collect()
    }

    async fn about_in(
        &self,
        organizations: &[OrganizationId],
        subjects: &[Subject],
        until: Position,
    ) -> Result<Vec<Written>, StoreError> {
        let read = sqlx::query(
            "select position, sequence, event_type, subject, payload::text, metadata::text, recorded_at, aggregate_id
             from events where aggregate_id = any($1) and subject = any($2) and position <= $3
             order by aggregate_id, sequence",
        );
        let organizations: Vec<String> = organizations.iter().map(ToString::to_string).collect();
        let read = read.bind(organizations).bind(texts(subjects)).bind(number(until));
        let rows = patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        rows.iter().map(|row| written(row, id(row.try_get(7)?)?)).collect()
    }

    async fn movements(
        &self,
        organization: OrganizationId,
        span: Span,
    ) -> Result<Vec<(Option<String>, Movement)>, StoreError> {
        let read = sqlx::query_as(
            "select day::text, joined, left_, removed, deleted from (
                 select case when sequence > $2 then (recorded_at at time zone 'UTC')::date end as day,
                        count(*) filter (where event_type = 'MemberJoined') as joined,
                        count(*) filter (where event_type = 'MemberLeft') as left_,
                        count(*) filter (where event_type = 'MemberRemoved') as removed,
                        bool_or(event_type = 'OrganizationDeleted') as deleted
                 from events
                 where aggregate_type = 'organization' and aggregate_id = $1 and sequence <= $3
                   and event_type in ('MemberJoined', 'MemberLeft', 'MemberRemoved', 'OrganizationDeleted')
                 group by 1) days
             order by days.day nulls first",
        );
        let read = read.bind(organization.to_string()).bind(number(span.after)).bind(number(span.until));
        let rows: Vec<(Option<String>, i64, i64, i64, bool)> =
            patiently(async { Ok(read.fetch_all(&self.pool).await?) }).await?;
        let movement = |(day, joined, left, removed, deleted): (_, i64, i64, i64, bool)| {
            let (joined, left, removed) = (joined.unsigned_abs(), left.unsigned_abs(), removed.unsigned_abs());
            (day, Movement { joined, left, removed, deleted })
        };
        Ok(rows.into_iter().map(movement).collect())
    }
}

fn number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

fn texts(subjects: &[Subject]) -> Vec<String> {
    subjects.iter().map(ToString::to_string).collect()
}

fn user(subject: &str) -> Result<UserId, StoreError> {
    match id(subject)? {
        Subject::User(user) => Ok(user),
        _ => Err(StoreError::Unreadable("a member's subject is no user".into())),
    }
}

fn written(read: &PgRow, organization: OrganizationId) -> Result<Written, StoreError> {
    let row = Row {
        position: read.try_get::<i64, _>(0)?.unsigned_abs(),
        organization,
        sequence: read.try_get::<i64, _>(1)?.unsigned_abs(),
        event_type: read.try_get(2)?,
        payload: read.try_get(4)?,
        metadata: read.try_get(5)?,
        recorded_at: time::told(read, 6)?,
    };
    Ok(Written { row, subject: read.try_get(3)? })
}
