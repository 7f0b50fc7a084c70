//! An organization's events arrive in their order, whatever fails; the others do not wait for it.

use serde_json::json;
use tests::{Delivery, Receiver, Reply, eventually};

use super::{registers, renames, sequences, server, shown, taken};

#[tokio::test]
async fn an_organization_waits_in_order_while_the_others_go_on() {
    let server = server();
    let (ana, root) = (server.person("ana"), server.with_scope("root", "roster:admin"));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let apex = ana.founds("apex").await.expect(201).text("/id");
    let failing = acme.clone();
    let receiver =
        Receiver::that(move |delivery| Reply::Status(if delivery.organization() == failing { 500 } else { 204 })).await;
    let id = root.posts("/v1/webhooks", json!({ "url": receiver.url })).await.expect(201).text("/id");
    for n in 0..5 {
        renames(&ana, "acme", &format!("Acme {n}")).await;
        renames(&ana, "apex", &format!("Apex {n}")).await;
    }
    let others = taken(&receiver, 5).await;
    assert!(others.iter().all(|delivery| delivery.organization() == apex), "{others:#?}");
    assert_eq!(sequences(&others), [3, 4, 5, 6, 7]);
    let tried = receiver.heard().into_iter().filter(|delivery| delivery.organization() == acme);
    assert!(tried.clone().count() > 0, "it was tried");
    assert_eq!(sequences(&tried.collect::<Vec<_>>()).last(), Some(&3), "nothing behind what fails is sent");
    let webhook = root.gets(&format!("/v1/webhooks/{id}")).await.expect(200).body;
    assert_eq!(webhook["waiting"][0]["organization_id"], acme, "{webhook:#}");
    assert_eq!((&webhook["waiting"][0]["sequence"], &webhook["enabled"]), (&json!(3), &json!(true)), "{webhook:#}");

    receiver.answers(|_| Reply::Status(204));
    let all = taken(&receiver, 10).await;
    let late: Vec<Delivery> = all.into_iter().filter(|delivery| delivery.organization() == acme).collect();
    assert_eq!(sequences(&late), [3, 4, 5, 6, 7]);
    eventually("nobody waits any more", async || {
        let webhook = root.gets(&format!("/v1/webhooks/{id}")).await.expect(200).body;
        (webhook["waiting"] == json!([]) && webhook["position"] == json!(14)).then_some(())
    })
    .await;
    renames(&ana, "acme", "Acme").await;
    assert_eq!(taken(&receiver, 11).await[10].sequence(), 8);
}

#[tokio::test]
async fn a_receiver_that_says_nothing_holds_up_no_other() {
    let server = server();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let (silent, quick) = (Receiver::that(|_| Reply::Never).await, Receiver::start().await);
    let stuck = registers(&ana, "acme", &silent.url).await.text("/id");
    registers(&ana, "acme", &quick.url).await;
    eventually("the silent one is posted to", async || {
        renames(&ana, "acme", &format!("Acme {}", quick.taken().len())).await;
        (!silent.heard().is_empty()).then_some(())
    })
    .await;
    let before = quick.taken().len();
    for n in 0..30 {
        renames(&ana, "acme", &format!("Acme and {n}")).await;
    }
    let deliveries = taken(&quick, before + 30).await;
    let expected: Vec<u64> = (3..).take(deliveries.len()).collect();
    assert_eq!(sequences(&deliveries), expected);
    assert_eq!(silent.heard().len(), 1, "it is waited for still");
    assert_eq!(shown(&ana, "acme", &stuck).await["delivered_at"], json!(null));
}
