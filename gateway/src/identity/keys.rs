//! An issuer's public keys, each bound to the one algorithm it is for. A token never chooses how it is verified.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, OctetKeyPairParameters, OctetKeyPairType,
    PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde_json::Value;

use super::compact::Compact;

/// A public key and the only algorithm it verifies.
#[derive(Debug)]
pub(crate) struct VerifyingKey {
    pub(crate) kid: Option<String>,
    algorithm: Algorithm,
    parameters: AlgorithmParameters,
    key: DecodingKey,
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.kid == other.kid && self.parameters == other.parameters
    }
}

impl VerifyingKey {
    /// Accepts a JWK, or says why it is of no use.
    pub(crate) fn from_jwk(jwk: Jwk) -> Result<Self, &'static str> {
        if jwk.common.public_key_use.is_some_and(|usage| usage != PublicKeyUse::Signature) {
            return Err("its use is not sig");
        }
        if jwk.common.key_operations.is_some_and(|operations| !operations.contains(&KeyOperations::Verify)) {
            return Err("its key_ops do not have verify");
        }
        let long = |number: &str| URL_SAFE_NO_PAD.decode(number).map_err(|_| "it is not in base64url");
        let (algorithm, key) = match &jwk.algorithm {
            AlgorithmParameters::RSA(rsa) => {
                if !(2048..=8192).contains(&bits(&long(&rsa.n)?)) {
                    return Err("its modulus is not of 2048 to 8192 bits");
                }
                (Algorithm::RS256, DecodingKey::from_rsa_components(&rsa.n, &rsa.e))
            }
            AlgorithmParameters::EllipticCurve(ec) => {
                if ec.curve != EllipticCurve::P256 || long(&ec.x)?.len() != 32 || long(&ec.y)?.len() != 32 {
                    return Err("it is not on P-256");
                }
                (Algorithm::ES256, DecodingKey::from_ec_components(&ec.x, &ec.y))
            }
            AlgorithmParameters::OctetKeyPair(pair) => {
                if pair.curve != EllipticCurve::Ed25519 || long(&pair.x)?.len() != 32 {
                    return Err("it is not on Ed25519");
                }
                (Algorithm::EdDSA, DecodingKey::from_ed_components(&pair.x))
            }
            _ => return Err("its kty is not RSA, EC or OKP"),
        };
        if jwk.common.key_algorithm.is_some_and(|named| named != KeyAlgorithm::from(algorithm)) {
            return Err("its alg is not the one of its kty (RS256, ES256 or EdDSA)");
        }
        let key = key.map_err(|_| "its numbers are malformed")?;
        Ok(Self { kid: jwk.common.key_id, algorithm, parameters: jwk.algorithm, key })
    }

    /// An Ed25519 key from its 32 bytes.
    pub(crate) fn ed25519(kid: String, public: &[u8]) -> Self {
        let x = URL_SAFE_NO_PAD.encode(public);
        let key = DecodingKey::from_ed_der(public);
        let parameters = AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
            key_type: OctetKeyPairType::OctetKeyPair,
            curve: EllipticCurve::Ed25519,
            x,
        });
        Self { kid: Some(kid), algorithm: Algorithm::EdDSA, parameters, key }
    }

    /// Whether this key made the signature.
    pub(crate) fn signed(&self, token: &Compact<'_>) -> bool {
        crypto::verify(token.signature, token.message.as_bytes(), &self.key, self.algorithm).unwrap_or(false)
    }
}

fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros).map_or(0, |first| (number.len() - zeros) * 8 - first.leading_zeros() as usize)
}

/// The keys of one moment. The generation rises with each change, so that what was verified before can be told apart.
#[derive(Debug)]
pub(crate) struct KeySet {
    pub(crate) generation: u64,
    pub(crate) keys: Vec<VerifyingKey>,
}

/// Why no key was picked for a token.
#[derive(Debug, PartialEq)]
pub(crate) enum NoKey {
    /// None is known by this name; a newer set might have it.
    Unknown,
    /// The name is known, and no newer set should be hoped for.
    Unfit(&'static str),
}

impl KeySet {
    /// The one key a token can be verified with: that of its kid, of the token's algorithm; without a kid on either
    /// side, only where there is no choice.
    pub(crate) fn find(&self, token: &Compact<'_>) -> Result<&VerifyingKey, NoKey> {
        let candidates: Vec<&VerifyingKey> = match (&token.kid, self.keys.as_slice()) {
            (Some(_), [only]) if only.kid.is_none() => vec![only],
            (Some(_), keys) => keys.iter().filter(|key| key.kid == token.kid).collect(),
            (None, keys) => keys.iter().collect(),
        };
        if candidates.is_empty() {
            return Err(NoKey::Unknown);
        }
        let mut fitting = candidates.into_iter().filter(|key| key.algorithm == token.algorithm);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (None, _) => Err(NoKey::Unfit("its alg is not the one of the key")),
            (Some(_), Some(_)) => Err(NoKey::Unfit("more than one key fits")),
        }
    }
}

/// The usable keys of a JWKS document, and why each of the others is not.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) usable: Vec<VerifyingKey>,
    pub(crate) skipped: Vec<&'static str>,
}

impl Document {
    /// Reads a JWKS key by key, so that a strange one does not take the others along. `None`: not a JWKS at all.
    pub(crate) fn parse(json: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Keys {
            keys: Vec<Value>,
        }
        if !json.trim_ascii_start().starts_with(b"{") {
            return None;
        }
        let document: Keys = serde_json::from_slice(json).ok()?;
        let mut parsed = Self { usable: Vec::new(), skipped: Vec::new() };
        for key in document.keys {
            let key = serde_json::from_value(key).map_err(|_| "it is not a public key of a known kind");
            match key.and_then(VerifyingKey::from_jwk) {
                Ok(key) => parsed.usable.push(key),
                Err(reason) => parsed.skipped.push(reason),
            }
        }
        Some(parsed)
    }
}
