//! Reading in order: an organization's history, the whole journal, a person's memberships.

use domain::{MemberId, OrganizationEvent as E, OrganizationId, Position, Recorded, Sequence, Subject, UserId};
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{Executor, Postgres, Row};

use super::{id, time};
use crate::memberships::news::{Mark, Passing};
use crate::row::{self, Unreadable};
use crate::store::{Held, StoreError};

/// An organization's events after a sequence.
pub async fn history(
    pool: &PgPool,
    organization: OrganizationId,
    after: Sequence,
    limit: u32,
) -> Result<Vec<Result<Recorded, Unreadable>>, StoreError> {
    let rows = rows_of(pool, organization, after, limit).await?;
    Ok(rows.into_iter().map(row::Row::recorded).collect())
}

/// The same as they lie there.
pub async fn rows_of(
    pool: &PgPool,
    organization: OrganizationId,
    after: Sequence,
    limit: u32,
) -> Result<Vec<row::Row>, StoreError> {
    let rows = sqlx::query(
        "select position, aggregate_id, sequence, event_type, payload::text, metadata::text, recorded_at from events
         where aggregate_type = 'organization' and aggregate_id = $1 and sequence > $2
         order by sequence limit $3",
    )
    .bind(organization.to_string())
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    rows.iter().map(whole).collect()
}

/// The last position written.
pub async fn position(on: impl Executor<'_, Database = Postgres>) -> Result<Position, StoreError> {
    let position: i64 = sqlx::query_scalar("select position from journal").fetch_one(on).await?;
    Ok(position.unsigned_abs())
}

/// All rows after a position.
pub async fn rows(pool: &PgPool, after: Position, limit: u32) -> Result<Vec<row::Row>, StoreError> {
    let rows = sqlx::query(
        "select position, aggregate_id, sequence, event_type, payload::text, metadata::text, recorded_at from events
         where position > $1 order by position limit $2",
    )
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    rows.iter().map(whole).collect()
}

const NEWS: &str = "
    select position, metadata::text, recorded_at, aggregate_id, sequence, subject from events
    where position >= $1 order by position limit $2";

/// The event at this position and what was recorded after it, in passing.
pub async fn news(pool: &PgPool, from: Position, limit: u32) -> Result<Vec<Passing>, StoreError> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let rows = sqlx::query(NEWS).bind(from).bind(i64::from(limit)).fetch_all(pool).await?;
    let passing = |row: &PgRow| {
        Ok(Passing {
            mark: Mark::of(row.try_get::<i64, _>(0)?.unsigned_abs(), row.try_get(1)?, time::as_it_lies(row, 2)?),
            organization: id(row.try_get(3)?)?,
            sequence: row.try_get::<i64, _>(4)?.unsigned_abs(),
            subject: row.try_get::<&str, _>(5)?.parse().ok(),
        })
    };
    rows.iter().map(|row| passing(row).map_err(|error: StoreError| StoreError::Unreadable(error.to_string()))).collect()
}

fn whole(row: &PgRow) -> Result<row::Row, StoreError> {
    Ok(row::Row {
        position: row.try_get::<i64, _>(0)?.unsigned_abs(),
        organization: id(row.try_get(1)?)?,
        sequence: row.try_get::<i64, _>(2)?.unsigned_abs(),
        event_type: row.try_get(3)?,
        payload: row.try_get(4)?,
        metadata: row.try_get(5)?,
        recorded_at: time::told(row, 6)?,
    })
}

/// The `like` says nothing new: it lets the planner see that its partial index has all of these rows.
const HELD_BY: &str = "
    select e.position, e.aggregate_id, e.payload::text, s.slug, u.organization is not null as last_used
    from events e
    join slugs s on s.organization = e.aggregate_id
    left join last_used u on u.user_id = $2 and u.organization = e.aggregate_id
    where e.subject = $1 and e.subject like 'user:%'
    order by e.position";

/// A person's current memberships, oldest first. A deleted organization has no slug, and so drops out of the join.
pub async fn held_by(pool: &PgPool, user: &UserId) -> Result<Vec<Held>, StoreError> {
    let rows = sqlx::query(HELD_BY).bind(format!("user:{user}")).bind(user.as_str()).fetch_all(pool).await?;
    let (mut held, mut unreadable): (Vec<Held>, Vec<OrganizationId>) = Default::default();
    for row in &rows {
        let organization = id(row.try_get(1)?)?;
        let event = match row::event(row.try_get(2)?) {
            Ok(event) => event,
            Err(error) => {
                // Where they stand there is not known; where else they belong still is.
                tracing::error!(%organization, %error, "a membership can't be read");
                unreadable.push(organization);
                continue;
            }
        };
        match event {
            E::MemberJoined { member_id, .. } => held.push(Held {
                organization,
                slug: id(row.try_get(3)?)?,
                member_id,
                joined: row.try_get::<i64, _>(0)?.unsigned_abs(),
                last_used: row.try_get(4)?,
            }),
            E::MemberLeft { .. } | E::MemberRemoved { .. } => held.retain(|one| one.organization != organization),
            _other_changes_of_a_membership => {}
        }
    }
    held.retain(|one| !unreadable.contains(&one.organization));
    Ok(held)
}

/// Whose tenure this is, or was, and where.
pub async fn tenure(pool: &PgPool, member: MemberId) -> Result<Option<(OrganizationId, UserId)>, StoreError> {
    let row = sqlx::query("select aggregate_id, subject from events where member = $1::text::uuid")
        .bind(member.to_string())
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    match id(row.try_get(1)?)? {
        Subject::User(user) => Ok(Some((id(row.try_get(0)?)?, user))),
        _ => Err(StoreError::Unreadable("a member's subject is no user".into())),
    }
}
