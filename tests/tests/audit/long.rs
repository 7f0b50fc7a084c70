//! A long history: how fast it is replayed, beside `psql`, and how soon a page of a past moment is there. The whole promise, by the release
//! binary: `ROSTER_TEST_EVENTS=1000000` (and 100000 for the moments) with `ROSTER_TEST_STRICT=1`; as it runs by itself it is about being right.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;
use servers::Postgres;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};
use tests::{Person, Server};

const EVENTS: u64 = 20_000;
const STEADY: &str = "01920000-0000-7000-8000-000000000001";
const RESTLESS: &str = "01920000-0000-7000-8000-000000000002";

fn events() -> u64 {
    std::env::var("ROSTER_TEST_EVENTS").map_or(EVENTS, |text| text.parse().expect("a number"))
}

fn is_strict() -> bool {
    std::env::var_os("ROSTER_TEST_STRICT").is_some()
}

/// So many events of `steady`, in which of ten events one is a leave and one a change of role; and as many of `restless`, in which
/// everybody leaves at once. In SQL that both databases read, but for what makes numbers and rows.
fn seed(events: u64, numbers: &str, json: &str, padded: &str, time: &str, uuid: &str) -> String {
    let rows = |organization: &str, base: u64, left: &str, changed: &str| {
        format!(
            "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject, member, position, recorded_at)
             select 'organization', '{organization}', n, type, '1',
                    {json}(type, case type
                        when 'OrganizationFounded' then {json}('name', 'Long', 'slug', 'long-{base}', 'owner', {json}('member_id', member, 'user_id', who))
                        when 'MemberJoined' then {json}('member_id', member, 'user_id', who, 'role', case when n = 2 then 'owner' else 'member' end)
                        when 'MemberRoleChanged' then {json}('member_id', member, 'user_id', who, 'role', 'admin')
                        else {json}('member_id', member, 'user_id', who) end),
                    {json}('event_id', member, 'command_id', member, 'actor', 'person:' || who, 'via', 'v1'),
                    case when n = 1 then 'organization' else 'user:' || who end,
                    case when type = 'MemberJoined' then {uuid} end,
                    {base} + n, {time}
             from (select n, type, 'person-{base}-' || m as who, '{prefix}-0000-7000-8000-' || {padded} as member
                   from (select n, case when n = 1 then 'OrganizationFounded' when n > 2 and {left} then 'MemberLeft'
                                        when n > 2 and {changed} then 'MemberRoleChanged' else 'MemberJoined' end as type,
                                case when n = 1 then 2 when n > 2 and ({left} or {changed}) then n - 1 else n end as m
                         from {numbers}) kinds) people
             order by n",
            prefix = &organization[28..36].replace('0', "a"),
        )
    };
    format!(
        "{}; {}; insert into slugs values ('steady', '{STEADY}'), ('restless', '{RESTLESS}');
         update journal set position = {}",
        rows(STEADY, 0, "n % 10 = 0", "n % 10 = 5"),
        rows(RESTLESS, events, "n % 2 = 0", "n < 0"),
        2 * events
    )
}

fn on_postgres(events: u64) -> (Server, String) {
    let postgres = Postgres::shared();
    let database = postgres.create_database();
    let migrated =
        Server::command(std::path::Path::new("/nowhere")).env("DATABASE_URL", &database).arg("migrate").output();
    assert!(migrated.expect("roster runs").status.success());
    let numbers = format!("generate_series(1, {events}) s (n)");
    let time = "timestamptz '2026-01-01T00:00:00Z' + make_interval(secs => n)";
    let padded = "lpad(to_hex(m), 12, '0')";
    postgres.query(&database, &seed(events, &numbers, "json_build_object", padded, time, "member::uuid"));
    postgres.query(&database, "analyze events");
    (Server::on(&database), database)
}

async fn in_a_file(events: u64) -> Server {
    let mut server = Server::in_a_file();
    server.stop();
    let numbers = format!(
        "(with recursive s (n) as (select 1 union all select n + 1 from s where n < {events}) select n from s) s"
    );
    let time = "strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01T00:00:00Z', n || ' seconds')";
    let sql = seed(events, &numbers, "json_object", "printf('%012x', m)", time, "member");
    let file = SqliteConnectOptions::new().filename(server.data().join("roster.sqlite"));
    file.connect().await.expect("the file").execute(sql.as_str()).await.expect("it is filled");
    server.restart();
    server
}

