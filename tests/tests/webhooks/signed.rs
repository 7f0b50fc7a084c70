//! What a receiver is sent, and verifies.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;
use tests::{Delivery, Receiver};

use super::{registers, renames, server, taken, webhooks};

/// What the npm package `standardwebhooks` says of each: `ok`, or what is wrong.
pub fn verified(secret: &str, deliveries: &[Delivery]) -> Vec<String> {
    let folder = std::env::var_os("ROSTER_TEST_WEBHOOKS").map(PathBuf::from).unwrap_or_else(|| {
        let target = tests::server::binary().ancestors().nth(2).expect("a target folder");
        target.join("webhooks")
    });
    let mut node = Command::new("node")
        .arg(folder.join("verify.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts; tests/run installs it");
    let mut input = node.stdin.take().expect("its input is piped");
    for delivery in deliveries {
        let line = json!({ "secret": secret, "headers": delivery.headers, "body": delivery.body });
        writeln!(input, "{line}").expect("it reads");
    }
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("text");
    said.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn what_anas_application_receives_is_signed_and_says_what_happened() {
    let (server, receiver) = (server(), Receiver::start().await);
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let registered = registers(&ana, "acme", &receiver.url).await;
    let secret = registered.text("/secret");
    ana.takes_in("acme", &ben, "member").await;
    ben.leaves("acme").await.expect(200);

    let deliveries = taken(&receiver, 4).await;
    assert_eq!(verified(&secret, &deliveries), ["ok"; 4]);
    let mut forged = deliveries[0].clone();
    forged.body = forged.body.replace("acme", "apex").replace("MemberInvited", "MemberRemoved");
    let old = Delivery {
        headers: deliveries[0]
            .headers
            .iter()
            .map(|(name, value)| {
                let value = if name == "webhook-timestamp" { "1700000000".to_owned() } else { value.clone() };
                (name.clone(), value)
            })
            .collect(),
        ..deliveries[0].clone()
    };
    for bad in verified(&secret, &[forged, old]) {
        assert!(bad.starts_with("WebhookVerificationError"), "{bad}");
    }

    let kinds: Vec<_> = deliveries.iter().map(Delivery::kind).collect();
    assert_eq!(kinds, ["MemberInvited", "InvitationAccepted", "MemberJoined", "MemberLeft"]);
    let history = ana.history("acme").await;
    for (delivery, told) in deliveries.iter().zip(&history[2..]) {
        let event = delivery.event();
        assert_eq!((&event["position"], &event["sequence"]), (&told["position"], &told["sequence"]));
        assert_eq!((&event["data"], &event["time"]), (&told["data"], &told["at"]));
        assert_eq!((event["id"].as_str(), &event["organization"]), (Some(delivery.id()), &json!(acme)));
        assert_eq!(event["source"], format!("/organizations/{acme}"));
        assert_eq!(delivery.headers["content-type"], "application/cloudevents+json; charset=utf-8");
        let sent: u64 = delivery.headers["webhook-timestamp"].parse().expect("seconds");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        assert!(now.abs_diff(sent) < 60, "{sent} at {now}");
        assert!(!delivery.body.contains("acme.test"), "{delivery:?}");
    }
    let shown = ana.gets(&webhooks("acme")).await.expect(200);
    assert!(!shown.raw.contains(&secret[6..]) && !shown.raw.contains("whsec_"), "{}", shown.raw);
    assert!(!server.log().contains("whsec_") && !server.log().contains("/hook"), "{}", server.log());
}

#[tokio::test]
async fn a_filter_sends_what_it_names_and_all_organizations_need_their_scope() {
    let (server, of_acme, of_all) = (server(), Receiver::start().await, Receiver::start().await);
    let (ana, ben, root) = (server.person("ana"), server.person("ben"), server.with_scope("root", "roster:admin"));
    ana.founds("acme").await.expect(201);
    let body = json!({ "url": of_acme.url, "types": ["MemberLeft", "OrganizationDeleted"] });
    ana.posts(&webhooks("acme"), body).await.expect(201);
    let registered = root.posts("/v1/webhooks", json!({ "url": of_all.url })).await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    ben.founds("bens").await.expect(201);
    renames(&ana, "acme", "Acme").await;
    ben.leaves("acme").await.expect(200);

    let deliveries = taken(&of_all, 7).await;
    assert_eq!(verified(&registered.text("/secret"), &deliveries), ["ok"; 7]);
    let left = taken(&of_acme, 1).await;
    assert_eq!(left.iter().map(Delivery::kind).collect::<Vec<_>>(), ["MemberLeft"]);
    // The same message, whoever is sent it; signed with another secret.
    let same = deliveries.iter().find(|delivery| delivery.id() == left[0].id()).expect("the same event");
    assert_eq!(same.body, left[0].body);
    assert_ne!(same.headers["webhook-signature"], left[0].headers["webhook-signature"]);
}

#[tokio::test]
async fn a_deleted_organization_says_so_and_its_webhooks_end() {
    let (server, receiver) = (server(), Receiver::start().await);
    let (ana, root) = (server.person("ana"), server.with_scope("root", "roster:admin"));
    ana.founds("acme").await.expect(201);
    registers(&ana, "acme", &receiver.url).await;
    let off = registers(&ana, "acme", "https://hooks.acme.test/").await.text("/id");
    ana.patches(&format!("{}/{off}", webhooks("acme")), json!({ "enabled": false })).await.expect(200);
    ana.deletes("/v1/organizations/acme").await.expect(204);
    let deliveries = taken(&receiver, 1).await;
    assert_eq!(deliveries[0].kind(), "OrganizationDeleted");
    tests::eventually("no webhook is left", async || {
        let metrics = root.gets("/metrics").await.expect(200).raw;
        let none = ["roster_webhooks_enabled 0\n", "roster_webhooks_leader 1\n"];
        none.iter().all(|line| metrics.contains(line)).then_some(())
    })
    .await;
    assert_eq!(receiver.heard().len(), 1);
}
