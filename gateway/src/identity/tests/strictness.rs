//! A well-signed token is refused for whatever is not as it must be.

use std::collections::HashSet;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use super::{AUDIENCE, HandClock, ISSUER, TestKey, ana, publish, token, verifier, with};
use crate::identity::{IdentityError, Scope};

/// What is made of Ana's claims with these changes, and what the same rules in jsonwebtoken say.
async fn verdict(changes: &Value) -> (Result<(), IdentityError>, bool) {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let token = key.token("k1", &with(&ana(&clock), changes));
    let ours = verifier(path.to_str().unwrap(), &clock).0.verify(&token).await.map(|_| ());

    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.required_spec_claims = HashSet::from(["exp", "iss", "aud", "sub"].map(str::to_owned));
    (rules.validate_nbf, rules.leeway) = (true, 5);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    let public = DecodingKey::from_jwk(&serde_json::from_value(key.jwk()).unwrap()).unwrap();
    (ours, jsonwebtoken::decode::<Value>(&token, &public, &rules).is_ok())
}

#[tokio::test]
async fn claims_that_are_not_as_they_must_be_are_refused() {
    let now = HandClock::new().now_seconds();
    for (changes, reason) in [
        (json!({ "exp": now - 60 }), "it has expired"),
        (json!({ "exp": now - 5 }), "it has expired"),
        (json!({ "nbf": now + 60 }), "it is not valid yet"),
        (json!({ "iat": now + 60 }), "it was issued in the future"),
        (json!({ "aud": "billing" }), "its aud is another"),
        (json!({ "aud": ["billing", "Roster"] }), "its aud is another"),
        (json!({ "aud": [] }), "its aud is another"),
        (json!({ "iss": "https://id.acme.test/" }), "its iss is another"),
        (json!({ "aud": null }), "it has no aud"),
        (json!({ "iss": null }), "it has no iss"),
        (json!({ "sub": null }), "it has no sub"),
        (json!({ "exp": null }), "it has no exp"),
        (json!({ "iat": null }), "it has no iat"),
        (json!({ "sub": "" }), "its sub is not 1 to 255 printable characters"),
        (json!({ "sub": "a\u{0}b" }), "its sub is not 1 to 255 printable characters"),
        (json!({ "sub": "x".repeat(256) }), "its sub is not 1 to 255 printable characters"),
        (json!({ "sub": 7 }), "its claims are malformed"),
        (json!({ "iss": [ISSUER] }), "its claims are malformed"),
        (json!({ "aud": { "roster": true } }), "its claims are malformed"),
        (json!({ "exp": (now + 60).to_string() }), "its claims are malformed"),
        (json!({ "exp": (now + 60) * 1000 }), "its claims are malformed"),
        (json!({ "nbf": -1 }), "its claims are malformed"),
    ] {
        assert_eq!(verdict(&changes).await.0, Err(IdentityError::Invalid(reason)), "{changes}");
    }
}

#[tokio::test]
async fn claims_at_the_edge_are_accepted_and_nothing_that_jsonwebtoken_refuses() {
    let now = HandClock::new().now_seconds();
    for changes in [
        json!({}),
        json!({ "exp": now - 3 }),
        json!({ "nbf": now + 4, "iat": now + 4 }),
        json!({ "exp": now as f64 + 60.5, "iat": now as f64 - 0.5 }),
        json!({ "aud": ["billing", AUDIENCE] }),
        json!({ "name": 7, "email": ["ana@acme.test"], "sid": {}, "scope": ["roster:admin"], "picture": false }),
        json!({ "unheard-of": [[[]]] }),
    ] {
        assert_eq!(verdict(&changes).await, (Ok(()), true), "{changes}");
    }
}

#[tokio::test]
async fn headers_that_are_not_as_they_must_be_are_refused() {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    let usual = json!({ "alg": "EdDSA", "typ": "JWT", "kid": "k1" });
    let sign = |header: &Value| token(header, &ana(&clock), |message| key.sign(message));
    for (header, reason) in [
        (with(&usual, &json!({ "crit": ["exp"] })), "its header has crit"),
        (with(&usual, &json!({ "crit": [] })), "its header has crit"),
        (json!({ "alg": "EdDSA", "kid": "k1", "crit": null }), "its header has crit"),
        (with(&usual, &json!({ "typ": "dpop+jwt" })), "its typ is not JWT or at+jwt"),
        (with(&usual, &json!({ "alg": "eddsa" })), "its alg is not RS256, ES256 or EdDSA"),
        (with(&usual, &json!({ "alg": "PS256" })), "its alg is not RS256, ES256 or EdDSA"),
        (with(&usual, &json!({ "alg": null })), "its header is malformed"),
        (json!(["EdDSA", "k1", "JWT"]), "its header is malformed"),
        (with(&usual, &json!({ "kid": "x".repeat(257) })), "its kid is longer than 256 bytes"),
        (with(&usual, &json!({ "x5c": "x".repeat(2000) })), "its header is longer than 2 KiB"),
    ] {
        let verdict = verifier.verify(&sign(&header)).await.map(|_| ());
        assert_eq!(verdict, Err(IdentityError::Invalid(reason)), "{header}");
    }
    for typ in [json!(null), json!("jwt"), json!("at+JWT")] {
        assert!(verifier.verify(&sign(&with(&usual, &json!({ "typ": typ })))).await.is_ok(), "{typ}");
    }
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    let good = key.token("k1", &ana(&clock));
    let (head, rest) = good.split_once('.').unwrap();
    let huge = key.token("k1", &with(&ana(&clock), &json!({ "name": "x".repeat(8192) })));
    let doubled = head.replace("ey", "ey ");
    for bad in [
        "garbage",
        ".",
        "..",
        "...",
        "ü.ü.ü",
        "\u{0}",
        " ",
        &huge,
        head,
        rest,
        &format!("{good}."),
        &format!("{good}="),
    ]
    .into_iter()
    .chain(
        [format!(" {good}"), format!("{good}\n"), format!("{good}.{rest}"), format!("{doubled}.{rest}")]
            .iter()
            .map(String::as_str),
    ) {
        assert!(matches!(verifier.verify(bad).await, Err(IdentityError::Invalid(_))), "{bad}");
    }
    assert_eq!(verifier.verify("").await, Err(IdentityError::Missing));
    assert!(verifier.verify(&good).await.is_ok());
}

#[tokio::test]
async fn what_a_token_says_is_taken_over() {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let said = json!({ "email": "Ana@Acme.test", "email_verified": "true", "name": " Ana ", "sid": "s-1",
                       "scope": "openid roster:act-as roster:administrator" });
    let token = key.token("k1", &with(&ana(&clock), &said));
    let claims = verifier(path.to_str().unwrap(), &clock).0.verify(&token).await.unwrap();
    assert_eq!(claims.user.as_str(), "ana");
    assert_eq!(claims.person.email.as_ref().unwrap().as_str(), "ana@acme.test");
    assert!(claims.person.email_verified);
    assert_eq!((claims.person.name.as_deref(), claims.session.as_deref()), (Some("Ana"), Some("s-1")));
    assert_eq!([Scope::ActAs, Scope::Audit, Scope::Admin].map(|scope| claims.has(scope)), [true, false, false]);
    assert_eq!(claims.expires_at.timestamp() - claims.issued_at.timestamp(), 3600);
    assert_eq!(format!("{claims:?}"), "Claims(…)");
}
