//! On what terms a command is sent: under a key that makes sending it again safe, for a version that was seen.

use aws_lc_rs::digest::{Context, SHA256};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use domain::Sequence;
use journal::Ask;
use uuid::{Builder, Uuid};

use crate::caller::Caller;
use crate::problem::Problem;

/// The longest key, in characters.
const LONGEST_KEY: usize = 255;

/// `Idempotency-Key` and `If-Match` of a request.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    key: Option<Keyed>,
    expected: Option<Vec<Sequence>>,
}

/// A key, and what was asked under it.
#[derive(Clone, Debug)]
struct Keyed {
    key: String,
    fingerprint: Uuid,
}

impl Terms {
    /// The terms of a request with this body.
    pub fn of(parts: &Parts, body: &[u8]) -> Result<Self, Problem> {
        let key = match key(&parts.headers)? {
            Some(key) => {
                let asked =
                    [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), body].map(<[u8]>::to_vec);
                Some(Keyed { key, fingerprint: fingerprint(asked.iter().map(Vec::as_slice)) })
            }
            None => None,
        };
        Ok(Self { key, expected: expected(&parts.headers) })
    }

    /// Puts a command on these terms. Keys belong to whoever sends them, for whom they act: its id is made of all three.
    pub fn put(self, ask: Ask, caller: &Caller) -> Ask {
        let Some(Keyed { key, fingerprint: asked }) = self.key else { return Ask { expected: self.expected, ..ask } };
        let whose = [caller.claims.user.as_str(), caller.user.as_str(), &key];
        let id = fingerprint(whose.iter().map(|text| text.as_bytes()));
        Ask { id, fingerprint: Some(asked), expected: self.expected, ..ask }
    }
}

impl Terms {
    /// Whether they name a version.
    pub fn is_for_a_version(&self) -> bool {
        self.expected.is_some()
    }

    /// Whether they make it safe to send the request again.
    pub fn have_a_key(&self) -> bool {
        self.key.is_some()
    }

    /// The terms of one row of many that came under one key.
    pub fn of_row(&self, n: usize) -> Self {
        let key = self.key.as_ref().map(|Keyed { key, fingerprint }| Keyed {
            // No header holds a line break: no other request's key is spelled so.
            key: format!("{key}\n{n}"),
            fingerprint: *fingerprint,
        });
        Self { key, expected: self.expected.clone() }
    }
}

/// Half of a SHA-256 over these parts, each with its length before it.
fn fingerprint<'p>(parts: impl Iterator<Item = &'p [u8]>) -> Uuid {
    let mut digest = Context::new(&SHA256);
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let mut half = [0; 16];
    half.iter_mut().zip(digest.finish().as_ref()).for_each(|(to, from)| *to = *from);
    Builder::from_custom_bytes(half).into_uuid()
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all("idempotency-key").iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        return match headers.contains_key("idempotency-key") {
            true => Err(Problem::invalid("/Idempotency-Key", "must be given once")),
            false => Ok(None),
        };
    };
    let key = value.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let wrong = || Problem::invalid("/Idempotency-Key", "must be 1 to 255 printable characters");
    key.map(|key| Some(key.to_owned())).ok_or_else(wrong)
}

/// The sequences named; `None` where any will do. What is no tag of ours names none, and so is a weak one: it promises too little to change
/// something by it.
fn expected(headers: &HeaderMap) -> Option<Vec<Sequence>> {
    let tags = tags(headers, &header::IF_MATCH)?;
    let any = tags.contains(&"*");
    (!any).then(|| tags.into_iter().filter_map(sequence).collect())
}

/// Whether a reader has what is at this sequence already (`If-None-Match`).
pub fn has(headers: &HeaderMap, current: Sequence) -> bool {
    let tags = tags(headers, &header::IF_NONE_MATCH).unwrap_or_default();
    tags.into_iter().any(|tag| tag == "*" || sequence(tag.trim_start_matches("W/")) == Some(current))
}

/// The entity tag of an organization at this sequence.
pub fn tag(sequence: Sequence) -> String {
    format!("\"{sequence}\"")
}

fn sequence(tag: &str) -> Option<Sequence> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

/// The tags of a header; `None` where there is no such header. One without tags is not the same: it names nothing.
fn tags<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<Vec<&'h str>> {
    let listed = |value: &'h HeaderValue| value.to_str().unwrap_or_default().split(',').map(str::trim);
    headers.contains_key(name).then(|| headers.get_all(name).iter().flat_map(listed).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use axum::http::Request;

    use super::*;

    fn terms(headers: &[(&str, &str)]) -> Result<Terms, Problem> {
        let mut request = Request::post("/v1/organizations/acme/leave?a=b");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Terms::of(&request.body(()).unwrap().into_parts().0, b"{}")
    }

    #[test]
    fn a_version_is_named_by_entity_tags() {
        for (value, expected) in [
            ("\"12\"", Some(vec![12])),
            ("\"1\", \"2\"", Some(vec![1, 2])),
            ("*", None),
            // What names no version of ours was not seen here: nothing is changed by it.
            ("", Some(vec![])),
            ("W/\"12\"", Some(vec![])),
            ("12", Some(vec![])),
            ("\"abc\", \"3\"", Some(vec![3])),
        ] {
            assert_eq!(terms(&[("if-match", value)]).unwrap().expected, expected, "{value}");
        }
        assert_eq!(terms(&[]).unwrap().expected, None);
    }

    #[test]
    fn a_key_is_short_and_given_once() {
        assert!(terms(&[("idempotency-key", &"k".repeat(255))]).unwrap().key.is_some());
        for bad in [&[("idempotency-key", "")][..], &[("idempotency-key", "a"), ("idempotency-key", "a")]] {
            assert!(terms(bad).is_err(), "{bad:?}");
        }
        assert!(terms(&[("idempotency-key", &"k".repeat(256))]).is_err());
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let of = |parts: &[&str]| fingerprint(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a", ""]), of(&["a"]));
    }

    #[test]
    fn a_reader_has_what_they_name() {
        let headers = |value: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, value.parse().unwrap())]);
        for yes in ["\"7\"", "W/\"7\"", "\"1\", \"7\"", "*"] {
            assert!(has(&headers(yes), 7), "{yes}");
        }
        assert!(!has(&headers("\"8\""), 7));
        assert!(!has(&HeaderMap::new(), 7));
    }
}
