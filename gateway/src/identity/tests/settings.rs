//! Which settings make an identity, and what the others are told.

use std::net::IpAddr;

use super::{AUDIENCE, ISSUER, TestKey, publish};
use crate::identity::{DEVELOPMENT_ISSUER, Identity, IdentitySettings, SetupError};

async fn open(set: [&str; 3], dev_identity: bool, listen: &str) -> Result<Identity, SetupError> {
    let folder = tempfile::tempdir().unwrap();
    let [issuer, audience, jwks] = set.map(|text| Some(text.to_owned()));
    let settings = IdentitySettings { issuer, audience, jwks, dev_identity };
    Identity::open(&settings, folder.path(), listen.parse::<IpAddr>().unwrap()).await
}

async fn refusal(set: [&str; 3], listen: &str) -> String {
    open(set, false, listen).await.err().map(|error| error.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn without_an_issuer_it_is_the_development_identity_and_only_on_loopback() {
    for loopback in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
        let identity = open(["", "", " "], false, loopback).await.unwrap();
        assert_eq!((identity.issuer.as_str(), identity.dev_key.is_some()), (DEVELOPMENT_ISSUER, true));
    }
    for open_to_others in ["0.0.0.0", "::", "192.168.0.7", "::ffff:10.0.0.1"] {
        let refusal = refusal(["", "", ""], open_to_others).await;
        for way_out in ["ROSTER_ISSUER", "ROSTER_AUDIENCE", "ROSTER_JWKS", "127.0.0.1", "ROSTER_DEV_IDENTITY=on"] {
            assert!(refusal.contains(way_out), "{refusal}");
        }
        assert!(open(["", "", ""], true, open_to_others).await.is_ok());
    }
}

#[tokio::test]
async fn issuer_audience_and_keys_go_together() {
    let url = "https://id.acme.test/jwks";
    for (set, missing) in [
        ([ISSUER, "", url], "ROSTER_AUDIENCE is not set, but ROSTER_ISSUER is"),
        ([ISSUER, AUDIENCE, ""], "ROSTER_JWKS is not set, but ROSTER_ISSUER is"),
        (["", AUDIENCE, ""], "ROSTER_ISSUER is not set, but ROSTER_AUDIENCE is"),
        (["", "", url], "ROSTER_ISSUER is not set, but ROSTER_JWKS is"),
    ] {
        let refusal = refusal(set, "127.0.0.1").await;
        assert!(refusal.starts_with(missing), "{refusal}");
    }
}

#[tokio::test]
async fn an_issuer_is_used_on_any_address_and_makes_no_key_of_our_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jwks.json");
    publish(&path, &[TestKey::ed().named("k1")]);
    let identity = open([ISSUER, AUDIENCE, path.to_str().unwrap()], false, "0.0.0.0").await.unwrap();
    assert_eq!((identity.issuer.as_str(), identity.dev_key.is_none()), (ISSUER, true));
}

#[tokio::test]
async fn keys_come_over_https_or_from_this_machine() {
    for good in
        ["https://id.acme.test/jwks", "http://127.0.0.1:1/jwks", "http://[::1]:1/jwks", "http://localhost:1/jwks"]
    {
        assert!(open([ISSUER, AUDIENCE, good], false, "127.0.0.1").await.is_ok(), "{good}");
    }
    for bad in [
        "http://id.acme.test/jwks",
        "http://localhost.acme.test/jwks",
        "http://127.0.0.1.acme.test/jwks",
        "http://10.0.0.1/jwks",
        "http://127.0.0.1@acme.test/jwks",
        "ftp://127.0.0.1/jwks",
        "file:///etc/jwks.json",
        "https://",
        "://",
    ] {
        let refusal = refusal([ISSUER, AUDIENCE, bad], "127.0.0.1").await;
        assert!(refusal.contains("ROSTER_JWKS must be"), "{bad}: {refusal}");
    }
    assert!(refusal([ISSUER, AUDIENCE, "/no/such/file"], "127.0.0.1").await.contains("/no/such/file"));
}
