//! `pgbench` with the row of a leave: one prepared insert a transaction, as many clients as there are callers.
//!
//! The same table (`migrations/postgres`: columns, checks, primary key, four indexes, the triggers that keep history) on the
//! same server, filled with the same events, and the same row. Not the same: it has no trigger against gaps, which would
//! refuse what many connections insert at once, it keeps no command ids, and it reads and decides nothing.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::database::Database;

const SCHEMA: &str = "yardstick_inserts";

/// A sequence per organization has no gaps; one for all is cheaper, and as good here.
const PREPARE: &str = "
    drop trigger events_have_no_gaps on events;
    insert into events select * from public.events;
    create sequence positions start 1000000000;
    create function payload_of_a_leave() returns json immutable language sql as $$ select '{payload}'::json $$;
    create function metadata_of_a_leave() returns json immutable language sql as $$ select '{metadata}'::json $$;
    analyze events; checkpoint";

const INSERT: &str = "
\\set organization random(1, 12000)
insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject, position, recorded_at)
values ('organization', '01a20a52-e70a-74ef-b553-' || lpad(:organization::text, 12, '0'), nextval('positions'), 'MemberLeft', '1',
        payload_of_a_leave(), metadata_of_a_leave(), 'user' || chr(58) || gen_random_uuid(), nextval('positions'), clock_timestamp());
";

/// The table, and the script for `pgbench`.
pub struct Inserts {
    url: String,
    script: NamedTempFile,
}

impl Inserts {
    /// Makes the table and fills it with what is in the journal, in which somebody must have left.
    pub async fn prepare(database: &Database) -> Self {
        let url = database.schema(SCHEMA).await;
        journal::postgres::PostgresStore::open(&url, true).await.unwrap();
        let (payload, metadata) = database.a_leave().await;
        database.run_at(&url, &PREPARE.replace("{payload}", &payload).replace("{metadata}", &metadata)).await;
        let mut script = NamedTempFile::new().unwrap();
        script.write_all(INSERT.as_bytes()).unwrap();
        Self { url, script }
    }

    /// Inserts a second, connecting not counted.
    pub async fn rate(&self, clients: usize, time: Duration) -> f64 {
        let output = tokio::process::Command::new(servers::postgres::program("pgbench"))
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
            .arg(format!("--client={clients}"))
            .arg(format!("--time={}", time.as_secs().max(1)))
            .arg(format!("--file={}", self.script.path().display()))
            .arg(&self.url)
            .stdin(Stdio::null())
            .output()
            .await
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        rate.unwrap_or_else(|| panic!("pgbench tells no rate: {told}"))
    }
}
