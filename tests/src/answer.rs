//! What came back from a call.

use reqwest::StatusCode;
use serde_json::Value;

/// A whole answer. Expectations panic with all of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The call, for messages.
    pub call: String,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: reqwest::header::HeaderMap,
    /// Its JSON, or null.
    pub body: Value,
    /// Its body as text.
    pub raw: String,
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn read(call: String, response: reqwest::Response) -> Result<Self, reqwest::Error> {
        let (status, headers) = (response.status(), response.headers().clone());
        let raw = response.text().await?;
        Ok(Self { call, status, headers, body: serde_json::from_str(&raw).unwrap_or(Value::Null), raw })
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Expects this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{self:#?}");
        self
    }

    /// Expects a problem with this status and code, as RFC 9457 has it.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.body["code"], code, "{answer:#?}");
        assert_eq!(answer.body["type"], format!("/problems/{code}"), "{answer:#?}");
        assert_eq!(answer.body["status"], status, "{answer:#?}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer:#?}");
        assert!(answer.body["title"].is_string() && answer.body["detail"].is_string(), "{answer:#?}");
        answer
    }

    /// Expects 400 with the mistake in this place.
    #[track_caller]
    pub fn invalid(self, pointer: &str) -> Self {
        let answer = self.refused(400, "invalid-request");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{answer:#?}");
        assert!(answer.body["errors"][0]["detail"].is_string(), "{answer:#?}");
        answer
    }

    /// The problem's code, if it is one.
    pub fn code(&self) -> Option<&str> {
        self.body["code"].as_str()
    }

    /// A text of the body, by JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer} in {self:#?}")).to_owned()
    }

    /// The position lists must have reached to show this.
    #[track_caller]
    pub fn position(&self) -> u64 {
        self.header("roster-position")
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| panic!("no Roster-Position in {self:#?}"))
    }
}
