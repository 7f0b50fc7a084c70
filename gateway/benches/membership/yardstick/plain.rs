//! Plain cqrs-es and postgres-es: `CqrsFramework` with its own `persist`, the same aggregate, the same members leaving the same
//! organizations of ten.
//!
//! On the same table (`migrations/postgres`: columns, checks, primary key, four indexes, the triggers that forbid changes), filled with
//! the same events. Not the same: it has no trigger against gaps, which would refuse what many connections insert at once, and it keeps no
//! command ids.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cqrs_es::AggregateError;
use domain::{Actor, Circumstances, Facts, Organization, OrganizationCommand, OrganizationId, UserId};
use journal::postgres::PostgresStore;
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::database::Database;
use crate::measure::measure;
use crate::seed::Member;

const SCHEMA: &str = "yardstick_plain";

/// `persist` fills seven columns; the others fill themselves. A sequence has gaps and is cheaper than a counter, and a person at random
/// is as far from the last one in an index as anybody.
const PREPARE: &str = "
    drop trigger events_have_no_gaps on events;
    insert into events select * from public.events;
    create sequence positions start 1000000000;
    alter table events
        alter column subject set default 'user:' || gen_random_uuid(),
        alter column position set default nextval('positions'),
        alter column recorded_at set default clock_timestamp();
    analyze events; checkpoint";

/// Organizations full of people, as cqrs-es keeps them.
pub struct Plain {
    framework: Arc<PostgresCqrs<Organization>>,
    people: Arc<[Member]>,
    next: Arc<AtomicUsize>,
}

impl Plain {
    /// Takes over what is in the journal; these are members there.
    pub async fn prepare(database: &Database, people: Arc<[Member]>, callers: usize) -> Self {
        let url = database.schema(SCHEMA).await;
        PostgresStore::open(&url, true).await.unwrap();
        database.run_at(&url, PREPARE).await;
        // A connection a caller: with the ten of its default pool it does no better.
        let pool = PgPoolOptions::new().max_connections(u32::try_from(callers).unwrap()).connect(&url).await.unwrap();
        Self { framework: Arc::new(postgres_cqrs(pool, Vec::new(), ())), people, next: Arc::default() }
    }

    /// Leaves a second.
    pub async fn rate(&self, callers: usize, time: Duration) -> f64 {
        let (framework, people, next) = (self.framework.clone(), self.people.clone(), self.next.clone());
        let call = move |_| {
            let (framework, leaver) = (framework.clone(), people.get(next.fetch_add(1, Ordering::Relaxed)).cloned());
            async move {
                let Some((organization, user)) = leaver else { return false };
                leave(&framework, organization, &user).await;
                true
            }
        };
        measure(callers, time, call).await.rate
    }
}

async fn leave(framework: &PostgresCqrs<Organization>, organization: OrganizationId, user: &UserId) {
    let actor = Actor::Person(user.clone());
    let metadata: HashMap<String, String> = [
        ("event_id", Uuid::now_v7().to_string()),
        ("command_id", Uuid::now_v7().to_string()),
        ("actor", actor.to_string()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    let given = Circumstances { actor, at: std::time::SystemTime::now().into(), facts: Facts::default() };
    loop {
        let command = (OrganizationCommand::LeaveOrganization, given.clone());
        match framework.execute_with_metadata(&organization.to_string(), command, metadata.clone()).await {
            Ok(()) => return,
            // Two left the same organization at once: the slower one tries again.
            Err(AggregateError::AggregateConflict) => {}
            Err(error) => panic!("{user} can't leave: {error}"),
        }
    }
}
