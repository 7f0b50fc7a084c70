//! What is answered when it fails: RFC 9457 problem details, one table from code to status.

use std::borrow::Cow;
use std::num::NonZeroU32;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{NotAccepted, Refusal};
use journal::{AskError, StoreError};
use projections::ViewsError;
use serde::Serialize;

use crate::erasing::Owned;
use crate::language::Language;

/// A failed answer. `code` is stable and for programs; `title` and `detail` are for people, in their language.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: Box<str>,
    /// What kind of failure, in a few words.
    #[schema(value_type = String)]
    title: Cow<'static, str>,
    /// The HTTP status.
    status: u16,
    /// What went wrong this time.
    detail: String,
    /// Stable, for programs.
    code: &'static str,
    /// Where in the request the mistakes are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Mistake>,
    /// Of what was asked too often: in how many seconds there is room for it. Calls of many rows tell it in the row.
    #[serde(rename = "retry_after", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>)]
    in_seconds: Option<NonZeroU32>,
    /// The organizations that stand in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<Owned>, required = false)]
    organizations: Option<Box<InTheWay>>,
    #[serde(skip)]
    retry_after: bool,
    /// The rule of the domain behind it, for dialects that have a code of their own for it.
    #[serde(skip)]
    refusal: Option<Refusal>,
}

/// Rarely there, so in a box: every answer may fail, and most of what is answered is smaller than this.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
struct InTheWay(Vec<Owned>);

/// One mistake in a request.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Mistake {
    /// A JSON pointer into the body, or `/` and the name of a query parameter or header.
    pub pointer: String,
    /// What is wrong there.
    pub detail: String,
}

