//! What is answered when it fails: a code and a message, sometimes only one of them, sometimes neither.

use std::borrow::Cow;

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::codes::{Code, UNAUTHORIZED};
use crate::problem::Problem;

/// A failed answer.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: Option<&'static str>,
    message: Option<Cow<'static, str>>,
    /// Takes a cookie away that is of no use any more.
    forget: Option<HeaderValue>,
}

impl Failure {
    /// A code with its own message.
    pub fn new(status: StatusCode, code: Code) -> Self {
        Self::saying(status, Some(code.code), code.message)
    }

    /// 400.
    pub fn bad(code: Code) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    /// 403.
    pub fn forbidden(code: Code) -> Self {
        Self::new(StatusCode::FORBIDDEN, code)
    }

    /// 400: what came in is not of the shape it must have.
    pub fn invalid(issues: &[String]) -> Self {
        Self::saying(StatusCode::BAD_REQUEST, Some("VALIDATION_ERROR"), issues.join("; "))
    }

    /// A message of its own, with or without a code.
    pub fn saying(status: StatusCode, code: Option<&'static str>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: Some(message.into()), forget: None }
    }

    /// Nothing but a status.
    pub fn bare(status: StatusCode) -> Self {
        Self { status, code: None, message: None, forget: None }
    }

    /// With this `Set-Cookie`.
    pub fn forgetting(self, cookie: HeaderValue) -> Self {
        Self { forget: Some(cookie), ..self }
    }

    /// This failure, if it is that nobody is signed in, in the words of a call that has its own.
    pub fn for_strangers(self, otherwise: Self) -> Self {
        if self.status == StatusCode::UNAUTHORIZED { Self { forget: self.forget, ..otherwise } } else { self }
    }

    /// The `Set-Cookie` it comes with.
    pub fn forget(self) -> Option<HeaderValue> {
        self.forget
    }

    /// Whether nobody is signed in.
    pub fn is_for_strangers(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }
}

impl From<Problem> for Failure {
    /// What fails alike in every call: nobody is signed in, something is too large, or away.
    fn from(problem: Problem) -> Self {
        let code = match problem.status() {
            StatusCode::UNAUTHORIZED => return Self::new(StatusCode::UNAUTHORIZED, UNAUTHORIZED),
            StatusCode::BAD_REQUEST => "VALIDATION_ERROR",
            StatusCode::FORBIDDEN => "FORBIDDEN",
            StatusCode::NOT_FOUND => "NOT_FOUND",
            StatusCode::METHOD_NOT_ALLOWED => "METHOD_NOT_ALLOWED",
            StatusCode::REQUEST_TIMEOUT => "REQUEST_TIMEOUT",
            StatusCode::CONFLICT => "CONFLICT",
            StatusCode::PRECONDITION_FAILED => "PRECONDITION_FAILED",
            StatusCode::PAYLOAD_TOO_LARGE => "PAYLOAD_TOO_LARGE",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "UNSUPPORTED_MEDIA_TYPE",
            StatusCode::UNPROCESSABLE_ENTITY => "UNPROCESSABLE_ENTITY",
            StatusCode::TOO_MANY_REQUESTS => "TOO_MANY_REQUESTS",
            StatusCode::SERVICE_UNAVAILABLE => "SERVICE_UNAVAILABLE",
            _ => "INTERNAL_SERVER_ERROR",
        };
        Self::saying(problem.status(), Some(code), problem.detail().to_owned())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = match (self.code, self.message) {
            (Some(code), Some(message)) => {
                (self.status, Json(json!({ "message": message, "code": code }))).into_response()
            }
            (None, Some(message)) => (self.status, Json(json!({ "message": message }))).into_response(),
            // As it is there: said to be JSON, and empty.
            (_, None) => (self.status, [(CONTENT_TYPE, "application/json")]).into_response(),
        };
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(cookie) = self.forget {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}
