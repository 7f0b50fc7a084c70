//! Lists built anew from the journal's first event, while servers serve them and people come and go.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use servers::Postgres;
use tests::{Server, eventually};

/// The whole promise is 1,000,000 events (`ROSTER_TEST_EVENTS`) at 50,000 a second.
const EVENTS: usize = 30_000;

/// Events of thousands of organizations, laid down as a million commands would have left them: members join, and of ten one
/// leaves and one becomes an admin.
fn seed(postgres: &Postgres, database: &str, events: usize) {
    let organizations = events.div_ceil(1_000);
    let sql = format!(
        "create temp table happened as
             select o.n as org, s.n as seq,
                    ('00000000-0000-7000-8000-' || lpad(to_hex(o.n), 12, '0')) as id,
                    case when s.n <= 2 then 'owner-' || o.n
                         when s.n % 10 = 0 then 'member-' || o.n || '-' || (s.n - 1)
                         when s.n % 10 = 5 then 'member-' || o.n || '-' || (s.n - 1)
                         else 'member-' || o.n || '-' || s.n end as who,
                    case when s.n = 1 then 'OrganizationFounded'
                         when s.n > 2 and s.n % 10 = 0 then 'MemberLeft'
                         when s.n > 2 and s.n % 10 = 5 then 'MemberRoleChanged'
                         else 'MemberJoined' end as type,
                    (o.n - 1) * 1000 + s.n as position
             from generate_series(1, {organizations}) o (n) cross join generate_series(1, 1000) s (n);
         create function pg_temp.member(who text) returns uuid immutable language sql as $$ select md5(who)::uuid $$;
         insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject, member,
                             position, recorded_at)
         select 'organization', id, seq, type, '1',
                json_build_object(type, case type
                    when 'OrganizationFounded' then json_build_object('name', 'Acme ' || org, 'slug', 'acme-' || org,
                        'owner', json_build_object('member_id', pg_temp.member(who), 'user_id', who))
                    when 'MemberJoined' then json_build_object('member_id', pg_temp.member(who), 'user_id', who,
                        'role', case when seq = 2 then 'owner' else 'member' end)
                    when 'MemberRoleChanged' then json_build_object('member_id', pg_temp.member(who), 'user_id', who, 'role', 'admin')
                    else json_build_object('member_id', pg_temp.member(who), 'user_id', who) end),
                json_build_object('event_id', gen_random_uuid(), 'command_id', gen_random_uuid(), 'actor', 'operator:seed'),
                case when seq = 1 then 'organization' else 'user:' || who end,
                case when type = 'MemberJoined' then pg_temp.member(who) end,
                position, clock_timestamp()
         from happened order by position;
         insert into slugs select 'acme-' || n, '00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')
         from generate_series(1, {organizations}) n;
         update journal set position = {organizations} * 1000, recorded_at = clock_timestamp();
         analyze events"
    );
    postgres.query(database, &sql);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_built_anew_while_they_are_served_and_people_come_and_go() {
    let _alone = super::alone().await;
    let events = std::env::var("ROSTER_TEST_EVENTS").map_or(EVENTS, |text| text.parse().expect("a number"));
    let postgres = Postgres::shared();
    let database = postgres.create_database();
    let migrated =
        Server::command(std::path::Path::new("/nowhere")).env("DATABASE_URL", &database).arg("migrate").output();
    assert!(migrated.expect("roster runs").status.success());
    seed(postgres, &database, events);
    let server = Server::on(&database);
    let (owner, guest) = (server.person("owner-1"), server.person("guest"));
    let patience = std::time::Instant::now();
    while server.person("ana").gets("/readyz").await.body["status"] != "ready" {
        assert!(patience.elapsed() < Duration::from_secs(600), "the lists are filled");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("{events} events were projected at the start in {:.1} s", patience.elapsed().as_secs_f64());
    let right = owner.gets("/v1/organizations/acme-1/members?limit=100").await.expect(200).body;
    // Somebody has made a mess of the tables.
    postgres.query(&database, "delete from members where role = 'admin'; update totals set n = n + 1");

    let (enough, read) = (AtomicBool::new(false), AtomicUsize::new(0));
    let served = async {
        while !enough.load(SeqCst) {
            owner.gets("/v1/organizations/acme-1/members").await.expect(200);
            owner.gets("/v1/organizations").await.expect(200);
            owner.takes_in("acme-1", &guest, "member").await;
            guest.leaves("acme-1").await.expect(200);
            read.fetch_add(1, SeqCst);
        }
    };
    let rebuilt = async {
        for projection in ["members", "user_organizations"] {
            let mut command = Server::command(server.data());
            command.env("DATABASE_URL", &database).args(["rebuild", projection]);
            let done =
                tokio::task::spawn_blocking(move || command.output().expect("roster runs")).await.expect("it ends");
            assert!(done.status.success(), "{done:?}");
            print!("{}", String::from_utf8_lossy(&done.stdout));
        }
        enough.store(true, SeqCst);
    };
    tokio::join!(served, rebuilt);
    println!("served meanwhile: {} rounds of two lists and four commands", read.load(SeqCst));
    let position = guest.gets("/readyz").await.body["position"].as_u64().expect("a position");
    let now = owner.lists("/v1/organizations/acme-1/members?limit=100", position).await.body;
    assert_eq!((&now["members"], &now["total"]), (&right["members"], &right["total"]));
    // And they are moved on from there.
    owner.takes_in("acme-1", &guest, "member").await;
    eventually("the new tables follow", async || {
        (owner.gets("/v1/organizations/acme-1/members").await.body["total"].as_u64() > right["total"].as_u64())
            .then_some(())
    })
    .await;
}
