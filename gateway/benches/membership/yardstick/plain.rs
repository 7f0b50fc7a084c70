//! Plain cqrs-es and postgres-es: `CqrsFramework` with its own `persist`, its own table, the same aggregate, the same members
//! leaving the same organizations of ten.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cqrs_es::AggregateError;
use domain::{Actor, Circumstances, Facts, Organization, OrganizationCommand, OrganizationId, UserId};
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::database::Database;
use crate::measure::measure;

const SCHEMA: &str = "yardstick_plain";

/// As in postgres-es's own `db/init.sql`.
const PREPARE: &str = "
    create table events (
        aggregate_type text not null, aggregate_id text not null, sequence bigint check (sequence >= 0) not null,
        event_type text not null, event_version text not null, payload json not null, metadata json not null,
        primary key (aggregate_type, aggregate_id, sequence));
    insert into events
        select aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata from public.events;
    analyze events; checkpoint";

/// Organizations full of people, as cqrs-es keeps them.
pub struct Plain {
    framework: PostgresCqrs<Organization>,
    people: Vec<(OrganizationId, UserId)>,
    next: AtomicUsize,
}

impl Plain {
    /// Takes over what is in the journal; these are members there.
    pub async fn prepare(database: &Database, people: &[(OrganizationId, UserId)], callers: usize) -> Self {
        let url = database.schema(SCHEMA).await;
        database.run_at(&url, PREPARE).await;
        // A connection a caller: with the ten of its default pool it does no better.
        let pool = PgPoolOptions::new().max_connections(u32::try_from(callers).unwrap()).connect(&url).await.unwrap();
        Self { framework: postgres_cqrs(pool, Vec::new(), ()), people: people.to_vec(), next: AtomicUsize::new(0) }
    }

    /// Leaves a second.
    pub async fn rate(&self, callers: usize, time: Duration) -> f64 {
        measure(callers, time, |_| async {
            let Some((organization, user)) = self.people.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                return false;
            };
            self.leave(*organization, user).await;
            true
        })
        .await
        .rate
    }

    async fn leave(&self, organization: OrganizationId, user: &UserId) {
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
            match self.framework.execute_with_metadata(&organization.to_string(), command, metadata.clone()).await {
                Ok(()) => return,
                // Two left the same organization at once: the slower one tries again.
                Err(AggregateError::AggregateConflict) => {}
                Err(error) => panic!("{user} can't leave: {error}"),
            }
        }
    }
}
