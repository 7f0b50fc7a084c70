//! Lists in tables: moved by one server at a time, parked where an event can't be read, built anew while they are served.

use servers::{Nats, Postgres};
use tests::{Person, Server, eventually};

/// Lists that show Ben as acme's second member, and acme as his only organization, at every server.
async fn shown_everywhere(servers: &[&Server], ana: &Person, ben: &Person, position: u64) {
    for server in servers {
        let members = ana.at(&server.url).lists("/v1/organizations/acme/members", position).await;
        assert_eq!((&members.body["total"], &members.body["members"][1]["user_id"]), (&2.into(), &"ben".into()));
        let organizations = ben.at(&server.url).lists("/v1/organizations", position).await;
        assert_eq!(
            (&organizations.body["total"], &organizations.body["organizations"][0]["slug"]),
            (&1.into(), &"acme".into())
        );
    }
}

/// How many of these servers move this projection.
async fn leaders(servers: &[&Server], projection: &str) -> usize {
    let mut leaders = 0;
    for server in servers {
        let line = format!("roster_projection_leader{{projection=\"{projection}\"}} 1");
        leaders += usize::from(server.person("ana").gets("/metrics").await.raw.contains(&line));
    }
    leaders
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_that_moves_the_lists_is_killed_another_goes_on() {
    let ([mut first, second, third], _nats) = super::three();
    let (ana, ben) = (first.person("ana"), first.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let all = [&first, &second, &third];
    for projection in ["members", "user_organizations"] {
        eventually(&format!("one moves {projection}"), async || (leaders(&all, projection).await == 1).then_some(()))
            .await;
    }
    first.kill();
    let (ana, ben) = (ana.at(&second.url), ben.at(&third.url));
    ben.leaves("acme").await.expect(200);
    ana.takes_in("acme", &ben, "member").await;
    let position = ana.gets("/v1/organizations/acme").await;
    let position = position.body["sequence"].as_u64().expect("a sequence");
    for projection in ["members", "user_organizations"] {
        eventually(&format!("another moves {projection}"), async || {
            (leaders(&[&second, &third], projection).await == 1).then_some(())
        })
        .await;
    }
    // The only organization there is: its sequence is the position.
    shown_everywhere(&[&second, &third], &ana, &ben, position).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_stop_leaves_no_lease_behind() {
    let nats = Nats::start();
    let database = Postgres::shared().create_database();
    let mut server = Server::in_production(&database, &nats.url());
    server.person("ana").founds("acme").await.expect(201);
    let held = || Postgres::shared().query(&database, "select count(*) from leases where until > clock_timestamp()");
    eventually("it has all leases", async || (held().trim() == "4").then_some(())).await;
    assert!(server.stop().success());
    // Others would have to wait for five seconds.
    assert_eq!(held().trim(), "0");
}

/// A row of a later version in acme's history, as if one were running beside this one.
fn poison(postgres: &Postgres, database: &str) -> u64 {
    let sql = "with head as (update journal set position = position + 1 returning position)
        insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                            position, recorded_at)
        select 'organization', s.organization,
               (select max(sequence) + 1 from events where aggregate_id = s.organization), 'ColorChosen', '1',
               '{\"ColorChosen\": {\"color\": \"green\"}}',
               json_build_object('event_id', gen_random_uuid(), 'command_id', gen_random_uuid(), 'actor', 'person:ana'),
               'profile', head.position, clock_timestamp()
        from head, slugs s where s.slug = 'acme' returning position";
    postgres.query(database, sql).trim().parse().expect("a position")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_nobody_can_read_parks_its_organization_alone_and_loudly_until_it_is_tried_again() {
    let (postgres, nats) = (Postgres::shared(), Nats::start());
    let database = postgres.create_database();
    let server = Server::in_production(&database, &nats.url());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ben.founds("globex").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let position = poison(postgres, &database);
    // Ben leaves after the event that nobody can read: what waits.
    ben.leaves("acme").await.expect(200);
    ben.checks("acme").await.refused(403, "not-a-member");
    eventually("it is told", async || {
        let ready = ana.gets("/readyz").await.expect(200);
        (ready.body["status"] == "degraded" && ready.body["parked"] == 1).then_some(())
    })
    .await;
    for path in ["members", "invitations"] {
        // The other projection may have been first.
        let list = eventually(&format!("{path} are not shown"), async || {
            let list = ana.gets(&format!("/v1/organizations/acme/{path}")).await;
            (list.status != 200).then_some(list)
        })
        .await;
        assert_eq!(list.refused(503, "unavailable").header("retry-after"), Some("1"));
    }
    let metrics = ana.gets("/metrics").await.raw;
    assert!(metrics.contains("roster_projection_parked{projection=\"members\"} 1"), "{metrics}");
    assert!(server.log().contains("its organization is parked"), "{}", server.log());
    // Everybody else goes on, and Ben's own list, which would show acme, is read from the journal.
    let end = ben.takes_in("globex", &ana, "member").await;
    eventually("globex goes on", async || {
        let list = ben.gets("/v1/organizations/globex/members").await.expect(200);
        (list.body["members"][1]["id"] == end.as_str()).then_some(())
    })
    .await;
    for who in [&ana, &ben] {
        let list = who.gets("/v1/organizations").await.expect(200);
        let slugs: Vec<_> =
            list.body["organizations"].as_array().expect("a list").iter().map(|one| &one["slug"]).collect();
        assert_eq!(slugs, ["globex"], "acme's profile can't be read, and Ben is no member any more");
    }

    let retry = || {
        Server::command(server.data())
            .env("DATABASE_URL", &database)
            .args(["retry", "acme"])
            .output()
            .expect("roster runs")
    };
    let refused = retry();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains(&format!("position {position} still can't be read")), "{said}");
    // A version that can read it: here, the event becomes one that this version knows.
    postgres.query(
        &database,
        "begin; alter table events disable trigger events_are_never_updated;
         update events set event_type = 'OrganizationRenamed', payload = '{\"OrganizationRenamed\": {\"name\": \"Green\"}}'
         where event_type = 'ColorChosen'; alter table events enable trigger events_are_never_updated; commit",
    );
    let released = retry();
    let said = String::from_utf8_lossy(&released.stdout).into_owned();
    assert!(released.status.success() && said.contains("goes on with the others"), "{released:?}");
    let members = ana.gets("/v1/organizations/acme/members").await.expect(200);
    assert_eq!((&members.body["total"], &members.body["members"][0]["user_id"]), (&1.into(), &"ana".into()));
    let list = ana.gets("/v1/organizations").await.expect(200);
    assert_eq!(list.body["organizations"][0]["name"], "Green", "{list:#?}");
    assert_eq!(ana.gets("/readyz").await.expect(200).body["status"], "ready");
    assert!(String::from_utf8_lossy(&retry().stdout).contains("is not parked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_finds_a_row_that_the_journal_does_not_tell_of() {
    let database = Postgres::shared().create_database();
    let server = Server::on(&database);
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let position = ben.leaves("acme").await.expect(200).position();
    ana.lists("/v1/organizations/acme/members", position).await.expect(200);
    ben.lists("/v1/organizations", position).await.expect(200);
    let roster = |arguments: &[&str]| {
        let mut command = Server::command(server.data());
        command.env("DATABASE_URL", &database).args(arguments).output().expect("roster runs")
    };
    let equal = roster(&["verify"]);
    assert!(equal.status.success(), "{equal:?}");
    let said = String::from_utf8_lossy(&equal.stdout).into_owned();
    assert!(said.contains("4 lists with 3 rows compared with 6 events"), "{said}");
    // Ben is still there, says a table.
    Postgres::shared().query(
        &database,
        "insert into members select organization, 'ben', gen_random_uuid(), 'member', 5, now() from members",
    );
    let different = roster(&["verify"]);
    let said = String::from_utf8_lossy(&different.stderr).into_owned();
    assert!(
        !different.status.success() && said.contains("the members of") && said.contains("roster rebuild members"),
        "{said}"
    );
    assert!(roster(&["rebuild", "members"]).status.success());
    assert!(roster(&["verify"]).status.success());
    let wrong = roster(&["rebuild", "people"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("must be one of members, user_organizations"), "{wrong:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_goes_on_though_nobody_reads_how_far_it_is() {
    let database = Postgres::shared().create_database();
    let server = Server::on(&database);
    server.person("ana").founds("acme").await.expect(201);
    let (read, write) = std::io::pipe().expect("a pipe");
    drop(read);
    let mut command = Server::command(server.data());
    let rebuilt = command.env("DATABASE_URL", &database).args(["rebuild", "members"]).stdout(write).output();
    let rebuilt = rebuilt.expect("roster runs");
    assert!(rebuilt.status.success() && rebuilt.stderr.is_empty(), "{rebuilt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_are_ahead_of_the_journal_stop_loudly_until_they_are_rebuilt() {
    let database = Postgres::shared().create_database();
    let mut server = Server::on(&database);
    let ana = server.person("ana");
    let position = ana.founds("acme").await.expect(201).position();
    ana.lists("/v1/organizations/acme/members", position).await.expect(200);
    assert!(server.stop().success());
    // As if the journal had been restored and the lists had not.
    Postgres::shared().query(&database, "update checkpoints set position = 7, event_id = gen_random_uuid()");
    server.restart();
    let ana = ana.at(&server.url);
    let stopped = async |n: u8| {
        let metrics = ana.gets("/metrics").await.raw;
        let told = |name: &str| metrics.contains(&format!("roster_projection_stopped{{projection=\"{name}\"}} {n}\n"));
        (told("members") && told("user_organizations")).then_some(())
    };
    eventually("both have stopped", async || stopped(1).await).await;
    assert!(server.log().contains("`roster rebuild members` builds it anew"), "{}", server.log());
    for projection in ["members", "user_organizations"] {
        let mut rebuild = Server::command(server.data());
        let rebuilt =
            rebuild.env("DATABASE_URL", &database).args(["rebuild", projection]).output().expect("roster runs");
        assert!(rebuilt.status.success(), "{rebuilt:?}");
    }
    eventually("both go on", async || stopped(0).await).await;
    let position = ana.founds("globex").await.expect(201).position();
    let list = ana.lists("/v1/organizations", position).await.expect(200);
    assert_eq!(list.body["total"], 2);
}
