//! An event of a later version, as if one were running beside this one: not passed over, and not in the way of others.

use serde_json::json;
use servers::{Nats, Postgres};
use tests::Server;
use tests::stream::Told;

use crate::{acme, renames};

/// A row that this version can't read in acme's history.
fn poison(database: &str) -> u64 {
    let sql = "with head as (update journal set position = position + 1 returning position)
        insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject,
                            position, recorded_at)
        select 'organization', s.organization,
               (select max(sequence) + 1 from events where aggregate_id = s.organization), 'ColorChosen', '1',
               '{\"ColorChosen\": {\"color\": \"green\"}}',
               json_build_object('event_id', gen_random_uuid(), 'command_id', gen_random_uuid(), 'actor', 'person:ana'),
               'profile', head.position, clock_timestamp()
        from head, slugs s where s.slug = 'acme' returning position";
    Postgres::shared().query(database, sql).trim().parse().expect("a position")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_nobody_can_read_ends_its_organization_s_streams_before_it_and_is_marked_in_the_whole_journal() {
    let (database, nats) = (Postgres::shared().create_database(), Nats::start());
    let server = Server::in_production(&database, &nats.url());
    let (ana, _, _) = acme(&server, "member").await;
    let auditor = server.with_scope("auditor", "roster:audit");
    let mut stream = auditor.follows("acme").await;
    renames(&ana, "acme", "Before").await;
    assert_eq!(stream.event().await["data"]["name"], "Before");
    let resume = stream.last_id.expect("an id");
    let position = poison(&database);
    assert_eq!(stream.rest().await, [Told::Unreadable(position)]);
    assert_eq!(stream.last_id, Some(resume), "it is not passed over");
    // Nor by whoever comes back, who is told once more what came before it.
    let mut again = auditor.follows_after("acme", resume - 1).await;
    assert_eq!(again.event().await["data"]["name"], "Before");
    assert_eq!(again.rest().await, [Told::Unreadable(position)]);

    server.person("zoe").founds("other").await.expect(201);
    let page = auditor.gets(&format!("/v1/events?after={resume}")).await.expect(200).body;
    let marked = &page["events"][0];
    assert_eq!(
        (&marked["position"], &marked["type"], &marked["unreadable"]),
        (&json!(position), &json!("ColorChosen"), &json!(true))
    );
    assert_eq!(marked.get("data"), None, "{marked}");
    assert_eq!(page["events"].as_array().map(Vec::len), Some(3), "the others go on: {page}");
}
