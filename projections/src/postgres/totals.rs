//! How many rows there are of each role and each state, kept by adding what a batch adds: no list counts a million rows to say
//! how long it is.

use std::collections::BTreeMap;

use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::views::ViewsError;

/// What one batch adds.
#[derive(Default)]
pub(super) struct Totals {
    added: BTreeMap<(Uuid, String), i64>,
}

impl Totals {
    pub(super) fn add(&mut self, organization: Uuid, kind: &str, n: i64) {
        *self.added.entry((organization, kind.to_owned())).or_default() += n;
    }

    pub(super) async fn write(self, connection: &mut PgConnection, suffix: &str) -> Result<(), ViewsError> {
        let (mut organizations, mut kinds, mut added) = (Vec::new(), Vec::new(), Vec::new());
        for ((organization, kind), n) in self.added.into_iter().filter(|(_, n)| *n != 0) {
            organizations.push(organization);
            kinds.push(kind);
            added.push(n);
        }
        if organizations.is_empty() {
            return Ok(());
        }
        sqlx::query(&format!(
            "insert into totals{suffix} as t (organization, kind, n)
             select * from unnest($1::uuid[], $2::text[], $3::bigint[])
             on conflict (organization, kind) do update set n = t.n + excluded.n"
        ))
        .bind(organizations)
        .bind(kinds)
        .bind(added)
        .execute(connection)
        .await?;
        Ok(())
    }
}
