//! What a request is called by those it passes: carried into logs, the answer, and the events it leads to. And what its answer says of how much
//! more its caller may ask.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use crate::limits::Allowance;

/// The header that names a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The header of W3C Trace Context.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The longest name taken from a caller, in characters.
const LONGEST: usize = 128;

/// A request's name, and the trace it belongs to.
#[derive(Clone, Debug)]
pub struct Correlation(Arc<Named>);

#[derive(Debug)]
struct Named {
    request_id: String,
    given: bool,
    trace: Option<String>,
    allowance: Mutex<Option<Allowance>>,
}

impl Correlation {
    /// As the caller says, if it is short and plain; else by a name of ours.
    pub fn of(headers: &HeaderMap) -> Self {
        let said = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let given = said(REQUEST_ID).filter(|text| is_plain(text)).map(str::to_owned);
        let trace = said(TRACEPARENT).filter(|text| is_traceparent(text)).map(str::to_owned);
        let is_given = given.is_some();
        let request_id = given.unwrap_or_else(|| Uuid::now_v7().to_string());
        Self(Arc::new(Named { request_id, given: is_given, trace, allowance: Mutex::default() }))
    }

    /// The request's name.
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The trace it belongs to: 32 hexadecimal digits.
    pub fn trace_id(&self) -> Option<&str> {
        self.0.trace.as_deref().and_then(|trace| trace.get(3..35))
    }

    /// What is noted with events: the name the caller gave it, else the trace. A name of ours would say nothing to anybody.
    pub fn noted(&self) -> Option<String> {
        if self.0.given { Some(self.0.request_id.clone()) } else { self.trace_id().map(str::to_owned) }
    }

    /// What the answer will say of the caller's bucket; of several commands, the last one counts.
    pub fn allow(&self, allowance: Allowance) {
        *self.0.allowance.lock().unwrap_or_else(PoisonError::into_inner) = Some(allowance);
    }

    /// Puts it on the answer.
    pub fn tell(&self, status: StatusCode, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.0.request_id) {
            headers.insert(REQUEST_ID, value);
        }
        if let Some(value) = self.0.trace.as_deref().and_then(|trace| HeaderValue::from_str(trace).ok()) {
            headers.insert(TRACEPARENT, value);
        }
        if let Some(allowance) = *self.0.allowance.lock().unwrap_or_else(PoisonError::into_inner) {
            allowance.tell(status, headers);
        }
    }
}

/// What may stand in a log and an event without harm. No `@`: a name with one may be somebody's address.
fn is_plain(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:/+=#".contains(&b);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain)
}

/// `00-<32 digits>-<16 digits>-<2 digits>`, lower case, neither id all zeros; later versions may add parts.
fn is_traceparent(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [version, trace, parent, flags, ..] = parts[..] else { return false };
    let hex = |part: &str, length| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let zero = |part: &str| part.bytes().all(|b| b == b'0');
    text.len() <= LONGEST
        && hex(version, 2)
        && version != "ff"
        && (version != "00" || parts.len() == 4)
        && hex(trace, 32)
        && !zero(trace)
        && hex(parent, 16)
        && !zero(parent)
        && hex(flags, 2)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn correlation(headers: &[(HeaderName, &str)]) -> Correlation {
        Correlation::of(&headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect())
    }

    #[test]
    fn a_callers_name_is_kept_and_noted() {
        let named = correlation(&[(REQUEST_ID, "req-1/a"), (TRACEPARENT, TRACE)]);
        assert_eq!((named.request_id(), named.noted().as_deref()), ("req-1/a", Some("req-1/a")));
        let traced = correlation(&[(TRACEPARENT, TRACE)]);
        assert_eq!(traced.noted().as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        assert_eq!(correlation(&[]).noted(), None);
    }

    #[test]
    fn what_is_long_or_odd_is_not_taken() {
        for odd in ["", "a b", "a\"b", &"x".repeat(129), "ana@acme.test", "caf\u{e9}"] {
            assert_ne!(correlation(&[(REQUEST_ID, odd)]).request_id(), odd);
        }
        for odd in ["00-0-0-01", &TRACE.to_uppercase(), &TRACE.replace('4', "g"), &format!("{TRACE}-00"), "ff"] {
            assert_eq!(correlation(&[(TRACEPARENT, odd)]).trace_id(), None, "{odd}");
        }
    }
}
