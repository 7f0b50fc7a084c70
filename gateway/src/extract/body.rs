//! JSON bodies, with a pointer to the mistake.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use super::terms::Terms;
use crate::problem::Problem;

/// The largest body taken, in bytes.
pub const LARGEST_BODY: usize = 64 * 1024;

/// The largest body of calls that do many things, in bytes.
const LARGEST_OF_MANY: usize = 512 * 1024;

/// The largest body of questions about many, in bytes: a thousand user ids of any length.
const LARGEST_QUESTION: usize = 1024 * 1024;

/// A body up to this size is read to its end, if only to be thrown away: a client hung up on in the middle of sending
/// often sees a broken connection instead of the answer.
const SWALLOWED: u64 = 1024 * 1024;

/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// A JSON object of this shape, and on what terms it was sent. Unknown fields are tolerated.
pub struct Json<T>(pub T, pub Terms);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::new("unsupported-media-type", "Send the body as application/json."));
        }
        let (parts, sent) = request.into_parts();
        let bytes = body(sent).await?;
        Ok(Self(parse(&bytes)?, Terms::of(&parts, &bytes)?))
    }
}

/// The same for calls that do many things: their bodies may be larger.
pub struct Many<T>(pub T, pub Terms);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Many<T> {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::new("unsupported-media-type", "Send the body as application/json."));
        }
        let (parts, sent) = request.into_parts();
        let bytes = bounded(sent, LARGEST_OF_MANY, "The body may have 512 KiB at most.").await?;
        Ok(Self(parse(&bytes)?, Terms::of(&parts, &bytes)?))
    }
}

/// The same for questions about many. A question changes nothing: it may be asked again on any terms.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::new("unsupported-media-type", "Send the body as application/json."));
        }
        let bytes = bounded(request.into_body(), LARGEST_QUESTION, "The body may have 1 MiB at most.").await?;
        parse(&bytes).map(Self)
    }
}

/// Nothing is expected in the body; what is there is bounded and ignored. On what terms it was sent.
pub struct NoBody(pub Terms);

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Problem> {
        let (parts, sent) = request.into_parts();
        body(sent).await?;
        Terms::of(&parts, &[]).map(Self)
    }
}

fn is_json(request: &Request<Body>) -> bool {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// The body, bounded in size and time.
pub async fn body(body: Body) -> Result<Vec<u8>, Problem> {
    bounded(body, LARGEST_BODY, "The body may have 64 KiB at most.").await
}

async fn bounded(body: Body, largest: usize, otherwise: &'static str) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::new("payload-too-large", otherwise);
    if body.size_hint().lower() > SWALLOWED {
        return Err(too_large());
    }
    match tokio::time::timeout(BODY_WITHIN, read(body, largest)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large()),
        Ok(Err(_)) => Err(Problem::invalid("", "The body could not be read.")),
        Err(_) => Err(Problem::new("request-timeout", "The body did not arrive in time.")),
    }
}

/// The body; `None` if it is larger than is taken.
async fn read(mut body: Body, largest: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let (mut bytes, mut size) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await.transpose()? {
        let data = frame.into_data().unwrap_or_default();
        size += data.len() as u64;
        if size > SWALLOWED {
            break;
        }
        if size <= largest as u64 {
            bytes.extend_from_slice(&data);
        }
    }
    Ok((size <= largest as u64).then_some(bytes))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // serde would take an array for a struct, field by field.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Problem::invalid("", "The body must be a JSON object."));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let mut pointer = pointer(error.path());
        let error = error.into_inner();
        if error.is_syntax() || error.is_eof() {
            return Problem::invalid("", format!("The body is not JSON: {error}."));
        }
        // The position adds nothing to a pointer.
        let text = error.to_string();
        let detail = text.split(" at line ").next().unwrap_or_default();
        // Of a missing field serde tells the name only in the message.
        if let Some(name) = detail.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            pointer.push('/');
            pointer.push_str(name);
            return Problem::invalid(pointer, "is missing");
        }
        Problem::invalid(pointer, detail)
    })?;
    json.end().map_err(|_| Problem::invalid("", "The body must be one JSON object and nothing after it."))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// For fields that may be left out but not be `null`: `#[serde(default, deserialize_with = "present")]`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// For fields that are text with few or one spelling: `#[serde(deserialize_with = "text")]`. For an enum serde would
/// also take the object `{"member": null}`, and call `null` bad syntax; for a UUID it would take the form in braces.
pub fn text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Founding {
        #[expect(dead_code, reason = "only its parsing is looked at")]
        name: domain::Name,
        #[serde(default, deserialize_with = "present")]
        #[expect(dead_code, reason = "only its parsing is looked at")]
        logo: Option<domain::Logo>,
        #[serde(default = "member", deserialize_with = "text")]
        #[expect(dead_code, reason = "only its parsing is looked at")]
        role: domain::Role,
    }

    fn member() -> domain::Role {
        domain::Role::Member
    }

    fn mistake(body: &str) -> String {
        let problem = parse::<Founding>(body.as_bytes()).unwrap_err();
        serde_json::to_value(&problem).unwrap()["errors"][0]["pointer"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_mistake_is_pointed_at() {
        assert_eq!(mistake(r#"{"name": ""}"#), "/name");
        assert_eq!(mistake(r#"{"name": 5}"#), "/name");
        assert_eq!(mistake(r#"{"name": "a\u0000b"}"#), "/name");
        assert_eq!(mistake(r#"{}"#), "/name");
        assert_eq!(mistake(r#"{"name": "Acme", "role": "boss"}"#), "/role");
        assert_eq!(mistake(r#"{"name": "Acme", "role": null}"#), "/role");
        assert_eq!(mistake(r#"{"name": "Acme", "role": {"member": null}}"#), "/role");
        assert_eq!(mistake(r#"{"name": "Acme", "logo": null}"#), "/logo");
        assert_eq!(mistake(r#"{"name": "Acme", "name": "Acme"}"#), "");
        assert_eq!(mistake(r#"["Acme"]"#), "");
        assert_eq!(mistake(r#"{"name": "#), "");
        assert_eq!(mistake(r#"{"name": "Acme"} {}"#), "");
    }

    #[test]
    fn unknown_fields_are_tolerated() {
        assert!(parse::<Founding>(br#"{"name": "Acme", "colour": "blue"}"#).is_ok());
    }
}
