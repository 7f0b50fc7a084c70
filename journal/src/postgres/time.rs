//! When an event was recorded, as Postgres tells it. `infinity`, and years that no clock of ours reaches, make sqlx panic.

use domain::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::store::StoreError;

/// 2000-01-01, where Postgres begins to count: microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;

/// The time in this column.
pub fn told(row: &PgRow, column: usize) -> Result<Timestamp, StoreError> {
    let since = as_it_lies(row, column)?.try_into().ok().map(i64::from_be_bytes);
    since.and_then(timestamp).ok_or_else(|| StoreError::Unreadable("a time is none".into()))
}

/// The same, whatever it means.
pub fn as_it_lies(row: &PgRow, column: usize) -> Result<&[u8], StoreError> {
    row.try_get_raw(column)?.as_bytes().map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn timestamp(since: i64) -> Option<Timestamp> {
    Timestamp::from_timestamp_micros(since.checked_add(EPOCH)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_and_what_is_none_is_not() {
        let told = |since| timestamp(since).map(|time| time.to_rfc3339());
        assert_eq!(told(0).as_deref(), Some("2000-01-01T00:00:00+00:00"));
        assert_eq!(told(826_000_000_123_000).as_deref(), Some("2026-03-05T04:26:40.123+00:00"));
        let (infinity, the_last_year_of_postgres) = (i64::MAX, 9_223_371_331_199_999_999);
        for none in [infinity, i64::MIN, the_last_year_of_postgres] {
            assert_eq!(told(none), None);
        }
    }
}
