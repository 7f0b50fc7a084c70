//! The rest of an organization's profile: a logo and free metadata for the host application.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::text::{self, NotAccepted};

/// Where the logo is found: a URL or path as the host application means it, 1–2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(min_length = 1, max_length = 2048))]
pub struct Logo(String);

impl Logo {
    /// The logo's address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Logo {
    type Err = NotAccepted;
    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 2048 || text.chars().any(text::is_forbidden) {
            return Err(NotAccepted("must be 1 to 2048 printable characters"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Logo {
    type Error = NotAccepted;
    fn try_from(text: String) -> Result<Self, NotAccepted> {
        text.parse()
    }
}

impl From<Logo> for String {
    fn from(logo: Logo) -> Self {
        logo.0
    }
}

/// A JSON object the host application keeps with an organization: at most 16 KiB as text, 32 levels deep, and no
/// U+0000 in any key or string (it would stop every later reader in Postgres).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>", into = "Map<String, Value>")]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(value_type = Object))]
pub struct Metadata(Map<String, Value>);

impl Metadata {
    /// The object.
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl TryFrom<Map<String, Value>> for Metadata {
    type Error = NotAccepted;
    fn try_from(map: Map<String, Value>) -> Result<Self, NotAccepted> {
        let whole = Value::Object(map);
        if has_nul_or_is_deep(&whole, 32) {
            return Err(NotAccepted("must not contain U+0000 nor be nested deeper than 32 levels"));
        }
        if whole.to_string().len() > 16 * 1024 {
            return Err(NotAccepted("must be at most 16 KiB"));
        }
        match whole {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(NotAccepted("must be an object")),
        }
    }
}

impl From<Metadata> for Map<String, Value> {
    fn from(metadata: Metadata) -> Self {
        metadata.0
    }
}

fn has_nul_or_is_deep(value: &Value, levels: usize) -> bool {
    if levels == 0 {
        return true;
    }
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(|v| has_nul_or_is_deep(v, levels - 1)),
        Value::Object(map) => map.iter().any(|(key, v)| key.contains('\0') || has_nul_or_is_deep(v, levels - 1)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(json: &str) -> Result<Metadata, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn metadata_is_any_object_of_modest_size() {
        assert!(metadata(r#"{"plan":"team","seats":[1,{"a":null}]}"#).is_ok());
        assert!(metadata(&format!(r#"{{"a":"{}"}}"#, "x".repeat(16 * 1024))).is_err());
        assert!(metadata(r#"["a"]"#).is_err());
    }

    #[test]
    fn nul_is_refused_wherever_it_hides() {
        for bad in [r#"{"a":"\u0000"}"#, r#"{"\u0000":1}"#, r#"{"a":[{"b":"x\u0000"}]}"#] {
            assert!(metadata(bad).is_err(), "{bad}");
        }
    }
}
