//! Webhooks and lanes as they lie in the tables.

use domain::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::super::id;
use crate::store::StoreError;
use crate::webhooks::{Cursor, Disabled, Failure, Lane, LaneKind, Webhook, Why};

/// Selects webhooks.
pub const WEBHOOK: &str = "select id, organization, url, types, secrets, created_at, created_by, changed_by, revision, position, sequence, delivered_at, \
    failed_at, failure, failure_status, disabled_at, disabled_why from webhooks";

/// Selects lanes.
pub const LANE: &str = "select webhook, organization, kind, sequence, position, until, failing_since, failures, next_attempt, \
    failed_at, failure, failure_status, parked_at from webhook_lanes";

pub fn webhook(row: &PgRow) -> Result<Webhook, StoreError> {
    let disabled = match (row.try_get("disabled_at")?, row.try_get::<Option<&str>, _>("disabled_why")?) {
        (Some(at), Some(why)) => Some(Disabled { at, why: Why::parse(why)? }),
        _ => None,
    };
    Ok(Webhook {
        id: id(row.try_get("id")?)?,
        organization: row.try_get::<Option<&str>, _>("organization")?.map(id).transpose()?,
        url: row.try_get("url")?,
        types: row.try_get::<Option<&str>, _>("types")?.map(read).transpose()?,
        secrets: read(row.try_get("secrets")?)?,
        created_at: row.try_get("created_at")?,
        created_by: row.try_get::<Option<&str>, _>("created_by")?.map(id).transpose()?,
        changed_by: row.try_get::<Option<&str>, _>("changed_by")?.map(id).transpose()?,
        revision: row.try_get("revision")?,
        cursor: Cursor {
            position: row.try_get::<i64, _>("position")?.unsigned_abs(),
            sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        },
        delivered_at: row.try_get("delivered_at")?,
        failure: failure(row)?,
        disabled,
    })
}

pub fn lane(row: &PgRow) -> Result<Lane, StoreError> {
    Ok(Lane {
        webhook: id(row.try_get("webhook")?)?,
        organization: id(row.try_get("organization")?)?,
        kind: LaneKind::parse(row.try_get("kind")?)?,
        sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        position: row.try_get::<i64, _>("position")?.unsigned_abs(),
        until: row.try_get::<Option<i64>, _>("until")?.map(i64::unsigned_abs),
        failing_since: row.try_get("failing_since")?,
        failures: row.try_get::<i32, _>("failures")?.unsigned_abs(),
        next_attempt: row.try_get("next_attempt")?,
        failure: failure(row)?,
        parked_at: row.try_get("parked_at")?,
    })
}

fn failure(row: &PgRow) -> Result<Option<Failure>, StoreError> {
    let (at, why): (Option<Timestamp>, Option<String>) = (row.try_get("failed_at")?, row.try_get("failure")?);
    let status = row.try_get::<Option<i32>, _>("failure_status")?.and_then(|status| status.try_into().ok());
    Ok(at.zip(why).map(|(at, why)| Failure { at, why, status }))
}

pub fn parts(failure: Option<&Failure>) -> (Option<Timestamp>, Option<String>, Option<i32>) {
    let Some(Failure { at, why, status }) = failure else { return (None, None, None) };
    (Some(*at), Some(why.clone()), status.map(i32::from))
}

pub fn json<T: serde::Serialize>(value: &Option<T>) -> Option<String> {
    value.as_ref().map(|value| serde_json::to_string(value).unwrap_or_default()) // Texts and times can always be written.
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable("a webhook's list is no list".into()))
}

pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
