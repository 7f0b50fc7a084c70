//! Addresses that are not posted to.

use std::fs;

use serde_json::json;
use tests::{Receiver, Reply, Server, eventually};

use super::{registers, renames, server, shown, webhooks};

#[tokio::test]
async fn private_addresses_and_what_is_no_https_url_are_refused_when_they_are_registered() {
    let server = Server::start();
    let (ana, root) = (server.person("ana"), server.with_scope("root", "roster:admin"));
    ana.founds("acme").await.expect(201);
    for url in [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://172.20.0.1/",
        "https://192.168.0.1/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://2130706433/",
        "https://localhost/",
        "https://LOCALHOST:8080/",
        "http://hooks.acme.test/",
        "https://ana:pass@hooks.acme.test/",
        "ftp://hooks.acme.test/",
        "hooks.acme.test",
        "",
    ] {
        let body = json!({ "url": url });
        ana.posts(&webhooks("acme"), body.clone()).await.invalid("/url");
        root.posts("/v1/webhooks", body).await.invalid("/url");
    }
    for body in [json!({}), json!({ "url": null }), json!({ "url": 5 })] {
        ana.posts(&webhooks("acme"), body).await.invalid("/url");
    }
    assert_eq!(ana.gets(&webhooks("acme")).await.expect(200).body, json!({ "webhooks": [] }));
    assert_eq!(root.gets("/v1/webhooks").await.expect(200).body, json!({ "webhooks": [] }));
    let public = json!({ "url": "https://hooks.acme.test/roster" });
    let id = ana.posts(&webhooks("acme"), public).await.expect(201).text("/id");
    let path = format!("{}/{id}", webhooks("acme"));
    ana.patches(&path, json!({ "url": "https://127.0.0.1/" })).await.invalid("/url");
    assert_eq!(ana.gets(&path).await.expect(200).body["url"], "https://hooks.acme.test/roster");
}

/// A name may lead elsewhere than when it was registered; here the rules have changed meanwhile, which comes to the same.
#[tokio::test]
async fn where_a_name_leads_is_looked_at_again_at_each_connection() {
    let before = Server::in_folder(
        tempfile::tempdir().expect("a folder"),
        &[],
        &[("ROSTER_WEBHOOKS_ALLOW_PRIVATE", "on"), ("ROSTER_WEBHOOKS_RETRY_FIRST", "1h")],
    );
    let receiver = Receiver::start().await;
    let port = receiver.url.rsplit(':').next().expect("a port").to_owned();
    let ana = before.person("ana");
    ana.founds("acme").await.expect(201);
    let mut ids = Vec::new();
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]"] {
        ids.push(registers(&ana, "acme", &format!("https://{host}:{port}")).await.text("/id"));
    }
    let mut before = before;
    before.stop();
    let copy = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(before.data()).expect("files") {
        let file = file.expect("a file");
        fs::copy(file.path(), copy.path().join(file.file_name())).expect("it can be copied");
    }
    let after = Server::in_folder(copy, &[], &[]);
    let ana = ana.at(&after.url);
    renames(&ana, "acme", "Acme").await;
    for id in ids {
        let webhook = eventually("it fails", async || {
            let webhook = shown(&ana, "acme", &id).await;
            (!webhook["last_failure"].is_null()).then_some(webhook)
        })
        .await;
        assert_eq!(webhook["last_failure"]["why"], "address-refused", "{webhook:#}");
    }
    assert!(receiver.heard().is_empty());
}

#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    let server = server();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let elsewhere = Receiver::start().await;
    let url = elsewhere.url.clone();
    let receiver = Receiver::that(move |_| Reply::Elsewhere(url.clone())).await;
    let id = registers(&ana, "acme", &receiver.url).await.text("/id");
    renames(&ana, "acme", "Acme").await;
    let webhook = eventually("it fails", async || {
        let webhook = shown(&ana, "acme", &id).await;
        (!webhook["last_failure"].is_null()).then_some(webhook)
    })
    .await;
    assert_eq!(
        (&webhook["last_failure"]["why"], &webhook["last_failure"]["status"]),
        (&json!("redirect"), &json!(307))
    );
    assert!(elsewhere.heard().is_empty());
}
