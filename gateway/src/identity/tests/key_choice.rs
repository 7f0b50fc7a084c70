//! Which keys of a JWKS are of use, and which one a token gets.

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{TestKey, base64, jwks, with};
use crate::identity::compact::Compact;
use crate::identity::keys::{Document, KeySet, NoKey};

fn set(keys: &[Value]) -> KeySet {
    let document = Document::parse(jwks(keys).to_string().as_bytes()).unwrap();
    assert_eq!(document.skipped, [""; 0]);
    KeySet { generation: 1, keys: document.usable }
}

fn choice(keys: &KeySet, kid: Option<&str>, algorithm: Algorithm) -> Result<Option<String>, NoKey> {
    let token = Compact { algorithm, kid: kid.map(str::to_owned), message: "", payload: "", signature: "" };
    keys.find(&token).map(|key| key.kid.clone())
}

#[test]
fn keys_that_are_not_for_verifying_here_are_skipped_and_the_others_kept() {
    let (ed, ec, rsa) = (TestKey::ed(), TestKey::ec(), TestKey::rsa());
    let short = with(&rsa.named("short"), &json!({ "n": base64([0xff_u8; 128]) }));
    let padded = with(&rsa.named("padded"), &json!({ "n": base64([vec![0; 129], vec![0xff; 128]].concat()) }));
    let document = jwks(&[
        with(&ed.named("enc"), &json!({ "use": "enc" })),
        with(&ed.named("sign only"), &json!({ "key_ops": ["sign"] })),
        json!({ "kty": "oct", "k": base64("secret"), "kid": "oct", "alg": "HS256" }),
        short,
        padded,
        with(&ec.named("another curve"), &json!({ "crv": "P-384" })),
        with(&ed.named("another curve"), &json!({ "crv": "X25519" })),
        with(&rsa.named("another alg"), &json!({ "alg": "PS256" })),
        with(&ed.named("another family"), &json!({ "alg": "ES256" })),
        with(&ed.named("cut"), &json!({ "x": "AAAA" })),
        with(&ed.named("not base64url"), &json!({ "x": "+/+/" })),
        json!("nonsense"),
        json!({}),
        ed.named("good"),
        ec.named("good"),
        rsa.named("good"),
        with(&ed.jwk(), &json!({ "key_ops": ["verify"] })),
    ]);
    let document = Document::parse(document.to_string().as_bytes()).unwrap();
    assert_eq!((document.usable.len(), document.skipped.len()), (4, 13), "{:?}", document.skipped);
}

#[test]
fn what_is_no_jwks_is_noticed() {
    for bad in ["", "[]", "[[]]", "{}", r#"{"keys":{}}"#, "<html>", r#"{"keys":[]}garbage"#] {
        assert!(Document::parse(bad.as_bytes()).is_none(), "{bad}");
    }
}

#[test]
fn a_token_gets_the_key_it_names_if_it_is_for_its_algorithm() {
    let keys =
        set(&[TestKey::ed().named("a"), TestKey::ec().named("b"), TestKey::ed().named("c"), TestKey::ec().jwk()]);
    assert_eq!(choice(&keys, Some("a"), Algorithm::EdDSA), Ok(Some("a".into())));
    assert_eq!(choice(&keys, Some("a"), Algorithm::ES256), Err(NoKey::Unfit("its alg is not the one of the key")));
    assert_eq!(choice(&keys, Some("d"), Algorithm::ES256), Err(NoKey::Unknown));
}

#[test]
fn one_name_may_stand_for_a_key_of_each_family_but_not_for_two_of_one() {
    let keys = set(&[TestKey::ed().named("a"), TestKey::ec().named("a"), TestKey::ec().named("a")]);
    assert_eq!(choice(&keys, Some("a"), Algorithm::EdDSA), Ok(Some("a".into())));
    assert_eq!(choice(&keys, Some("a"), Algorithm::ES256), Err(NoKey::Unfit("more than one key fits")));
}

#[test]
fn without_a_name_there_must_be_no_choice() {
    let alone = set(&[TestKey::ed().jwk()]);
    assert_eq!(choice(&alone, Some("any"), Algorithm::EdDSA), Ok(None));
    assert_eq!(choice(&alone, None, Algorithm::EdDSA), Ok(None));
    let several = set(&[TestKey::ed().jwk(), TestKey::ec().named("b"), TestKey::ec().named("c")]);
    assert_eq!(choice(&several, None, Algorithm::EdDSA), Ok(None));
    assert_eq!(choice(&several, None, Algorithm::ES256), Err(NoKey::Unfit("more than one key fits")));
    assert_eq!(choice(&several, Some("any"), Algorithm::EdDSA), Err(NoKey::Unknown));
}