/// Code, status and title: every failure Roster answers with.
const TABLE: [(&str, StatusCode, &str); 32] = [
    ("invalid-request", StatusCode::BAD_REQUEST, "The request is not valid"),
    ("unauthenticated", StatusCode::UNAUTHORIZED, "Sign in first"),
    ("not-a-member", StatusCode::FORBIDDEN, "Not a member"),
    ("permission-denied", StatusCode::FORBIDDEN, "Not permitted"),
    ("invitation-not-for-you", StatusCode::FORBIDDEN, "The invitation is for somebody else"),
    ("email-not-verified", StatusCode::FORBIDDEN, "E-mail address not verified"),
    ("not-found", StatusCode::NOT_FOUND, "Nothing is here"),
    ("organization-not-found", StatusCode::NOT_FOUND, "Organization not found"),
    ("member-not-found", StatusCode::NOT_FOUND, "Member not found"),
    ("invitation-not-found", StatusCode::NOT_FOUND, "Invitation not found"),
    ("webhook-not-found", StatusCode::NOT_FOUND, "Webhook not found"),
    ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Method not allowed"),
    ("request-timeout", StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive"),
    ("already-founded", StatusCode::CONFLICT, "Already founded"),
    ("owner-cannot-leave", StatusCode::CONFLICT, "The owner can't leave"),
    ("owner-cannot-be-removed", StatusCode::CONFLICT, "The owner can't be removed"),
    ("already-a-member", StatusCode::CONFLICT, "Already a member"),
    ("already-invited", StatusCode::CONFLICT, "Already invited"),
    ("already-the-owner", StatusCode::CONFLICT, "Already the owner"),
    ("slug-taken", StatusCode::CONFLICT, "Slug taken"),
    ("invitation-settled", StatusCode::CONFLICT, "Invitation settled"),
    ("inviter-no-longer-a-member", StatusCode::CONFLICT, "The inviter has gone"),
    ("too-many-webhooks", StatusCode::CONFLICT, "Too many webhooks"),
    ("webhook-disabled", StatusCode::CONFLICT, "Webhook disabled"),
    ("invitation-expired", StatusCode::GONE, "Invitation expired"),
    ("version-conflict", StatusCode::PRECONDITION_FAILED, "Changed meanwhile"),
    ("payload-too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
    ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
    ("idempotency-key-reused", StatusCode::UNPROCESSABLE_ENTITY, "Key used before"),
    ("rate-limited", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "Not available now"),
    ("internal-error", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here"),
];

impl Problem {
    /// A failure with this code of the table.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let known = TABLE.iter().find(|(known, ..)| *known == code);
        let (code, status, title) =
            *known.unwrap_or(&("internal-error", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here"));
        Self {
            kind: format!("/problems/{code}").into(),
            title: title.into(),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            errors: Vec::new(),
            in_seconds: None,
            organizations: None,
            retry_after: status == StatusCode::SERVICE_UNAVAILABLE,
            refusal: None,
        }
    }

    /// Every code.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(code, ..)| *code)
    }

    /// A failure with this code as it is commonly told: for the contract.
    pub fn example(code: &'static str) -> Self {
        match (Refusal::ALL.into_iter().find(|refusal| refusal.code() == code), code) {
            (Some(refusal), _) => refusal.into(),
            (None, "invalid-request") => Self::invalid("/limit", "must be a whole number from 1 to 200"),
            (None, "unauthenticated") => Self::unauthenticated("The token is not valid here, or has expired."),
            (None, "not-a-member") => Self::new(code, "This person is not a member of this organization."),
            (None, "request-timeout") => Self::new(code, "The body did not arrive in time."),
            (None, "version-conflict") => AskError::VersionConflict.into(),
            (None, "idempotency-key-reused") => AskError::OtherAsked.into(),
            (None, "payload-too-large") => Self::new(code, "The body may have 64 KiB at most."),
            (None, "unsupported-media-type") => Self::new(code, "Send the body as application/json."),
            (None, "unavailable") => {
                Self::unavailable("Memberships can't be read or changed just now. Try again in a moment.")
            }
            (None, code) => {
                let title = Self::new(code, "").title;
                Self::new(code, format!("{title}."))
            }
        }
    }

    /// 400 with one mistake and where it is.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let (pointer, detail) = (pointer.into(), detail.into());
        let name = pointer.trim_start_matches('/');
        let sentence = if name.is_empty() { detail.clone() } else { format!("{name} {detail}") };
        let mut problem = Self::new("invalid-request", sentence);
        problem.errors.push(Mistake { pointer, detail });
        problem
    }

    /// 401.
    pub fn unauthenticated(detail: &str) -> Self {
        Self::new("unauthenticated", detail)
    }

    /// 503: asking again soon may help. `detail` says whether anything was changed.
    pub fn unavailable(detail: &str) -> Self {
        Self::new("unavailable", detail)
    }

    /// 429: there is room for it in so many seconds.
    pub fn rate_limited(seconds: u64) -> Self {
        let problem = Self::new("rate-limited", "Too much was asked at once. Try again in a moment.");
        Self { in_seconds: u32::try_from(seconds).ok().and_then(NonZeroU32::new), ..problem }
    }

    /// The same with another explanation.
    pub fn with_detail(self, detail: &str) -> Self {
        Self { detail: detail.to_owned(), ..self }
    }

    /// The same naming what stands in the way.
    pub fn about(self, organizations: Vec<Owned>) -> Self {
        Self { organizations: Some(Box::new(InTheWay(organizations))), ..self }
    }

    /// 500: a mistake of ours, logged here.
    pub fn internal(what: &'static str) -> Self {
        tracing::error!(what, "a mistake in Roster");
        Self::new("internal-error", "This is a mistake of Roster's, and was logged.")
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The rule of the domain that was broken, if that is what failed.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The mistakes in the request, if that is what failed.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.errors
    }

    /// What kind of failure it is.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What went wrong.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The same as whoever asked reads it.
    pub fn in_spoken_language(self) -> Self {
        self.in_language(Language::spoken())
    }

    /// The same as this language says it. What only programs are told, as where JSON is broken, stays English.
    pub fn in_language(mut self, language: Language) -> Self {
        if language == Language::English {
            return self;
        }
        self.title = language.translate(&self.title).into();
        for mistake in &mut self.errors {
            mistake.detail = language.translate(&mistake.detail);
        }
        self.detail = match self.errors.first() {
            Some(Mistake { pointer, detail }) if pointer.len() > 1 => {
                let field = pointer.trim_start_matches('/');
                language.tell("named-mistake", &[("field", field.into()), ("mistake", detail.as_str().into())])
            }
            _ => language.translate(&self.detail),
        };
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let said = self.clone().in_spoken_language();
        let mut response = (self.status(), axum::Json(&said)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // For those that show it on a page.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::new(refusal.code(), refusal.to_string()) }
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Refused(refusal) => refusal.into(),
            AskError::VersionConflict => {
                Self::new("version-conflict", "The organization has changed since. Read it again, then decide.")
            }
            AskError::OtherAsked => {
                Self::new("idempotency-key-reused", "Something else was asked under this key before. Take a new key.")
            }
            AskError::Unavailable(why) => why.into(),
        }
    }
}

impl From<journal::ask::Unavailable> for Problem {
    fn from(why: journal::ask::Unavailable) -> Self {
        match why {
            // Many at once, by nature: counted, not told one by one.
            journal::ask::Unavailable::Overloaded => metrics::counter!("roster_overloaded_total").increment(1),
            why @ journal::ask::Unavailable::Unknown(_) => {
                tracing::error!(%why, "the journal did not answer");
                return Self::unavailable("It may or may not be done. Read it again in a moment.");
            }
            why => tracing::error!(%why, "the journal did not answer"),
        }
        Self::unavailable("Memberships can't be read or changed just now. Try again in a moment.")
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::unavailable("Memberships can't be read just now. Try again in a moment.")
    }
}

impl From<ViewsError> for Problem {
    fn from(error: ViewsError) -> Self {
        match &error {
            ViewsError::Parked(_) => {}
            _ => tracing::error!(%error, "a list could not be read"),
        }
        Self::unavailable("This list can't be shown just now. Try again in a moment.")
    }
}

/// A value of a query parameter that was not accepted.
pub fn not_accepted(pointer: &str) -> impl FnOnce(NotAccepted) -> Problem + '_ {
    move |why| Problem::invalid(format!("/{pointer}"), why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_status_of_its_own_choosing() {
        for refusal in Refusal::ALL {
            assert_eq!(Problem::from(refusal).code(), refusal.code(), "{refusal:?} is not in the table");
        }
    }

    #[test]
    fn a_code_is_in_the_table_once() {
        let mut codes: Vec<_> = TABLE.iter().map(|(code, ..)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), TABLE.len());
    }
}
