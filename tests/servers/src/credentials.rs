//! Who may use a NATS in operator mode: an operator that trusts an account, and a user of it with a credentials file, as `nsc`
//! would make them.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use nkeys::KeyPair;
use serde_json::{Value, json};
use tempfile::TempDir;

/// An operator of the tests' own, with one account that may use JetStream.
pub struct Credentials {
    operator: KeyPair,
    account: KeyPair,
    folder: TempDir,
}

impl Credentials {
    /// A new operator with a new account.
    #[expect(clippy::new_without_default, reason = "no two are alike")]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { operator: KeyPair::new_operator(), account: KeyPair::new_account(), folder }
    }

    /// What makes a NATS trust this operator and nobody else.
    pub fn for_nats(&self) -> String {
        let system = KeyPair::new_account();
        let operator = claims("operator", json!({ "system_account": system.public_key() }));
        let operator = signed(&self.operator, &self.operator, operator);
        let account = |key: &KeyPair, storage: i64| {
            let limits = json!({
                "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1,
                "leaf": -1, "mem_storage": storage, "disk_storage": storage, "streams": -1, "consumer": -1
            });
            signed(&self.operator, key, claims("account", json!({ "limits": limits })))
        };
        format!(
            "operator: {operator}\nsystem_account: {}\nresolver: MEMORY\nresolver_preload: {{ {}: {}, {}: {} }}",
            system.public_key(),
            system.public_key(),
            account(&system, 0),
            self.account.public_key(),
            account(&self.account, -1)
        )
    }

    /// The credentials file of a new user of the account; under another operator it is worth nothing.
    pub fn file(&self) -> PathBuf {
        let user = KeyPair::new_user();
        let limits = json!({ "subs": -1, "data": -1, "payload": -1, "pub": {}, "sub": {} });
        let token = signed(&self.account, &user, claims("user", limits));
        let seed = user.seed().expect("a new key has its seed");
        let text = format!(
            "-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n\n\
             -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
        );
        let path = self.folder.path().join(format!("{}.creds", user.public_key()));
        fs::write(&path, text).expect("the folder is ours");
        path
    }
}

fn claims(kind: &str, mut of_kind: Value) -> Value {
    of_kind["type"] = kind.into();
    of_kind["version"] = 2.into();
    of_kind
}

/// The JWT that says these things of `subject`, by `issuer`.
fn signed(issuer: &KeyPair, subject: &KeyPair, claims: Value) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let body = json!({
        "jti": subject.public_key(), "iat": now, "iss": issuer.public_key(), "name": claims["type"],
        "sub": subject.public_key(), "nats": claims
    });
    let part = |value: Value| BASE64.encode(value.to_string());
    let text = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ed25519-nkey" })), part(body));
    let signature = issuer.sign(text.as_bytes()).expect("the key can sign");
    format!("{text}.{}", BASE64.encode(signature))
}
