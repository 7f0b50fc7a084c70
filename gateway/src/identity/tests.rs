//! What the tests of identity share: a clock to turn by hand, keys of each kind, and tokens with any content whatsoever.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]

mod confusion;
mod cost;
mod development;
mod endpoint;
mod file;
mod key_choice;
mod settings;
mod strictness;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::{Duration, SystemTime};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::clock::Clock;
use super::jwks::Jwks;
use super::key_source::KeySource;
use super::verifier::{Keys, Verifier};

const ISSUER: &str = "https://id.acme.test";
const AUDIENCE: &str = "roster";

/// Both clocks at once; stands still until it is turned.
struct HandClock {
    start: SystemTime,
    passed: AtomicU64,
}

impl HandClock {
    fn new() -> Arc<Self> {
        Arc::new(Self { start: SystemTime::now(), passed: AtomicU64::new(0) })
    }

    fn now_seconds(&self) -> i64 {
        self.now().timestamp()
    }

    fn pass(&self, time: Duration) {
        self.passed.fetch_add(time.as_secs(), SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        (self.start + self.elapsed()).into()
    }

    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.passed.load(SeqCst))
    }
}

enum TestKey {
    Ed(Ed25519KeyPair),
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl TestKey {
    fn ed() -> Self {
        Self::Ed(Ed25519KeyPair::generate().unwrap())
    }

    fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    fn alg(&self) -> &'static str {
        match self {
            Self::Ed(_) => "EdDSA",
            Self::Ec(_) => "ES256",
            Self::Rsa(_) => "RS256",
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Ed(key) => key.sign(message).as_ref().to_vec(),
            Self::Ec(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    /// The public half as a JWK without `kid`, `alg` and `use`.
    fn jwk(&self) -> Value {
        match self {
            Self::Ed(key) => json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(key.public_key().as_ref()) }),
            Self::Ec(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y) })
            }
            Self::Rsa(key) => {
                let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = key.as_der().unwrap();
                let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
                let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
                let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap()).unwrap();
                jwk.as_object_mut().unwrap().remove("alg");
                jwk
            }
        }
    }

    /// The public half as published under a name.
    fn named(&self, kid: &str) -> Value {
        with(&self.jwk(), &json!({ "kid": kid, "use": "sig", "alg": self.alg() }))
    }

    /// A token with the usual header.
    fn token(&self, kid: &str, payload: &Value) -> String {
        token(&json!({ "alg": self.alg(), "typ": "JWT", "kid": kid }), payload, |message| self.sign(message))
    }
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn token(header: &Value, payload: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", base64(header.to_string()), base64(payload.to_string()));
    let signature = base64(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// Ana's claims, good for an hour.
fn ana(clock: &HandClock) -> Value {
    let now = clock.now().timestamp();
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "ana", "iat": now, "exp": now + 3600 })
}

/// An object with others' members put in; `null` takes one out.
fn with(object: &Value, changes: &Value) -> Value {
    let mut object = object.clone();
    for (name, value) in changes.as_object().unwrap() {
        let members = object.as_object_mut().unwrap();
        if value.is_null() {
            members.remove(name)
        } else {
            members.insert(name.clone(), value.clone())
        };
    }
    object
}

fn jwks(keys: &[Value]) -> Value {
    json!({ "keys": keys })
}

/// Puts keys in a file as careful people do: beside, then renamed.
fn publish(path: &Path, keys: &[Value]) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, jwks(keys).to_string()).unwrap();
    std::fs::rename(&beside, path).unwrap();
}

/// A verifier over these keys, read through this clock.
fn verifier(source: &str, clock: &Arc<HandClock>) -> (Verifier, Jwks) {
    let jwks = Jwks::new(KeySource::parse(source).unwrap(), clock.clone());
    let keys = Keys::Published(jwks.clone());
    (Verifier::new(ISSUER.into(), AUDIENCE.into(), keys, clock.clone()), jwks)
}
