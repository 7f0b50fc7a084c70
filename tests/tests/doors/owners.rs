//! The owner can't leave, and is not offered to; all others are, by their membership and by no list.

use servers::{Nats, Postgres};
use tests::{Server, eventually};

use crate::reader::{Reader, location};

#[tokio::test]
async fn nothing_of_the_owner_s_speaks_of_the_way_out() {
    let server = Server::start();
    let [ana, ben, cem, zoe] = ["ana", "ben", "cem", "zoe"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    ana.takes_in("acme", &cem, "admin").await;
    ana.invites("acme", &zoe, "member").await.expect(201);
    let reader = Reader::of(&server, &ana);
    let id = ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    for org in ["acme", &id] {
        for page in [
            "",
            "/members",
            "/members?search=ben",
            "/settings",
            "/transfer",
            "/delete",
            &format!("/members/{member}/remove"),
            &format!("/members/{member}/owner"),
        ] {
            let page = reader.opens(&format!("/app/{org}{page}")).await.expect(200);
            assert!(!page.raw.contains("/leave"), "{page:#?}");
        }
    }
    for page in ["/app/select", "/app/onboarding"] {
        assert!(!reader.opens(page).await.expect(200).raw.contains("/leave"), "{page}");
    }
    let asked = reader.opens("/app/acme/leave").await.expect(303);
    assert!(location(&asked).starts_with("/app/acme/settings"), "{asked:#?}");
    let (_, page) = reader.follows(asked).await;
    assert!(page.raw.contains("You are the owner, so you cannot leave"), "{page:#?}");
    assert!(page.raw.contains("/app/acme/transfer") && page.raw.contains("/app/acme/delete"), "{page:#?}");
    let asset = page.raw.split('"').find(|text| text.ends_with("roster.js")).expect("a script").to_owned();
    assert!(!reader.opens(&asset).await.expect(200).raw.contains("/leave"), "nor does the script know it");
}

#[tokio::test]
async fn the_owner_who_posts_it_all_the_same_is_told_why_not() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let reader = Reader::of(&server, &ana);
    let refused = reader.posts("/app/acme/leave", &[]).await.expect(409);
    assert!(
        refused.raw.contains("Transfer ownership to another member or delete the organization first."),
        "{refused:#?}"
    );
    assert!(!refused.raw.contains("/leave"), "{refused:#?}");
    let refused = reader.posts_by_script("/app/acme/leave", &[]).await.refused(409, "owner-cannot-leave");
    assert_eq!(refused.headers.get_all("set-cookie").iter().count(), 0);
    assert_eq!(ana.history("acme").await.len(), 2, "nothing was recorded");
    ana.checks("acme").await.expect(200);
}

#[tokio::test]
async fn members_and_admins_are_offered_to_leave_and_whoever_becomes_the_owner_no_longer() {
    let server = Server::start();
    let [ana, ben, cem] = ["ana", "ben", "cem"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    ana.takes_in("acme", &cem, "admin").await;
    let offered = async |reader: &Reader| {
        let mut offered = Vec::new();
        for page in ["members", "settings"] {
            let page = reader.opens(&format!("/app/acme/{page}")).await.expect(200);
            offered.push(page.raw.contains("href=\"/app/acme/leave\""));
        }
        offered
    };
    let [ana_reads, ben_reads, cem_reads] = [&ana, &ben, &cem].map(|person| Reader::of(&server, person));
    assert_eq!(offered(&ana_reads).await, [false, false]);
    assert_eq!(offered(&ben_reads).await, [true, true]);
    assert_eq!(offered(&cem_reads).await, [true, true]);
    ana.transfers("acme", &member).await.expect(200);
    assert_eq!(offered(&ana_reads).await, [true, true]);
    assert_eq!(offered(&ben_reads).await, [false, false]);
    for reader in [&ana_reads, &cem_reads] {
        reader.opens("/app/acme/leave").await.expect(200);
    }
    ben_reads.opens("/app/acme/leave").await.expect(303);
}

/// A row of a later version in acme's history: lists can't read it, and wait.
fn poison(postgres: &Postgres, database: &str) {
    let sql = "with head as (update journal set position = position + 1 returning position)
        insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                            position, recorded_at)
        select 'organization', s.organization,
               (select max(sequence) + 1 from events where aggregate_id = s.organization), 'ColorChosen', '1',
               '{\"ColorChosen\": {\"color\": \"green\"}}',
               json_build_object('event_id', gen_random_uuid(), 'command_id', gen_random_uuid(), 'actor', 'person:ana'),
               'anything', head.position, clock_timestamp()
        from head, slugs s where s.slug = 'acme' returning position";
    postgres.query(database, sql);
}

#[tokio::test(flavor = "multi_thread")]
async fn ben_can_leave_while_the_lists_wait() {
    let (postgres, nats) = (Postgres::shared(), Nats::start());
    let database = postgres.create_database();
    let server = Server::in_production(&database, &nats.url());
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    poison(postgres, &database);
    eventually("acme is parked", async || {
        let ready = ana.gets("/readyz").await.expect(200);
        (ready.body["parked"] == 1).then_some(())
    })
    .await;
    let [ana_reads, ben_reads] = [&ana, &ben].map(|person| Reader::of(&server, person));
    // Ownership passes after what the lists can't read: to them Ana still is the owner.
    ana.transfers("acme", &member).await.expect(200);
    for (reader, may_leave) in [(&ana_reads, true), (&ben_reads, false)] {
        let page = reader.opens("/app/acme/settings").await.expect(200);
        assert_eq!(page.raw.contains("/app/acme/leave"), may_leave, "{page:#?}");
        // The list itself may be missing; that one can leave may not.
        let page = reader.opens("/app/acme/members").await;
        assert_eq!(page.raw.contains("/app/acme/leave"), may_leave, "{page:#?}");
    }
    let left = ana_reads.posts("/app/acme/leave", &[]).await.expect(303);
    let (_, page) = ana_reads.follows(left).await;
    assert!(page.expect(200).raw.contains("You left"));
}
