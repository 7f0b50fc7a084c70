//! A Postgres that is killed under an open stream: nothing is told that can't be checked, and then everything is.

use serde_json::json;
use servers::Postgres;
use tests::stream::Told;
use tests::{Server, eventually};

use crate::{acme, renames};

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_outlasts_a_database_that_is_away() {
    let mut postgres = Postgres::start();
    let server = Server::on(&postgres.create_database());
    let (ana, ben, member) = acme(&server, "admin").await;
    let mut stream = ben.follows("acme").await;
    for n in 0..3 {
        renames(&ana, "acme", &format!("Before {n}")).await;
        postgres.kill();
        // A stream that begins now can't.
        ben.asks_for_events("acme", "").send().await.map(|answer| assert_eq!(answer.status(), 503)).expect("an answer");
        postgres.restart();
        // The same name twice is one event.
        let name = json!({ "name": format!("After {n}") });
        eventually("Ana can work again", async || {
            let renamed = ana.patches("/v1/organizations/acme", name.clone()).await;
            (renamed.status == 200).then_some(())
        })
        .await;
        assert_eq!(stream.event().await["data"]["name"], format!("Before {n}"));
        assert_eq!(stream.event().await["data"]["name"], format!("After {n}"));
    }
    ana.removes("acme", &member).await.expect(204);
    assert_eq!(stream.rest().await, [Told::Gone]);
}
