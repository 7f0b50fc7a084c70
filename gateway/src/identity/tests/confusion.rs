//! A token does not choose how it is verified, nor with what.

use aws_lc_rs::hmac;
use base64::Engine;
use serde_json::{Value, json};

use super::{HandClock, TestKey, ana, base64, publish, token, verifier, with};
use crate::identity::{IdentityError, Verifier};

struct Scene {
    _folder: tempfile::TempDir,
    clock: std::sync::Arc<HandClock>,
    key: TestKey,
    verifier: Verifier,
}

impl Scene {
    fn with(key: TestKey) -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
        let path = folder.path().join("jwks.json");
        publish(&path, &[key.named("k1")]);
        let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
        Self { _folder: folder, clock, key, verifier }
    }

    async fn refusal(&self, token: &str) -> &'static str {
        match self.verifier.verify(token).await {
            Err(IdentityError::Invalid(reason)) => reason,
            other => unreachable!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn alg_none_is_refused() {
    let scene = Scene::with(TestKey::ed());
    for alg in ["none", "None", "nOnE", ""] {
        let unsigned = token(&json!({ "alg": alg, "kid": "k1" }), &ana(&scene.clock), |_| Vec::new());
        assert_eq!(scene.refusal(&unsigned).await, "its alg is not RS256, ES256 or EdDSA");
    }
    let unsigned = token(&json!({ "alg": "EdDSA", "kid": "k1" }), &ana(&scene.clock), |_| Vec::new());
    assert_eq!(scene.refusal(&unsigned).await, "its signature is not the key's");
}

#[tokio::test]
async fn the_public_key_is_no_secret_to_sign_with() {
    for key in [TestKey::ed(), TestKey::rsa()] {
        let scene = Scene::with(key);
        let jwk = scene.key.jwk();
        let number = jwk.get("x").or(jwk.get("n")).and_then(Value::as_str).unwrap();
        let raw = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(number).unwrap();
        let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", raw.clone()));
        for secret in [pem.as_bytes(), raw.as_slice(), jwk.to_string().as_bytes()] {
            let hmac =
                |message: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec();
            let confused = token(&json!({ "alg": "HS256", "kid": "k1" }), &ana(&scene.clock), hmac);
            assert_eq!(scene.refusal(&confused).await, "its alg is not RS256, ES256 or EdDSA");
            let disguised = token(&json!({ "alg": scene.key.alg(), "kid": "k1" }), &ana(&scene.clock), hmac);
            assert_eq!(scene.refusal(&disguised).await, "its signature is not the key's");
        }
    }
}

#[tokio::test]
async fn a_key_of_another_family_does_not_count_under_the_same_name() {
    let scene = Scene::with(TestKey::ed());
    let stranger = TestKey::ec();
    assert_eq!(scene.refusal(&stranger.token("k1", &ana(&scene.clock))).await, "its alg is not the one of the key");
    let header = json!({ "alg": "EdDSA", "kid": "k1" });
    let mislabelled = token(&header, &ana(&scene.clock), |message| stranger.sign(message));
    assert_eq!(scene.refusal(&mislabelled).await, "its signature is not the key's");
}

#[tokio::test]
async fn a_key_brought_along_does_not_count() {
    let (scene, own) = (Scene::with(TestKey::ed()), TestKey::ed());
    let header = json!({ "alg": "EdDSA", "kid": "k1", "jwk": own.named("k1"), "jku": "https://evil.test/jwks" });
    let token = token(&header, &ana(&scene.clock), |message| own.sign(message));
    assert_eq!(scene.refusal(&token).await, "its signature is not the key's");
}

#[tokio::test]
async fn a_changed_payload_is_noticed_also_after_the_token_was_verified() {
    for key in [TestKey::ed(), TestKey::ec(), TestKey::rsa()] {
        let scene = Scene::with(key);
        let good = scene.key.token("k1", &ana(&scene.clock));
        assert!(scene.verifier.verify(&good).await.is_ok());
        let parts: Vec<&str> = good.split('.').collect();
        let bens = base64(with(&ana(&scene.clock), &json!({ "sub": "ben" })).to_string());
        assert_eq!(scene.refusal(&format!("{}.{bens}.{}", parts[0], parts[2])).await, "its signature is not the key's");
        let cut = &good[..good.len() - 4];
        assert_eq!(scene.refusal(cut).await, "its signature is not the key's");
    }
}
