//! An identity provider of the tests' own: keys, tokens with any content, and a JWKS in a file or at a URL.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// `iss` of this identity provider's tokens.
pub const ISSUER: &str = "https://id.acme.test";
/// `aud` of tokens meant for Roster.
pub const AUDIENCE: &str = "roster";

/// A key that signs tokens.
pub enum Key {
    /// Ed25519.
    Ed(Ed25519KeyPair),
    /// P-256.
    Ec(EcdsaKeyPair),
}

impl Key {
    /// A new Ed25519 key.
    pub fn ed() -> Self {
        Self::Ed(Ed25519KeyPair::generate().expect("a random key"))
    }

    /// A new P-256 key.
    pub fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a random key"))
    }

    /// The development key in a data folder, to sign what `roster token` would not.
    pub fn of_folder(data: &Path) -> Self {
        let text = std::fs::read(data.join("dev-key.pem")).expect("a development key");
        let block = pem::parse(text).expect("it is PEM");
        Self::Ed(Ed25519KeyPair::from_pkcs8(block.contents()).expect("it is PKCS#8"))
    }

    /// How tokens name the algorithm.
    pub fn alg(&self) -> &'static str {
        match self {
            Self::Ed(_) => "EdDSA",
            Self::Ec(_) => "ES256",
        }
    }

    /// The public half, as published under this name.
    pub fn named(&self, kid: &str) -> Value {
        match self {
            Self::Ed(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": base64(pair.public_key().as_ref()) })
            }
            Self::Ec(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": base64(x), "y": base64(y) })
            }
        }
    }

    /// A token with this header and payload, whatever they say.
    pub fn signs(&self, header: &Value, payload: &Value) -> String {
        let message = unsigned(header, payload);
        let signature = match self {
            Self::Ed(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
            Self::Ec(pair) => {
                pair.sign(&SystemRandom::new(), message.as_bytes()).expect("a signature").as_ref().to_vec()
            }
        };
        format!("{message}.{}", base64(signature))
    }

    /// A token of [`ISSUER`] under this key's name.
    pub fn token(&self, kid: &str, payload: &Value) -> String {
        self.signs(&json!({ "alg": self.alg(), "typ": "JWT", "kid": kid }), payload)
    }
}

/// What a token of [`ISSUER`] says of somebody for an hour.
pub fn claims(sub: &str) -> Value {
    let now = seconds(SystemTime::now());
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": sub, "iat": now, "exp": now + 3600,
            "email": format!("{sub}@acme.test"), "email_verified": true, "name": sub })
}

/// Header and payload without a signature.
pub fn unsigned(header: &Value, payload: &Value) -> String {
    format!("{}.{}", base64(header.to_string()), base64(payload.to_string()))
}

/// Seconds since 1970.
pub fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}

/// Puts keys in a file as careful people do: beside, then renamed.
pub fn publish(path: &Path, keys: &[Value]) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, json!({ "keys": keys }).to_string()).expect("keys can be written");
    std::fs::rename(&beside, path).expect("keys can be put in their place");
}

/// Answers every request with these keys; the URL. Ends with the test's runtime.
pub async fn serve(keys: &[Value]) -> String {
    let body = json!({ "keys": keys }).to_string();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/jwks.json", listener.local_addr().expect("its address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    url
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