/// Runs a program to its end, reads what it prints as a pipe does, and tells how long it took for how many lines.
fn timed(command: &mut Command) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
    let mut out = BufReader::with_capacity(1 << 20, child.stdout.take().expect("its output"));
    let mut lines = 0;
    loop {
        let read = out.fill_buf().expect("it can be read");
        if read.is_empty() {
            break;
        }
        lines += read.iter().filter(|byte| **byte == b'\n').count() as u64;
        let length = read.len();
        out.consume(length);
    }
    assert!(child.wait().expect("it ends").success());
    (started.elapsed(), lines)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_is_replayed_at_half_the_speed_of_psql_at_least() {
    let events = events();
    let (mut server, database) = on_postgres(events);
    server.stop();
    let copy = format!(
        "copy (select position, sequence, event_type, subject, payload, metadata, recorded_at from events
               where aggregate_type = 'organization' and aggregate_id = '{STEADY}' order by sequence) to stdout"
    );
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let (theirs, rows) = timed(Command::new(servers::postgres::program("psql")).args([&database, "-qc", &copy]));
        let mut command = Server::command(server.data());
        command.env("DATABASE_URL", &database).args(["audit", "history", "steady", "--format", "ndjson"]);
        let (ours, lines) = timed(&mut command);
        assert_eq!((rows, lines), (events, events));
        let rate = |took: Duration| events as f64 / took.as_secs_f64();
        println!("{events} events: roster {:.0} a second, psql {:.0}", rate(ours), rate(theirs));
        ratios.push(rate(ours) / rate(theirs));
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.2}", ratios[1]);
    assert!(!is_strict() || ratios[1] >= 0.5, "{ratios:?}");
}

/// How long each of many pages takes, at moments spread over the history; 95 % are there within.
async fn moments(auditor: &Person, path: &str, events: u64) -> Duration {
    let mut took = Vec::new();
    for n in 1..=100 {
        let sequence = events * n / 100;
        let started = Instant::now();
        let page = auditor.request(Method::GET, &format!("{path}?at_sequence={sequence}&limit=50"));
        let page = auditor.sends(page).await.expect(200);
        took.push(started.elapsed());
        assert_eq!(page.body["sequence"], sequence);
        let at = recorded_at(sequence);
        let started = Instant::now();
        let then = auditor.gets(&format!("{path}?as_of={at}&limit=50")).await.expect(200);
        took.push(started.elapsed());
        assert_eq!((&then.body["members"], &then.body["sequence"]), (&page.body["members"], &Value::from(sequence)));
    }
    took.sort();
    took[took.len() * 95 / 100]
}

/// When an event was recorded: one each second of the year.
fn recorded_at(second: u64) -> String {
    let (days, rest) = (second / 86_400, second % 86_400);
    format!("2026-01-{:02}T{:02}:{:02}:{:02}Z", days + 1, rest / 3600, rest / 60 % 60, rest % 60)
}

async fn pages_are_there_in_time(server: &Server, events: u64, on: &str) {
    let auditor = server.with_scope("auditor", "roster:audit");
    let steady = moments(&auditor, "/v1/organizations/steady/members", events).await;
    let restless = moments(&auditor, "/v1/organizations/restless/members", events).await;
    println!("{on}: of {events} events, 95 % of pages within {steady:?}; where everybody has gone within {restless:?}");
    // Counted by hand: of ten events eight are joins and one a leave; the first is a founding.
    let whole = events / 10;
    let command = server.command_line().args(["audit", "members", "steady", "--format", "ndjson"]).output();
    let members = command.expect("roster runs").stdout.iter().filter(|byte| **byte == b'\n').count() as u64;
    assert_eq!(members, whole * 8 - 1 - whole);
    let who = auditor.gets("/v1/people/person-0-9/memberships").await.expect(200).body;
    assert_eq!(
        (&who["memberships"][0]["slug"], &who["memberships"][0]["ended_how"]),
        (&"long-0".into(), &"left".into())
    );
    let bound = Duration::from_millis(50);
    assert!(!is_strict() || steady <= bound, "{steady:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_of_a_long_history_is_there_in_time_on_postgres() {
    let events = events().min(100_000);
    let (server, _) = on_postgres(events);
    pages_are_there_in_time(&server, events, "postgres").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_of_a_long_history_is_there_in_time_in_a_file() {
    let events = events().min(100_000);
    let server = in_a_file(events).await;
    pages_are_there_in_time(&server, events, "file").await;
}
