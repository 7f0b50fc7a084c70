//! Secrets that change while deliveries go on.

use reqwest::Method;
use tests::Receiver;

use super::signed::verified;
use super::{registers, renames, server, shown, taken, webhooks};

#[tokio::test]
async fn both_secrets_sign_for_a_while_and_then_the_new_one_alone() {
    let (server, receiver) = (server(), Receiver::start().await);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let registered = registers(&ana, "acme", &receiver.url).await;
    let (id, first) = (registered.text("/id"), registered.text("/secret"));
    let path = format!("{}/{id}/secret", webhooks("acme"));
    let rotated = ana.calls(Method::POST, &path, None).await.expect(200);
    let second = rotated.text("/secret");
    assert_ne!(first, second);
    assert_eq!(shown(&ana, "acme", &id).await["former_secret_until"], rotated.body["former_until"]);
    renames(&ana, "acme", "Acme").await;
    let both = taken(&receiver, 1).await;
    assert_eq!((verified(&first, &both), verified(&second, &both)), (vec!["ok".into()], vec!["ok".into()]));
    assert_eq!(both[0].headers["webhook-signature"].split(' ').count(), 2);

    let third = ana.calls(Method::POST, &format!("{path}?overlap=0"), None).await.expect(200).text("/secret");
    renames(&ana, "acme", "Acme Limited").await;
    let alone = taken(&receiver, 2).await.split_off(1);
    assert_eq!(verified(&third, &alone), ["ok"]);
    for former in [first, second] {
        assert!(verified(&former, &alone)[0].starts_with("WebhookVerificationError"));
    }
    for overlap in ["-1", "604801", "a day", ""] {
        ana.calls(Method::POST, &format!("{path}?overlap={overlap}"), None).await.invalid("/overlap");
    }
}
