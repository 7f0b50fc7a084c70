//! A token's outer shape and its header, read strictly before anything in it is believed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::error::IdentityError::{self, Invalid};

/// The longest header, in bytes of base64.
const LONGEST_HEADER: usize = 2 * 1024;
const LONGEST_KID: usize = 256;

/// A token cut into its parts; nothing of it is verified.
pub(crate) struct Compact<'t> {
    /// What the header claims the algorithm is. It must equal the key's own.
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
    /// What is signed: header and payload, as sent.
    pub(crate) message: &'t str,
    pub(crate) payload: &'t str,
    pub(crate) signature: &'t str,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

impl<'t> Compact<'t> {
    /// Cuts a token and reads its header. The token's length is bounded before it gets here.
    pub(crate) fn parse(token: &'t str) -> Result<Self, IdentityError> {
        let (message, signature) = token.rsplit_once('.').ok_or(Invalid("it is not in three parts"))?;
        let (header, payload) = message.split_once('.').ok_or(Invalid("it is not in three parts"))?;
        if payload.contains('.') {
            return Err(Invalid("it is not in three parts"));
        }
        if header.len() > LONGEST_HEADER {
            return Err(Invalid("its header is longer than 2 KiB"));
        }
        let header: Header = object(header).ok_or(Invalid("its header is malformed"))?;
        if header.crit {
            return Err(Invalid("its header has crit"));
        }
        let usual = |typ: &str| typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt");
        if !header.typ.as_deref().is_none_or(usual) {
            return Err(Invalid("its typ is not JWT or at+jwt"));
        }
        if header.kid.as_ref().is_some_and(|kid| kid.len() > LONGEST_KID) {
            return Err(Invalid("its kid is longer than 256 bytes"));
        }
        let algorithm = match header.alg.as_str() {
            "RS256" => Algorithm::RS256,
            "ES256" => Algorithm::ES256,
            "EdDSA" => Algorithm::EdDSA,
            _ => return Err(Invalid("its alg is not RS256, ES256 or EdDSA")),
        };
        Ok(Self { algorithm, kid: header.kid, message, payload, signature })
    }
}

/// Reads a part as a JSON object. The look at the first byte is needed because serde takes an array for a struct, too.
pub(crate) fn object<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    if !json.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    serde_json::from_slice(&json).ok()
}

/// True for any value, `null` included: whoever writes `crit` wants something that is not understood here.
fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}
