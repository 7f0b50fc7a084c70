//! One event of one organization that a receiver does not take, while it takes everything else.

use serde_json::json;
use tests::{Receiver, Reply, eventually};

use super::{renames, sequences, server_with};

#[tokio::test]
async fn one_event_that_is_never_taken_ends_nothing_for_the_others_and_can_be_skipped() {
    let server = server_with(&[("ROSTER_WEBHOOKS_GIVE_UP_AFTER", "2s")]);
    let (ana, root) = (server.person("ana"), server.with_scope("root", "roster:admin"));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let apex = ana.founds("apex").await.expect(201).text("/id");
    let failing = acme.clone();
    let receiver = Receiver::that(move |one| {
        let is_poison = one.organization() == failing && one.sequence() == 3;
        Reply::Status(if is_poison { 500 } else { 204 })
    })
    .await;
    let id = root.posts("/v1/webhooks", json!({ "url": receiver.url })).await.expect(201).text("/id");
    let path = format!("/v1/webhooks/{id}");
    renames(&ana, "acme", "Acme").await;
    renames(&ana, "acme", "Acme Limited").await;
    let mut n = 0;
    let webhook = eventually("it is parked", async || {
        n += 1;
        renames(&ana, "apex", &format!("Apex {n}")).await;
        let webhook = root.gets(&path).await.expect(200).body;
        webhook["waiting"][0]["parked_at"].is_string().then_some(webhook)
    })
    .await;
    assert_eq!((&webhook["enabled"], &webhook["waiting"][0]["sequence"]), (&json!(true), &json!(3)), "{webhook:#}");
    assert_eq!(webhook["waiting"][0]["next_attempt"], json!(null));
    eventually("the log tells", async || {
        server.log().contains("is parked until somebody skips it or tries it again").then_some(())
    })
    .await;
    eventually("the metrics tell", async || {
        let metrics = ana.gets("/metrics").await.expect(200).raw;
        metrics.contains("roster_webhooks_parked 1\n").then_some(())
    })
    .await;
    let tried = |sequence: u64| {
        receiver.heard().iter().filter(|one| one.organization() == acme && one.sequence() == sequence).count()
    };
    let before = tried(3);
    renames(&ana, "apex", "Apex once more").await;
    eventually("the others go on", async || {
        let heard = receiver.taken();
        heard.iter().any(|one| one.event()["data"]["name"] == "Apex once more").then_some(())
    })
    .await;
    assert_eq!(tried(3), before, "it is not tried any more");

    root.patches(&path, json!({ "skip": apex })).await.invalid("/skip");
    root.patches(&path, json!({ "skip": "acme" })).await.invalid("/skip");
    root.patches(&path, json!({ "retry": true })).await.expect(200);
    eventually("it is tried again", async || (tried(3) > before).then_some(())).await;
    assert_eq!(tried(4), 0);
    root.patches(&path, json!({ "skip": acme, "enabled": true })).await.expect(200);
    eventually("nobody waits", async || {
        let webhook = root.gets(&path).await.expect(200).body;
        (webhook["waiting"] == json!([])).then_some(())
    })
    .await;
    let taken: Vec<_> = receiver.taken().into_iter().filter(|one| one.organization() == acme).collect();
    assert_eq!(sequences(&taken), [4]);
}
