//! Secrets that change while deliveries go on.

use reqwest::Method;
use tests::{Delivery, Person, Receiver};

use super::signed::verified;
use super::{registers, renames, server, shown, taken, webhooks};

/// The first delivery with so many signatures, of which this secret's is one.
async fn signed_with(ana: &Person, receiver: &Receiver, how_many: usize, secret: &str) -> Vec<Delivery> {
    tests::eventually("the new secret signs", async || {
        let before = receiver.taken().len();
        renames(ana, "acme", &format!("Acme {before}")).await;
        let mut taken = taken(receiver, before + 1).await;
        let last = taken.split_off(taken.len() - 1);
        let signatures = last[0].headers["webhook-signature"].split(' ').count();
        (signatures == how_many && verified(secret, &last) == ["ok"]).then_some(last)
    })
    .await
}

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
    // The server that delivers notices within a second.
    let both = signed_with(&ana, &receiver, 2, &second).await;
    assert_eq!((verified(&first, &both), verified(&second, &both)), (vec!["ok".into()], vec!["ok".into()]));

    let third = ana.calls(Method::POST, &format!("{path}?overlap=0"), None).await.expect(200).text("/secret");
    let alone = signed_with(&ana, &receiver, 1, &third).await;
    assert_eq!(verified(&third, &alone), ["ok"]);
    for former in [first, second] {
        assert!(verified(&former, &alone)[0].starts_with("WebhookVerificationError"));
    }
    for overlap in ["-1", "604801", "a day", ""] {
        ana.calls(Method::POST, &format!("{path}?overlap={overlap}"), None).await.invalid("/overlap");
    }
}
